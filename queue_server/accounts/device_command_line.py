"""``queue-server``, devices: codes that enrol them, the end of their access, and what there are."""

import os
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Annotated, Literal

import msgspec
import typer

from peripherals.command_line import CommandLine
from queue_server import tls
from queue_server.accounts import device_store, start_store
from queue_server.accounts.device_states import DeviceState, list_ever, state_of
from queue_server.accounts.model import AccountRules, DeviceKind, EnrolledDevice, IntegrationRole
from queue_server.command_line import Data, DatabaseUrl, Json, report_errors, run
from queue_server.contract.devices import DeviceStatusView
from queue_server.contract.enrolment_text import EnrolmentText
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
    server: Annotated[
        str, typer.Option(help="Address by which the device comes (scheme, host and port): all it needs is one text.")
    ] = "",
    out: Annotated[
        Path | None, typer.Option(help="New file for that text; a QR code where its name ends with .svg or .png.")
    ] = None,
    *,
    public_certificate: Annotated[
        bool, typer.Option(help="Every machine trusts the certificate at that address.")
    ] = False,
) -> None:
    """Make a code that enrols one device within 15 minutes. The last line is the code alone.

    Before it stands the certificate that the device must trust where the server speaks TLS, with its fingerprint; and
    with --server the text by which a device enrols itself (``--enrol``).
    """
    try:
        chosen = msgspec.convert(kind, DeviceKind)
        acts_as = msgspec.convert(role, IntegrationRole | None)
    except msgspec.ValidationError as error:
        raise typer.BadParameter(str(error)) from error
    if (chosen == "integration") != (acts_as is not None):
        raise typer.BadParameter("an integration needs --role, nothing else has one")
    if (out is not None or public_certificate) and not server:
        raise typer.BadParameter("--out and --public-certificate need --server")
    if out is not None and out.exists():
        raise typer.BadParameter(f"{out} is there already")
    with report_errors():
        # Before there is a code: an address that no device would take is no use.
        EnrolmentText(server or "https://server", "00000000").check()
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
    if server:
        own = ca[1] if ca is not None and server.startswith("https://") and not public_certificate else ""
        text = EnrolmentText(server, code, own).written()
        if out is None:
            print(text)
        else:
            with report_errors():
                _store(text, out)
    print(code)


def _store(text: str, out: Path) -> None:
    """Write a text to a new file that nobody else may read. Raises OSError."""
    import segno  # noqa: PLC0415 - whoever wants no picture does not wait for it

    written = BytesIO(f"{text}\n".encode())
    if out.suffix in {".svg", ".png"}:
        written = BytesIO()
        segno.make(text, error="m", micro=False).save(written, kind=out.suffix[1:], scale=6)
    with os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(written.getvalue())


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
            lambda opened: opened.write(
                lambda connection: start_store.choose(connection, DeviceId(device), sign, now_micros())
            ),
        )
    print("kept" if found else "no such device, or no such machine among which is to be chosen")
    raise typer.Exit(0 if found else 1)


class ListedDevice(EnrolledDevice, frozen=True, kw_only=True):
    """A device as programs read it; what it never said is "" or null. ``state`` is as ``/metrics`` names it."""

    state: DeviceState | Literal["revoked"]
    seen: datetime | None
    version: str
    behind: bool


@app.command()
def devices(centre: str, data: Data, database: DatabaseUrl = None, *, as_json: Json = False) -> None:
    """List the devices that a centre ever had: how each is, its release, and when it was heard of last (UTC)."""
    with report_errors():
        rules = section_of(data, "accounts", AccountRules)
        found = run(
            data,
            database,
            lambda opened: opened.run(lambda connection: list_ever(connection, CentreId(centre), now_micros(), rules)),
        )
    if as_json:
        print(msgspec.json.encode([_listed(*one) for one in found]).decode())
        return
    for one, shown in found:
        series = "" if one.series is None else f"{one.series.letter}{one.series.first:03}-{one.series.last:03}"
        copied = f"copied: {', '.join(map(sign, shown.machines))}" if shown.machines else "active"
        access = "revoked" if one.revoked_at else copied
        state = "-" if one.revoked_at else state_of(shown)
        version = f"{shown.version} (behind)" if shown.behind else shown.version
        seen = "never" if shown.seen is None else f"{shown.seen:%Y-%m-%dT%H:%M:%SZ}"
        print(one.id, one.kind, series or "-", access, state, version or "-", seen, one.name, sep="\t")


def _listed(one: EnrolledDevice, shown: DeviceStatusView) -> ListedDevice:
    return ListedDevice(
        **msgspec.structs.asdict(one),
        state="revoked" if one.revoked_at else state_of(shown),
        seen=shown.seen,
        version=shown.version,
        behind=shown.behind,
    )
