"""Settings that devices take from their server: what may be set, how it is checked on both sides, and the messages.

A profile is TOML, of all devices of a kind at a centre or of one of them; what it leaves out the one below it says::

    the file of the machine  <  the profile of its kind  <  the profile of the device

Sections and keys that belong to the machine are in no profile: they are refused as unknown.
"""

import re
import tomllib
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Final, Literal, NamedTuple

import msgspec
from msgspec import Meta

from queue_server.contract.base import Message
from queue_server.contract.kiosk_settings import KioskProfile
from queue_server.contract.screen_settings import ScreenProfile
from queue_server.domain.values import ConsularError, DeviceId

#: Kinds of devices that take settings from their server.
SettledKind = Literal["kiosk", "screen"]
PROFILES: Final[Mapping[str, type[msgspec.Struct]]] = {"kiosk": KioskProfile, "screen": ScreenProfile}

#: Characters of a profile: with every key and a comment on each it has some five thousand.
MAX_TEXT: Final = 16_384

#: What a device says of a fault: one line of its program's, without control characters.
_MAX_FAULT: Final = 160
_CONTROL: Final = r"\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069"
_UNFIT: Final = re.compile(f"[{_CONTROL}]")
FaultText = Annotated[str, Meta(max_length=_MAX_FAULT, pattern=f"^[^{_CONTROL}]*$(?!\\n)")]

SettingValue = bool | int | float | str | tuple[str, ...]
#: By section and key.
SettingValues = dict[str, dict[str, SettingValue]]


class DeviceSettingError(ConsularError):
    """A profile that no device would take. Placeholders: ``section``, ``key``, ``wanted``."""

    code = "device-setting"


class SettingFault(NamedTuple):
    """What is wrong with settings: where, and what is wanted there."""

    section: str
    key: str
    wanted: str


def fault_of(error: msgspec.ValidationError) -> SettingFault:
    """Say which key it is."""
    reason, _, where = str(error).partition(" - at `$")
    unknown = re.search(r"unknown field `([^`]+)`", reason)
    parts = [part for part in (where.rstrip("`").strip("."), unknown[1] if unknown else "") if part]
    section, _, key = ".".join(parts).partition(".")
    return SettingFault(section, key, reason)


def read_profile(kind: SettledKind, text: str) -> SettingValues:
    """Read what a profile says, checked as the device checks it.

    Raises:
        DeviceSettingError: it is no TOML, or a key is unknown, out of bounds or the machine's.
    """
    try:
        found = tomllib.loads(text)
        msgspec.convert(found, PROFILES[kind])
        return msgspec.convert(found, SettingValues)
    except msgspec.ValidationError as error:
        raise DeviceSettingError(**fault_of(error)._asdict()) from error
    except (ValueError, RecursionError) as error:
        raise DeviceSettingError(section="", key="", wanted=str(error)) from error


def put_over(below: SettingValues, above: SettingValues) -> SettingValues:
    """Put what one profile says before what another does, key by key."""
    sections = below.keys() | above.keys()
    return {one: below.get(one, {}) | above.get(one, {}) for one in sorted(sections)}


def settle[S: msgspec.Struct](own: S, kind: SettledKind, values: SettingValues) -> S:
    """Put what the server sets before the settings of a machine.

    Raises:
        DeviceSettingError: this program does not know a key, or not this value of it.
    """
    try:
        msgspec.convert(values, PROFILES[kind])
        return msgspec.convert(put_over(msgspec.to_builtins(own), values), type(own))
    except msgspec.ValidationError as error:
        raise DeviceSettingError(**fault_of(error)._asdict()) from error


class PinHash(Message, frozen=True):
    """The technician's PIN as argon2id leaves it; it is written nowhere but where PINs are checked."""

    version: Annotated[int, Meta(ge=1)]
    """With which version of the settings it was set: it takes the place of another one once."""
    hash: Annotated[
        str,
        Meta(
            max_length=200,
            pattern=r"^\$argon2id\$v=19\$m=[0-9]{1,6},t=[0-9]{1,2},p=[0-9]\$[A-Za-z0-9+/]{8,64}\$[A-Za-z0-9+/]{16,88}$(?!\n)",
        ),
    ]
    """In the notation of its own."""

    def __repr__(self) -> str:
        return f"PinHash(version={self.version}, ...)"


class WantedSettings(Message, frozen=True):
    """What a device is to work by from now on."""

    version: Annotated[int, Meta(ge=0)]
    """Which version this is; 0: nothing is set, and the device goes by its own settings."""
    values: SettingValues = msgspec.field(default_factory=dict)
    """By section and key, as ``docs/settings.md`` lists them; what is left out the machine's own settings say."""
    pin: PinHash | None = None
    """The technician's PIN; null where the server sets none, and that of the machine counts."""


class SettingsReport(Message, frozen=True):
    """By which settings a device works."""

    version: Annotated[int, Meta(ge=0)] = 0
    """The version of its server's that is in force; 0 where none is."""
    refused: Annotated[int, Meta(ge=0)] = 0
    """The version that it was given and cannot take; 0 where it takes what it is given."""
    section: FaultText = ""
    """In which section of that version something is wrong."""
    key: FaultText = ""
    """At which key."""
    wanted: FaultText = ""
    """What is wanted there, in the words of the program, in English."""


def refusal(force: int, refused: int, error: DeviceSettingError) -> SettingsReport:
    """Say of a version that it is not taken, and why, and which one goes on."""
    said = {name: _UNFIT.sub(" ", str(error.placeholders[name]))[:_MAX_FAULT] for name in SettingFault._fields}
    return SettingsReport(force, refused, **said)


class DeviceProfileView(Message, frozen=True):
    """A version of a profile."""

    kind: SettledKind
    """The kind of the devices that it is for."""
    device: DeviceId | None
    """The one that it is for; null where it is for all of the kind."""
    version: int
    """Counts all changes of the settings of devices at the centre."""
    at: datetime
    """When it was set (UTC)."""
    by: str
    """Who set it, as the record names them."""
    text: str
    """As it was written (TOML)."""
    pin: bool
    """A technician's PIN is set with it."""


class DeviceProfilesAnswer(Message, frozen=True):
    """Profiles of a centre."""

    profiles: tuple[DeviceProfileView, ...]
    """The newest first."""


class SetProfileRequest(Message, frozen=True):
    """Set a profile; what devices are to use of it they take within a minute, and between two people."""

    kind: SettledKind
    """The kind of the devices that it is for."""
    text: Annotated[str, Meta(max_length=MAX_TEXT)]
    """The whole of it (TOML); an empty one sets nothing."""
    device: DeviceId | None = None
    """The one that it is for; null where it is for all of the kind."""


class SettingsView(Message, frozen=True):
    """The settings of a device, as they should be and as it said."""

    wanted: int
    """The version that the server has for it; 0 where nothing is set."""
    force: int | None = None
    """The version in force; null where its program does not say it."""
    refused: str = ""
    """What it does not take of the version that is wanted, and why; empty where nothing is refused."""
