"""``queue-server``, devices: codes that enrol them, the end of their access, and what there are."""

from typing import Annotated

import msgspec
import typer

from peripherals.command_line import CommandLine
from queue_server import tls
from queue_server.accounts import device_store, start_store
from queue_server.accounts.model import AccountRules, DeviceKind, IntegrationRole
from queue_server.command_line import Data, DatabaseUrl, Json, report_errors, run
from queue_server.contract.starts import sign
from queue_server.domain.values import CentreId, DeviceId, now_micros
from queue_server.framework.settings import section_of
from queue_server.vault.keys import load_keys

app = CommandLine()


@app.command()
def enrol_code(  # noqa: PLR0917 - typer tells arguments apart by their annotations
    kind: Annotated[str, typer.Option(help="kiosk, screen, locker or integration.")],
    name: Annotated[str, typer.Option(help="Where it stands, for people.")],
    centre: Annotated[str, typer.Option(help="Id of the centre.")],
    data: Data,
    role: Annotated[
        str | None, typer.Option(help="As whom an integration acts: counter, manager, booking or metrics.")
    ] = None,
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
    with report_errors():
        rules = section_of(data, "accounts", AccountRules)
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
                    rules=rules,
                )
            ),
        )
    if ca is not None:
        print(f"authority: {ca[0]} sha256:{ca[1]}")
    print(code)


@app.command()
def revoke(device: str, data: Data, database: DatabaseUrl = None) -> None:
    """End a device's access; its open connections are cut within two seconds on every server."""
    with report_errors():
        ended = run(
            data,
            database,
            lambda opened: opened.write(
                lambda connection: device_store.revoke(connection, DeviceId(device), now_micros())
            ),
        )
    print("revoked" if ended else "no such device, or revoked before")
    raise typer.Exit(0 if ended else 1)


@app.command("resolve-copy")
def confirm_device(device: str, sign: str, data: Data, database: DatabaseUrl = None) -> None:
    """Say which of several machines goes on as a device, by the sign that it shows; the others are enrolled anew."""
    with report_errors():
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
    with report_errors():
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
