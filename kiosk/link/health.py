"""How the kiosk is: told to the technician's page and to the server, at once when it changes."""

from typing import Final, NamedTuple

from msgspec.structs import replace

from kiosk.errors import DayOpenError, DayRefusedError, RecordDamagedError
from kiosk.journey.events import HealthChanged
from kiosk.journey.surroundings import DevicePart, Health
from kiosk.ports import EventSink
from kiosk.tickets.model import OutboxStatus
from peripherals.errors import BusyError, PaperOutError
from queue_server.contract.devices import PartStatus, StatusRequest
from queue_server.domain.values import HelpKind, HelpSubject

#: The code of work that is done again and again and fails, or has ended, as the server has it for its own.
WORK_STALLED: Final = "work-stalled"
#: In which people use them.
_ORDER = ("reader", "chip", "scanner", "terminal", "printer")


class Need(NamedTuple):
    """What the kiosk itself calls staff for: paper, or a part that does not work."""

    kind: HelpKind
    about: HelpSubject | None = None


_PAPER = Need(HelpKind.PAPER)
#: Parts without which people are not served as they should be; of the others managers hear.
_NEEDED = {
    "printer": Need(HelpKind.FAULT, HelpSubject.PRINTER),
    "reader": Need(HelpKind.FAULT, HelpSubject.READER),
    "terminal": Need(HelpKind.FAULT, HelpSubject.TERMINAL),
}
#: What staff in the hall can do nothing about.
_NOT_FOR_STAFF = frozenset({"", PaperOutError.code, BusyError.code, DayOpenError.code, DayRefusedError.code})


def needs(health: Health) -> dict[Need, bool]:
    """Say of each need whether it is there; of a part that has not said how it is, nothing."""
    found: dict[Need, bool] = {}
    for part in health.parts:
        if (fault := _NEEDED.get(part.name)) is None or part.state == "starting":
            continue
        found[fault] = part.code not in _NOT_FOR_STAFF
        if part.name == "printer" and part.code in {"", PaperOutError.code}:
            # One that is open, or does not answer, says nothing of its paper.
            found[_PAPER] = part.code != ""
    return found


class HealthBook:
    """The present health, and whether a technician took the kiosk out of order. Tells the journey what is new."""

    def __init__(self, events: EventSink, *, out_of_order: bool = False) -> None:
        self._events = events
        self.health = Health()
        self.out_of_order = out_of_order

    @property
    def connected(self) -> bool:
        """Whether the server is heard now: an answer can be hoped for."""
        return self.health.connected

    def status(self, *, is_stalled: bool) -> StatusRequest:
        """Say to the server how the kiosk is; ``is_stalled``: work that goes on beside journeys fails for long."""
        return status_of(self.health, out_of_order=self.out_of_order, is_stalled=is_stalled)

    def part(self, part: DevicePart) -> None:
        others = tuple(one for one in self.health.parts if one.name != part.name)
        parts = sorted((*others, part), key=lambda one: _ORDER.index(one.name))
        self._accept(replace(self.health, parts=tuple(parts)))

    def line(self, *, connected: bool) -> None:
        self._accept(replace(self.health, connected=connected))

    def outbox(self, standing: OutboxStatus) -> None:
        new = replace(self.health, waiting=standing.waiting, refused=standing.refused, damaged=standing.damaged)
        self._accept(new)

    def disk(self, code: str) -> None:
        self._accept(replace(self.health, disk=code))

    def _accept(self, health: Health) -> None:
        if health != self.health:
            self.health = health
            self._events.post(HealthChanged(health))


def status_of(health: Health, *, out_of_order: bool, is_stalled: bool) -> StatusRequest:
    """Say to the server how the kiosk is; a part that is not set up is no part of it."""
    disk = (PartStatus("disk", "hardwareError", health.disk),) if health.disk else ()
    outbox = (PartStatus("outbox", "hardwareError", RecordDamagedError.code),) if health.damaged else ()
    program = (PartStatus("program", "hardwareError", WORK_STALLED),) if is_stalled else ()
    parts = (PartStatus(one.name, one.state, one.code) for one in health.parts if one.address)
    return StatusRequest(
        mode="out-of-order" if out_of_order else "in-service",
        parts=(*parts, *disk, *outbox, *program),
        waiting=health.waiting,
        refused=health.refused,
    )
