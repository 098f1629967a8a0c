"""The only place where the parts of the server are put together, started and stopped."""

import asyncio
import signal
import socket
import ssl
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import structlog
from aiohttp import web
from sqlalchemy import URL, Connection

from queue_server.accounts.enrolment import Enrolment
from queue_server.accounts.passkeys import Passkeys
from queue_server.accounts.passwords import Passwords
from queue_server.accounts.second_factor import SecondFactors
from queue_server.audit.verification import Verification
from queue_server.catalogue.cache import Catalogues
from queue_server.centre.centres import Centres
from queue_server.centre.witness import WitnessKeeper
from queue_server.certificates import CertificateKeeper
from queue_server.clock import GuardedClock
from queue_server.command_line import DATABASE
from queue_server.conditions import Watch
from queue_server.contract.documents import to_text
from queue_server.database import Database, open_database
from queue_server.disk import DiskWatch
from queue_server.domain.values import Actor, ConsularError, Micros, NoticeId, now_micros
from queue_server.eventlog import witness
from queue_server.eventlog.sqlalchemy_log import SqlEventLog
from queue_server.framework import openapi
from queue_server.framework.access import Identities
from queue_server.framework.application import make_application
from queue_server.framework.doors import Doors
from queue_server.framework.feeds import Feeds
from queue_server.framework.problems import NotReadyError
from queue_server.framework.proxies import networks
from queue_server.framework.server import Server
from queue_server.keys import Keys, KeysMismatchError, check_fingerprints, load_keys, people_file
from queue_server.people.keeper import Keeper
from queue_server.people.shredders import Rules
from queue_server.people.store import Vault
from queue_server.people.trusted import condition, make_trusted
from queue_server.readiness import ClockLeaptError, check_clock, check_ready
from queue_server.settings import ServerSettings
from queue_server.web import public
from queue_server.web import routes as pages
from queue_server.web.desk import DESK, Desk
from queue_server.web.site import Site
from queue_server.witness_copy import WitnessCopy

_log = structlog.get_logger(__name__)

Clock = Callable[[], Micros]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a server stands: its data folder, its database, the socket it listens on, and how it is reached.

    ``address`` is what clients connect to, without a slash at its end. ``public`` is the socket that phones have for
    themselves, ``public_address`` how it is reached.
    """

    data: Path
    url: URL
    listener: socket.socket
    address: str
    tls: ssl.SSLContext | None = None
    behind_proxy: bool = False
    public: socket.socket | None = None
    public_address: str = ""


def assemble(
    place: Place, database: Database, log: SqlEventLog, keys: Keys, settings: ServerSettings, clock: Clock
) -> Server:
    """Put a server together; nothing is started yet."""
    rules = settings.accounts
    identities = Identities(log, rules, clock, settings.http.identity_ms)
    base = settings.http.public_url or place.public_address or place.address
    # Without an address for phones alone staff come by the same one.
    staff_url = settings.http.staff_url or (settings.http.public_url if place.public is None else None)
    keeper = Keeper(log, people_file(place.data), keys.people, Rules(settings.people, rules), clock)
    vault = Vault(lambda: keeper.key)

    def typed(connection: Connection, notice: NoticeId) -> dict[str, str]:
        return vault.announcement(connection, notice, actor=Actor("system"), now=clock())

    centres = Centres(log, keys.signer(), settings.writer, clock, settings.http.catalogue_poll_ms, typed)
    rule = settings.witness
    copy = WitnessCopy(Path(rule.copy), clock, rule.silent_s) if rule.copy else None
    kept = WitnessKeeper(
        log, centres, keys.signer(), clock, path=place.data / witness.FILE, poll_s=rule.poll_s, copy=copy
    )
    return Server(
        settings=settings,
        database=database,
        log=log,
        keys=keys,
        centres=centres,
        catalogues=Catalogues(log, clock, to_text(keys.documents_public())),
        identities=identities,
        feeds=Feeds(log, identities, rules, settings.feeds, clock),
        passwords=Passwords(),
        enrolment=Enrolment(rules, keys.sessions, keys.tickets, f"{base}/t/"),
        keeper=keeper,
        vault=vault,
        verification=Verification(_verify_command(place), clock, {DATABASE: _database(place)}),
        second_factors=SecondFactors(log, rules, keys.sessions, Passkeys(staff_url or place.address)),
        clock=clock,
        witness=kept,
        witness_copy=copy,
        trusted=make_trusted(settings.documents, clock),
        staff_url=staff_url,
        has_public=place.public is not None,
        tls=place.tls is not None,
        behind_proxy=place.behind_proxy,
    )


def _verify_command(place: Place) -> tuple[str, ...]:
    return (sys.executable, "-m", "queue_server", "verify", "--json", "--data", str(place.data))


def _database(place: Place) -> str:
    return place.url.render_as_string(hide_password=False)


def application(server: Server, site: Site) -> web.Application:
    """Make the application with the API and the pages."""
    app = make_application(server)
    app[DESK] = make_desk(server, site)
    pages.add(app)
    return app


def make_desk(server: Server, site: Site) -> Desk:
    """Gather what pages need."""
    return Desk(
        site=site,
        log=server.log,
        passwords=server.passwords,
        rules=server.settings.accounts,
        page_rules=server.settings.pages,
        ticket_key=server.keys.tickets,
        centres=server.centres,
        clock=server.clock,
    )


async def open_server(server: Server) -> None:
    """Check the database and open every centre.

    Raises:
        KeysMismatchError: the keys are not those of this database.
        ConsularError: not ready; it may be tried again.
    """
    await check_ready(server.database)
    await server.log.run(lambda connection: check_fingerprints(connection, server.keys))
    away = server.settings.people.away_days
    await server.log.run(lambda connection: check_clock(connection, server.clock(), away))
    if isinstance(server.clock, GuardedClock) and (leap := server.clock.condition()) is not None:
        # It was compared with the clock of the database, and is another than the one that is believed.
        raise ClockLeaptError(seconds=leap.amount)
    await server.witness.check()
    await server.keeper.start()
    await server.centres.start()
    server.witness.start()
    await server.feeds.start()
    server.trouble = None


@asynccontextmanager
async def running(
    place: Place, settings: ServerSettings, clock: Clock = now_micros, watches: tuple[Watch, ...] = ()
) -> AsyncIterator[Server]:
    """Run a server until the block is left: it listens when the block is entered.

    One that is not ready listens too, says why at ``/readyz``, and goes on trying.

    Raises:
        DatabaseInUseError: another process serves from this SQLite file.
        KeysMissingError: there are no keys.
        KeysMismatchError: they are those of another database.
    """
    async with AsyncExitStack() as stack:
        stack.enter_context(place.listener)
        if place.public is not None:
            stack.enter_context(place.public)
        keys = await asyncio.to_thread(load_keys, place.data)
        site = await asyncio.to_thread(Site)
        await asyncio.to_thread(openapi.document)
        database = open_database(place.url, settings.database)
        stack.push_async_callback(database.close)
        await database.claim()
        log = await stack.enter_async_context(SqlEventLog(database, settings.database))
        server = assemble(place, database, log, keys, settings, clock)
        trust = asyncio.create_task(server.trusted.keep())
        stack.push_async_callback(_end, trust)
        disk = DiskWatch(place.data, settings.disk.free_mib)
        server.watches = (*watches, disk, server.witness.condition, lambda: condition(server.trusted))
        if server.witness_copy is not None:
            server.watches += (server.witness_copy.condition,)
        if place.tls is not None:
            certificate = CertificateKeeper(place.data, place.tls, clock, settings.http.certificate_poll_s)
            server.watches += (certificate.condition,)
            await certificate.start()
            stack.push_async_callback(certificate.stop)
        stack.callback(server.passwords.close)
        stack.push_async_callback(server.keeper.stop)
        stack.push_async_callback(server.verification.stop)
        stack.push_async_callback(server.centres.stop)
        stack.push_async_callback(server.witness.stop)
        opening = await _first_try(server)
        if opening is not None:
            stack.push_async_callback(_end, opening)
        runner = await _prepare(stack, application(server, site), settings)
        # Before requests in progress are waited for: feeds never end by themselves.
        stack.push_async_callback(server.feeds.stop)
        _open(stack, _doors(place, settings, runner, place.listener))
        if place.public is not None:
            phones = await _prepare(stack, public.application(server, make_desk(server, site)), settings)
            most = settings.http.public_connections
            _open(stack, _doors(place, settings, phones, place.public, most))
        yield server


async def _prepare(stack: AsyncExitStack, app: web.Application, settings: ServerSettings) -> web.AppRunner:
    runner = web.AppRunner(
        app,
        access_log=None,
        keepalive_timeout=settings.http.idle_ms / 1000,
        shutdown_timeout=settings.http.shutdown_ms / 1000,
    )
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    return runner


def _open(stack: AsyncExitStack, doors: Doors) -> None:
    stack.push_async_callback(doors.stop)
    doors.start()


def _doors(
    place: Place, settings: ServerSettings, runner: web.AppRunner, listener: socket.socket, most: int | None = None
) -> Doors:
    """Make what takes connections; proxies have as many as they need, since all people come through them."""
    if runner.server is None:
        raise NotReadyError
    proxies = networks(settings.http.proxies) if place.behind_proxy else ()
    return Doors(listener, runner.server, limit=settings.http.connections, most=most, exempt=proxies, tls=place.tls)


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.wait([task])


async def _first_try(server: Server) -> asyncio.Task[None] | None:
    try:
        await open_server(server)
    except KeysMismatchError:
        raise
    except ConsularError as error:
        _not_ready(server, error)
        return asyncio.create_task(_go_on_trying(server))
    return None


def _not_ready(server: Server, error: ConsularError) -> None:
    if server.trouble is None or server.trouble.code != error.code:
        _log.warning("not-ready", code=error.code, **error.placeholders)
    server.trouble = error


async def _go_on_trying(server: Server) -> None:
    while server.trouble is not None:
        await asyncio.sleep(server.settings.http.catalogue_poll_ms / 1000)
        if isinstance(server.clock, GuardedClock):
            # Nothing was done by it yet: a clock that is set right meanwhile is believed.
            server.clock.begin_anew()
        try:
            await open_server(server)
        except ConsularError as error:
            _not_ready(server, error)
    _log.info("ready")


async def serve(place: Place, settings: ServerSettings, listening: Callable[[Server], None]) -> None:
    """Serve until SIGTERM or SIGINT; ``listening`` is called once the socket takes connections."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    clock = GuardedClock()
    async with running(place, settings, clock, (clock.condition,)) as server:
        listening(server)
        await stop.wait()
        _log.info("stopping")
