"""Who asks: a device by its bearer token, a member of staff by the session's cookie.

An identity once found is believed for a moment (``identity_cache_ms``) and forgotten at once when this server learns
that it has ended.
"""

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final

from aiohttp import hdrs, web
from sqlalchemy import Connection

from queue_server.accounts import device_store, staff_store, start_store, starts
from queue_server.accounts.errors import SessionLockedError, StartSupersededError
from queue_server.accounts.model import AccountRules, EnrolledDevice, Role, Session, SessionId, SessionStanding
from queue_server.accounts.permissions import of_device, of_session
from queue_server.accounts.starts import Starts, StartVerdict
from queue_server.accounts.tokens import token_digest
from queue_server.contract.starts import COPIED_HEADER, START_HEADER
from queue_server.domain.values import SECOND, Actor, DeviceId, Micros
from queue_server.eventlog.port import EventLog
from queue_server.framework.access import ANSWER_HEADERS, IDENTITY, NOBODY, Identities, RequestIdentity, read_cookie
from queue_server.framework.problems import NotSignedInError

#: Cookie of a session; its value is told to the browser alone.
SESSION_COOKIE: Final = "session"

#: Identities that are remembered at most: as many as devices and staff of a large house.
_MAX = 10_000


@dataclass(frozen=True, slots=True)
class KnownIdentity(RequestIdentity):
    """A device or a session; one of ``device``, ``session`` and ``waiting`` is set.

    ``starts`` is what is known of the device's starts. ``waiting`` is a session that opens nothing but the page that it
    waits for: so its principal is nobody.
    """

    device: EnrolledDevice | None = None
    starts: Starts | None = None
    session: Session | None = None
    waiting: Session | None = None


_UNKNOWN: Final = KnownIdentity()


def known(identity: RequestIdentity) -> KnownIdentity:
    """Say which device or session somebody is; none of them where it is nobody."""
    return identity if isinstance(identity, KnownIdentity) else _UNKNOWN


def _of_device(device: EnrolledDevice, found: Starts | None) -> KnownIdentity:
    principal = of_device(device)
    return KnownIdentity(principal, device.id, None, principal.actor, device=device, starts=found)


def _of_session(session: Session) -> KnownIdentity:
    if session.standing is not SessionStanding.OPEN:
        barred = SessionLockedError if session.standing is SessionStanding.LOCKED else NotSignedInError
        return KnownIdentity(
            ident=session.id,
            actor=Actor(f"staff/{session.staff}"),
            barred=barred,
            pending=of_session(session),
            waiting=session,
        )
    principal = of_session(session)
    return KnownIdentity(principal, session.id, session.csrf, principal.actor, session=session)


class KnownIdentities(Identities):
    """Finds identities in the database; ``memory_ms`` is how long one is believed."""

    def __init__(self, log: EventLog, rules: AccountRules, clock: Callable[[], Micros], memory_ms: int) -> None:
        self._log = log
        self._rules = rules
        self._clock = clock
        self.believed = memory_ms * 1000
        self._known: dict[str, tuple[RequestIdentity, Micros]] = {}
        self._touched_at = Micros(0)

    async def of(self, request: web.Request) -> RequestIdentity:
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

    async def check_start(self, request: web.Request, identity: RequestIdentity) -> None:
        """See whether the start of a device that sent a request is the one that counts.

        Raises:
            StartSupersededError: a later one has taken over.
        """
        mine, start = known(identity), request.headers.get(START_HEADER)
        device = mine.device
        if device is None or start is None:
            return
        verdict = starts.judge(mine.starts, start)
        if verdict is not StartVerdict.OWN:
            # It may have taken over at another server since, or somebody has chosen it there.
            self.invalidate(frozenset({device.id}))
            verdict = starts.judge(
                await self._log.run(lambda connection: start_store.read(connection, device.id)), start
            )
        if verdict is StartVerdict.OVER:
            raise StartSupersededError
        # Said beside the answer to a device: whether another machine is the same device.
        request[ANSWER_HEADERS] = {COPIED_HEADER: "yes" if verdict is StartVerdict.COPIED else "no"}

    def invalidate(self, ended: frozenset[str]) -> None:
        """Believe these no longer."""
        self.changes += 1
        self._known = {key: held for key, held in self._known.items() if held[0].ident not in ended}

    async def ended(self, identities: Collection[RequestIdentity]) -> frozenset[str]:
        # Feeds of one device, or of one session, may have begun on either side of a change: each counts.
        devices: defaultdict[DeviceId, set[Starts | None]] = defaultdict(set)
        sessions: defaultdict[SessionId, set[frozenset[Role]]] = defaultdict(set)
        for one in map(known, identities):
            if one.device is not None:
                devices[one.device.id].add(one.starts)
            if one.session is not None:
                sessions[one.session.id].add(one.session.roles)
        if not devices and not sessions:
            return frozenset()

        def look(connection: Connection) -> frozenset[str]:
            over = staff_store.gone(connection, devices, sessions, self._clock(), self._rules)
            # Another start has taken over, or somebody has chosen among machines: each comes anew and hears of it.
            return frozenset(over) | start_store.changed(connection, devices)

        return await self._log.run(look)

    async def touch(self, identities: Collection[RequestIdentity]) -> None:
        """Write down that the sessions of open pages are in use: nobody has to press a key for that."""
        sessions = {mine.session.id for one in identities if (mine := known(one)).session is not None}
        now, rules = self._clock(), self._rules
        # Behind the time, or before it where the clock was set back.
        if sessions and not 0 <= now - self._touched_at < rules.touch_after_s * SECOND:
            self._touched_at = now
            await self._log.write(lambda connection: staff_store.touch_sessions(connection, sessions, now, rules))

    async def _remembered(self, secret: str, find: "Callable[[Connection, str], RequestIdentity]") -> RequestIdentity:
        now = self._clock()
        key = token_digest(secret)
        held = self._known.get(key)
        # Behind the end, or before the beginning where the clock was set back.
        if held is not None and held[1] <= now < held[1] + self.believed:
            return held[0]
        identity = await self._log.run(lambda connection: find(connection, secret))
        mine = known(identity)
        # What a session waits for may come to it at another server: that is not remembered.
        if identity is not NOBODY and mine.waiting is None:
            if len(self._known) >= _MAX:
                self._known.clear()
            self._known[key] = (identity, now)
        session = mine.session or mine.waiting
        if session is not None and now - session.last_seen > self._rules.touch_after_s * SECOND:
            await self._log.write(lambda connection: staff_store.touch_session(connection, session.id, now))
        return identity

    @staticmethod
    def _device(connection: Connection, token: str) -> RequestIdentity:
        device = device_store.device_by_token(connection, token)
        return _of_device(device, start_store.read(connection, device.id))

    def _session(self, connection: Connection, cookie: str) -> RequestIdentity:
        session = staff_store.session_by_cookie(connection, cookie, self._clock(), self._rules)
        return NOBODY if session is None else _of_session(session)
