"""Views of any day: what each audience sees, and that a client which merges frames cannot drift from the snapshot."""

import asyncio
from datetime import date
from itertools import pairwise

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from queue_server.contract import messages as m
from queue_server.http import views
from queue_server.http.hub import QUEUE_FRAMES, Audience, End, Hub, Kind, Subscriber
from queue_server.log.port import Event
from queue_server.queue import commands as c
from queue_server.queue.events import encode
from queue_server.queue.refusals import Refusal
from queue_server.values import (
    MINUTE,
    Category,
    CounterId,
    DeviceId,
    GovernmentId,
    HelpId,
    HelpKind,
    PauseReason,
    ServiceId,
    StepId,
    VisitId,
    VisitState,
)
from tests.queue_server.queue.centre import ANY, BIRTH, CENTRE, COUNTERS, KIOSK, PASSPORT, STAFF, VISA, Play, ticket

OTHER = DeviceId("kiosk-2")


def _service(ident: ServiceId, *steps: str) -> m.ServiceView:
    shown = tuple(m.StepView(StepId(step), {"en": step.title()}) for step in steps)
    return m.ServiceView(ident, GovernmentId("UTO"), "kind", {"en": ident}, shown)


FACTS = views.facts(
    m.ServicesAnswer(
        version=1,
        centre=m.CentreView(
            CENTRE, {"en": "Harbour"}, "UTC", ("en", "ar"), 240, date(2026, 11, 25), open_now=True, version=1
        ),
        governments=(),
        kinds=(),
        services=(
            _service(PASSPORT, "reception", "documents", "biometrics"),
            _service(VISA, "documents"),
            _service(BIRTH, "reception", "submission"),
        ),
    ),
    # The last counter has left the set-up since the day began.
    tuple(views.Plate(counter, str(number), "left", m.SkillsView()) for number, counter in enumerate(COUNTERS[:-1], 1)),
    {KIOSK: "By the door"},
)

_counters = st.sampled_from(COUNTERS)
_issues = st.builds(
    lambda number, service, category: ticket(VisitId(f"v{number}"), service, category),
    st.integers(1, 60),
    st.sampled_from((PASSPORT, VISA, BIRTH)),
    st.sampled_from(Category),
)
_helps = st.integers(1, 9).map(lambda number: HelpId(f"h{number}"))
COMMANDS = st.lists(
    st.one_of(
        _issues,
        _issues,
        st.builds(c.OpenCounter, _counters, st.just(STAFF), st.just(ANY)),
        st.builds(c.PauseCounter, _counters, st.sampled_from(PauseReason)),
        st.builds(c.CloseCounter, _counters),
        st.builds(c.CallNext, _counters),
        st.builds(c.CallNext, _counters),
        st.builds(c.Recall, _counters),
        st.builds(c.Start, _counters),
        st.builds(c.Finish, _counters),
        st.builds(c.Undo, _counters),
        st.builds(c.Cancel, st.integers(1, 60).map(lambda number: VisitId(f"v{number}"))),
        st.builds(c.CallHelp, _helps, st.sampled_from(HelpKind), st.sampled_from((KIOSK, OTHER, None))),
        st.builds(c.TakeHelp, _helps, _counters, st.just(STAFF)),
    ),
    max_size=60,
)


def opened() -> Play:
    play = Play().open_day()
    play.open(*COUNTERS)
    return play


def steps(play: Play, commands: list[c.Command]) -> list[Event]:
    """Do what can be done of a list of commands; give the events as the log holds them."""
    before = len(play.events)
    for command in commands:
        play.wait(MINUTE // 2)
        if not isinstance(play.ask(command), Refusal):
            play.do(command)
    return [
        Event(
            f"queue/{CENTRE}/{play.state.day}",
            event.seq,
            event.at,
            event.type,
            event.v,
            event.command,
            event.actor,
            encode(event.body),
            b"",
        )
        for event in play.events[before:]
    ]


@given(COMMANDS)
def test_places_are_counted_alike_one_by_one_and_all_together(commands: list[c.Command]) -> None:
    play = opened()
    steps(play, commands)
    together = views.ahead(play.state)
    for visit in play.state.visits.values():
        waits = visit.state is VisitState.WAITING
        assert views.place(play.state, visit) == together.get(visit.id) == (together[visit.id] if waits else None)
    for step in {visit.step.step for visit in play.state.visits.values()}:
        here = [play.state.visits[ident] for _, ident in play.state.waiting]
        assert [together[one.id] for one in here if one.step.step == step] == list(
            range(sum(one.step.step == step for one in here))
        )


@given(COMMANDS)
def test_a_board_shows_codes_counters_and_counts_and_no_more(commands: list[c.Command]) -> None:
    play = opened()
    steps(play, commands)
    board = views.board_view(play.state, FACTS)
    assert len(board.calls) <= views.BOARD_CALLS
    assert all(before.seq > after.seq for before, after in pairwise(board.calls))
    assert len({call.code for call in board.calls}) == len(board.calls)
    visits = {visit.code: visit for visit in play.state.visits.values()}
    for call in board.calls:
        visit = visits[call.code]
        assert call.active == (visit.state is VisitState.CALLED)
    called = [visit for visit in visits.values() if visit.state is VisitState.CALLED]
    assert len(called) > views.BOARD_CALLS or {visit.code for visit in called} <= {call.code for call in board.calls}
    assert sum(one.visits for one in board.waiting) == len(play.state.waiting)
    assert all(one.visits > 0 for one in board.waiting)
    text = msgspec.json.encode(board).decode()
    for ident in (*play.state.visits, STAFF, KIOSK, PASSPORT, "UTO"):
        assert f'"{ident}"' not in text


def test_a_counter_that_is_not_set_up_any_more_is_still_shown() -> None:
    shown = views.counter_views(opened().state, FACTS)
    assert [counter.name for counter in shown] == ["1", "2", "3", COUNTERS[-1]]


class Mirror:
    """A client of the queue's feed: merges by id what frames bring, as the contract says."""

    def __init__(self) -> None:
        self.visits: dict[str, m.VisitView] = {}
        self.counters: dict[str, m.CounterView] = {}
        self.helps: dict[str, m.HelpView] = {}
        self.cursor = ""

    def take(self, subscriber: Subscriber) -> None:
        while not subscriber.queue.empty():
            packet = subscriber.queue.get_nowait()
            frame = msgspec.json.decode(packet.data, type=m.Frame)
            assert frame.cursor == packet.cursor
            self.cursor = frame.cursor
            if isinstance(frame.queue, m.QueueView):
                self.visits = {visit.id: visit for visit in frame.queue.visits}
                self.counters = {counter.id: counter for counter in frame.queue.counters}
                self.helps = {call.id: call for call in frame.queue.help}
            if isinstance(frame.visit, m.VisitView):
                self.visits[frame.visit.id] = frame.visit
            if isinstance(frame.counter, m.CounterView):
                self.counters[frame.counter.id] = frame.counter
            if isinstance(frame.help, m.HelpView):
                self.helps[frame.help.id] = frame.help

    def picture(self) -> object:
        """What it shows; places move with others' events and are told anew by each snapshot."""
        present = (replace(visit, ahead=None) for visit in self.visits.values() if visit.state in views.PRESENT)
        return (
            {visit.id: visit for visit in present},
            self.counters,
            {call.id for call in self.helps.values() if call.taken_at is None},
        )


@given(COMMANDS, COMMANDS, COMMANDS)
def test_a_client_that_merges_frames_cannot_drift(
    first: list[c.Command], second: list[c.Command], third: list[c.Command]
) -> None:
    async def follow() -> None:
        play = opened()
        hub = Hub(lambda: play.state, lambda: FACTS)

        def happen(commands: list[c.Command]) -> None:
            for event in steps(play, commands):
                hub.on_event(event, play.state)

        happen(first)
        mirror, subscriber = Mirror(), hub.join(Audience.QUEUE, None, None)
        happen(second)
        mirror.take(subscriber)
        hub.leave(subscriber)
        happen(third)
        mirror.take(hub.join(Audience.QUEUE, None, mirror.cursor))
        fresh = Mirror()
        fresh.take(hub.join(Audience.QUEUE, None, None))
        assert mirror.picture() == fresh.picture()
        kiosk = hub.join(Audience.KIOSK, KIOSK, None)
        packet = kiosk.queue.get_nowait()
        shown = msgspec.json.decode(packet.data, type=m.Frame)
        assert isinstance(shown.queue, m.QueueView)
        assert {call.device for call in shown.queue.help} <= {KIOSK}
        assert packet.sse.startswith(f"id: {packet.cursor}\nevent: {Kind.SNAPSHOT}\ndata: {{".encode())
        assert packet.sse.endswith(b"}\n\n")
        assert packet.sse.count(b"\n") == 4

    asyncio.run(follow())


async def test_a_client_that_takes_nothing_is_ended_and_keeps_no_more_than_its_queue() -> None:
    play = opened()
    hub = Hub(lambda: play.state, lambda: FACTS)
    subscriber = hub.join(Audience.BOARD, None, None)
    for number in range(1, QUEUE_FRAMES + 1):
        assert not subscriber.ended.done()
        for event in steps(play, [ticket(VisitId(f"v{number}"))]):
            hub.on_event(event, play.state)
    assert subscriber.ended.result() is End.STALLED
    assert subscriber.queue.full()


def test_an_unknown_counter_of_a_call_is_named_by_its_id() -> None:
    play = opened()
    play.issue()
    play.call(CounterId(COUNTERS[-1]))
    (call,) = views.board_view(play.state, FACTS).calls
    assert (call.counter, call.direction) == (COUNTERS[-1], None)
