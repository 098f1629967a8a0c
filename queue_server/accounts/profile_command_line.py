"""``queue-server device-settings``: by which settings kiosks and boards work, and the technician's PIN."""

from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer
from argon2 import PasswordHasher

from peripherals.command_line import CommandLine
from queue_server.accounts import profile_store
from queue_server.accounts.device_states import list_devices
from queue_server.accounts.errors import PinShapeError
from queue_server.accounts.model import AccountRules
from queue_server.accounts.profile_store import ProfileScope
from queue_server.command_line import Data, DatabaseUrl, Json, report_errors, run
from queue_server.contract.device_settings import DeviceProfileView, SettledKind
from queue_server.contract.devices import DeviceStatusView
from queue_server.domain.values import Actor, CentreId, DeviceId, now_micros
from queue_server.framework.settings import section_of

app = CommandLine(
    no_args_is_help=True,
    help="By which settings kiosks and boards work: of all of a kind at a centre, or of one of them.",
)
#: Whoever may use the command line of the server.
_ACTOR = Actor("system")
#: Digits of a technician's PIN.
_PIN_DIGITS = 6

Kind = Annotated[str, typer.Option(help="kiosk or screen: for all of them at the centre.")]
Device = Annotated[str | None, typer.Option(help="Id of the one that it is for.")]


class ShownSettings(msgspec.Struct, frozen=True):
    """What ``show`` prints as JSON."""

    profiles: tuple[DeviceProfileView, ...]
    devices: tuple[DeviceStatusView, ...]


@app.command("set")
def store(  # noqa: PLR0917 - typer tells arguments apart by their annotations
    centre: str,
    file: Annotated[Path, typer.Argument(help="TOML, as docs/settings.md lists it; an empty file sets nothing.")],
    data: Data,
    kind: Kind,
    device: Device = None,
    database: DatabaseUrl = None,
) -> None:
    """Set what a file says: devices take it within a minute, and kiosks between two people.

    It stands in place of all that was set for them before, and goes before the file of each machine. A key that is
    unknown, out of bounds or the machine's own is refused.
    """
    scope = _scope(centre, kind, device)
    with report_errors():
        text = file.read_text(encoding="utf-8")
        version = run(
            data,
            database,
            lambda opened: opened.write(
                lambda found: profile_store.store_text(found, scope, text, actor=_ACTOR, now=now_micros())
            ),
        )
    print(f"version {version}")


@app.command("pin")
def store_pin(
    centre: str,
    data: Data,
    device: Device = None,
    database: DatabaseUrl = None,
    *,
    clear: Annotated[bool, typer.Option(help="Set none: that of each kiosk counts, as it is there.")] = False,
) -> None:
    """Set the technician's PIN of all kiosks of a centre, or of one; it is typed, and only its hash is kept."""
    scope = _scope(centre, "kiosk", device)
    with report_errors():
        hashed = None
        if not clear:
            pin = typer.prompt("PIN (six digits)", hide_input=True, confirmation_prompt=True)
            if not (len(pin) == _PIN_DIGITS and pin.isascii() and pin.isdecimal()):
                raise PinShapeError
            hashed = PasswordHasher().hash(pin)
        version = run(
            data,
            database,
            lambda opened: opened.write(
                lambda found: profile_store.store_pin(found, scope, hashed, actor=_ACTOR, now=now_micros())
            ),
        )
    print(f"version {version}")


@app.command()
def show(centre: str, data: Data, database: DatabaseUrl = None, *, as_json: Json = False) -> None:
    """Print what is set, and of each device what is in force and what it did not take."""
    ident = CentreId(centre)
    with report_errors():
        rules = section_of(data, "accounts", AccountRules)
        found, there = run(
            data,
            database,
            lambda opened: opened.run(
                lambda connection: (
                    profile_store.profiles(connection, ident),
                    list_devices(connection, ident, now_micros(), rules),
                )
            ),
        )
    settled = tuple(one for one in there if one.settings is not None)
    if as_json:
        print(msgspec.json.encode(ShownSettings(found, settled)).decode())
        return
    for profile in found:
        _print_profile(profile)
    for one in settled:
        print(one.id, one.kind, _standing(one), one.name, sep="\t")


@app.command("history")
def show_history(centre: str, data: Data, database: DatabaseUrl = None, *, as_json: Json = False) -> None:
    """Print every version with who and when, the newest first."""
    with report_errors():
        found = run(
            data,
            database,
            lambda opened: opened.run(lambda one: profile_store.profiles(one, CentreId(centre), ever=True)),
        )
    if as_json:
        print(msgspec.json.encode(found).decode())
        return
    for profile in found:
        _print_profile(profile)


def _scope(centre: str, kind: str, device: str | None) -> ProfileScope:
    try:
        chosen: Any = msgspec.convert(kind, SettledKind)
    except msgspec.ValidationError as error:
        raise typer.BadParameter("kiosk or screen") from error
    return ProfileScope(CentreId(centre), chosen, None if device is None else DeviceId(device))


def _print_profile(one: DeviceProfileView) -> None:
    whose = f"all of kind {one.kind}" if one.device is None else f"{one.kind} {one.device}"
    pin = ", with a PIN" if one.pin else ""
    print(f"version {one.version}, {one.at:%Y-%m-%d %H:%M:%S} UTC by {one.by}, {whose}{pin}")
    for line in one.text.splitlines():
        print(f"  {line}")


def _standing(one: DeviceStatusView) -> str:
    said = one.settings
    if said is None or said.force is None:
        return "not known"
    if said.refused:
        return f"version {said.force}, refuses {said.wanted}: {said.refused}"
    return f"version {said.force}" if said.force == said.wanted else f"version {said.force}, waits for {said.wanted}"
