"""A step of the journey: all that machine and flow know of it, in one declaration beside its page.

A step never says which step comes next: it stays, goes on, leaves by one of its named exits, gives up with a code, or
ends the visit. Where that leads is up to the flow (``kiosk.journey.flow``).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Literal

import msgspec

from kiosk.journey.context import Context
from kiosk.journey.events import Effect, Event, FailureCode
from kiosk.journey.page import JourneyPage
from kiosk.journey.surroundings import Surroundings, Timing
from queue_server.domain.values import HelpSubject


class Stay(msgspec.Struct, frozen=True):
    """Outcome: the step goes on being shown."""

    context: Context
    effects: tuple[Effect, ...] = ()


class Continue(msgspec.Struct, frozen=True):
    """Outcome: the step is done; ``by`` names one of its exits, empty is the way on."""

    context: Context
    effects: tuple[Effect, ...] = ()
    by: str = ""


class Abort(msgspec.Struct, frozen=True):
    """Outcome: nothing can be done here now, and why."""

    code: FailureCode


class EndJourney(msgspec.Struct, frozen=True):
    """Outcome: the person is served, and what they left is wiped."""


type Outcome = Stay | Continue | Abort | EndJourney


class Withdraw(msgspec.Struct, frozen=True):
    """What becomes of a step in changed surroundings: there is nothing to ask any more, so the one before comes."""

    context: Context


class PersonPresence(Enum):
    """What an event says of the person: nothing, that their time counts anew, or that they are there."""

    NONE = auto()
    RENEWED = auto()
    HERE = auto()


class StepTimeout(msgspec.Struct, frozen=True):
    """Seconds without a touch, and what then: ask whether somebody is there, wipe, or go on by itself."""

    seconds: float
    then: Literal["ask", "wipe", "continue"] = "ask"


@dataclass(frozen=True, kw_only=True, slots=True)
class Work:
    """What goes on by itself: nobody is asked for patience, and staff are called if it takes long.

    ``goes_on``: it is under way. ``waits_for`` names what the person waits for, empty where they are asked something.
    """

    goes_on: Callable[[Context], bool]
    waits_for: Callable[[Context, Surroundings], str]


def _no_answer(context: Context, around: Surroundings) -> Context | None:
    del context, around
    return None


def _same(context: Context) -> Context:
    return context


def _not_turned(context: Context) -> Context | None:
    del context
    return None


def _opened(context: Context, around: Surroundings, event: Event, number: int) -> Stay | None:
    del around, event, number
    return Stay(context)


def _stands(context: Context, around: Surroundings) -> "Stay | Continue | Withdraw":
    del around
    return Continue(context)


def _usual(context: Context, around: Surroundings, timing: Timing) -> StepTimeout | None:
    del context, around, timing
    return None


def _nothing_begun(context: Context) -> Stay:
    return Stay(context)


def _never(context: Context) -> float | None:
    del context
    return None


@dataclass(frozen=True, eq=False, kw_only=True, slots=True)
class JourneyStep:
    """One step. Two steps are the same only where they are the same declaration; ``name`` is for people and logs."""

    name: str
    #: What is shown.
    page: Callable[[Context, Surroundings], JourneyPage]
    #: What a touch means, and any event that it ``takes``. Never raises; what does not fit is left aside.
    handle: Callable[[Context, Surroundings, Event, int], Outcome]

    #: Fields of the context that must have been given before this step, and those that it gives to later ones.
    needs: frozenset[str] = frozenset()
    gives: frozenset[str] = frozenset()
    #: Named ways out, beside the way on.
    exits: frozenset[str] = frozenset()
    #: Events beside touches that it takes, and what each says of the person.
    takes: Mapping[type[Event], PersonPresence] = field(default_factory=dict)

    #: The context with the one answer that there is, None where there is something to ask.
    answer: Callable[[Context, Surroundings], Context | None] = _no_answer
    #: As a page over another one: what opening it means, None where it cannot be opened so.
    opened: Callable[[Context, Surroundings, Event, int], Stay | None] = _opened
    #: The page before on the step itself, None where this is its first.
    turned_back: Callable[[Context], Context | None] = _not_turned
    #: Back leads away from it: what only it had a use for goes.
    left: Callable[[Context], Context] = _same
    #: In changed surroundings: it stands (``Continue``), is to be asked again (``Stay``), or is not to be asked.
    recheck: Callable[[Context, Surroundings], Stay | Continue | Withdraw] = _stands
    #: An emergency comes while it is shown: what was begun is asked for an end.
    interrupted: Callable[[Context], Stay] = _nothing_begun

    #: How long it waits for a touch; None is the usual time.
    patience: Callable[[Context, Surroundings, Timing], StepTimeout | None] = _usual
    #: When its page shows something new by itself, in seconds of the journey's clock; None: never.
    renewed: Callable[[Context], float | None] = _never
    #: What it begins that goes on by itself, wherever the person is then.
    work: Work | None = None

    #: What staff who are called are told of where the person stands.
    subject: HelpSubject | None = None
    #: What happened here is not taken back: there is no way back, and no change around takes it away.
    final: bool = False
    #: It is no part of the way: the dots of the way are not shown with it.
    aside: bool = False
    #: It gives way to a ticket that is shown.
    light: bool = False
