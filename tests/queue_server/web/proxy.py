"""A line between browser and server that can be cut where it hurts: after the request went through."""

import re
from dataclasses import dataclass, field
from typing import Self

from playwright.sync_api import Page, Route

from tests.queue_server.web.held import wait_until_carried


@dataclass
class Line:
    """Carries requests whose address matches; ``lose`` answers of them never arrive, though the server acted."""

    page: Page
    pattern: re.Pattern[str]
    lose: int = 0
    keys: list[str] = field(default_factory=list)
    _carrying: int = 0

    def __enter__(self) -> Self:
        self.page.route(self.pattern, self._carry)
        wait_until_carried(self.page)
        return self

    def __exit__(self, *_: object) -> None:
        # A page may know by its feed what happened before it has its answer: a line that is taken away then breaks it.
        while self._carrying:
            self.page.wait_for_timeout(5)
        self.page.unroute(self.pattern, self._carry)

    def _carry(self, route: Route) -> None:
        self.keys.append(route.request.headers["idempotency-key"])
        self._carrying += 1
        try:
            self._answer(route)
        finally:
            self._carrying -= 1

    def _answer(self, route: Route) -> None:
        answer = route.fetch()
        if self.lose > 0:
            self.lose -= 1
            route.abort("connectionreset")
        else:
            route.fulfill(response=answer)
