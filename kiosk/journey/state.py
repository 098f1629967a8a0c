"""The state of a journey: where one person is, and what is around."""

from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from kiosk.journey.context import Context
from kiosk.journey.events import Effect, Wipe
from kiosk.journey.flow import Flow
from kiosk.journey.step import JourneyStep
from kiosk.journey.surroundings import Surroundings, Timing


class Journey(msgspec.Struct, frozen=True):
    """A state. ``number`` counts the persons; ``over`` are the steps that lie over ``step``, the topmost last.

    ``came`` are the flows that led to this one, and the step in each that Back leads to. ``asked`` is since when the
    page asks whether somebody is there, ``left`` what its countdown shows.
    """

    flow: Flow
    around: Surroundings
    timing: Timing
    touched: float
    context: Context
    step: JourneyStep
    number: int = 1
    over: tuple[JourneyStep, ...] = ()
    came: tuple[tuple[Flow, JourneyStep], ...] = ()
    asked: float | None = None
    left: int = 0

    @property
    def current(self) -> JourneyStep:
        return self.over[-1] if self.over else self.step

    @property
    def aimed(self) -> JourneyStep | None:
        """The step that takes documents, and that doors are found on: a step of the way only where nothing is over."""
        return None if self.over and self.flow.place(self.current) is not None else self.current

    @property
    def home(self) -> Flow:
        """The flow that the next person begins with."""
        return self.came[0][0] if self.came else self.flow

    @property
    def emergency(self) -> bool:
        return self.around.enrolled and self.around.availability.emergency is not None

    @property
    def pristine(self) -> bool:
        """Nobody has touched anything yet: there is nothing to wipe."""
        fresh = not self.over and self.context == _fresh(self.around)
        return fresh and self.step is first(self.home, self.around)


class Advance(NamedTuple):
    journey: Journey
    effects: tuple[Effect, ...] = ()


def start(flow: Flow, around: Surroundings, timing: Timing, now: float) -> Journey:
    return Journey(flow, around, timing, now, _fresh(around), first(flow, around))


def first(flow: Flow, around: Surroundings) -> JourneyStep:
    """Say what the next person finds."""
    return next((one.step for one in flow.entrances if one.when(around)), flow.legs[0].step)


def begun_anew(journey: Journey, around: Surroundings) -> Journey:
    """Begin where the next person does, as the same one, who has left nothing yet."""
    return replace(start(journey.home, around, journey.timing, journey.touched), number=journey.number)


def wiped(journey: Journey, now: float) -> Advance:
    fresh = start(journey.home, journey.around, journey.timing, now)
    return Advance(replace(fresh, number=journey.number + 1), (Wipe(),))


def _fresh(around: Surroundings) -> Context:
    return Context(language=around.offer.languages[0].code)
