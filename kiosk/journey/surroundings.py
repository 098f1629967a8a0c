"""What stands around a person: the kiosk with its devices, and its centre. It outlives the person."""

from collections.abc import Mapping

import msgspec

from kiosk.journey.availability import Availability
from kiosk.journey.foreseen import ForeseenWait
from kiosk.journey.information import KioskInformation
from kiosk.journey.offer import CentreOffer
from kiosk.journey.page import Side
from queue_server.contract.devices import PartState


class DevicePart(msgspec.Struct, frozen=True):
    """One device of the kiosk: ``printer``, ``reader``, ``chip``, ``scanner`` or ``terminal``; ``code`` of its failure.

    ``address`` is that of the settings, empty where there is none. ``attended``: people move the money there.
    """

    name: str
    state: PartState
    code: str = ""
    address: str = ""
    attended: bool = False


class Health(msgspec.Struct, frozen=True):
    """How the kiosk is, as a technician reads it.

    ``connected``: the server is heard now. ``waiting`` tickets are not at the server yet, ``refused`` never will be.
    ``disk`` is the failure code of the disk, empty where it is well; ``damaged`` records of the outbox were put aside.
    """

    parts: tuple[DevicePart, ...] = ()
    connected: bool = False
    waiting: int = 0
    refused: int = 0
    disk: str = ""
    damaged: int = 0


class Sides(msgspec.Struct, frozen=True):
    """Where the devices stand, seen by who stands before the screen."""

    terminal: Side = "right"
    reader: Side = "below"


class Surroundings(msgspec.Struct, frozen=True):
    """What the kiosk knows of itself and its centre; it outlives the person.

    ``chip``: there is a reader of chips. ``terminal``: fees can be taken. ``settling``: money whose way was cut off
    is settled first, and nobody is served.

    ``copied`` is the sign of this machine where another one is the same kiosk: none of them gives numbers.

    ``addressed``: the address of the server is known, so that a code alone enrols. ``pin``: a technician's PIN is set,
    so that there is a way to the technician's page. ``collects``: documents can be collected here. ``information`` can
    be read. ``booking_url`` is where the pages of appointments are, before the token of one. ``waits`` is how long
    somebody waits who takes a ticket for a service now, as far as that is known; ``closes`` is what the centre's clock
    shows as it closes then (``HH:MM``).
    """

    enrolled: bool = False
    addressed: bool = False
    offer: CentreOffer = CentreOffer()
    availability: Availability = Availability()
    kiosk: str = ""
    version: str = ""
    paper: bool = True
    reader: bool = False
    chip: bool = False
    scanner: bool = False
    terminal: bool = False
    settling: bool = False
    out_of_order: bool = False
    copied: str = ""
    pin: bool = False
    collects: bool = False
    booking_url: str = ""
    sides: Sides = Sides()
    health: Health = Health()
    information: KioskInformation = KioskInformation()
    waits: Mapping[str, ForeseenWait] = {}
    closes: str = ""

    @property
    def without_reader(self) -> bool:
        """Tell whether the kiosk was given no reader of documents, which is not one that fails."""
        return any(one.name == "reader" and not one.address for one in self.health.parts)


class Timing(msgspec.Struct, frozen=True):
    """Seconds without a touch until the kiosk asks, and what follows (WCAG 2.2.1)."""

    idle: float = 60.0
    idle_long: float = 120.0
    countdown: float = 20.0
    ticket: float = 30.0
    help: float = 300.0
    place: float = 25.0
    #: How long the page says that a document could be read, before it goes on; and how long one is read at most.
    chip: float = 3.0
    reading: float = 60.0
    technician: float = 300.0
    emergency: float = 60.0
    #: Waiting until a fee is paid: until the page says that it takes longer, and until staff are called.
    longer: float = 15.0
    staff: float = 60.0
