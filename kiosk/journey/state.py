"""The state of a journey: where one person is, and what is around."""

from enum import StrEnum
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from kiosk.journey.context import Context
from kiosk.journey.events import Effect, Wipe
from kiosk.journey.surroundings import Surroundings, Timing


class Step(StrEnum):
    """Where a journey is.

    ``HELP``, ``DISPLAY``, and ``LANGUAGE`` later on, lie over the step they were opened on; so do ``PARTY``, ``ASK``,
    ``CODE``, ``PLACE``, and the technician's ``PIN``, ``TECHNICIAN`` and ``ADDRESS``.
    """

    SETUP = "setup"
    LANGUAGE = "language"
    IDENTIFY = "identify"
    CHIP = "chip"
    GOVERNMENT = "government"
    KIND = "kind"
    SERVICE = "service"
    MORE = "more"
    PARTY = "party"
    DOCUMENTS = "documents"
    CONFIRM = "confirm"
    FEE = "fee"
    PAY = "pay"
    ASK = "ask"
    TICKET = "ticket"
    HELP = "help"
    DISPLAY = "display"
    SORRY = "sorry"
    REST = "rest"
    MOMENT = "moment"
    PLACE = "place"
    CODE = "code"
    PIN = "pin"
    TECHNICIAN = "technician"
    ADDRESS = "address"


class Journey(msgspec.Struct, frozen=True):
    """A state. ``number`` counts the persons; ``over`` are the steps that lie over ``step``, the topmost last.

    ``asked`` is since when the page asks whether somebody is there, ``left`` what its countdown shows.
    """

    around: Surroundings
    timing: Timing
    touched: float
    context: Context
    step: Step
    number: int = 1
    over: tuple[Step, ...] = ()
    asked: float | None = None
    left: int = 0

    @property
    def current(self) -> Step:
        return self.over[-1] if self.over else self.step

    @property
    def emergency(self) -> bool:
        return self.around.enrolled and self.around.hall.emergency is not None

    @property
    def pristine(self) -> bool:
        """Nobody has touched anything yet: there is nothing to wipe."""
        return self.step is first(self.around) and not self.over and self.context == _fresh(self.around)


class Advance(NamedTuple):
    journey: Journey
    effects: tuple[Effect, ...] = ()


def start(around: Surroundings, timing: Timing, now: float) -> Journey:
    return Journey(around, timing, now, _fresh(around), first(around))


def first(around: Surroundings) -> Step:
    """Say what the next person finds."""
    if not around.enrolled:
        return Step.SETUP
    if around.copied or around.out_of_order or around.hall.closed:
        return Step.REST
    if around.settling:
        return Step.MOMENT
    return Step.LANGUAGE if around.offer.served() else Step.SORRY


def _fresh(around: Surroundings) -> Context:
    return Context(language=around.offer.languages[0].code)


def wiped(journey: Journey, now: float) -> Advance:
    fresh = start(journey.around, journey.timing, now)
    return Advance(replace(fresh, number=journey.number + 1), (Wipe(),))
