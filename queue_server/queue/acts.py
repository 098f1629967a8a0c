"""The acts that counters can take back, each counter's by themselves, so that nobody looks for them among all visits.

``DayState.undoable`` says what counts: an act of which it has another, or none, is of no account and is passed over.
"""

from typing import TYPE_CHECKING, NamedTuple

from queue_server.domain.values import CounterId, VisitId

if TYPE_CHECKING:
    from queue_server.queue.state import DayState, Undoable


class Act(NamedTuple):
    """Event ``seq`` of a visit, and the act of the same counter before it."""

    visit: VisitId
    seq: int
    older: "Act | None"


def add_act(state: "DayState", memo: "Undoable") -> None:
    """Let its counter take this act back, behind what it has done since."""
    newer: list[Act] = []
    older = newest_act(state, memo.counter)
    while older is not None and older.seq > memo.seq:
        newer.append(older)
        older = _standing(state, older.older)
    act = Act(memo.before.id, memo.seq, older)
    for one in reversed(newer):
        act = Act(one.visit, one.seq, act)
    state.undoable = state.undoable.set(memo.before.id, memo)
    state.acts = state.acts.set(memo.counter, act)


def delete_act(state: "DayState", visit: VisitId) -> None:
    """Let nothing of a visit be taken back any more."""
    if visit in state.undoable:
        state.undoable = state.undoable.delete(visit)


def newest_act(state: "DayState", counter: CounterId) -> Act | None:
    """Find the newest act of a counter that can be taken back."""
    return _standing(state, state.acts.get(counter))


def _standing(state: "DayState", act: Act | None) -> Act | None:
    while act is not None:
        memo = state.undoable.get(act.visit)
        if memo is not None and memo.seq == act.seq:
            return act
        act = act.older
    return None
