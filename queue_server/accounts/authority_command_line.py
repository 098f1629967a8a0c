"""``queue-server authority``: put another certificate authority in the place of the own one, while devices go on."""

from collections.abc import Iterable
from typing import Annotated

import msgspec
import typer

from peripherals.command_line import CommandLine
from queue_server import authority, tls
from queue_server.accounts.device_trust import DevicesBehindError, DeviceTrust, TrustState, list_trust
from queue_server.command_line import Data, DatabaseUrl, Json, report_errors, run
from queue_server.domain.values import now_micros, to_datetime

app = CommandLine(
    no_args_is_help=True,
    help="Put another certificate authority in the place of the own one: prepare, wait for devices, switch, finish.",
)


class AuthorityReport(msgspec.Struct, frozen=True):
    """What ``status`` prints as JSON."""

    authorities: authority.CentreAuthorities
    devices: tuple[DeviceTrust, ...]


@app.command()
def prepare(data: Data) -> None:
    """Make the next authority beside the one in force. Running servers announce it to devices within a minute.

    Servers of one database share DATA/tls: copy the folder to the others now, and again after each further step.
    """
    with report_errors():
        found = authority.prepare(data, to_datetime(now_micros()))
    _print_authorities(found)


@app.command()
def withdraw(data: Data) -> None:
    """Give the next authority up, before it is in force."""
    with report_errors():
        authority.withdraw(data)
    print("withdrawn")


@app.command()
def status(data: Data, database: DatabaseUrl = None, *, as_json: Json = False) -> None:
    """Say which authorities there are, and of each device whether it trusts the next one (or the one in force)."""
    with report_errors():
        found = authority.find_authorities(data)
        if found is None:
            raise tls.TlsMissingError
        devices = _devices(data, database, (found.next or found.force).fingerprint)
    if as_json:
        print(msgspec.json.encode(AuthorityReport(found, devices)).decode())
        return
    _print_authorities(found)
    _print_devices(devices)


@app.command()
def switch(
    data: Data,
    database: DatabaseUrl = None,
    *,
    force: Annotated[bool, typer.Option(help="Leave devices behind that do not trust it: enrol them anew.")] = False,
) -> None:
    """Put the next authority in force: running servers take the new certificate within a minute.

    Refused while devices that were seen in the last 30 days do not trust it.
    """
    with report_errors():
        found = authority.find_authorities(data)
        if found is None:
            raise tls.TlsMissingError
        if found.next is None:
            raise authority.AuthorityUnpreparedError
        behind = [one for one in _devices(data, database, found.next.fingerprint) if one.state is TrustState.BEHIND]
        if behind and not force:
            _print_devices(behind)
            raise DevicesBehindError(devices=len(behind))
        found = authority.switch(data, to_datetime(now_micros()))
    _print_authorities(found)


@app.command()
def finish(data: Data) -> None:
    """Let the authority go that was in force before. Devices then trust the new one alone."""
    with report_errors():
        found = authority.finish(data)
    _print_authorities(found)


def _devices(data: Data, database: str | None, fingerprint: str) -> tuple[DeviceTrust, ...]:
    return run(
        data,
        database,
        lambda opened: opened.run(lambda connection: list_trust(connection, fingerprint, now_micros())),
    )


def _print_authorities(found: authority.CentreAuthorities) -> None:
    for name, one in (("in force", found.force), ("next", found.next), ("before", found.before)):
        if one is not None:
            print(name, f"sha256:{one.fingerprint}", f"until {one.ends:%Y-%m-%d}", sep="\t")


def _print_devices(devices: Iterable[DeviceTrust]) -> None:
    for one in devices:
        seen = "never seen" if one.seen is None else f"seen {one.seen:%Y-%m-%d %H:%M} UTC"
        print(one.state, one.centre, one.kind, seen, one.id, one.name, sep="\t")
