"""Who asks: a device by its bearer token, a member of staff by the session's cookie.

A browser's requests that change something need the session's CSRF token in ``X-CSRF-Token``, and no request may come
from a page of another origin. An identity once found is believed for a moment (``identity_ms``) and forgotten at once
when this server learns that it has ended.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from aiohttp import hdrs, web
from sqlalchemy import Connection

from queue_server.accounts import device_store, staff_store, start_store, starts
from queue_server.accounts.model import AccountRules, Device, Session, SessionId, Standing
from queue_server.accounts.permissions import ANONYMOUS, Principal, of_device, of_session
from queue_server.accounts.starts import Starts, Verdict
from queue_server.accounts.tokens import same_token, token_digest
from queue_server.contract.starts import START_HEADER
from queue_server.domain.values import SECOND, Actor, DeviceId, Micros
from queue_server.eventlog.port import EventLog
from queue_server.framework.problems import CsrfError, ForeignOriginError, StartOverError

#: Cookie of a session; its value is told to the browser alone.
SESSION_COOKIE: Final = "session"
#: Before the name of a cookie over TLS: a browser takes it from this host alone, for all of it, and never from a
#: neighbour of the same domain (RFC 6265bis, section 4.1.3.2).
_HOST_PREFIX: Final = "__Host-"
CSRF_HEADER: Final = "X-CSRF-Token"

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
#: Identities that are remembered at most: as many as devices and staff of a large house.
_MOST = 10_000


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody who was recognised; one of ``device``, ``session`` and ``waiting`` is set, none where nobody was.

    ``starts`` is what is known of the device's starts. ``waiting`` is a session that opens nothing but the page that it
    waits for: so its principal is nobody.
    """

    principal: Principal = ANONYMOUS
    device: Device | None = None
    starts: Starts | None = None
    session: Session | None = None
    waiting: Session | None = None

    @property
    def actor(self) -> Actor | None:
        """Who this is, also while the session opens nothing yet: for the log alone."""
        return self.principal.actor if self.waiting is None else Actor(f"staff/{self.waiting.staff}")

    @property
    def ident(self) -> DeviceId | SessionId | None:
        """What ends when access ends."""
        if self.device is not None:
            return self.device.id
        session = self.session or self.waiting
        return None if session is None else session.id


NOBODY: Final = Identity()

#: The identity of a request, once found.
IDENTITY: Final = web.RequestKey("identity", Identity)
#: Whether the device that sent a request is two machines; where it did not say which start it is, nothing.
COPIED: Final = web.RequestKey("copied", bool)


class Identities:
    """Finds identities in the database; ``memory_ms`` is how long one is believed."""

    def __init__(self, log: EventLog, rules: AccountRules, clock: Callable[[], Micros], memory_ms: int) -> None:
        self._log = log
        self._rules = rules
        self._clock = clock
        self._memory = memory_ms * 1000
        self._known: dict[str, tuple[Identity, Micros]] = {}

    async def of(self, request: web.Request) -> Identity:
        """Recognise who sent a request.

        Raises:
            TokenUnknownError: no device has this token.
            TokenRevokedError: its device was revoked.
        """
        scheme, _, token = request.headers.get(hdrs.AUTHORIZATION, "").partition(" ")
        if scheme.lower() == "bearer" and token:
            identity = await self._remembered(token.strip(), self._device)
        elif cookie := read_cookie(request, SESSION_COOKIE):
            identity = await self._remembered(cookie, self._session)
        else:
            identity = NOBODY
        request[IDENTITY] = identity
        return identity

    async def check_start(self, request: web.Request, identity: Identity) -> None:
        """See whether the start of a device that sent a request is the one that counts.

        Raises:
            StartOverError: a later one has taken over.
        """
        device, start = identity.device, request.headers.get(START_HEADER)
        if device is None or start is None:
            return
        verdict = starts.look(identity.starts, start)
        if verdict is Verdict.OVER:
            # It may have taken over at another server since.
            self.forget(frozenset({device.id}))
            verdict = starts.look(
                await self._log.run(lambda connection: start_store.read(connection, device.id)), start
            )
        if verdict is Verdict.OVER:
            raise StartOverError
        request[COPIED] = verdict is Verdict.COPIED

    def forget(self, ended: frozenset[DeviceId | SessionId]) -> None:
        """Believe these no longer."""
        self._known = {key: held for key, held in self._known.items() if held[0].ident not in ended}

    async def _remembered(self, secret: str, find: "Callable[[Connection, str], Identity]") -> Identity:
        now = self._clock()
        key = token_digest(secret)
        held = self._known.get(key)
        # Behind the end, or before the beginning where the clock was set back.
        if held is not None and held[1] <= now < held[1] + self._memory:
            return held[0]
        identity = await self._log.run(lambda connection: find(connection, secret))
        # What a session waits for may come to it at another server: that is not remembered.
        if identity is not NOBODY and identity.waiting is None:
            if len(self._known) >= _MOST:
                self._known.clear()
            self._known[key] = (identity, now)
        session = identity.session or identity.waiting
        if session is not None and now - session.last_seen > self._rules.touch_after_s * SECOND:
            await self._log.write(lambda connection: staff_store.touch_session(connection, session.id, now))
        return identity

    @staticmethod
    def _device(connection: Connection, token: str) -> Identity:
        device = device_store.device_by_token(connection, token)
        return Identity(of_device(device), device=device, starts=start_store.read(connection, device.id))

    def _session(self, connection: Connection, cookie: str) -> Identity:
        session = staff_store.session_by_cookie(connection, cookie, self._clock(), self._rules)
        if session is None:
            return NOBODY
        if session.standing is not Standing.OPEN:
            return Identity(waiting=session)
        return Identity(of_session(session), session=session)


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


def check_csrf(request: web.Request, identity: Identity) -> None:
    """Check the token of a browser's request that changes something.

    Raises:
        CsrfError: it is missing or another session's.
    """
    session = identity.session
    if session is None or request.method in _SAFE:
        return
    if not same_token(request.headers.get(CSRF_HEADER, ""), session.csrf):
        raise CsrfError
