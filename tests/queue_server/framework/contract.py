"""Holds every answer that a test is given to what the API says of itself."""

import re
from functools import cache

from queue_server.framework.answers import problems_of
from queue_server.framework.routing import Route
from tests.queue_server.known import KNOWN


def route_of(method: str, path: str) -> Route | None:
    """Find the route of a request, by its path below the API; None where there is none."""
    place = path.partition("?")[0]
    return next(
        (route for route in KNOWN.routes if route.method == method and _pattern(route.path).fullmatch(place)), None
    )


@cache
def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"{\w+}", "[^/]+", path))


@cache
def documented(route: Route) -> frozenset[tuple[int, str]]:
    """List the problems of a route: status and code."""
    return frozenset((status, code) for status, codes in problems_of(KNOWN, route).items() for code in codes)


def hold_to_contract(method: str, path: str, status: int, code: str) -> None:
    """Fail where a route answers with a problem that nobody was told of."""
    route = route_of(method, path)
    if route is not None and status != 500:
        assert (status, code) in documented(route), f"{route.name} may not answer {status} {code}"
