"""How a day's state follows from its events, and from nothing else."""

from queue_server.queue import fold_hall, fold_visits  # noqa: F401 - their rules register themselves
from queue_server.queue.events import DayEvent
from queue_server.queue.folding import RULES
from queue_server.queue.state import DayState


def evolve(state: DayState, event: DayEvent) -> DayState:
    """Change ``state`` by its next event, and return it."""
    RULES[type(event.body)](state, event, event.body)
    state.seq, state.at = event.seq, event.at
    return state
