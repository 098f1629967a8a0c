"""A flow: the way of a visit as data. Which steps, in which order, on which conditions, and what opens over them.

A flow is checked when it is declared: a step that needs what no earlier step gives, an exit that leads nowhere, or a
door to an unknown place is a ``FlowError`` at import, not a person who stands before a dead end.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final, Literal

from kiosk.journey.context import Context
from kiosk.journey.step import JourneyStep
from kiosk.journey.surroundings import Surroundings

type Condition = Callable[[Context, Surroundings], bool]


class FlowReturn(Enum):
    """Back to the flow that led to this one, to the step at which it was left."""

    RETURN = auto()


RETURN: Final = FlowReturn.RETURN


class FlowError(ValueError):
    """A flow that cannot be walked; raised where it is declared."""


def always(context: Context, around: Surroundings) -> bool:
    del context, around
    return True


def never(context: Context, around: Surroundings) -> bool:
    del context, around
    return False


@dataclass(frozen=True, slots=True)
class Leg:
    """One step of the way, under one of its ``stage`` dots (from 1, 0 is none).

    ``when`` it is to be asked on the way on, and ``back``, where that differs, on the way back.
    """

    step: JourneyStep
    stage: int = 0
    when: Condition = always
    back: Condition | None = None

    @property
    def returns(self) -> Condition:
        return self.when if self.back is None else self.back


@dataclass(frozen=True, slots=True)
class Entrance:
    """What the next person finds in place of the first step. ``throughout``: whoever has begun comes to it as well."""

    step: JourneyStep
    when: Callable[[Surroundings], bool]
    throughout: bool = False


@dataclass(frozen=True, slots=True)
class Transition:
    """Where a step leads by an exit (``by``, empty: its way on) in place of the next one; another flow begins anew.

    ``RETURN`` leads out of a flow, with all that was said in it: where a step is not to be asked any more, to the next.
    ``undo``: Back from behind ``to`` leads to ``start`` again while this gives a context.
    """

    start: JourneyStep
    by: str
    to: "JourneyStep | Flow | FlowReturn"
    when: Condition = always
    undo: Callable[[Context], Context | None] | None = None


@dataclass(frozen=True, slots=True)
class FlowDoor:
    """A touch (``by``) that lays a step over the one that is shown, or leads into another flow, and Back from there.

    ``at`` are the steps that it is found on, "anywhere" is everywhere, also while the kiosk asks whether somebody is
    there. ``repeats``: touched on its own page it is opened once more. ``tied``: it goes with the step that it is on.
    """

    to: "JourneyStep | Flow"
    by: str
    at: tuple[JourneyStep, ...] | Literal["anywhere"] = "anywhere"
    when: Condition = always
    repeats: bool = False
    tied: bool = False


@dataclass(frozen=True, slots=True)
class FlowScan:
    """A code under the scanner that leads into another flow, at steps where nothing of this one is lost by it.

    ``reads`` gives the context with what the code says, None where it is another code.
    """

    to: "Flow"
    reads: Callable[[Context, Surroundings, str], Context | None]
    at: tuple[JourneyStep, ...]


@dataclass(frozen=True, eq=False, kw_only=True, slots=True)
class Flow:
    """``failed`` is shown where a step gives up. ``shown`` is the door of a ticket that is held under the scanner.

    ``scans`` are looked at before it. ``given`` are fields of the context without which nobody enters it.
    """

    name: str
    legs: tuple[Leg, ...]
    entrances: tuple[Entrance, ...] = ()
    failed: JourneyStep
    transitions: tuple[Transition, ...] = ()
    doors: tuple[FlowDoor, ...] = ()
    shown: FlowDoor | None = None
    scans: tuple[FlowScan, ...] = ()
    given: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        _check(self)

    @property
    def stages(self) -> int:
        return max(leg.stage for leg in self.legs)

    @property
    def steps(self) -> tuple[JourneyStep, ...]:
        """All of them: on the way, at the entrance, and over others."""
        doors = (*self.doors, *((self.shown,) if self.shown else ()))
        opened = (door.to for door in doors if isinstance(door.to, JourneyStep))
        turned = (transition.to for transition in self.transitions if isinstance(transition.to, JourneyStep))
        entered = (one.step for one in self.entrances)
        found = (*(leg.step for leg in self.legs), *entered, self.failed, *opened, *turned)
        return tuple(dict.fromkeys(found))

    def place(self, step: JourneyStep) -> int | None:
        """Give the place of a step on the way, None where it is none of the way."""
        return next((place for place, leg in enumerate(self.legs) if leg.step is step), None)

    def leg(self, step: JourneyStep) -> Leg | None:
        return next((leg for leg in self.legs if leg.step is step), None)


def _check(flow: Flow) -> None:
    if not flow.legs:
        raise FlowError(f"{flow.name}: no way")
    _check_names(flow)
    _check_needs(flow)
    _check_ways(flow)
    _check_entered(flow)


def _check_needs(flow: Flow) -> None:
    """What a step needs must have been given by one that nobody passes over."""
    given = {"language", *flow.given}
    for leg in flow.legs:
        if missing := leg.step.needs - given:
            raise FlowError(f"{flow.name}: {leg.step.name} needs {', '.join(sorted(missing))}")
        if leg.when is always:
            given |= leg.step.gives


def _check_ways(flow: Flow) -> None:
    """An exit leads somewhere, and doors and transitions are on steps that there are."""
    for step in flow.steps:
        led = {transition.by for transition in flow.transitions if transition.start is step}
        if lost := step.exits - led:
            raise FlowError(f"{flow.name}: {step.name} has no way by {', '.join(sorted(lost))}")
        if unknown := led - step.exits - {""}:
            raise FlowError(f"{flow.name}: {step.name} has no exit {', '.join(sorted(unknown))}")
    found = set(flow.steps)
    for door in flow.doors:
        if door.at != "anywhere" and (lost_steps := set(door.at) - found):
            raise FlowError(f"{flow.name}: {door.by} at {', '.join(sorted(one.name for one in lost_steps))}")
    if unread := {one.name for scan in flow.scans for one in scan.at if one not in found}:
        raise FlowError(f"{flow.name}: a code is read at {', '.join(sorted(unread))}")
    for transition in flow.transitions:
        if transition.start not in found:
            raise FlowError(f"{flow.name}: a transition from {transition.start.name}")


def _check_entered(flow: Flow) -> None:
    """Another flow is entered only from steps at which all has been given that it must be given."""
    ways: list[tuple[JourneyStep | Flow | FlowReturn, tuple[JourneyStep, ...]]]
    ways = [(transition.to, (transition.start,)) for transition in flow.transitions]
    ways += [(door.to, flow.steps if door.at == "anywhere" else door.at) for door in flow.doors]
    for to, starts in ways:
        for start in starts:
            missing = to.given - _given_at(flow, start) if isinstance(to, Flow) else frozenset()
            if missing:
                raise FlowError(f"{flow.name}: {start.name} leads to {to.name} without {', '.join(sorted(missing))}")


def _given_at(flow: Flow, step: JourneyStep) -> frozenset[str]:
    """Name what must have been given where a step is left; of one beside the way nobody knows how far they are."""
    place = flow.place(step)
    passed = flow.legs[:place] if place is not None else ()
    given = (leg.step.gives for leg in passed if leg.when is always)
    return flow.given.union(step.gives, *given)


def _check_names(flow: Flow) -> None:
    names = [step.name for step in flow.steps]
    if twice := {name for name in names if names.count(name) > 1}:
        raise FlowError(f"{flow.name}: two steps are called {', '.join(sorted(twice))}")
    fields = set(Context.__struct_fields__)
    for step in flow.steps:
        if unknown := (step.needs | step.gives) - fields:
            raise FlowError(f"{flow.name}: {step.name} names {', '.join(sorted(unknown))}, which no context has")
