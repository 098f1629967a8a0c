"""What changes around the person: devices, offer, availability and mode."""

from collections.abc import Mapping

import msgspec

from kiosk.journey.availability import Availability
from kiosk.journey.foreseen import ForeseenWait
from kiosk.journey.offer import CentreOffer
from kiosk.journey.surroundings import Health


class PaperChanged(msgspec.Struct, frozen=True):
    """``paper`` is true only where the printer has said that it has paper and can print."""

    paper: bool


class ReaderChanged(msgspec.Struct, frozen=True):
    reader: bool


class ChipReaderChanged(msgspec.Struct, frozen=True):
    chip: bool


class ScannerChanged(msgspec.Struct, frozen=True):
    scanner: bool


class TerminalChanged(msgspec.Struct, frozen=True):
    """``terminal`` is true only where a fee can be taken now."""

    terminal: bool


class Settling(msgspec.Struct, frozen=True):
    """Money whose way was cut off is being settled, or all is."""

    settling: bool


class OfferChanged(msgspec.Struct, frozen=True):
    offer: CentreOffer


class AvailabilityChanged(msgspec.Struct, frozen=True):
    """Openings, intake or notices changed, or a moment came at which they mean something else."""

    availability: Availability


class HealthChanged(msgspec.Struct, frozen=True):
    """A device, the line to the server or the outbox changed: what a technician reads."""

    health: Health


class ModeChanged(msgspec.Struct, frozen=True):
    """The kiosk was taken out of order or put in service; it is kept across restarts."""

    out_of_order: bool


class CopiedChanged(msgspec.Struct, frozen=True):
    """Another machine is the same kiosk; ``sign`` tells this one from it, and is empty once there is no other."""

    sign: str


class WaitsChanged(msgspec.Struct, frozen=True):
    """How long somebody waits who takes a ticket for a service now; a service of which nobody knows is left out.

    ``closes`` is what the centre's clock shows as it closes, empty where that is not known.
    """

    waits: Mapping[str, ForeseenWait] = {}
    closes: str = ""


class Refresh(msgspec.Struct, frozen=True):
    """Effect: ask the server for the offer now; answered by ``OfferChanged``, if at all."""


class Wipe(msgspec.Struct, frozen=True):
    """Effect: the person has left: forget what buffers, models and images hold of them."""
