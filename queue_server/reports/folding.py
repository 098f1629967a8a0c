"""How the facts of a day follow from its events, and from nothing else. Pure."""

from queue_server.domain.values import Micros
from queue_server.eventlog.payload import Payload
from queue_server.reports import fold_hall, fold_visits  # noqa: F401 - their rules register themselves
from queue_server.reports.day_facts import RULES, DayFacts


def fold(facts: DayFacts | None, body: Payload, seq: int, at: Micros, actor: str = "") -> DayFacts:
    """Change the facts of a day by its next event, and return them; None is a day before its first.

    ``actor`` is who caused it.
    """
    found = DayFacts() if facts is None else facts
    found.actor = actor
    rule = RULES.get(type(body))
    if rule is not None:
        rule(found, body, seq, at)
    found.seq = seq
    return found
