"""Hands and eyes of a member of staff: a browser at a counter. Whatever the browser complains of fails the test."""

import re
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from playwright.sync_api import APIResponse, Browser, ConsoleMessage, Page, expect

from queue_server.domain.values import new_id
from tests.queue_server.web.chromium import be_patient
from tests.queue_server.web.server import PASSWORD, Centre

#: What Chromium writes for an answer that is not 2xx: a refusal is an answer, not a fault of the page.
REFUSED = re.compile(r"Failed to load resource: the server responded with a status of (401|403|404|409|422|423|429)")
#: And where there is no server to answer.
NO_LINE = re.compile(r"Failed to load resource: net::ERR_|htmx:|TypeError: (Failed to fetch|network error)")

_TOKEN = re.compile(r'name="csrf" value="([^"]+)"')

_PAINTED = """(globalThis.__pwClock?.builtins?.performance ?? performance)
  .getEntriesByName('first-contentful-paint').length"""

expect.set_options(timeout=60_000)


class Desk:
    def __init__(
        self, browser: Browser, centre: Centre, *, language: str = "en", size: tuple[int, int] = (1440, 900)
    ) -> None:
        self.centre = centre
        self.server = centre.server
        self._language = language
        self.context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale=language)
        self.context.set_default_timeout(60_000)
        # There is no printer, and no dialog to ask for one: a page that goes when it is printed shall stay to be read.
        self.context.add_init_script("window.print = () => {}")
        be_patient(self.context)
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.may_be_cut = False
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning") or REFUSED.search(message.text):
            return
        if self.may_be_cut and NO_LINE.search(message.text):
            return
        self.complaints.append(message.text)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, _: TracebackType | None) -> None:
        self.context.close()
        if kind is None:
            assert not self.complaints, self.complaints

    def go(self, path: str) -> None:
        self.page.goto(self.server.address + path)

    def sign_in(self, login: str, counter: str) -> None:
        """Say who and where as the forms do, without drawing them: ``test_sign_in`` looks at those."""
        self._say_who(login)
        self.sit_at(counter)

    def sit_at(self, counter: str) -> None:
        """Choose a counter; whoever may do more than serve goes there from their own page."""
        # The line of that page ends with its session, which moves.
        self.page.goto("about:blank")
        self._send("/sign-in/counter", csrf=_token(self._take("/sign-in/counter")), counter=counter)
        self.go("/counter")
        self.is_live()

    def enter(self, login: str, password: str = PASSWORD) -> None:
        """Say who, as the form does; the page that follows depends on the role."""
        self.page.goto(self._say_who(login, password).url)

    def _say_who(self, login: str, password: str = PASSWORD) -> APIResponse:
        form = self._take(f"/sign-in?centre={self.centre.id}")
        who = {"centre": self.centre.id, "login": login, "password": password}
        return self._send("/sign-in", csrf=_token(form), **who)

    def _take(self, path: str) -> APIResponse:
        return self.context.request.get(self.server.address + path, headers={"Accept-Language": self._language})

    def _send(self, path: str, **fields: str | float | bool) -> APIResponse:
        """Send a form, and follow to where it leads."""
        headers = {"Accept-Language": self._language, "Origin": self.server.address}
        answer = self.context.request.post(self.server.address + path, form=fields, headers=headers)
        assert answer.ok, answer.text()
        return answer

    def api(self, path: str, body: object = None) -> Any:
        """Post to a path below this centre in this browser's session, as ``PageClient.api`` does."""
        answer = self.context.request.post(
            f"{self.server.address}/api/v1/centres/{self.centre.id}/{path}",
            data=body or {},
            headers={
                "X-CSRF-Token": self.page.locator("#page").get_attribute("data-csrf") or "",
                "Idempotency-Key": new_id(),
                "Origin": self.server.address,
            },
        )
        assert answer.ok, answer.text()
        return answer.json()

    def read_api(self, path: str) -> Any:
        answer = self.context.request.get(f"{self.server.address}/api/v1/centres/{self.centre.id}/{path}")
        assert answer.ok, answer.text()
        return answer.json()

    def only_told(self) -> None:
        """From now on this page is only told that something changed, as by a server that pushes nothing: it fetches."""
        self.page.evaluate(
            """() => addEventListener('htmx:sse:before:message', ({ detail: { message } }) => {
              if (message.event === 'page') message.event = 'change';
            }, { capture: true })"""
        )

    def is_live(self) -> None:
        """Wait until the page hears the server."""
        expect(self.page.locator("body.away")).to_have_count(0)
        expect(self.page.locator("#page")).to_have_attribute("data-live", "on")
        # Chromium drops the keys that are pressed before a page was painted for the first time.
        # ``wait_for_function`` asks again by ``eval``, which the policy of our pages forbids. Where a test drives the
        # clock, the page's own ``performance`` knows of nothing.
        while not self.page.evaluate(_PAINTED):
            self.page.wait_for_timeout(10)
        # A slow machine is no lost line: a page that takes itself for cut off takes no key either.
        self.page.evaluate("document.getElementById('page').dataset.silence = '60000'")

    def cut(self, how: Callable[[], None]) -> None:
        """Take the server away, by ``stop`` or ``freeze`` of it; the page notices after so long as in use."""
        self.page.evaluate(
            "document.getElementById('page').dataset.silence = '3000'; htmx.config.defaultTimeout = 8000"
        )
        how()

    def open(self) -> None:
        self.press("KeyO")
        self.stage("idle")

    def sign_out(self) -> None:
        """Press the way out; the server ends the line of this session, often before the page has gone."""
        before, self.may_be_cut = self.may_be_cut, True
        self.page.click("#sign-out button")
        self.page.wait_for_url("**/sign-in")
        self.may_be_cut = before

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def stage(self, name: str) -> None:
        """Wait until the counter is at this stage."""
        expect(self.page.locator("#now")).to_have_attribute("data-stage", name)

    def code(self) -> str:
        """Read the ticket in the hand."""
        return self.page.locator(".ticket .code").inner_text().replace("\N{NO-BREAK SPACE}", "")

    def waits(self, count: int) -> None:
        expect(self.page.locator(".queue .count")).to_have_text(str(count))

    def note(self, act: str) -> str:
        return self.page.locator(f"#act-{act} .act-note").inner_text()

    def fits(self) -> None:
        """Check that nothing lies outside of the window, and that nothing is cut off."""
        beyond = self.overflows()
        assert not beyond, beyond

    def overflows(self) -> list[str]:
        """List what lies outside of the window, and what is cut off."""
        found: list[str] = self.page.evaluate(
            """() => {
              const {clientWidth: width, clientHeight: height} = document.documentElement;
              const root = document.documentElement;
              const found = [];
              if (root.scrollWidth > width || root.scrollHeight > height) found.push(`page ${root.scrollWidth}`);
              for (const box of document.querySelectorAll('.work-top, .rail, .acts, .act, .bar, .band, .helps')) {
                if (!box.offsetParent) continue;
                const scrolls = getComputedStyle(box).overflowY === 'auto';
                const over = [box.scrollWidth - box.clientWidth, scrolls ? 0 : box.scrollHeight - box.clientHeight];
                if (over[0] > 1 || over[1] > 1) found.push(`${box.className} ${over}`);
              }
              return found;
            }"""
        )
        return found


def _token(page: APIResponse) -> str:
    """Give the token without which the server takes no form of this page."""
    found = _TOKEN.search(page.text())
    assert found is not None, page.url
    return found[1]
