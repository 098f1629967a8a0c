"""A centre where everything lasts as the catalogue says, and moments of its days."""

from queue_server.domain.values import CounterId, Micros
from queue_server.forecast.outlook import DayPlan, PlannedCounter
from queue_server.forecast.rates import CentreRates
from queue_server.queue.events import DayEvent
from queue_server.queue.evolve import evolve
from queue_server.queue.settings import Skills
from queue_server.queue.state import DayState
from queue_server.simulation.judge import planned_minutes
from queue_server.simulation.model import SimulatedDay
from queue_server.simulation.player import play
from tests.queue_server.simulation.town import setup

SETUP = setup()
PLANNED = planned_minutes(SETUP)
#: Nobody else is expected, nobody leaves, and what is not said is as the catalogue has it.
EXACT = CentreRates(
    days=0,
    pace={},
    step_pace={},
    spread=0.5,
    walk=0,
    staying=(1.0,),
    gone=(0.0,),
    arrivals_weight=60,
    pace_weight=120,
    classes={},
)


def plan(day: SimulatedDay, *more: PlannedCounter) -> DayPlan:
    counters = tuple(PlannedCounter(one.id, one.skills, one.spans) for one in day.counters)
    return DayPlan(day.settings, (*counters, *more), day.closes, day.closes, PLANNED)


def one_more(day: SimulatedDay) -> PlannedCounter:
    return PlannedCounter(CounterId("one-more"), Skills(), ((day.starts_at, day.closes),))


def state_at(day: SimulatedDay, at: Micros) -> DayState:
    """Play a day, and give what it was once all of an instant had happened."""
    state = DayState(day.settings.centre, day.day)
    events: list[DayEvent] = []
    play(day, watch=lambda _, event: events.append(event))
    for event in events:
        if event.at <= at:
            evolve(state, event)
    return state
