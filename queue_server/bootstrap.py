"""The only place where the parts of the server are put together, started and stopped."""

import asyncio
import gc
import signal
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager

import structlog
from aiohttp import web

from queue_server.accounts.model import AccountRules
from queue_server.accounts.passwords import Passwords
from queue_server.centre.centres import Centres
from queue_server.certificates import CertificateKeeper
from queue_server.clock import GuardedClock
from queue_server.conditions import Watch, stalled
from queue_server.contract import service_manager
from queue_server.contract.periodic import Periodic
from queue_server.database import Database, DatabaseSettings, open_database
from queue_server.disk import DiskWatch
from queue_server.domain.values import ConsularError, Micros, now_micros
from queue_server.eventlog.port import EventLog
from queue_server.eventlog.rebuild import check_versions
from queue_server.eventlog.sqlalchemy_log import SqlEventLog
from queue_server.framework.application import make_application
from queue_server.framework.connection_limits import ConnectionLimits, TlsContext
from queue_server.framework.entity_feeds import EntityFeeds
from queue_server.framework.feeds import Feeds
from queue_server.framework.problems import NotReadyError
from queue_server.framework.proxies import networks
from queue_server.framework.room import Room
from queue_server.framework.rooms import RoomCollection
from queue_server.framework.server import Server
from queue_server.framework.server_location import ServerLocation
from queue_server.framework.settings import DiskSettings, FeedSettings, HttpSettings, ServerSettings
from queue_server.framework.words import Languages
from queue_server.memory import give_back
from queue_server.readiness import ClockJumpedError, check_clock, check_ready
from queue_server.vault.key_ring import KeysMismatchError
from queue_server.vault.keys import Keys, load_keys
from queue_server.vault.model import PeopleRules
from queue_server.web import pages, public
from queue_server.web.page_context import DESK, WebContext
from queue_server.web.rules import PageRules
from queue_server.web.site import Site, site_of

_log = structlog.get_logger(__name__)

Clock = Callable[[], Micros]


def assemble(
    rooms: RoomCollection,
    place: ServerLocation,
    database: Database,
    log: EventLog,
    keys: Keys,
    settings: ServerSettings,
    clock: Clock,
) -> Server:
    """Put a server together, room after room; nothing that writes is started yet."""
    server = Server(rooms, place, settings, database, log, clock, lambda: tuple(keys.rings["requests"]))
    server.put(Keys, keys)
    poll_s = settings[DatabaseSettings].poll_ms / 1000
    server.put(EntityFeeds, EntityFeeds(log, clock, poll_s, lambda: tuple(server[Centres])))
    for room in rooms:
        room.assemble(server)
    server.put(Feeds, Feeds(server.identities, settings[FeedSettings]))
    return server


def application(server: Server, site: Site) -> web.Application:
    """Make the application with the API and the pages."""
    app = make_application(server)
    app[DESK] = make_desk(server, site)
    pages.add(app)
    return app


def make_desk(server: Server, site: Site) -> WebContext:
    """Gather what pages need."""
    return WebContext(
        rooms=server.rooms,
        site=site,
        log=server.log,
        passwords=server[Passwords],
        rules=server.settings[AccountRules],
        page_rules=server.settings[PageRules],
        ticket_keys=lambda: tuple(server[Keys].rings["tickets"]),
        centres=server[Centres],
        clock=server.clock,
    )


async def _stop(room: Room, server: Server) -> None:
    await room.stop(server)
    for task in room.tasks(server):
        await task.stop()


async def open_server(server: Server) -> None:
    """Check the database and open every centre.

    Raises:
        KeysMismatchError: the keys are not those of this database.
        ConsularError: not ready; it may be tried again.
    """
    await check_ready(server.database, server.rooms.migrations)
    await server.database.check_sound()
    await server.log.run(lambda connection: check_versions(connection, server.rooms.aggregates))
    for room in server.rooms:
        await room.sound(server)
    away = server.settings[PeopleRules].clock_gap_days
    await server.log.run(lambda connection: check_clock(connection, server.clock(), away))
    if isinstance(server.clock, GuardedClock) and (leap := server.clock.condition()) is not None:
        # It was compared with the clock of the database, and is another than the one that is believed.
        raise ClockJumpedError(seconds=leap.amount)
    for room in server.rooms:
        await room.check(server)
    for room in server.rooms:
        await room.start(server)
        for task in room.tasks(server):
            task.start()
    server.feeds.start()
    await server[EntityFeeds].start()
    server.trouble = None


@asynccontextmanager
async def running(
    rooms: RoomCollection,
    place: ServerLocation,
    settings: ServerSettings,
    clock: Clock = now_micros,
    watches: tuple[Watch, ...] = (),
) -> AsyncIterator[Server]:
    """Run a server until the block is left: it listens when the block is entered.

    One that is not ready listens too, says why at ``/readyz``, and goes on trying.

    Raises:
        DatabaseInUseError: another process serves from this SQLite file.
        KeysMissingError: there are no keys.
        KeysMismatchError: they are those of another database.
        RoomError: the rooms do not fit together.
    """
    async with AsyncExitStack() as stack:
        stack.enter_context(place.listener)
        if place.public is not None:
            stack.enter_context(place.public)
        keys = await asyncio.to_thread(load_keys, place.data)
        site = await asyncio.to_thread(site_of, rooms.sites)
        if settings[PageRules].load_first:
            await asyncio.to_thread(site.load_templates)
        await asyncio.to_thread(rooms.load)
        database = open_database(place.url, settings[DatabaseSettings])
        stack.push_async_callback(database.close)
        await database.claim()
        log = await stack.enter_async_context(SqlEventLog(database, settings[DatabaseSettings]))
        server = assemble(rooms, place, database, log, keys, settings, clock)
        server.put(Languages, Languages(site.words))
        disk = DiskWatch(place.data, settings[DiskSettings].free_mib)
        server.watches = (*watches, disk, *(watch for room in rooms for watch in room.watches(server)))
        server.watches += (stalled(lambda: server.tasks),)
        server.own_tasks += (*log.tasks, server.feeds.task, server.feeds.sockets.task, server[EntityFeeds].task)
        context: TlsContext | None = None
        if place.tls is not None:
            poll_s = settings[HttpSettings].certificate_poll_s
            certificate = CertificateKeeper(place.data, place.tls, clock, poll_s)
            context = certificate.context
            server.watches += (certificate.condition, certificate.authority_condition)
            server.certificate_ends_at, server.authority_ends_at = certificate.ends_at, certificate.authority_ends_at
            server.authorities = certificate.authorities
            server.own_tasks.append(certificate.task)
            await certificate.task.begin()
            stack.push_async_callback(certificate.task.stop)
        for room in rooms:
            stack.push_async_callback(_stop, room, server)
        if not await _is_opened(server):
            opening = _opening(server)
            server.own_tasks.append(opening)
            opening.start()
            stack.push_async_callback(opening.stop)
        doors = await _prepare(stack, application(server, site), place.listener, settings, place, context)
        # Before requests in progress are waited for: feeds never end by themselves.
        stack.push_async_callback(server.feeds.stop)
        stack.push_async_callback(server[EntityFeeds].stop)
        _open(stack, server, doors)
        if place.public is not None:
            phones = public.application(server, make_desk(server, site))
            most = settings[HttpSettings].public_connections
            _open(stack, server, await _prepare(stack, phones, place.public, settings, place, context, most))
        yield server


async def _prepare(
    stack: AsyncExitStack,
    app: web.Application,
    listener: socket.socket,
    settings: ServerSettings,
    place: ServerLocation,
    context: TlsContext | None,
    most: int | None = None,
) -> ConnectionLimits:
    """Set an application up, and return what takes its connections.

    A proxy may have any number of connections, since everybody comes through it.
    """
    http = settings[HttpSettings]
    runner = web.AppRunner(
        app,
        access_log=None,
        keepalive_timeout=http.idle_ms / 1000,
        shutdown_timeout=http.shutdown_ms / 1000,
    )
    await runner.setup()
    if runner.server is None:
        raise NotReadyError
    proxies = networks(http.proxies) if place.behind_proxy else ()
    doors = ConnectionLimits(listener, runner.server, limit=http.connections, most=most, exempt=proxies, tls=context)
    stack.push_async_callback(doors.end)
    stack.push_async_callback(runner.cleanup)
    return doors


def _open(stack: AsyncExitStack, server: Server, doors: ConnectionLimits) -> None:
    server.own_tasks.append(doors.task)
    stack.push_async_callback(doors.stop)
    doors.start()


async def _is_opened(server: Server) -> bool:
    """Try it; where that fails, say why.

    Raises:
        KeysMismatchError: the keys are those of another database, and will be.
    """
    try:
        await open_server(server)
    except KeysMismatchError:
        raise
    except ConsularError as error:
        _not_ready(server, error)
        return False
    return True


def _not_ready(server: Server, error: ConsularError) -> None:
    if server.trouble is None or server.trouble.code != error.code:
        _log.warning("not-ready", code=error.code, **error.placeholders)
    server.trouble = error


def _opening(server: Server) -> Periodic:
    """Go on trying to open a server until it is."""

    async def try_again() -> None:
        if isinstance(server.clock, GuardedClock):
            # Nothing was done by it yet: a clock that is set right meanwhile is believed.
            server.clock.begin_anew()
        try:
            await open_server(server)
        except ConsularError as error:
            _not_ready(server, error)
        else:
            task.finish()
            _log.info("ready")

    task = Periodic("opening", server.settings[HttpSettings].catalogue_poll_ms / 1000, try_again)
    return task


async def serve(
    rooms: RoomCollection, place: ServerLocation, settings: ServerSettings, listening: Callable[[Server], None]
) -> None:
    """Serve until SIGTERM or SIGINT; ``listening`` is called once the socket takes connections.

    Raises:
        ConsularError: what it holds is not so any more, and a new start alone can mend that; what ``running`` raises.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    clock = GuardedClock()
    async with running(rooms, place, settings, clock, (clock.condition,)) as server:
        # What is there now stays: it is never looked through for garbage again.
        give_back()
        gc.freeze()
        gc.enable()
        listening(server)
        async with service_manager.alive():
            waits = [asyncio.create_task(one.wait()) for one in (stop, server.ending)]
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            for one in waits:
                one.cancel()
        _log.info("stopping")
    if server.failure is not None:
        raise server.failure
