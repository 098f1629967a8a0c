"""``queue-server``: set up, serve and look after the central server."""

import json
import os
import resource
import socket
import sys
from collections.abc import Sequence
from dataclasses import replace
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer
import uvloop

from peripherals.command_line import CommandLine
from queue_server import day_cli, logs, payments_cli, people_cli, staff_cli, tls
from queue_server.accounts import device_store, start_store
from queue_server.accounts.demo import DemoAccount, create_demo_accounts
from queue_server.accounts.model import DeviceKind, IntegrationRole
from queue_server.accounts.passwords import Passwords
from queue_server.catalogue import store
from queue_server.catalogue.toml import parse
from queue_server.command_line import Data, DatabaseUrl, Json, run, told
from queue_server.contract.starts import sign
from queue_server.database import Database, parse_url
from queue_server.domain.values import CentreId, ConsularError, DeviceId, now_micros
from queue_server.eventlog.sqlalchemy_log import SqlEventLog
from queue_server.keys import export_keys, import_keys, load_keys
from queue_server.maintenance import prepare, verify_log
from queue_server.memory import close_memory
from queue_server.migrations import migrate as migrate_schema
from queue_server.settings import ServerSettings, load_settings

if TYPE_CHECKING:
    from queue_server import bootstrap

#: As many files as one process can make use of.
_MAX_FILES = 65_536
_MAX_PORT = 65_535

app = CommandLine(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)
keys_app = CommandLine(no_args_is_help=True, help="Bring the keys of a server to a further one.")
app.add_typer(keys_app, name="keys")
app.add_typer(staff_cli.app, name="staff")
app.add_typer(day_cli.app, name="day")
app.add_typer(people_cli.app, name="people")
app.add_typer(payments_cli.app, name="payments")

#: Holds the passphrase of exported keys, where it is not typed in.
PASSPHRASE = "CONSULAR_KEYS_PASSPHRASE"  # noqa: S105 - the name of a variable


class CannotListenError(ConsularError):
    """The address is taken, or not this machine's."""

    code = "cannot-listen"


class PublicUrlMissingError(ConsularError):
    """Listening on every address tells no phone which: set http.public_url in settings.toml, it goes into QR codes."""

    code = "public-url-missing"


class CatalogueUnreadableError(ConsularError):
    """The catalogue's file cannot be read."""

    code = "catalogue-unreadable"


@app.command()
def init(
    data: Data,
    database: DatabaseUrl = None,
    *,
    demo: Annotated[bool, typer.Option(help="Add two demo centres, and staff with random passwords.")] = False,
    tls_name: Annotated[
        list[str] | None, typer.Option(help="A host name or address by which clients reach this server; repeatable.")
    ] = None,
) -> None:
    """Make schema, keys and certificate. What is there already is left as it is."""
    with told():
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        prepare(parse_url(database, data), data)
        tls.init_tls(data, tls_name or ())
        if demo:
            catalogues = store.demo_catalogues()
            accounts = run(data, database, lambda opened: _add_demo(opened, catalogues))
            if accounts:
                _write_secret(data / "demo-accounts.json", msgspec.json.format(msgspec.json.encode(accounts)))
    print(f"ready: {data}")


async def _add_demo(database: Database, catalogues: Sequence[str]) -> tuple[DemoAccount, ...]:
    """Add the centres that are not there yet, and the staff; return the accounts that were made."""
    present = await database.run(store.centres)
    for text in catalogues:
        if parse(text).centre.id not in present:
            await database.write(lambda connection, text=text: store.import_catalogue(connection, text))  # type: ignore[misc]
    passwords = Passwords()
    try:
        return await create_demo_accounts(SqlEventLog(database), passwords, now_micros())
    finally:
        passwords.close()


def _write_secret(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)


@app.command()
def serve(
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

    with told():
        settings, url = load_settings(data), parse_url(database, data)
        phones = None if public is None else _address(public)
        shown_to_phones = host if phones is None else phones[0]
        if settings.http.public_url is None and _is_every(shown_to_phones):
            raise PublicUrlMissingError(host=shown_to_phones)
        # What is reached from other machines must be encrypted: here, or by the proxy.
        clear = behind_proxy or (_is_loopback(host) and (phones is None or _is_loopback(phones[0])))
        context = None if clear else tls.server_context(data)
        listener = _listen(host, port)
        address = _shown(host, listener, context)
        place = bootstrap.Place(data, url, listener, address, context, behind_proxy)
        if phones is not None:
            opened = _listen(*phones)
            place = replace(place, public=opened, public_address=_shown(phones[0], opened, context))
        logs.configure()
        _allow_files()
        close_memory()
        uvloop.run(bootstrap.serve(place, settings, lambda server: _listening(place, server.trouble)))


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


def _listening(place: "bootstrap.Place", trouble: ConsularError | None) -> None:
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


@app.command()
def enrol_code(
    kind: Annotated[str, typer.Option(help="kiosk, screen, locker or integration.")],
    name: Annotated[str, typer.Option(help="Where it stands, for people.")],
    centre: Annotated[str, typer.Option(help="Id of the centre.")],
    data: Data,
    role: Annotated[str | None, typer.Option(help="As whom an integration acts: counter or manager.")] = None,
    database: DatabaseUrl = None,
) -> None:
    """Make a code that enrols one device within 15 minutes. The last line is the code alone.

    Before it stands the certificate that the device must trust where the server speaks TLS, with its fingerprint.
    """
    try:
        chosen = msgspec.convert(kind, DeviceKind)
        acts_as = msgspec.convert(role, IntegrationRole | None)
    except msgspec.ValidationError as error:
        raise typer.BadParameter(str(error)) from error
    if (chosen == "integration") != (acts_as is not None):
        raise typer.BadParameter("an integration needs --role, nothing else has one")
    with told():
        settings: ServerSettings = load_settings(data)
        key = load_keys(data).sessions
        ca = tls.authority(data)
        code = run(
            data,
            database,
            lambda opened: opened.write(
                lambda connection: device_store.enrol_code(
                    connection,
                    chosen,
                    name,
                    CentreId(centre),
                    acts_as,
                    key=key,
                    now=now_micros(),
                    rules=settings.accounts,
                )
            ),
        )
    if ca is not None:
        print(f"authority: {ca[0]} sha256:{ca[1]}")
    print(code)


@app.command()
def revoke(device: str, data: Data, database: DatabaseUrl = None) -> None:
    """End a device's access; its open connections are cut within two seconds on every server."""
    with told():
        ended = run(
            data,
            database,
            lambda opened: opened.write(
                lambda connection: device_store.revoke(connection, DeviceId(device), now_micros())
            ),
        )
    print("revoked" if ended else "no such device, or revoked before")
    raise typer.Exit(0 if ended else 1)


@app.command("keep-device")
def keep_device(device: str, sign: str, data: Data, database: DatabaseUrl = None) -> None:
    """Say which of several machines goes on as a device, by the sign that it shows; the others are enrolled anew."""
    with told():
        found = run(
            data,
            database,
            lambda opened: opened.write(lambda connection: start_store.choose(connection, DeviceId(device), sign)),
        )
    print("kept" if found else "no such device, or no such machine among which is to be chosen")
    raise typer.Exit(0 if found else 1)


@app.command()
def devices(centre: str, data: Data, database: DatabaseUrl = None, *, as_json: Json = False) -> None:
    """List the devices that a centre ever had."""
    with told():
        found = run(
            data,
            database,
            lambda opened: opened.run(lambda connection: device_store.devices(connection, CentreId(centre))),
        )
        starts = run(
            data,
            database,
            lambda opened: opened.run(lambda connection: start_store.of_centre(connection, CentreId(centre))),
        )
    if as_json:
        print(msgspec.json.encode(found).decode())
        return
    for one in found:
        series = "" if one.series is None else f"{one.series.letter}{one.series.first:03}-{one.series.last:03}"
        machines = starts[one.id].machines if one.id in starts else ()
        state = "revoked" if one.revoked_at else f"copied: {', '.join(map(sign, machines))}" if machines else "active"
        print(one.id, one.kind, series or "-", state, one.name, sep="\t")


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueUnreadableError(file=str(file)) from error


@app.command("import")
def import_catalogue(file: Path, data: Data, database: DatabaseUrl = None) -> None:
    """Put a centre's catalogue (TOML) in place of what it had."""
    with told():
        text = _read(file)
        stored = run(
            data, database, lambda opened: opened.write(lambda connection: store.import_catalogue(connection, text))
        )
    print(f"{stored.setup.centre.id}: version {stored.version}")


@app.command("export")
def export_catalogue(centre: str, data: Data, database: DatabaseUrl = None) -> None:
    """Print a centre's catalogue as TOML."""
    with told():
        text = run(
            data,
            database,
            lambda opened: opened.run(lambda connection: store.export_catalogue(connection, CentreId(centre))),
        )
    if text is None:
        print(f"queue-server: there is no centre {centre}", file=sys.stderr)
        raise typer.Exit(1)
    print(text, end="")


@app.command()
def migrate(data: Data, database: DatabaseUrl = None) -> None:
    """Bring the schema to this release. Stop servers of an older release that cannot work with it first."""
    with told():
        migrate_schema(parse_url(database, data))
    print("migrated")


@app.command()
def verify(data: Data, database: DatabaseUrl = None, *, as_json: Json = False) -> None:
    """Check every event: exits with 1 and names the first that is not as it was written."""
    with told():
        report = verify_log(parse_url(database, data), data)
    if as_json:
        print(msgspec.json.encode(report).decode())
    elif report.bad is None:
        print(f"ok: {report.events} events in {report.streams} streams")
    else:
        print(f"bad: {report.bad.stream} seq {report.bad.seq}: {report.bad.code}")
    raise typer.Exit(0 if report.ok else 1)


def _passphrase(*, confirm: bool) -> str:
    found = os.environ.get(PASSPHRASE)
    return found or str(typer.prompt("Passphrase", hide_input=True, confirmation_prompt=confirm, err=True))


@keys_app.command("export")
def keys_export(file: Path, data: Data) -> None:
    """Write all keys into one file, sealed with a passphrase (typed in, or in CONSULAR_KEYS_PASSPHRASE)."""
    with told():
        _write_secret(file, export_keys(data, _passphrase(confirm=True)))
    print(f"written: {file}")


@keys_app.command("import")
def keys_import(file: Path, data: Data) -> None:
    """Take over the keys of another server of the same database."""
    with told():
        import_keys(data, file.read_bytes(), _passphrase(confirm=False))
    print(f"imported into {data}")
