"""Requests of a page on their way: all wait, until the test has them come, or cuts them off."""

from collections.abc import Callable

from playwright.sync_api import Page, Route

#: However slow the machine is, a page that is held is not given up.
PATIENT = "htmx.config.defaultTimeout = 60000"


class HeldRequests:
    """Those whose address matches ``pattern``, from now on."""

    def __init__(self, page: Page, pattern: str) -> None:
        self._page = page
        self._held: list[Route] = []
        self._carry: Callable[[Route], None] = self._held.append
        page.evaluate(PATIENT)
        page.route(pattern, self._on_route)

    def _on_route(self, route: Route) -> None:
        self._carry(route)

    def one_waits(self) -> None:
        while not self._held:
            self._page.wait_for_timeout(5)

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
