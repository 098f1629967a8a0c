"""Views of any day: what each audience sees, and that a client which merges frames cannot drift from the snapshot."""

import asyncio
from datetime import date
from itertools import pairwise

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from queue_server.centre import views
from queue_server.centre.broadcaster import Audience, CentreBroadcaster
from queue_server.contract.base import Names
from queue_server.contract.catalogue import CentreView, CounterView, ServicesAnswer, ServiceView, SkillsView, StepView
from queue_server.contract.feeds import BoardView, FeedFrame, QueueView
from queue_server.contract.hall import HelpView, NoticeView
from queue_server.contract.visits import VisitView
from queue_server.domain.values import (
    MINUTE,
    CallReason,
    Category,
    CounterId,
    DeviceId,
    GovernmentId,
    HelpId,
    HelpKind,
    Intake,
    Micros,
    NoticeId,
    NoticeKind,
    NoticePlace,
    NoticeText,
    ParkReason,
    PauseReason,
    ServiceId,
    StepId,
    TransferReason,
    VisitId,
    VisitState,
    now_micros,
)
from queue_server.eventlog.codec import encode
from queue_server.eventlog.port import Event
from queue_server.framework.broadcast import QUEUE_FRAMES, BrowserEvent, Packet, Subscriber
from queue_server.queue import commands as c
from queue_server.queue.refusals import Refusal
from tests.queue_server.queue.centre import ANY, BIRTH, CENTRE, COUNTERS, KIOSK, PASSPORT, STAFF, VISA, Play, ticket

OTHER = DeviceId("kiosk-2")


def _service(ident: ServiceId, *steps: str) -> ServiceView:
    shown = tuple(StepView(StepId(step), {"en": step.title()}) for step in steps)
    return ServiceView(ident, GovernmentId("UTO"), "kind", {"en": ident}, shown)


FACTS = views.facts(
    ServicesAnswer(
        version=1,
        centre=CentreView(
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
    tuple(views.Plate(counter, str(number), "left", SkillsView()) for number, counter in enumerate(COUNTERS[:-1], 1)),
    {KIOSK: "By the door"},
)

_counters = st.sampled_from(COUNTERS)
_issues = st.builds(
    lambda number, service, category: ticket(VisitId(f"v{number}"), service, category),
    st.integers(1, 60),
    st.sampled_from((PASSPORT, VISA, BIRTH)),
    st.sampled_from(Category),
)
_visits = st.integers(1, 60).map(lambda number: VisitId(f"v{number}"))
_notices = st.integers(1, 5).map(lambda number: NoticeId(f"n{number}"))
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
        st.builds(c.StartServing, _counters),
        st.builds(c.Finish, _counters),
        st.builds(c.UndoCommand, _counters),
        st.builds(c.Missed, _counters),
        st.builds(c.CallVisit, _counters, _visits, st.sampled_from(CallReason)),
        st.builds(c.Transfer, _counters, st.just(TransferReason.WRONG_STEP), to_step=st.just(StepId("documents"))),
        st.builds(c.Transfer, _counters, st.just(TransferReason.SPECIALIST), to_counter=_counters),
        st.builds(c.Park, _counters, st.sampled_from(ParkReason)),
        st.builds(c.HandBack, _counters),
        st.builds(c.Resume, _visits),
        st.builds(c.Reinstate, _visits),
        st.builds(c.Reclassify, _visits, st.sampled_from(Category)),
        st.builds(c.ChangeVisit, _visits, party_size=st.integers(1, 4)),
        st.builds(c.Merge, _visits, _visits),
        st.builds(c.Cancel, _visits),
        st.builds(
            c.ShowNotice,
            _notices,
            st.sampled_from(NoticeKind),
            st.sampled_from(NoticeText),
            st.sampled_from(NoticePlace),
        ),
        st.builds(c.EndNotice, _notices),
        st.builds(c.ChangeIntake, st.sampled_from(Intake)),
        st.builds(c.CloseService, st.sampled_from((VISA, BIRTH))),
        st.builds(c.ReopenService, st.sampled_from((VISA, BIRTH))),
        st.builds(c.CallHelp, _helps, st.sampled_from(HelpKind), st.sampled_from((KIOSK, OTHER, None))),
        st.builds(c.CallHelp, _helps, st.just(HelpKind.HELP), st.none(), _counters),
        st.builds(c.TakeHelp, _helps, _counters, st.just(STAFF)),
        st.builds(c.WithdrawHelp, _helps, st.sampled_from((KIOSK, OTHER))),
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
        self.visits: dict[str, VisitView] = {}
        self.counters: dict[str, CounterView] = {}
        self.helps: dict[str, HelpView] = {}
        self.notices: tuple[NoticeView, ...] = ()
        self.intake = Intake.OPEN
        self.closed_services: tuple[ServiceId, ...] = ()
        self.cursor = ""

    def take(self, subscriber: Subscriber) -> None:
        while not subscriber.queue.empty():
            packet = subscriber.queue.get_nowait()
            frame = msgspec.json.decode(packet.data, type=FeedFrame)
            assert frame.cursor == packet.cursor
            self.cursor = frame.cursor
            if isinstance(frame.queue, QueueView):
                self.visits = {visit.id: visit for visit in frame.queue.visits}
                self.counters = {counter.id: counter for counter in frame.queue.counters}
                self.helps = {call.id: call for call in frame.queue.help}
                self.notices, self.intake = frame.queue.notices, frame.queue.intake
                self.closed_services = frame.queue.closed_services
            if isinstance(frame.visit, VisitView):
                self.visits[frame.visit.id] = frame.visit
            if isinstance(frame.counter, CounterView):
                self.counters[frame.counter.id] = frame.counter
            if isinstance(frame.help, HelpView):
                self.helps[frame.help.id] = frame.help
            if not isinstance(frame.notices, UnsetType):
                self.notices = frame.notices
            if not isinstance(frame.intake, UnsetType):
                self.intake = frame.intake
            if not isinstance(frame.closed_services, UnsetType):
                self.closed_services = frame.closed_services

    def picture(self) -> object:
        """What it shows; places move with others' events and are told anew by each snapshot."""
        present = (replace(visit, ahead=None) for visit in self.visits.values() if visit.state in views.PRESENT)
        return (
            {visit.id: visit for visit in present},
            self.counters,
            {call.id for call in self.helps.values() if call.taken_at is call.ended_at is None},
            self.notices,
            self.intake,
            self.closed_services,
        )


@given(COMMANDS, COMMANDS, COMMANDS)
def test_a_client_that_merges_frames_cannot_drift(
    first: list[c.Command], second: list[c.Command], third: list[c.Command]
) -> None:
    async def follow() -> None:
        play = opened()
        hub = CentreBroadcaster(lambda: play.state, lambda: FACTS, now_micros)

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
        shown = msgspec.json.decode(packet.data, type=FeedFrame)
        assert isinstance(shown.queue, QueueView)
        assert {call.device for call in shown.queue.help} <= {KIOSK}
        assert {notice.where for notice in shown.queue.notices} <= {NoticePlace.KIOSKS, NoticePlace.EVERYWHERE}
        assert shown.queue.intake is play.state.intake
        assert set(shown.queue.closed_services) == play.state.closed_services
        assert packet.sse.startswith(f"id: {packet.cursor}\nevent: {BrowserEvent.SNAPSHOT}\ndata: {{".encode())
        assert packet.sse.endswith(b"}\n\n")
        assert packet.sse.count(b"\n") == 4

    asyncio.run(follow())


@given(st.lists(st.one_of(COMMANDS, st.sampled_from(["turn", "beat", "again", "join"]))))
def test_a_board_that_comes_back_with_any_cursor_misses_nothing(acts: list[list[c.Command] | str]) -> None:
    """It is shown what is new a little later and once for many events; no cursor runs ahead of what it was shown."""

    async def follow() -> None:
        play = opened()
        hub = CentreBroadcaster(lambda: play.state, lambda: FACTS, now_micros)
        board, shown, cursor = hub.join(Audience.BOARD, None, None), None, ""

        def take() -> None:
            nonlocal shown, cursor
            while not board.queue.empty():
                frame = msgspec.json.decode(board.queue.get_nowait().data, type=FeedFrame)
                shown, cursor = (shown if frame.board is UNSET else frame.board), frame.cursor

        take()
        for act in (*acts, "turn"):
            if isinstance(act, list):
                for event in steps(play, act):
                    hub.on_event(event, play.state)
            elif act == "turn":
                await asyncio.sleep(0)
            elif act == "beat":
                board.offer(hub.beat())
            elif act == "again":
                hub.leave(board)
                take()
                board = hub.join(Audience.BOARD, None, cursor)
            else:
                hub.join(Audience.BOARD, None, None)
            take()
        hub.leave(board)
        board = hub.join(Audience.BOARD, None, cursor)
        take()
        assert shown == views.board_view(play.state, FACTS)

    asyncio.run(follow())


async def test_boards_are_shown_a_batch_by_one_frame() -> None:
    play = opened()
    hub = CentreBroadcaster(lambda: play.state, lambda: FACTS, now_micros)
    board = hub.join(Audience.BOARD, None, None)
    assert (await hub.next(board)).kind is BrowserEvent.SNAPSHOT
    events = steps(play, [ticket(VisitId(f"v{number}")) for number in range(1, 6)])
    for event in events:
        hub.on_event(event, play.state)
    packet = await hub.next(board)
    assert (packet.kind, packet.seq) == (BrowserEvent.CHANGE, events[-1].seq)
    assert board.queue.empty()


async def test_a_burst_becomes_one_snapshot_and_the_queue_stays_bounded() -> None:
    """A batch of the writer is told without a pause: nobody could have taken a frame meanwhile."""
    play = opened()
    hub = CentreBroadcaster(lambda: play.state, lambda: FACTS, now_micros)
    subscriber, beside = hub.join(Audience.QUEUE, None, None), hub.join(Audience.QUEUE, None, None)
    mirror = Mirror()
    mirror.take(beside)
    for event in steps(play, [ticket(VisitId(f"v{number}")) for number in range(1, QUEUE_FRAMES + 100)]):
        hub.on_event(event, play.state)
        mirror.take(beside)
    assert subscriber.queue.full()
    assert subscriber.ended is None
    packet = await hub.next(subscriber)
    assert (packet.kind, packet.seq) == (BrowserEvent.SNAPSHOT, play.state.seq)
    assert subscriber.queue.empty()
    late = Mirror()
    subscriber.offer(packet)
    late.take(subscriber)
    assert late.picture() == mirror.picture()
    (event,) = steps(play, [ticket(VisitId("v999"))])
    hub.on_event(event, play.state)
    assert (await hub.next(subscriber)).kind is BrowserEvent.CHANGE


async def test_what_changes_without_an_event_is_told_to_those_who_come_back_too() -> None:
    play = opened()
    known = FACTS
    hub = CentreBroadcaster(lambda: play.state, lambda: known, now_micros)
    board, kiosk = hub.join(Audience.BOARD, None, None), hub.join(Audience.KIOSK, KIOSK, None)
    steps_ = steps(play, [c.ShowNotice(NoticeId("n1"), NoticeKind.ANNOUNCEMENT, NoticeText.OWN, NoticePlace.BOARDS)])
    hub.on_event(steps_[0], play.state)
    packets = [await hub.next(board), await hub.next(board)]
    assert [_own(packet) for packet in packets] == [(), ({},)]
    known = replace(FACTS, notices={NoticeId("n1"): {"en": "The lift is out of order"}})
    hub.refresh()
    assert _own(await hub.next(board)) == ({"en": "The lift is out of order"},)
    assert (await hub.next(kiosk)).kind is BrowserEvent.SNAPSHOT
    back = hub.join(Audience.BOARD, None, packets[-1].cursor)
    assert _own(await hub.next(back)) == ({"en": "The lift is out of order"},)


def _own(packet: Packet) -> tuple[Names, ...]:
    frame = msgspec.json.decode(packet.data, type=FeedFrame)
    assert isinstance(frame.board, BoardView)
    return tuple(notice.own for notice in frame.board.notices)


def test_a_display_over_a_counter_knows_whom_it_has() -> None:
    play = opened()
    play.do(c.CloseCounter(COUNTERS[1]))
    play.issue()
    play.call()
    one, two, three = views.board_view(play.state, FACTS).counters
    assert (one.code, one.called, one.state) == ("B001", True, "open")
    assert (two.code, two.called, two.state) == (None, False, "closed")
    assert three.state == "open"
    play.do(c.StartServing(COUNTERS[0]))
    assert not views.board_view(play.state, FACTS).counters[0].called


def test_a_stop_that_a_visit_went_past_was_skipped() -> None:
    play = opened()
    visit = play.issue(PASSPORT)
    play.call()
    play.do(c.Transfer(COUNTERS[0], TransferReason.WRONG_STEP, to_step=StepId("biometrics")))
    assert views.stop_states(play.visit(visit)) == ("skipped", "skipped", "now")
    play.call()
    play.serve()
    assert views.stop_states(play.visit(visit)) == ("skipped", "skipped", "done")


def test_of_a_visit_that_is_done_nothing_comes_next() -> None:
    """What was never served is left out; nobody reads that they still have to go there."""
    play = opened()
    visit = play.visit(play.issue(PASSPORT))
    assert len(visit.steps) == 3
    served = tuple(replace(stop, done=index == 1) for index, stop in enumerate(visit.steps))
    there = replace(visit, steps=served, at_step=1)
    assert views.stop_states(there) == ("skipped", "done", "next")
    assert views.stop_states(replace(there, state=VisitState.DONE)) == ("skipped", "done", "skipped")


def test_a_notice_that_is_over_is_shown_no_more_and_each_where_it_belongs() -> None:
    play = opened()
    until = Micros(play.now + MINUTE)
    for number, place in enumerate(NoticePlace):
        play.do(c.ShowNotice(NoticeId(f"n{number}"), NoticeKind.ANNOUNCEMENT, NoticeText.DELAY, place, until))
    shown = {place: [one.where for one in views.notice_views(play.state, FACTS, place)] for place in NoticePlace}
    assert shown[NoticePlace.BOARDS] == [NoticePlace.BOARDS, NoticePlace.EVERYWHERE]
    assert shown[NoticePlace.KIOSKS] == [NoticePlace.KIOSKS, NoticePlace.EVERYWHERE]
    assert len(views.notice_views(play.state, FACTS)) == 3
    play.wait(MINUTE)
    play.issue()
    assert views.notice_views(play.state, FACTS) == ()


def test_an_unknown_counter_of_a_call_is_named_by_its_id() -> None:
    play = opened()
    play.issue()
    play.call(CounterId(COUNTERS[-1]))
    (call,) = views.board_view(play.state, FACTS).calls
    assert (call.counter, call.direction) == (COUNTERS[-1], None)
