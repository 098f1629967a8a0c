"""What happens in the hall: the day, counters, help calls, notices, the set-up in use."""

from immutables import Map
from msgspec.structs import replace

from queue_server.domain.values import CounterState
from queue_server.queue import events as e
from queue_server.queue.reducers import fold
from queue_server.queue.state import Counter, DayState, HelpCall, NoticeState


@fold(e.DayOpened)
def _(state: DayState, _event: e.DayEvent, body: e.DayOpened) -> None:
    state.opened = True
    state.starts_at = body.starts_at
    state.configuration = body.configuration


@fold(e.DayClosed)
def _(state: DayState, _event: e.DayEvent, _body: e.DayClosed) -> None:
    state.closed = True


@fold(e.DayReopened)
def _(state: DayState, event: e.DayEvent, _body: e.DayReopened) -> None:
    state.closed = False
    # Those that went on in the other day come back as that left them.
    gone = frozenset(state.carried)
    state.visits, state.merged = state.visits.without(gone), state.merged - gone
    state.carried = ()
    # Which counters are open, and who stands at them, is said again behind this: in the other day some were left.
    for counter in state.counters.values():
        if counter.state is not CounterState.CLOSED:
            state.counters[counter.id] = Counter(counter.id, CounterState.CLOSED, event.at, skills=counter.skills)
    # Nothing that happened before can be taken back across the mistake, and no call of then is on a board.
    state.undoable, state.acts = Map(), Map()
    state.calls = ()


@fold(e.DayAbandoned)
def _(state: DayState, _event: e.DayEvent, _body: e.DayAbandoned) -> None:
    state.clear()


@fold(e.ConfigurationChanged)
def _(state: DayState, _event: e.DayEvent, body: e.ConfigurationChanged) -> None:
    state.configuration = body.version


@fold(e.NoticeShown)
def _(state: DayState, event: e.DayEvent, body: e.NoticeShown) -> None:
    state.notices[body.notice] = NoticeState(body.notice, body.kind, body.text, body.where, event.at, body.until)


@fold(e.NoticeEnded)
def _(state: DayState, _event: e.DayEvent, body: e.NoticeEnded) -> None:
    state.notices.pop(body.notice, None)


@fold(e.IntakeChanged)
def _(state: DayState, _event: e.DayEvent, body: e.IntakeChanged) -> None:
    state.intake = body.intake


@fold(e.ServiceClosed)
def _(state: DayState, _event: e.DayEvent, body: e.ServiceClosed) -> None:
    state.closed_services |= {body.service}


@fold(e.ServiceReopened)
def _(state: DayState, _event: e.DayEvent, body: e.ServiceReopened) -> None:
    state.closed_services -= {body.service}


@fold(e.CounterOpened)
def _(state: DayState, event: e.DayEvent, body: e.CounterOpened) -> None:
    known = state.counters.get(body.counter)
    visit = None if known is None else known.visit
    state.counters[body.counter] = Counter(body.counter, CounterState.OPEN, event.at, body.staff, body.skills, visit)


@fold(e.CounterClosed)
def _(state: DayState, event: e.DayEvent, body: e.CounterClosed) -> None:
    state.counters[body.counter] = Counter(
        body.counter, CounterState.CLOSED, event.at, skills=state.counters[body.counter].skills
    )


@fold(e.CounterPaused)
def _(state: DayState, event: e.DayEvent, body: e.CounterPaused) -> None:
    counter = state.counters[body.counter]
    state.counters[body.counter] = replace(counter, state=CounterState.PAUSED, since=event.at, pause=body.reason)


@fold(e.HelpCalled)
def _(state: DayState, _event: e.DayEvent, body: e.HelpCalled) -> None:
    state.helps[body.help] = HelpCall(
        body.help, body.kind, body.device, body.called_at, body.counter, language=body.language, about=body.about
    )


@fold(e.HelpTaken)
def _(state: DayState, event: e.DayEvent, body: e.HelpTaken) -> None:
    call = state.helps[body.help]
    state.helps[body.help] = replace(call, taken_at=event.at, taken_by=body.staff, taken_at_counter=body.counter)


@fold(e.HelpWithdrawn)
def _(state: DayState, event: e.DayEvent, body: e.HelpWithdrawn) -> None:
    state.helps[body.help] = replace(state.helps[body.help], ended_at=event.at)
