"""A manager at the page of the whole centre, and the hands of those whom the page tells of."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable

from playwright.sync_api import Locator, expect

from queue_server.contract.client import ApiClient
from queue_server.contract.devices import PartStatus, StatusAnswer, StatusRequest
from queue_server.contract.visits import IssueRequest, VisitAnswer, VisitView
from queue_server.domain.values import Category, new_id
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.server import Centre, run_aside

WELL = StatusRequest("in-service", (PartStatus("printer", "online"),))


class Office(Desk):
    def look(self) -> None:
        """Sign in. The kiosk has just said that it is well: silence would be an alarm after some minutes."""
        report(self.centre, WELL)
        self.enter("elin.marsh")
        self.page.wait_for_url("**/manager")
        self.is_live()

    def find(self, selector: str) -> Locator:
        return self.page.locator(selector)

    def figure(self, label: str) -> Locator:
        return self.find(".figure-line li").filter(has_text=label).locator("b")

    def alarm(self, text: str) -> Locator:
        return self.find(".alarms li").filter(has_text=text)

    def column(self, step: str) -> Locator:
        return self.find(f"#step-{step}")

    def expect_alarms(self, count: int) -> None:
        expect(self.find(".alarms .count")).to_have_text(str(count))

    def post(self, path: str, body: dict[str, object]) -> None:
        """Do something through the API in this browser's session."""
        answer = self.context.request.post(
            f"{self.server.address}/api/v1/centres/{self.centre.id}/{path}",
            data=body,
            headers={
                "Idempotency-Key": new_id(),
                "X-CSRF-Token": self.find("#page").get_attribute("data-csrf") or "",
                "Origin": self.server.address,
            },
        )
        assert answer.ok, answer.text()

    def cut_off(self) -> list[str]:
        """Name what is wider than its place, and the page if it is wider than the window."""
        found: list[str] = self.page.evaluate(
            """() => {
              const root = document.documentElement;
              const found = root.scrollWidth > root.clientWidth ? [`page ${root.scrollWidth}`] : [];
              const shown = '.centre *, .bar, .strip, dialog[open] *, .panel:popover-open *';
              for (const box of document.querySelectorAll(shown)) {
                if (!box.offsetParent || box.closest('svg, .hidden-text, select')) continue;
                const inline = getComputedStyle(box).display === 'inline';
                if (!inline && box.scrollWidth - box.clientWidth > 1)
                  found.push(`${box.tagName}.${box.className} ${box.scrollWidth - box.clientWidth}`);
              }
              return found;
            }"""
        )
        return found


def as_kiosk[T](centre: Centre, ask: Callable[[ApiClient], Awaitable[T]]) -> T:
    """Ask the API with the kiosk's token."""

    async def asked() -> T:
        async with ApiClient(centre.server.address, centre.kiosk.token) as client:
            return await ask(client)

    return run_aside(asked())


def issue_many(centre: Centre, services: Iterable[str]) -> None:
    """Issue a ticket for each service, all at once."""

    async def issue(client: ApiClient) -> None:
        requests = [IssueRequest(services=(one,), category=Category.WALK_IN, language="en") for one in services]
        await asyncio.gather(*(client.issue(centre.id, request, new_id()) for request in requests))

    as_kiosk(centre, issue)


def ask_priority(centre: Centre) -> VisitView:
    request = IssueRequest(services=("uto-birth",), category=Category.WALK_IN, language="ar", asks_priority=True)

    async def issue(client: ApiClient) -> VisitAnswer:
        return await client.issue(centre.id, request, new_id())

    return as_kiosk(centre, issue).visit


def report(centre: Centre, status: StatusRequest) -> None:
    """Let the kiosk say how it is."""

    async def say(client: ApiClient) -> StatusAnswer:
        return await client.report_status(centre.id, status)

    as_kiosk(centre, say)
