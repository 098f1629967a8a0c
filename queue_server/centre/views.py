"""What each audience may see: a day's state and the centre's set-up turned into messages. Pure.

Board: codes, counters and directions. Queue (counters, managers, integrations): everything of the day. Kiosk: its own
help calls, the version of the catalogue, and whether it issues tickets. Notices: each where it is to be shown.
"""

from collections import Counter as Tally
from datetime import date, datetime
from typing import Literal

import msgspec

from queue_server.contract.base import Names, People
from queue_server.contract.catalogue import CounterView, Direction, ServicesAnswer, SkillsView
from queue_server.contract.feeds import BoardCallView, BoardCounter, BoardView, BoardWaiting, QueueView
from queue_server.contract.hall import HelpView, NoticeView
from queue_server.contract.visits import VisitStepView, VisitView
from queue_server.contract.waits import WaitView
from queue_server.domain.values import (
    CounterId,
    CounterState,
    DeviceId,
    Micros,
    NoticeId,
    NoticePlace,
    ServiceId,
    StepId,
    VisitId,
    VisitState,
    to_datetime,
)
from queue_server.queue import order
from queue_server.queue import state as q
from queue_server.queue.settings import Skills

#: One large call and six before it.
BOARD_CALLS = 7

#: States of a visit that is not over.
PRESENT = (VisitState.WAITING, VisitState.CALLED, VisitState.SERVING, VisitState.PARKED, VisitState.MISSED)


class Plate(msgspec.Struct, frozen=True):
    """A counter as it is set up: what the plate over it says, the way to it from the board, what it can take."""

    id: CounterId
    name: str
    direction: Direction | None
    skills: SkillsView


class Facts(msgspec.Struct, frozen=True):
    """What views need of a centre's set-up at one version; ``devices`` are display names by id.

    Of ``catalogue`` what moves with time (``open_now``, ``openings``) is as it was within the last hour.
    ``notices`` is what was typed for notices of today, as far as it is known here; ``waits`` how long steps take to be
    reached, as another room has foreseen it last.
    """

    catalogue: ServicesAnswer
    plates: dict[CounterId, Plate]
    devices: dict[DeviceId, str]
    steps: dict[StepId, Names]
    notices: dict[NoticeId, Names] = {}
    waits: dict[StepId, WaitView] = {}


def facts(catalogue: ServicesAnswer, plates: tuple[Plate, ...], devices: dict[DeviceId, str]) -> Facts:
    """Index a centre's set-up; step names come from its journeys, in the order in which they first occur."""
    steps = {step.id: step.name for service in catalogue.services for step in service.steps}
    return Facts(catalogue, {plate.id: plate for plate in plates}, devices, steps)


def cursor(state: q.DayState) -> str:
    """Name a place in the centre's happenings; opaque to clients."""
    return f"{state.day}:{state.seq}"


def ahead(state: q.DayState) -> dict[VisitId, int]:
    """Count for every waiting visit those that come before it at its step."""
    before: Tally[StepId] = Tally()
    places = {}
    for _, visit_id in state.waiting:
        step = state.visits[visit_id].step.step
        places[visit_id] = before[step]
        before[step] += 1
    return places


def place(state: q.DayState, visit: q.Visit) -> int | None:
    """Count the visits before this one at its step; None when it does not wait."""
    if visit.state is not VisitState.WAITING:
        return None
    entry, step = (visit.key, visit.id), visit.step.step
    return sum(entries.before(entry) for line, entries in state.lines.items() if line.step == step)


def before_next(state: q.DayState, stop: q.StepPlan, now: Micros) -> int:
    """Count the visits that come before one that would be issued at ``now`` and begin at this stop."""
    last = (True, order.due(now, stop.promise), state.seq + 1), VisitId("")
    return sum(entries.before(last) for line, entries in state.lines.items() if line.step == stop.step)


def visit_view(visit: q.Visit, before: int | None) -> VisitView:
    """Show a visit; ``before`` is its ``place``."""
    steps = tuple(
        VisitStepView(plan.step, plan.service, plan.government, state, plan.promise)
        for plan, state in zip(visit.steps, stop_states(visit), strict=True)
    )
    return VisitView(
        id=visit.id,
        code=visit.code,
        state=visit.state,
        category=visit.category,
        services=visit.services,
        steps=steps,
        step=visit.step.step,
        party_size=visit.party_size,
        people=tuple(People(one.band, one.count) for one in visit.people),
        language=visit.language,
        issued_at=to_datetime(visit.issued_at),
        counts_from=to_datetime(visit.counts_from),
        promise_min=visit.promise,
        due=to_datetime(visit.due),
        ahead=before,
        away_until=_moment(visit.away_until),
        on_the_way_at=_moment(visit.on_the_way_at),
        counter=visit.counter,
        called_at=_moment(visit.called_at),
        last_call_at=_moment(visit.last_call_at),
        calls=visit.calls,
        started_at=_moment(visit.started_at),
        ended_at=_moment(visit.ended_at),
        device=visit.device,
        asks_priority=visit.asks_priority,
        for_counter=visit.for_counter,
        for_until=_moment(visit.for_until),
        park_reason=visit.park_reason,
        park_until=_moment(visit.park_until),
        notes=visit.notes,
        applications=visit.applications,
        payments=visit.settlement_ids,
        merged_into=visit.merged_into,
        appointment=visit.appointment,
        booked_at=_moment(visit.booked_at),
    )


def _moment(instant: Micros | None) -> datetime | None:
    return None if instant is None else to_datetime(instant)


StopState = Literal["done", "now", "next", "skipped"]


def stop_states(visit: q.Visit) -> tuple[StopState, ...]:
    """Tell how each stop of a visit's plan stands; one that it went past without being served there was skipped."""
    over = visit.state is VisitState.DONE

    def state(index: int, stop: q.StepPlan) -> StopState:
        if stop.done:
            return "done"
        if over or index < visit.at_step:
            return "skipped"
        return "now" if index == visit.at_step else "next"

    return tuple(state(index, stop) for index, stop in enumerate(visit.steps))


def visit_by_id(state: q.DayState, visit_id: VisitId) -> VisitView | None:
    visit = state.visits.get(visit_id)
    return None if visit is None else visit_view(visit, place(state, visit))


def _skills(skills: Skills) -> SkillsView:
    return SkillsView(skills.steps, skills.services, skills.governments, skills.languages)


def counter_view(state: q.DayState, known: Facts, counter_id: CounterId) -> CounterView:
    """Show a counter: as set up, and as it stands today (closed where nothing has happened there yet)."""
    plate = known.plates.get(counter_id)
    name = counter_id if plate is None else plate.name
    direction = None if plate is None else plate.direction
    counter = state.counters.get(counter_id)
    if counter is None:
        skills = SkillsView() if plate is None else plate.skills
        return CounterView(counter_id, name, CounterState.CLOSED, skills, direction)
    visit = None if counter.visit is None else state.visits.get(counter.visit)
    closed = counter.state is CounterState.CLOSED
    return CounterView(
        id=counter_id,
        name=name,
        state=counter.state,
        skills=plate.skills if closed and plate is not None else _skills(counter.skills),
        direction=direction,
        since=to_datetime(counter.since),
        visit=counter.visit,
        code=None if visit is None else visit.code,
        staff=counter.staff,
        pause=counter.pause,
    )


def counter_views(state: q.DayState, known: Facts) -> tuple[CounterView, ...]:
    """Show every counter that is set up, in its order, then any that was set up when the day began."""
    ids = [*known.plates, *(counter for counter in state.counters if counter not in known.plates)]
    return tuple(counter_view(state, known, counter) for counter in ids)


def help_view(call: q.HelpCall, known: Facts) -> HelpView:
    return HelpView(
        id=call.id,
        kind=call.kind,
        at=to_datetime(call.at),
        device=call.device,
        device_name=None if call.device is None else known.devices.get(call.device),
        counter=call.counter,
        taken_at=_moment(call.taken_at),
        taken_at_counter=call.taken_at_counter,
        language=call.language,
        about=call.about,
        ended_at=_moment(call.ended_at),
    )


def notice_view(notice: q.NoticeState, known: Facts) -> NoticeView:
    """Show a notice; what was typed for it is empty until this server has read it."""
    return NoticeView(
        id=notice.id,
        kind=notice.kind,
        text=notice.text,
        where=notice.where,
        at=to_datetime(notice.at),
        until=_moment(notice.until),
        own=known.notices.get(notice.id, {}),
    )


def notice_views(state: q.DayState, known: Facts, place: NoticePlace | None = None) -> tuple[NoticeView, ...]:
    """Show the notices of a place (None: all) in the order of their beginning, but for those known to be over."""
    return tuple(
        notice_view(notice, known)
        for notice in state.notices.values()
        if (place is None or notice.where in (place, NoticePlace.EVERYWHERE))
        and (notice.until is None or notice.until > state.at)
    )


def closed_services(state: q.DayState) -> tuple[ServiceId, ...]:
    """List the services that are closed for the rest of this day."""
    return tuple(sorted(state.closed_services))


def queue_view(state: q.DayState, known: Facts) -> QueueView:
    """Show the day to staff: visits that are not over, waiting ones in the order of their calling; open help calls."""
    places = ahead(state)
    present = sorted((visit for visit in state.visits.values() if visit.state in PRESENT), key=lambda visit: visit.key)
    return QueueView(
        centre=state.centre,
        day=date.fromisoformat(state.day),
        closed=state.closed,
        visits=tuple(visit_view(visit, places.get(visit.id)) for visit in present),
        counters=counter_views(state, known),
        help=tuple(help_view(call, known) for call in state.helps.values() if call.waits),
        notices=notice_views(state, known),
        intake=state.intake,
        closed_services=closed_services(state),
    )


def kiosk_view(state: q.DayState, known: Facts, device: DeviceId) -> QueueView:
    """Show a kiosk its own help calls that nobody has taken, its notices, and what it issues tickets for."""
    own = (call for call in state.helps.values() if call.device == device and call.waits)
    return QueueView(
        centre=state.centre,
        day=date.fromisoformat(state.day),
        closed=state.closed,
        visits=(),
        counters=(),
        help=tuple(help_view(call, known) for call in own),
        notices=notice_views(state, known, NoticePlace.KIOSKS),
        intake=state.intake,
        closed_services=closed_services(state),
    )


def board_calls(state: q.DayState, known: Facts) -> tuple[BoardCallView, ...]:
    """Show the newest call of each of the last visits called, newest first."""
    shown: dict[VisitId, BoardCallView] = {}
    for call in reversed(state.calls):
        visit = state.visits.get(call.visit)
        if visit is None or call.visit in shown:
            continue
        plate = known.plates.get(call.counter)
        shown[call.visit] = BoardCallView(
            seq=call.seq,
            code=call.code,
            counter=call.counter if plate is None else plate.name,
            direction=None if plate is None else plate.direction,
            at=to_datetime(call.at),
            repeats=call.repeats,
            language=visit.language,
            active=visit.state is VisitState.CALLED and visit.counter == call.counter,
        )
        if len(shown) == BOARD_CALLS:
            break
    return tuple(shown.values())


def board_counters(state: q.DayState, known: Facts) -> tuple[BoardCounter, ...]:
    """Show what the displays over the counters say."""
    shown = []
    for ident, plate in known.plates.items():
        counter = state.counters.get(ident)
        visit = None if counter is None or counter.visit is None else state.visits.get(counter.visit)
        shown.append(
            BoardCounter(
                name=plate.name,
                state=CounterState.CLOSED if counter is None else counter.state,
                code=None if visit is None else visit.code,
                called=visit is not None and visit.state is VisitState.CALLED,
            )
        )
    return tuple(shown)


def board_view(state: q.DayState, known: Facts) -> BoardView:
    """Show a board everything it draws: calls of this day, and how many wait for each step where anybody waits."""
    waiting = Tally(state.visits[visit_id].step.step for _, visit_id in state.waiting)
    ordered = [*known.steps, *(step for step in waiting if step not in known.steps)]
    centre = known.catalogue.centre
    return BoardView(
        centre=state.centre,
        name=centre.name,
        languages=centre.languages,
        zone=centre.zone,
        calls=board_calls(state, known),
        waiting=tuple(
            BoardWaiting(step, known.steps.get(step, {"en": step}), waiting[step], known.waits.get(step))
            for step in ordered
            if waiting[step]
        ),
        counters=board_counters(state, known),
        notices=notice_views(state, known, NoticePlace.BOARDS),
    )
