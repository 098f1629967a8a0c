"""Settings of the agent of a bank of lockers: a TOML file, read once at start."""

import base64
import binascii
from pathlib import Path
from typing import Annotated

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from msgspec import Meta

from peripherals import toml_file
from peripherals.errors import LockerSettingsError
from peripherals.lockers.agent.model import OpeningTimes, Seconds
from queue_server.contract.base import Uuid


class _AgentSection(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of the file: a key that nobody knows is a mistake, never passed over."""


class LockerAgentSettings(_AgentSection, frozen=True):
    """Who this bank is, whose orders it takes, and where it listens.

    ``bank``: id of the bank, as orders name it. ``order_key``: the server's public key for orders (Ed25519), 32 bytes
    in base64url. ``port``: on 127.0.0.1. A line of events carries a beat every ``beat_s``. At most ``requests_at_once``
    are answered at the same time.
    """

    bank: Uuid | None = None
    order_key: Annotated[str, Meta(max_length=64)] = ""
    port: Annotated[int, Meta(ge=1, le=65_535)] = 8643
    beat_s: Seconds = 1.0
    requests_at_once: Annotated[int, Meta(ge=1, le=1_000)] = 32


class DeviceSettings(_AgentSection, frozen=True):
    """``lockers``: the address of the bank."""

    lockers: str = ""


class Settings(_AgentSection, frozen=True):
    agent: LockerAgentSettings = LockerAgentSettings()
    devices: DeviceSettings = DeviceSettings()
    times: OpeningTimes = OpeningTimes()

    @property
    def key(self) -> Ed25519PublicKey:
        """The key of the server's orders.

        Raises:
            LockerSettingsError: it is none.
        """
        try:
            raw = base64.b64decode(self.agent.order_key + "=" * (-len(self.agent.order_key) % 4), b"-_", validate=True)
            return Ed25519PublicKey.from_public_bytes(raw)
        except (binascii.Error, ValueError) as error:
            raise LockerSettingsError(section="agent", key="order_key", wanted="32 bytes in base64url") from error


def load(path: Path) -> Settings:
    """Read the file.

    Raises:
        LockerSettingsError: with section and key, and what is wanted there.
    """
    settings = toml_file.load(path, Settings, LockerSettingsError)
    if settings.agent.bank is None:
        raise LockerSettingsError(section="agent", key="bank", wanted="the id of the bank")
    if not settings.devices.lockers:
        raise LockerSettingsError(section="devices", key="lockers", wanted="the address of the bank")
    if not settings.times.reminder_s < settings.times.alarm_s < settings.times.abandon_s:
        raise LockerSettingsError(section="times", key="alarm_s", wanted="between reminder_s and abandon_s")
    _ = settings.key
    return settings
