"""A line between browser and server that can be cut where it hurts: after the request went through."""

import re
from dataclasses import dataclass, field
from typing import Self

from playwright.sync_api import Page, Route

#: An address that the server does not have, and what is answered where the line carries requests.
_PROBE, _ALONG_HERE = "/is-there-a-line", 204


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
        # The page may still send its next request past the line that Chromium was told of: until one comes along here.
        self.page.route(f"**{_PROBE}", lambda route: route.fulfill(status=204))
        while self.page.evaluate("async (url) => (await fetch(url)).status", _PROBE) != _ALONG_HERE:
            self.page.wait_for_timeout(5)
        self.page.unroute(f"**{_PROBE}")
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
