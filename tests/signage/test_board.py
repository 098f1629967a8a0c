from datetime import UTC, datetime, timedelta

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from queue_server.contract.feeds import BoardCallView, BoardView, BoardWaiting
from queue_server.contract.hall import NoticeView
from queue_server.domain.values import CentreId, NoticeId, NoticeKind, NoticePlace, NoticeText, StepId, TicketCode
from signage.board import Board, announcement

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def call(seq: int, seconds: float, *, active: bool = True, repeats: int = 0) -> BoardCallView:
    return BoardCallView(seq, TicketCode(f"B{seq:03}"), "3", "right", at(seconds), repeats, "en", active)


def notice(seconds: float, text: NoticeText, *, until: float | None = None, own: str = "") -> NoticeView:
    emergency = text in {NoticeText.LEAVE_BUILDING, NoticeText.STAY_INSIDE}
    kind = NoticeKind.EMERGENCY if emergency else NoticeKind.ANNOUNCEMENT
    typed = {"en": own} if own else {}
    ends = None if until is None else at(until)
    return NoticeView(NoticeId(f"n{seconds}"), kind, text, NoticePlace.BOARDS, at(seconds), ends, typed)


def view(*calls: BoardCallView, notices: tuple[NoticeView, ...] = ()) -> BoardView:
    waiting = (BoardWaiting(StepId("documents"), {"en": "Documents"}, 4),)
    return BoardView(CentreId("demo"), {"en": "Centre"}, ("en",), "Europe/Brussels", calls, waiting, (), notices)


def test_a_board_says_that_it_is_not_connected_before_it_has_heard_anything() -> None:
    board = Board(START)
    assert board.show(at(0)).since == START


def test_a_call_takes_the_panel_and_then_stays_among_those_before() -> None:
    board = Board(START)
    board.receive(at(0), view())
    board.receive(at(1), view(call(5, 1)))
    shown = board.show(at(1))
    assert shown.now is not None
    assert shown.now.code == "B005"
    board.receive(at(12), view(call(5, 1, active=False)))
    shown = board.show(at(12))
    assert shown.now is None
    assert [entry.code for entry in shown.before] == ["B005"]


def test_a_call_answered_at_once_still_keeps_the_panel_for_its_ten_seconds() -> None:
    board = Board(START)
    board.receive(at(0), view())
    board.receive(at(1), view(call(5, 1)))
    board.receive(at(2), view(call(5, 1, active=False)))
    assert board.show(at(10)).now is not None
    assert board.next_change(at(10)) == at(11)
    assert board.show(at(11)).now is None


def test_calls_queue_and_none_cuts_off_another() -> None:
    board = Board(START)
    board.receive(at(0), view())
    board.receive(at(1), view(call(5, 1)))
    board.receive(at(3), view(call(6, 3), call(5, 1)))
    shown = board.show(at(10))
    assert shown.now is not None
    assert shown.now.code == "B005"
    # What has not been announced is not shown as called before.
    assert shown.before == ()
    shown = board.show(at(11))
    assert shown.now is not None
    assert shown.now.code == "B006"
    assert [entry.code for entry in shown.before] == ["B005"]


def test_a_recall_is_announced_again() -> None:
    board = Board(START)
    board.receive(at(0), view())
    board.receive(at(1), view(call(5, 1)))
    board.receive(at(2), view(call(6, 2), call(5, 1)))
    board.show(at(11))
    board.receive(at(15), view(call(6, 2), call(5, 1, repeats=1)))
    shown = board.show(at(21))
    assert shown.now is not None
    assert (shown.now.code, shown.now.repeats) == ("B005", 1)


def test_an_undone_call_leaves_the_panel_at_once() -> None:
    board = Board(START)
    board.receive(at(0), view())
    board.receive(at(1), view(call(5, 1)))
    board.receive(at(2), view())
    assert board.show(at(2)).now is None


def test_a_board_just_switched_on_shows_the_newest_call_only() -> None:
    board = Board(START)
    board.receive(at(60), view(call(6, 50), call(5, 40), call(4, 30, active=False)))
    shown = board.show(at(60))
    assert shown.now is not None
    assert shown.now.code == "B006"
    assert [entry.code for entry in shown.before] == ["B005", "B004"]
    assert board.show(at(80)).now == shown.now


def test_silence_takes_every_call_down_and_tells_since_when() -> None:
    board = Board(START)
    board.receive(at(0), view(call(5, 0)))
    assert board.show(at(29)).since is None
    shown = board.show(at(30))
    assert shown.since == at(0)
    assert (shown.now, shown.before, shown.waiting) == (None, (), ())


def test_what_was_called_while_away_is_announced_on_return() -> None:
    board = Board(START)
    board.receive(at(0), view(call(5, 0)))
    board.show(at(40))
    board.receive(at(50), view(call(7, 45), call(6, 35), call(5, 0, active=False)))
    shown = board.show(at(50))
    assert shown.now is not None
    assert shown.now.code == "B006"
    shown = board.show(at(60))
    assert shown.now is not None
    assert shown.now.code == "B007"


def test_the_first_call_of_a_new_day_is_shown_although_its_number_was_seen_yesterday() -> None:
    board = Board(START)
    board.receive(at(0), view(call(3, 0)))
    board.receive(at(20), view(call(3, 0, active=False)))
    board.receive(at(3600), view())
    assert board.show(at(3600)).before == ()
    board.receive(at(7200), view(call(3, 7200)))
    shown = board.show(at(7200))
    assert shown.now is not None
    assert shown.now.at == at(7200)


def test_an_emergency_stays_when_the_line_is_cut_and_goes_when_the_server_says_so() -> None:
    board = Board(START)
    board.receive(at(0), view(call(5, 0), notices=(notice(0, NoticeText.LEAVE_BUILDING),)))
    assert board.show(at(1)).emergency is not None
    cut = board.show(at(3600))
    assert cut.emergency is not None
    assert (cut.since, cut.now) == (at(0), None)
    board.receive(at(3700), view())
    assert board.show(at(3700)).emergency is None


def test_the_newest_emergency_is_the_one_that_holds() -> None:
    board = Board(START)
    notices = (notice(0, NoticeText.LEAVE_BUILDING), notice(5, NoticeText.STAY_INSIDE))
    board.receive(at(6), view(notices=notices))
    shown = board.show(at(6)).emergency
    assert shown is not None
    assert shown.text is NoticeText.STAY_INSIDE


def test_a_notice_ends_by_the_clock_of_the_server_though_nothing_more_is_heard() -> None:
    board = Board(START)
    board.receive(at(0), view(notices=(notice(0, NoticeText.DELAY, until=60),)))
    assert len(board.show(at(10), at(59)).announcements) == 1
    assert board.show(at(10), at(60)).announcements == ()
    # This machine's own clock is far ahead: the notice is not over.
    assert len(board.show(at(20), at(20)).announcements) == 1


def test_an_announcement_without_its_typed_text_waits_for_it() -> None:
    board = Board(START)
    board.receive(at(0), view(notices=(notice(0, NoticeText.OWN),)))
    assert board.show(at(0)).announcements == ()
    board.receive(at(1), view(notices=(notice(0, NoticeText.OWN, own="Room 2 is closed"),)))
    assert len(board.show(at(1)).announcements) == 1


def test_each_call_and_repeat_is_announced_by_one_chime_but_not_what_stood_there_before() -> None:
    board = Board(START)
    board.receive(at(0), view(call(5, -30)))
    assert board.show(at(0)).chime is None
    chimes = []
    board.receive(at(20), view(call(6, 20), call(5, -30)))
    board.receive(at(21), view(call(7, 21), call(6, 20), call(5, -30)))
    chimes += [board.show(at(second)).chime for second in range(20, 45)]
    board.receive(at(45), view(call(7, 21, repeats=1), call(6, 20), call(5, -30)))
    chimes += [board.show(at(second)).chime for second in range(45, 60)]
    assert [one for one, before in zip(chimes, [None, *chimes], strict=False) if one != before] == [
        (at(20), 6, 0),
        (at(21), 7, 0),
        (at(21), 7, 1),
    ]


def changed(calls: list[BoardCallView], action: str, new: BoardCallView) -> list[BoardCallView]:
    if action == "call":
        return [new, *calls][:7]
    if not calls or action == "beat":
        return calls
    newest, *older = calls
    if action == "undo":
        return older
    if action == "answer":
        return [msgspec.structs.replace(newest, active=False), *older]
    return [msgspec.structs.replace(newest, repeats=newest.repeats + newest.active), *older]


@given(
    st.lists(st.tuples(st.integers(0, 15), st.sampled_from(["call", "answer", "undo", "recall", "beat"])), max_size=60)
)
def test_every_active_call_is_announced_within_its_turn(steps: list[tuple[int, str]]) -> None:
    board = Board(START)
    board.receive(at(0), view())
    clock = 0.0
    calls: list[BoardCallView] = []
    seen = set()
    for seq, (wait, action) in enumerate(steps, start=1):
        for _ in range(wait):
            clock += 1
            shown = board.show(at(clock))
            if shown.now is not None:
                seen.add(announcement(shown.now))
                assert shown.now in calls
                assert shown.now not in shown.before
            if wait:
                board.receive(at(clock))
        calls = changed(calls, action, call(seq, clock))
        board.receive(at(clock), None if action == "beat" else view(*calls))
    for _ in range(10 * (len(calls) + 2)):
        clock += 1
        board.receive(at(clock))
        shown = board.show(at(clock))
        if shown.now is not None:
            seen.add(announcement(shown.now))
    assert {announcement(entry) for entry in calls if entry.active} <= seen
