"""The centre of the examples, a small one beside it, and days of both."""

from functools import cache
from pathlib import Path

from msgspec.structs import replace

import queue_server.simulation
from queue_server.catalogue.model import Setup
from queue_server.catalogue.toml import parse
from queue_server.domain.values import HOUR, MINUTE, CounterId, Day, Micros, ServiceId, StepId
from queue_server.queue.settings import Skills
from queue_server.simulation.comparison import drawn_days
from queue_server.simulation.demand import Demand, parse_demand
from queue_server.simulation.model import CounterShifts, SimulatedDay, SimulatedParty
from queue_server.simulation.staffing import StaffedCentre, staffed_centre, with_counters

EXAMPLES = Path(queue_server.simulation.__file__).parent / "examples"
TOWN = EXAMPLES / "town.toml"
DEMAND = EXAMPLES / "town-demand.toml"
#: A Tuesday; the centre's clock is an hour ahead of UTC and it opens at eight.
DAY = Day("2026-12-01")
RECORD, PASSPORT = ServiceId("record"), ServiceId("passport")
PAPERS, SUBMISSION = StepId("papers"), StepId("submission")


@cache
def setup() -> Setup:
    return parse(TOWN.read_text("utf-8"))


@cache
def demand() -> Demand:
    return parse_demand(DEMAND.read_text("utf-8"), setup())


@cache
def centre() -> StaffedCentre:
    return staffed_centre(setup(), DAY)


def drawn(at: float = 1.0, *, days: int = 1, seed: int = 7) -> tuple[SimulatedDay, ...]:
    return drawn_days(centre(), demand(), at, days, seed)


OPENS = centre().opens


def after(minutes: float) -> Micros:
    """Say when so many minutes have gone since the centre opened."""
    return Micros(OPENS + round(minutes * MINUTE))


def counter(name: str, *spans: tuple[float, float], steps: tuple[StepId, ...] = ()) -> CounterShifts:
    return CounterShifts(
        CounterId(name), Skills(steps=steps), tuple((after(start), after(end)) for start, end in spans)
    )


def party(arrives: float, *needs: float, **more: object) -> SimulatedParty:
    services = (RECORD,) if len(needs) == 1 else (PASSPORT,)
    found = SimulatedParty(after(arrives), services, tuple(round(one * MINUTE) for one in needs))
    return replace(found, **more)


def small(counters: tuple[CounterShifts, ...], *parties: SimulatedParty) -> SimulatedDay:
    """Make a day of two hours with these counters alone."""
    empty = centre().empty
    return replace(
        empty,
        settings=with_counters(empty.settings, counters),
        counters=counters,
        parties=parties,
        closes=Micros(OPENS + 2 * HOUR),
    )
