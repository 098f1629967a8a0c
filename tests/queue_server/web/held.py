"""Requests of a page on their way: all wait, until the test has them come, or cuts them off."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, Route

#: An address that the server does not have, and what is answered where requests are carried here.
_PROBE, _CARRIED_HERE = "/is-there-a-line", 204
#: However slow the machine is, a page that is held is not given up.
PATIENT = "htmx.config.defaultTimeout = 60000"


def wait_until_carried(page: Page) -> None:
    """Wait until what is routed comes along here: a page may still send its next request past a route just made."""
    page.route(f"**{_PROBE}", lambda route: route.fulfill(status=_CARRIED_HERE))
    while page.evaluate("async (url) => (await fetch(url)).status", _PROBE) != _CARRIED_HERE:
        page.wait_for_timeout(5)
    page.unroute(f"**{_PROBE}")


class HeldRequests:
    """Those whose address matches ``pattern``, from now on."""

    def __init__(self, page: Page, pattern: str | re.Pattern[str]) -> None:
        self._page = page
        self._held: list[Route] = []
        self._carry: Callable[[Route], None] = self._held.append
        page.evaluate(PATIENT)
        page.route(pattern, self._on_route)
        wait_until_carried(page)

    def _on_route(self, route: Route) -> None:
        self._carry(route)

    def one_waits(self) -> None:
        while not self._held:
            self._page.wait_for_timeout(5)

    def let_one_come(self, headers: dict[str, str] | None = None) -> None:
        """Have one come, with these headers alone where some are given; those after it wait."""
        self.one_waits()
        self._held.pop(0).continue_(headers=headers)

    def let_come(self) -> None:
        """Have those that wait come, and all after them."""
        self._go_on(Route.continue_)

    def cut_off(self) -> None:
        """Have those that wait cut off, and all after them."""
        self._go_on(Route.abort)

    def _go_on(self, carry: Callable[[Route], None]) -> None:
        self._carry = carry
        while self._held:
            carry(self._held.pop(0))
