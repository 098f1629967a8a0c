"""Who asks, as far as every room has to know: cookies, and what a browser must send with what it changes.

A browser's requests that change something need the session's CSRF token in ``X-CSRF-Token``, and no request may come
from a page of another origin. Who somebody is, is found out by the room that put ``Identities`` into the server.
"""

import hmac
from abc import ABC, abstractmethod
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from aiohttp import hdrs, web

from queue_server.domain.values import Actor
from queue_server.framework.permissions import ANONYMOUS, Principal
from queue_server.framework.problems import ApiError, CsrfError, ForeignOriginError, NotSignedInError

#: Before the name of a cookie over TLS: a browser takes it from this host alone, for all of it, and never from a
#: neighbour of the same domain (RFC 6265bis, section 4.1.3.2).
_HOST_PREFIX: Final = "__Host-"
CSRF_HEADER: Final = "X-CSRF-Token"

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


#: As what somebody comes who waits for nothing.
NOBODY_YET: Final = Principal(frozenset())


@dataclass(frozen=True, slots=True)
class RequestIdentity:
    """Somebody who was recognised, or nobody.

    ``ident`` is what ends when access ends. ``csrf`` is the token that has to come with what a browser changes.
    ``actor`` is who this is, also while access opens nothing yet: for the log alone. ``pending`` is as what they come
    once what they wait for is done, for the pages of waiting alone. ``barred`` is what somebody is told who may not
    even ask.
    """

    principal: Principal = ANONYMOUS
    ident: str | None = None
    csrf: str | None = None
    actor: Actor | None = None
    barred: type[ApiError] = NotSignedInError
    pending: Principal = NOBODY_YET


NOBODY: Final = RequestIdentity()

#: The identity of a request, once found.
IDENTITY: Final = web.RequestKey("identity", RequestIdentity)
#: Headers that the answer of a request gets beside its own.
ANSWER_HEADERS: Final = web.RequestKey("answer_headers", dict[str, str])


class Identities(ABC):
    """Finds out who asks; a room puts its own into the server under this type.

    ``believed`` is how long one that was found is believed without asking again (microseconds), ``changes`` counts how
    often some were believed no longer.
    """

    believed: int = 0
    changes: int = 0

    @abstractmethod
    async def of(self, request: web.Request) -> RequestIdentity:
        """Recognise who sent a request, and keep it in ``request[IDENTITY]``."""

    @abstractmethod
    async def check_start(self, request: web.Request, identity: RequestIdentity) -> None:
        """See whether the start of a device that sent a request is the one that counts."""

    @abstractmethod
    def invalidate(self, ended: frozenset[str]) -> None:
        """Believe these no longer."""

    @abstractmethod
    async def ended(self, identities: Collection[RequestIdentity]) -> frozenset[str]:
        """Say whose access has ended, on whichever server that was decided."""

    @abstractmethod
    async def touch(self, identities: Collection[RequestIdentity]) -> None:
        """Write down that these are still there."""


def same_token(one: str, other: str) -> bool:
    """Compare two tokens in constant time; both may have been sent by anybody."""
    return hmac.compare_digest(one.encode(errors="surrogateescape"), other.encode(errors="surrogateescape"))


def cookie_name(request: web.Request, name: str) -> str:
    """Say how a cookie is called on this connection: in the clear, as on loopback, no browser takes the prefix."""
    return f"{_HOST_PREFIX}{name}" if request.secure else name


def read_cookie(request: web.Request, name: str) -> str:
    """Read one of our cookies; "" where the browser has none."""
    return request.cookies.get(cookie_name(request, name), "")


def check_origin(request: web.Request, url: str | None) -> None:
    """Refuse what a page of another origin has sent (RFC 6454): a browser says so by itself.

    Raises:
        ForeignOriginError: it comes from elsewhere.
    """
    origin = request.headers.get(hdrs.ORIGIN)
    if origin is not None and origin not in (f"{request.scheme}://{request.host}", url):
        raise ForeignOriginError


def check_csrf(request: web.Request, identity: RequestIdentity) -> None:
    """Check the token of a browser's request that changes something.

    Raises:
        CsrfError: it is missing or another session's.
    """
    if identity.csrf is None or request.method in _SAFE:
        return
    if not same_token(request.headers.get(CSRF_HEADER, ""), identity.csrf):
        raise CsrfError
