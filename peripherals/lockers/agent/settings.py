"""Settings of the agent of a bank of lockers: a TOML file, read once at start."""

from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from peripherals import toml_file
from peripherals.errors import LockerSettingsError
from peripherals.lockers.agent.model import OpeningTimes, Seconds


class _AgentSection(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of the file: a key that nobody knows is a mistake, never passed over."""


class LinkSettings(_AgentSection, frozen=True):
    """How the server is spoken to, in seconds.

    ``request_s``: one request as a whole. ``silence_s``: a line on which nothing came for so long is dropped.
    ``retry_first_s`` and ``retry_max_s``: the pauses between tries where it is away. ``beat_s``: so often the bank says
    that it is there, where it has nothing to tell. ``status_s``: so often it says how it is.
    """

    request_s: Seconds = 10.0
    silence_s: Seconds = 15.0
    retry_first_s: Seconds = 0.5
    retry_max_s: Seconds = 10.0
    beat_s: Annotated[float, Meta(gt=0, le=30)] = 10.0
    status_s: Seconds = 60.0


class DeviceSettings(_AgentSection, frozen=True):
    """``lockers``: the address of the bank."""

    lockers: str = ""


class Settings(_AgentSection, frozen=True):
    link: LinkSettings = LinkSettings()
    devices: DeviceSettings = DeviceSettings()
    times: OpeningTimes = OpeningTimes()


def load(path: Path) -> Settings:
    """Read the file.

    Raises:
        LockerSettingsError: with section and key, and what is wanted there.
    """
    settings = toml_file.load(path, Settings, LockerSettingsError)
    if not settings.devices.lockers:
        raise LockerSettingsError(section="devices", key="lockers", wanted="the address of the bank")
    if not settings.times.reminder_s < settings.times.alarm_s < settings.times.abandon_s:
        raise LockerSettingsError(section="times", key="alarm_s", wanted="between reminder_s and abandon_s")
    return settings
