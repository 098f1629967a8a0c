"""The rows of the tables that rooms bring: routes of the API, and pages.

Routing, permissions, OpenAPI and tests are made from them.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

import msgspec
from aiohttp import web

from queue_server.contract.base import Message
from queue_server.framework.paging import DEFAULT_LIMIT, MAX_LIMIT
from queue_server.framework.permissions import DEVICES, Permission
from queue_server.framework.request_context import RequestContext

#: Where the API lives.
PREFIX = "/api/v1"
#: What is of a centre.
CENTRE = "/centres/{centre}"

Handler = Callable[[RequestContext], Awaitable[Message | web.StreamResponse]]
PageHandler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Parameter(msgspec.Struct, frozen=True):
    """What a request may say beside its body: ``place`` is ``query`` or ``header``."""

    name: str
    place: str
    description: str


#: What every list in pieces takes (``paging``).
PIECE: Final = (
    Parameter("limit", "query", f"How many rows at most, from 1 to {MAX_LIMIT}; {DEFAULT_LIMIT} where it is left out."),
    Parameter("after", "query", "Where to go on: `next` of the piece before. Left out: from the beginning."),
)


#: What every feed takes.
FOLLOWING: Final = (
    Parameter(
        "after",
        "query",
        "The last cursor that this client has seen; without one, or after too long, a snapshot comes first.",
    ),
    Parameter(
        "Last-Event-ID",
        "header",
        "The same, as a browser says it by itself when it comes back (server-sent events); it is the stronger.",
    ),
)


@dataclass(frozen=True, slots=True)
class Route:
    """One route: ``path`` below ``PREFIX``, ``request`` the type of its body, ``keyed`` where it needs a key.

    ``name`` is the operation's id in OpenAPI; a body that may be left out stands for all its defaults.
    ``started``: of the starts of a device, it is done for the one that counts alone. ``parameters`` are what it reads
    beside path and body, ``instead`` is what some clients are answered with, ``media`` the type of its answer.
    """

    name: str
    method: str
    path: str
    permission: Permission
    handler: Handler
    answer: type[Message]
    summary: str
    request: type[Message] | None = None
    status: int = 200
    keyed: bool = True
    started: bool = True
    parameters: tuple[Parameter, ...] = ()
    instead: type[Message] | None = None
    media: str = "application/json"

    @property
    def counts_starts(self) -> bool:
        """Whether a device may ask for it, and only as the newest of its starts."""
        return self.started and bool(DEVICES & self.permission.kinds)

    @property
    def body_optional(self) -> bool:
        return self.request is None or not any(field.required for field in msgspec.structs.fields(self.request))


class PageRoute(msgspec.Struct, frozen=True):
    """A page, or a part of one, by its address; ``permitted`` asks for its permission, and the handler no more.

    ``waits``: a session may ask for it that waits for something. ``leads_in``: who is not signed in is led to the
    sign-in, as from all that people open by themselves. ``public``: it is for everybody, and is where phones have an
    address of their own served there; the browser keeps nothing of it.
    """

    method: str
    path: str
    permission: Permission
    handler: PageHandler
    waits: bool = False
    leads_in: bool = False
    public: bool = False


def get(  # noqa: PLR0917 - a row of a table
    name: str, path: str, permission: Permission, handler: Handler, answer: type[Message], summary: str
) -> Route:
    """Make the route of something that is read at a centre."""
    return Route(name, "GET", CENTRE + path, permission, handler, answer, summary)


def post(  # noqa: PLR0917 - a row of a table
    name: str,
    path: str,
    permission: Permission,
    handler: Handler,
    answer: type[Message],
    summary: str,
    request: type[Message] | None = None,
) -> Route:
    """Make the route of something that is done at a centre."""
    return Route(name, "POST", CENTRE + path, permission, handler, answer, summary, request)
