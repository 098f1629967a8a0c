"""What the pages need of the server, put together in ``bootstrap``."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final, Protocol
from urllib.parse import quote

from aiohttp import web

from queue_server.accounts import staff_store
from queue_server.accounts.errors import SessionLockedError
from queue_server.accounts.identities import SESSION_COOKIE, known
from queue_server.accounts.model import AccountRules, Session, SessionStanding
from queue_server.accounts.passwords import Passwords
from queue_server.centre.views import Facts
from queue_server.domain.values import Actor, CentreId, Micros, VisitId
from queue_server.eventlog.port import EventLog
from queue_server.framework.access import read_cookie
from queue_server.framework.problems import NotSignedInError
from queue_server.framework.rooms import RoomCollection
from queue_server.framework.server import SERVER
from queue_server.queue.commands import Command
from queue_server.queue.settings import CentreSettings
from queue_server.queue.state import DayState
from queue_server.web import forms
from queue_server.web.history import Onlooker, actors
from queue_server.web.rules import PageRules
from queue_server.web.site import Site, choose_language, is_rtl
from queue_server.web.times import Clockface
from queue_server.web.view_context import PageReader, StaffView
from queue_server.writer import Watcher

type Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Live(Protocol):
    """A centre as it stands: its day, its set-up, and the way to change the day."""

    @property
    def state(self) -> DayState: ...

    @property
    def facts(self) -> Facts: ...

    @property
    def settings(self) -> CentreSettings: ...

    async def execute(self, command: Command, session: Session) -> object: ...

    def watch(self, watcher: Watcher) -> Callable[[], None]: ...


@dataclass(frozen=True, slots=True)
class WebContext:
    """``ticket_keys`` gives the server's own keys of tickets, the one that makes first.

    ``clock`` is its time; ``rooms`` bring to all pages.
    """

    rooms: RoomCollection
    site: Site
    log: EventLog
    passwords: Passwords
    rules: AccountRules
    page_rules: PageRules
    ticket_keys: Callable[[], tuple[bytes, ...]]
    centres: Mapping[CentreId, Live]
    clock: Callable[[], Micros]

    def language(self, request: web.Request) -> str:
        """Choose the language of a page: the one asked for, the one used last, the browser's."""
        wanted = (request.query.get("lang", ""), read_cookie(request, forms.LANGUAGE))
        return choose_language(wanted, request.headers.get("Accept-Language", ""))

    def reader(self, language: str, zone: str) -> PageReader:
        return PageReader(self.site.words[language], Clockface(zone, language), language, is_rtl(language), self.rooms)

    def view(self, request: web.Request, session: Session) -> StaffView:
        """Look at the centre of a session, in the language of the request."""
        live = self.centres[session.centre]
        reader = self.reader(self.language(request), live.facts.catalogue.centre.zone)
        return StaffView(live.state, live.facts, live.settings, reader=reader, now=self.clock(), rules=self.page_rules)

    async def onlooker(self, session: Session, state: DayState, visit: VisitId | None) -> Onlooker:
        """Give the names of those who have acted on a visit, for the page of ``session``."""
        acted = actors(state, visit)
        names = await self.log.run(lambda connection: staff_store.names(connection, acted)) if acted else {}
        return Onlooker(Actor(f"staff/{session.staff}"), names)


DESK: Final = web.AppKey("desk", WebContext)


def remembering(handler: Handler) -> Handler:
    """Let the browser remember the language that a page is asked for in, for all that is fetched of it afterwards."""

    async def handle(request: web.Request) -> web.StreamResponse:
        response = await handler(request)
        if "lang" in request.query:
            forms.set_cookie(response, request, forms.LANGUAGE, request.app[DESK].language(request))
        return response

    return handle


async def session_of(request: web.Request) -> Session | None:
    """Find the living session behind the request's cookie; an open page keeps it alive."""
    return known(await request.app[SERVER].identities.of(request)).session


async def signed_in(request: web.Request) -> Session:
    """Give the session of whoever was let in to a page of staff (``framework.page_access``).

    Raises:
        SessionLockedError: it was locked since: the page stays where it is, with what was typed.
        NotSignedInError: it has ended since.
    """
    identity = await request.app[SERVER].identities.of(request)
    session = known(identity).session
    if session is None:
        raise identity.barred
    return session


async def waiting_of(request: web.Request) -> Session | None:
    """Find the session behind the request's cookie that waits for something before it opens anything."""
    return known(await request.app[SERVER].identities.of(request)).waiting


def _is_part(request: web.Request) -> bool:
    return "HX-Request" in request.headers


#: Where a session is led that waits.
_WAITS_AT: Final = {
    SessionStanding.CODE: "/sign-in/second",
    SessionStanding.SET_UP: "/sign-in/set-up",
    SessionStanding.LOCKED: "/locked",
}


def waits_at(session: Session, path: str = "") -> str:
    """Say where a session is led that waits; from a lock it goes back to ``path``."""
    there = _WAITS_AT[session.standing]
    return f"{there}?to={quote(path)}" if path and session.standing is SessionStanding.LOCKED else there


def only_open(handler: Handler) -> Handler:
    """Keep a page from a session that waits: who comes with a browser is led to what it waits for."""

    async def handle(request: web.Request) -> web.StreamResponse:
        waiting = await waiting_of(request)
        if waiting is None:
            return await handler(request)
        if request.method == "GET" and "text/html" in request.headers.get("Accept", "") and not _is_part(request):
            raise web.HTTPSeeOther(waits_at(waiting, request.path))
        raise SessionLockedError if waiting.standing is SessionStanding.LOCKED else NotSignedInError

    return handle


def set_session(response: web.StreamResponse, request: web.Request, cookie: str | None) -> None:
    """Give the browser its session, or take it away."""
    age = request.app[DESK].rules.session_s if cookie else 0
    forms.set_cookie(response, request, SESSION_COOKIE, cookie or "", age)
