"""The settings of a kiosk: TOML, read once at start, with units and bounds.

::

    [journey]                    # seconds without a touch
    idle_s = 60
    [link]
    answer_wait_s = 1.5
    [screen]
    scale = 0
    [devices]
    printer = "escpos+tcp://10.0.0.7:9100?width=576"
    reader = "mrz+serial:///dev/serial/by-id/...?envelope=desko"
    chip = "emrtd+pcsc:///ACR1252"
    scanner = "scanner+serial:///dev/serial/by-id/..."
    terminal = "zvt+tcp://10.0.0.8:20007"
    [documents]
    trust = "/var/lib/consular/trust"
    [technician]
    pin_tries = 3
    [payment]
    currency = "EUR"
"""

import tomllib
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from kiosk.errors import SettingError
from kiosk.journey.page import Side
from kiosk.journey.surroundings import Sides, Timing
from peripherals.documents.settings import DocumentSettings
from queue_server.contract.device_settings import fault_of
from queue_server.contract.kiosk_settings import (
    JourneySettings,
    KioskCollection,
    KioskLinkSettings,
    KioskProfile,
    KioskSection,
    PaymentSettings,
    StorageSettings,
    TechnicianSettings,
)

__all__ = (
    "DeviceAddresses",
    "JourneySettings",
    "KioskCollection",
    "KioskLinkSettings",
    "KioskScreenSettings",
    "KioskSettings",
    "PaymentSettings",
    "StorageSettings",
    "TechnicianSettings",
    "load",
)


class KioskScreenSettings(KioskSection, frozen=True):
    """``scale``: screen pixels per design pixel, 0 fits the page to the screen. ``debounce_ms``: -1 is the design's.

    ``rotation``: degrees by which the page is turned clockwise, where the panel hangs turned the other way.

    ``terminal_side``, ``reader_side``: where card terminal and document reader stand, seen by who stands before the
    screen: they are drawn and named there, in every language.
    """

    terminal_side: Side = "right"
    reader_side: Side = "below"
    scale: Annotated[float, Meta(ge=0, le=10)] = 0.0
    reduce_motion: bool = False
    rotation: Literal[0, 90, 180, 270] = 0
    debounce_ms: Annotated[int, Meta(ge=-1, le=5000)] = -1

    @property
    def sides(self) -> Sides:
        return Sides(self.terminal_side, self.reader_side)


class DeviceAddresses(KioskSection, frozen=True):
    """Addresses of the devices; empty where there is none."""

    printer: str = ""
    reader: str = ""
    chip: str = ""
    scanner: str = ""
    terminal: str = ""


class KioskSettings(KioskProfile, frozen=True):
    """All settings: those of the machine beside what its server may set."""

    screen: KioskScreenSettings = KioskScreenSettings()
    devices: DeviceAddresses = DeviceAddresses()
    documents: DocumentSettings = DocumentSettings()

    @property
    def timing(self) -> Timing:
        """How long pages wait for a person."""
        own = self.journey
        return Timing(
            idle=own.idle_s,
            idle_long=own.idle_long_s,
            countdown=own.countdown_s,
            ticket=own.ticket_s,
            help=own.help_s,
            place=own.ticket_status_s,
            chip=own.chip_s,
            reading=self.documents.read_s,
            technician=own.technician_s,
            emergency=own.emergency_s,
            longer=own.slow_payment_s,
            staff=own.call_staff_s,
        )


def load(path: Path | None) -> KioskSettings:
    """Read the file, or give the defaults where none is named.

    Raises:
        SettingError: with section and key, and what is wanted there.
    """
    if path is None:
        return KioskSettings()
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), KioskSettings)
    except msgspec.ValidationError as error:
        raise SettingError(**fault_of(error)._asdict()) from error
    except (OSError, ValueError) as error:
        raise SettingError(section="", key=path.name, wanted=str(error)) from error
