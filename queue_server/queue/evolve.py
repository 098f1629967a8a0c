"""How a day's state follows from its events, and from nothing else."""

from queue_server.domain.values import VisitId
from queue_server.eventlog.payload import Payload
from queue_server.queue import reduce_changes, reduce_hall, reduce_visits  # noqa: F401 - their rules register themselves
from queue_server.queue.events import DayEvent, VisitMerged
from queue_server.queue.reducers import RULES
from queue_server.queue.state import DayState


def _visits(body: Payload) -> tuple[VisitId, ...]:
    """Name the visits of which an event tells."""
    if isinstance(body, VisitMerged):
        return (body.visit, body.into)
    visit = getattr(body, "visit", None)
    return () if visit is None else (visit,)


def evolve(state: DayState, event: DayEvent) -> DayState:
    """Change ``state`` by its next event, and return it."""
    RULES[type(event.body)](state, event, event.body)
    for visit in _visits(event.body):
        state.history = state.history.set(visit, (*state.history.get(visit, ()), event))
    state.seq, state.at = event.seq, event.at
    return state
