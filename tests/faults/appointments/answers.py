"""Compares what was answered of appointments with what is stored."""

from collections.abc import Sequence
from datetime import datetime

from queue_server.domain.values import to_micros
from tests.faults import callers as c
from tests.faults.appointments.judge import BookingJudge

#: What an answered request left in the log.
TYPES = {
    "holds": {"time-held"},
    "appointments": {"appointment-booked"},
    "move": {"appointment-moved-in", "appointment-rescheduled"},
    "cancel": {"appointment-cancelled"},
    "changes": {"appointment-day-changed"},
}


def judge_answers(answers: Sequence[c.Answer], judge: BookingJudge) -> list[str]:
    """Find what was answered and is not in the log, and what is in the log though nobody was answered."""
    faults = []
    for answer in answers:
        if answer.thing is None:
            continue
        ident, rows = answer.thing["id"], judge.keys.get(answer.request.key, [])
        if rows and not any(row.type in TYPES[answer.request.verb] and ident.encode() in row.payload for row in rows):
            faults.append(f"answered as another: {answer} is {rows}")
        elif not rows and not _already(answer, judge):
            faults.append(f"lost: {answer}")
        elif judge.codes.get(ident) != answer.thing.get("code"):
            faults.append(f"another one: {answer}")
    asked = {answer.request.key for answer in answers}
    return faults + [f"never answered: {rows}" for key, rows in judge.keys.items() if key not in asked]


def _already(answer: c.Answer, judge: BookingJudge) -> bool:
    """Tell whether it was so already, and so left no event."""
    assert answer.thing is not None
    if answer.request.verb == "cancel":
        return answer.thing["id"] in judge.cancelled
    if answer.request.verb == "move":
        return to_micros(datetime.fromisoformat(answer.request.asked["at"])) in judge.times[answer.thing["id"]]
    return False
