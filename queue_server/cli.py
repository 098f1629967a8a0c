"""``queue-server``: set up, serve and look after the central server."""

import json
import resource
import socket
from collections.abc import Iterable, Sequence
from dataclasses import replace
from ipaddress import ip_address
from typing import Annotated

import msgspec
import typer
import uvloop

from peripherals.command_line import CommandLine
from queue_server import logs, tls
from queue_server.accounts.demo import DemoAccount, create_demo_accounts
from queue_server.accounts.passwords import Passwords
from queue_server.catalogue import store
from queue_server.catalogue.toml import parse
from queue_server.command_line import Data, DatabaseUrl, Json, report_errors, run, write_secret
from queue_server.database import Database, parse_url
from queue_server.domain.values import ConsularError, now_micros
from queue_server.eventlog.sqlalchemy_log import SqlEventLog
from queue_server.framework.commands import rooms_of
from queue_server.framework.room import Room
from queue_server.framework.rooms import RoomCollection
from queue_server.framework.server_location import ServerLocation
from queue_server.framework.settings import HttpSettings
from queue_server.information import store as information
from queue_server.maintenance import bring_up, prepare, rebuild_tables, verify_log
from queue_server.memory import close_memory
from queue_server.rooms import ROOMS

#: As many files as one process can make use of.
_MAX_FILES = 65_536
_MAX_PORT = 65_535

_own = CommandLine()


def command_line(rooms: Iterable[Room]) -> CommandLine:
    """Make the command line of a server with these rooms."""
    collected = RoomCollection(rooms)
    whole = CommandLine(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)

    @whole.callback()
    def begin(context: typer.Context) -> None:
        context.obj = collected

    begin.__doc__ = __doc__
    whole.add_typer(_own)
    for room in collected:
        for name, commands in room.commands().items():
            whole.add_typer(commands, name=name or None)
    return whole


class CannotListenError(ConsularError):
    """The address is taken, or not this machine's."""

    code = "cannot-listen"


class PublicUrlMissingError(ConsularError):
    """Listening on every address tells no phone which: set http.public_url in settings.toml, it goes into QR codes."""

    code = "public-url-missing"


@_own.command()
def init(
    context: typer.Context,
    data: Data,
    database: DatabaseUrl = None,
    *,
    demo: Annotated[bool, typer.Option(help="Add two demo centres, and staff with random passwords.")] = False,
    tls_name: Annotated[
        list[str] | None, typer.Option(help="A host name or address by which clients reach this server; repeatable.")
    ] = None,
) -> None:
    """Make schema, keys and certificate. What is there already is left as it is."""
    with report_errors():
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        rooms = rooms_of(context)
        prepare(parse_url(database, data), data, rooms.migrations, rooms.aggregates)
        tls.init_tls(data, tls_name or ())
        if demo:
            catalogues, pages = store.demo_catalogues(), information.demo_pages()
            accounts = run(data, database, lambda opened: _add_demo(opened, catalogues, pages))
            if accounts:
                write_secret(data / "demo-accounts.json", msgspec.json.format(msgspec.json.encode(accounts)))
    print(f"ready: {data}")


async def _add_demo(database: Database, catalogues: Sequence[str], pages: Sequence[str]) -> tuple[DemoAccount, ...]:
    """Add the centres that are not there yet, and the staff; return the accounts that were made."""
    present = await database.run(store.centres)
    for text in catalogues:
        if parse(text).centre.id not in present:
            await database.write(lambda connection, text=text: store.import_catalogue(connection, text))  # type: ignore[misc]
    await database.write(lambda connection: information.import_demo(connection, pages, now_micros()))
    passwords = Passwords()
    try:
        return await create_demo_accounts(SqlEventLog(database), passwords, now_micros())
    finally:
        passwords.close()


@_own.command()
def serve(
    context: typer.Context,
    data: Data,
    database: DatabaseUrl = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one.")] = 8080,
    *,
    public: Annotated[
        str | None, typer.Option(help="HOST:PORT for phones alone: tickets, and nothing else. Staff keep the other.")
    ] = None,
    behind_proxy: Annotated[
        bool, typer.Option(help="A proxy in front of this server speaks TLS and sets the X-Forwarded headers.")
    ] = False,
) -> None:
    """Serve until SIGTERM, with TLS on an address that is not loopback.

    Prints one line of JSON when it listens: {"listening": address, "ready": ...}, with "public" where phones have one.
    """
    # What serves takes half a second to load, and the other commands need nothing of it.
    from queue_server import bootstrap  # noqa: PLC0415

    with report_errors():
        rooms = rooms_of(context)
        settings, url = rooms.settings(data), parse_url(database, data)
        phones = None if public is None else _address(public)
        shown_to_phones = host if phones is None else phones[0]
        if settings[HttpSettings].public_url is None and _is_every(shown_to_phones):
            raise PublicUrlMissingError(host=shown_to_phones)
        # What is reached from other machines must be encrypted: here, or by the proxy.
        clear = behind_proxy or (_is_loopback(host) and (phones is None or _is_loopback(phones[0])))
        encrypted = None if clear else tls.server_context(data)
        listener = _listen(host, port)
        address = _shown(host, listener, encrypted)
        place = ServerLocation(data, url, listener, address, encrypted, behind_proxy)
        if phones is not None:
            opened = _listen(*phones)
            place = replace(place, public=opened, public_address=_shown(phones[0], opened, encrypted))
        logs.configure()
        _allow_files()
        close_memory()
        uvloop.run(bootstrap.serve(rooms, place, settings, lambda server: _listening(place, server.trouble)))


def _allow_files() -> None:
    """Let this process have as many open connections as the machine grants it; services begin with 1,024."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    # A machine without a limit grants more than some kernels can be asked for.
    wanted = _MAX_FILES if most == resource.RLIM_INFINITY else min(most, _MAX_FILES)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def _address(said: str) -> tuple[str, int]:
    """Read ``HOST:PORT``; an address of IPv6 stands in brackets."""
    host, _, port = said.rpartition(":")
    if not host or not port.isdecimal() or int(port) > _MAX_PORT:
        raise typer.BadParameter("HOST:PORT", param_hint="--public")
    return host.removeprefix("[").removesuffix("]"), int(port)


def _shown(host: str, listener: socket.socket, context: object) -> str:
    shown = f"[{host}]" if ":" in host else host
    return f"{'http' if context is None else 'https'}://{shown}:{listener.getsockname()[1]}"


def _listening(place: ServerLocation, trouble: ConsularError | None) -> None:
    reason = {} if trouble is None else {"reason": trouble.code}
    phones = {"public": place.public_address} if place.public_address else {}
    print(json.dumps({"listening": place.address, **phones, "ready": trouble is None, **reason}), flush=True)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _is_every(host: str) -> bool:
    try:
        return ip_address(host).is_unspecified
    except ValueError:
        return False


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=1024)
    except OSError as error:
        raise CannotListenError(host=host, port=port, reason=error.strerror or "") from error


@_own.command()
def migrate(context: typer.Context, data: Data, database: DatabaseUrl = None) -> None:
    """Bring the schema to this release. Stop servers of an older release that cannot work with it first."""
    with report_errors():
        rooms = rooms_of(context)
        bring_up(parse_url(database, data), rooms.migrations, rooms.aggregates)
    print("migrated")


@_own.command("rebuild")
def rebuild_projected(
    context: typer.Context, data: Data, database: DatabaseUrl = None, *, as_json: Json = False
) -> None:
    """Make the tables that show streams anew from what happened; ``verify`` says where they do not fit."""
    with report_errors():
        touched = rebuild_tables(parse_url(database, data), rooms_of(context).aggregates)
    if as_json:
        print(msgspec.json.encode(touched).decode())
        return
    for kind, rows in touched.items():
        print(f"{kind}: {rows} rows mended")


@_own.command()
def verify(context: typer.Context, data: Data, database: DatabaseUrl = None, *, as_json: Json = False) -> None:
    """Check every event and the tables made from them: exits with 1 and names the first that is not as it was."""
    with report_errors():
        report = verify_log(parse_url(database, data), data, rooms_of(context).aggregates)
    if as_json:
        print(msgspec.json.encode(report).decode())
    elif report.bad is not None:
        print(f"bad: {report.bad.stream} seq {report.bad.seq}: {report.bad.code}")
    elif report.row is not None:
        print(f"bad: {report.row.table} row {report.row.key}: {report.row.code} (of {report.rows}; see rebuild)")
    else:
        print(f"ok: {report.events} events in {report.streams} streams")
    raise typer.Exit(0 if report.ok else 1)


#: The command line of this server.
app = command_line(ROOMS)
