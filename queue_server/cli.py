"""``queue-server``: set up, serve and look after the central server."""

from collections.abc import Iterable, Sequence
from typing import Annotated

import msgspec
import typer

from peripherals.command_line import CommandLine
from queue_server import tls
from queue_server.accounts.demo import DemoAccount, create_demo_accounts
from queue_server.accounts.passwords import Passwords
from queue_server.backup import command_line as backups
from queue_server.catalogue import store
from queue_server.catalogue.toml import parse
from queue_server.command_line import Data, DatabaseUrl, Json, existing, report_errors, run, write_secret
from queue_server.database import Database, find_url
from queue_server.domain.values import now_micros
from queue_server.eventlog.sqlalchemy_log import SqlEventLog
from queue_server.framework.commands import rooms_of
from queue_server.framework.room import Room
from queue_server.framework.rooms import RoomCollection
from queue_server.information import store as information
from queue_server.maintenance import bring_up, prepare, rebuild_tables, verify_log
from queue_server.rooms import ROOMS

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
    whole.add_typer(backups.app)
    for room in collected:
        for name, commands in room.commands().items():
            whole.add_typer(commands, name=name or None)
    return whole


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
        prepare(find_url(database, data), data, rooms.migrations, rooms.aggregates)
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
    from queue_server import serving  # noqa: PLC0415

    with report_errors():
        if public is not None and serving.address(public) is None:
            raise typer.BadParameter("HOST:PORT", param_hint="--public")
        serving.serve(rooms_of(context), data, database, host, port, public, behind_proxy=behind_proxy)


@_own.command()
def migrate(context: typer.Context, data: Data, database: DatabaseUrl = None) -> None:
    """Bring the schema to this release. Stop servers of an older release that cannot work with it first."""
    with report_errors():
        rooms = rooms_of(context)
        bring_up(existing(database, data), rooms.migrations, rooms.aggregates)
    print("migrated")


@_own.command("rebuild")
def rebuild_projected(
    context: typer.Context, data: Data, database: DatabaseUrl = None, *, as_json: Json = False
) -> None:
    """Make the tables that show streams anew from what happened; ``verify`` says where they do not fit."""
    with report_errors():
        rooms = rooms_of(context)
        touched = rebuild_tables(existing(database, data), rooms.aggregates, rooms.migrations)
    if as_json:
        print(msgspec.json.encode(touched).decode())
        return
    for kind, rows in touched.items():
        print(f"{kind}: {rows} rows mended")


@_own.command()
def verify(context: typer.Context, data: Data, database: DatabaseUrl = None, *, as_json: Json = False) -> None:
    """Check every event and the tables made from them: exits with 1 and names the first that is not as it was."""
    with report_errors():
        rooms = rooms_of(context)
        report = verify_log(existing(database, data), data, rooms.aggregates, rooms.migrations)
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
