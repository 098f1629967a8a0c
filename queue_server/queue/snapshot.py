"""A day's state cut into parts that are stored, and put together again. Pure.

Visits stand in groups in the order in which they came. Nearly all of a long day are over and stay as they are, so most
groups are the same in the next snapshot. What cannot be taken back any more is left out: what ``undo`` remembers of it
is most of a day. No part holds anything that is not in the events.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import msgspec
from immutables import Map

from queue_server.domain.values import (
    MINUTE,
    CentreId,
    Day,
    DeviceId,
    Intake,
    Micros,
    ServiceId,
    TicketCode,
    VisitId,
    VisitState,
)
from queue_server.queue.acts import add_act
from queue_server.queue.arrivals import Arrivals
from queue_server.queue.events import DayEvent
from queue_server.queue.past import Past, PastEvents, ServiceStart, seqs_of, starts_of
from queue_server.queue.state import BoardCall, Counter, DayState, HelpCall, NoticeState, Undoable, Visit

#: Visits of a group.
GROUP: Final = 128
#: No set-up lets an act be taken back for longer; from then on it is not remembered.
MAX_UNDO: Final = 10 * MINUTE


class VisitHistory(msgspec.Struct, frozen=True, array_like=True):
    """Where the events of a visit stand, and who began with it."""

    visit: VisitId
    seqs: tuple[int, ...]
    starts: tuple[ServiceStart, ...] = ()


class VisitGroup(msgspec.Struct, frozen=True, array_like=True):
    """Some visits, and what has happened to each."""

    visits: tuple[Visit, ...]
    histories: tuple[VisitHistory, ...]


class DayRest(msgspec.Struct, frozen=True):
    """Everything of a day but its visits; ``histories`` are those of visits that are not there any more.

    Codes follow from the visits of the day: but for ``codes``, which do not, and ``not_codes``, which are none.
    """

    seq: int
    at: Micros
    starts_at: Micros
    configuration: int
    opened: bool
    closed: bool
    intake: Intake
    closed_services: tuple[ServiceId, ...]
    codes: dict[TicketCode, VisitId]
    not_codes: tuple[TicketCode, ...]
    highest: tuple[tuple[str, int, int, int], ...]
    counters: tuple[Counter, ...]
    helps: tuple[HelpCall, ...]
    notices: tuple[NoticeState, ...]
    undoable: tuple[Undoable, ...]
    calls: tuple[BoardCall, ...]
    carried: tuple[VisitId, ...]
    histories: tuple[VisitHistory, ...]
    last_tickets: dict[DeviceId, Micros]


#: A group before it is packed: the same objects in it as in the last snapshot make the same part.
type RawGroup = tuple[tuple[Visit, ...], tuple[Sequence[DayEvent], ...]]


def groups_of(state: DayState) -> Iterator[RawGroup]:
    """Give the visits of a day by groups, each with the events of its visits."""
    visits = tuple(state.visits.values())
    for first in range(0, len(visits), GROUP):
        group = visits[first : first + GROUP]
        yield group, tuple(state.history.get(one.id, ()) for one in group)


def group_part(group: RawGroup) -> VisitGroup:
    """Make of a group what is stored."""
    visits, histories = group
    return VisitGroup(visits, tuple(_history(one.id, own) for one, own in zip(visits, histories, strict=True)))


def _history(visit: VisitId, own: Sequence[DayEvent]) -> VisitHistory:
    return VisitHistory(visit, seqs_of(own), starts_of(own))


def rest_of(state: DayState) -> DayRest:
    """Make of everything but the visits what is stored."""
    follow = _codes(state.day, state.visits.values())
    return DayRest(
        seq=state.seq,
        at=state.at,
        starts_at=state.starts_at,
        configuration=state.configuration,
        opened=state.opened,
        closed=state.closed,
        intake=state.intake,
        closed_services=tuple(sorted(state.closed_services)),
        codes={code: visit for code, visit in state.codes.items() if follow.get(code) != visit},
        not_codes=tuple(code for code in follow if code not in state.codes),
        highest=tuple((*mark, number) for mark, number in state.highest.items()),
        counters=tuple(state.counters.values()),
        helps=tuple(state.helps.values()),
        notices=tuple(state.notices.values()),
        undoable=tuple(one for one in state.undoable.values() if state.at - one.at <= MAX_UNDO),
        calls=state.calls,
        carried=state.carried,
        histories=tuple(_history(ident, own) for ident, own in state.history.items() if ident not in state.visits),
        last_tickets=dict(state.last_tickets),
    )


#: What is the same of a thousand visits, and half of what a visit takes in memory.
_ALIKE: Final = ("services", "steps", "people", "items", "language", "device", "day")


def _share(visit: Visit, shared: dict[Any, Any]) -> None:
    """Let a visit that nobody else has yet hold what others hold where that is the same."""
    for name in _ALIKE:
        own = getattr(visit, name)
        msgspec.structs.force_setattr(visit, name, shared.setdefault(own, own))


def _past_events(past: Past, one: VisitHistory, shared: dict[Any, Any]) -> PastEvents:
    share = shared.setdefault
    starts = tuple(
        ServiceStart(at, share(counter, counter), share(actor, actor), one.visit if visit == one.visit else visit)
        for at, counter, actor, visit in one.starts
    )
    return PastEvents(past, one.seqs, starts)


def _codes(day: Day, visits: Iterable[Visit]) -> dict[TicketCode, VisitId]:
    return {one.code: one.id for one in visits if one.day == day}


def restore(centre: CentreId, day: Day, rest: DayRest, groups: Iterable[VisitGroup], past: Past) -> DayState:
    """Put a day together again."""
    state = DayState(centre, day)
    shared: dict[Any, Any] = {}
    visits: list[Visit] = []
    history: dict[VisitId, Sequence[DayEvent]] = {}
    # One after the other: what a visit shares with others is freed before the next takes memory.
    for group in groups:
        for visit in group.visits:
            _share(visit, shared)
        visits += group.visits
        history.update((one.visit, _past_events(past, one, shared)) for one in group.histories)
    history.update((one.visit, _past_events(past, one, shared)) for one in rest.histories)
    state.visits = Arrivals.of(visits)
    carried = set(rest.carried)
    for visit in visits:
        # Those that were carried over wait in the next day, and look here as they did before.
        if visit.state is VisitState.WAITING and visit.id not in carried:
            state.line_up(visit)
    state.seq, state.at, state.starts_at = rest.seq, rest.at, rest.starts_at
    state.configuration, state.opened, state.closed = rest.configuration, rest.opened, rest.closed
    state.intake, state.calls, state.carried = rest.intake, rest.calls, rest.carried
    state.closed_services = frozenset(rest.closed_services)
    state.highest = {(letter, digits, hundred): number for letter, digits, hundred, number in rest.highest}
    state.counters = {one.id: one for one in rest.counters}
    state.helps = {one.id: one for one in rest.helps}
    state.notices = {one.id: one for one in rest.notices}
    codes = _codes(day, visits) | rest.codes
    for code in rest.not_codes:
        del codes[code]
    state.codes = Map(codes)
    state.merged = frozenset(one.id for one in visits if one.merged_into is not None)
    state.last_tickets = Map(rest.last_tickets)
    for memo in sorted(rest.undoable, key=lambda one: one.seq):
        add_act(state, memo)
    state.history = Map(history)
    return state
