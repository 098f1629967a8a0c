from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.contract.feeds import BoardCallView, BoardCounter, BoardView, BoardWaiting
from queue_server.contract.hall import NoticeView
from queue_server.contract.waits import WaitView
from queue_server.domain.values import (
    CentreId,
    CounterState,
    NoticeId,
    NoticeKind,
    NoticePlace,
    NoticeText,
    StepId,
    TicketCode,
)
from signage.board import BoardContent
from signage.page import (
    AnnouncementLine,
    BoardPage,
    CalledTicket,
    CounterPage,
    EmergencyPage,
    OfflinePage,
    Pages,
    ScreenPlace,
    StepRange,
    Waiting,
    text_in,
)
from signage.words import announcement_words, emergency_words

NOW = datetime(2026, 11, 24, 9, 47, tzinfo=UTC)
CALL = BoardCallView(7, TicketCode("B042"), "3", "right", NOW, 1, "ar", active=True)
COUNTERS = (
    BoardCounter("1", CounterState.OPEN, TicketCode("B042"), called=True),
    BoardCounter("2", CounterState.OPEN, TicketCode("A1042")),
    BoardCounter("3", CounterState.OPEN),
    BoardCounter("4", CounterState.PAUSED),
    BoardCounter("5", CounterState.CLOSED),
)
VIEW = BoardView(
    CentreId("demo"), {"en": "Centre", "ar": "مركز"}, ("en", "ar"), "Asia/Kathmandu", (CALL,), (), COUNTERS
)
WORDS = {**emergency_words(), **announcement_words()}


def pages(counter: str = "", exit_: str = "") -> Pages:
    return Pages(ScreenPlace(counter, exit_), WORDS, ["ar", "en", "fr"])


def waiting(step: str, visits: int) -> BoardWaiting:
    return BoardWaiting(StepId(step), {"en": step.title()}, visits)


def notice(text: NoticeText, kind: NoticeKind = NoticeKind.ANNOUNCEMENT, **own: str) -> NoticeView:
    return NoticeView(NoticeId("n"), kind, text, NoticePlace.BOARDS, NOW, None, own)


def emergency(text: NoticeText, language: str = "en", **own: str) -> EmergencyPage:
    shown = BoardContent(VIEW, emergency=notice(text, NoticeKind.EMERGENCY, **own))
    page = pages(exit_="left").page(shown, NOW, language)
    assert isinstance(page, EmergencyPage)
    return page


def test_a_board_speaks_in_the_time_and_language_of_its_centre() -> None:
    page = pages().page(BoardContent(VIEW, CALL, (), (waiting("documents", 4),)), NOW, "ar")
    assert isinstance(page, BoardPage)
    assert (page.centre, page.clock, page.counter, page.notice) == ("مركز", "15:32", "", None)
    assert page.now == CalledTicket("B", "042", "3", "right", active=True, repeats=1)
    assert page.waiting == (Waiting("Documents", 4),)


def test_a_clock_that_is_wrong_is_put_right_by_the_server() -> None:
    page = pages().page(BoardContent(VIEW, since=NOW), NOW, "en", ahead=timedelta(minutes=-7))
    assert page == OfflinePage("Centre", "15:25", "", "15:25", ("en", "ar"))


def test_the_longest_queues_are_shown_in_the_order_of_the_centre() -> None:
    rows = (waiting("reception", 1), waiting("documents", 9), waiting("biometrics", 2), waiting("collection", 12))
    page = pages().page(BoardContent(VIEW, None, (), rows), NOW, "en")
    assert isinstance(page, BoardPage)
    assert [entry.name for entry in page.waiting] == ["Documents", "Biometrics", "Collection"]


def test_a_range_is_told_of_a_step_where_the_server_says_one() -> None:
    at = datetime(2026, 11, 24, 12, 20, tzinfo=UTC)
    waits = (
        WaitView(20, 35, at),
        WaitView(0, 0, at),
        WaitView(10, 20),
        WaitView(not_before_closing=True),
        None,
    )
    rows = tuple(msgspec.structs.replace(waiting("documents", 9), wait=wait) for wait in waits)
    said = []
    for row in rows:
        page = pages().page(BoardContent(VIEW, None, (), (row,)), NOW, "en")
        assert isinstance(page, BoardPage)
        said += [entry.wait for entry in page.waiting]
    assert said == [StepRange(20, 35), StepRange(0, 1), StepRange(10, 20, is_rough=True), None, None]


def test_a_board_that_is_not_connected_tells_since_when() -> None:
    since = datetime(2026, 11, 24, 9, 42, tzinfo=UTC)
    page = pages().page(BoardContent(VIEW, since=since), NOW, "en")
    assert page == OfflinePage("Centre", "15:32", "", "15:27", ("en", "ar"))


@pytest.mark.parametrize("counter", ["", "3"])
def test_a_screen_that_is_not_connected_says_it_in_three_languages_and_stands_still(counter: str) -> None:
    many = msgspec.structs.replace(VIEW, languages=("my", "fr", "ar", "en", "es"))
    shown = BoardContent(many, since=NOW)
    screen = Pages(ScreenPlace(counter), WORDS, ["ar", "en", "es", "fr"])
    seen = [screen.page(shown, NOW, screen.language(shown, turn)) for turn in range(5)]
    assert {page.languages for page in seen if isinstance(page, OfflinePage)} == {("fr", "ar", "en")}
    assert len(set(seen)) == 1


def test_a_screen_that_never_heard_its_server_says_so_in_the_languages_it_has() -> None:
    page = pages().page(BoardContent(None, since=NOW), NOW, "en")
    assert isinstance(page, OfflinePage)
    assert page.languages == ("ar", "en", "fr")


def test_a_name_without_a_translation_is_said_in_english() -> None:
    assert text_in({"en": "Centre"}, "fr") == "Centre"
    assert text_in({"pt": "Centro"}, "fr") == "Centro"
    assert text_in({}, "fr") == ""


@pytest.mark.parametrize(
    ("plate", "state", "code"),
    [
        ("1", "called", "B042"),
        ("2", "serving", "A1042"),
        ("3", "free", ""),
        ("4", "paused", ""),
        ("5", "closed", ""),
        ("9", "unknown", ""),
    ],
)
def test_over_a_counter_stands_who_is_there_or_that_nobody_is(plate: str, state: str, code: str) -> None:
    page = pages(plate).page(BoardContent(VIEW), NOW, "en")
    assert isinstance(page, CounterPage)
    assert (page.state, page.letter + page.digits, page.counter) == (state, code, plate)


def test_over_a_counter_nothing_old_is_shown_as_if_it_were_now() -> None:
    assert isinstance(pages("1").page(BoardContent(VIEW, since=NOW), NOW, "en"), OfflinePage)


def said(shown: BoardContent, count: int, language: str = "en") -> list[AnnouncementLine | None]:
    """Give the lines of an announcement, one every eight seconds."""
    seen = [pages().page(shown, NOW + timedelta(seconds=8 * turn + 0.5), language) for turn in range(count)]
    return [page.notice for page in seen if isinstance(page, BoardPage)]


def test_an_announcement_is_said_to_its_end_in_a_language_before_the_next_begins() -> None:
    long = "The lift does not work today. Please ask staff at the entrance: they know the way. It is repaired at four."
    shown = BoardContent(VIEW, announcements=(notice(NoticeText.OWN, ar="المصعد لا يعمل اليوم.", en=long),))
    parts = [
        AnnouncementLine("en", "The lift does not work today."),
        AnnouncementLine("en", "Please ask staff at the entrance: they know the way."),
        AnnouncementLine("en", "It is repaired at four."),
        AnnouncementLine("ar", "المصعد لا يعمل اليوم."),
    ]
    assert said(shown, 5) == [*parts, parts[0]]
    # Whatever language the labels have now.
    assert said(shown, 5, "ar") == [*parts, parts[0]]


def test_announcements_follow_each_other_in_all_languages_of_the_centre() -> None:
    shown = BoardContent(
        VIEW, announcements=(notice(NoticeText.DELAY), notice(NoticeText.OWN, fr="Salle 2", ar="غرفة 2"))
    )
    assert said(shown, 4) == [
        AnnouncementLine("en", "Waiting takes longer than usual today."),
        AnnouncementLine("ar", "الانتظار اليوم أطول من المعتاد."),
        AnnouncementLine("ar", "غرفة 2"),
        AnnouncementLine("fr", "Salle 2"),
    ]


def test_an_announcement_takes_nobody_away_of_those_who_wait_where() -> None:
    rows = (waiting("documents", 9), waiting("biometrics", 2), waiting("collection", 12))
    calm = pages().page(BoardContent(VIEW, None, (), rows), NOW, "en")
    told = pages().page(BoardContent(VIEW, None, (), rows, announcements=(notice(NoticeText.DELAY),)), NOW, "en")
    assert isinstance(calm, BoardPage)
    assert isinstance(told, BoardPage)
    assert told.waiting == calm.waiting
    assert len(told.waiting) == 3
    assert told.plan.row_y + told.plan.row_h <= told.plan.note_y


def test_an_emergency_is_said_in_nine_languages_at_once_and_shows_the_way_out() -> None:
    page = emergency(NoticeText.LEAVE_BUILDING)
    assert page.title == AnnouncementLine("en", "Leave the building now")
    assert page.others[0].language == "ar"
    assert sorted(line.language for line in page.others) == ["am", "ar", "bn", "es", "fa", "fr", "sw", "uk"]
    assert len({line.text for line in (page.title, *page.others)}) == 9
    assert (page.exit, page.since, page.typed) == ("left", "", ())


def test_nobody_is_shown_a_way_out_who_should_stay() -> None:
    assert emergency(NoticeText.STAY_INSIDE).exit == ""
    assert emergency(NoticeText.OWN, en="Wait in the yard").exit == ""


def test_a_typed_emergency_is_shown_as_typed_with_what_everybody_can_read() -> None:
    page = emergency(NoticeText.OWN, "fr", en="Use the back door", ar="الباب الخلفي", es="Atrás", uk="Двір")
    assert page.title == AnnouncementLine("en", "Use the back door")
    assert [line.language for line in page.typed] == ["ar", "es"]
    assert len(page.others) == 9


def test_a_typed_emergency_that_is_not_there_yet_sends_people_to_staff() -> None:
    page = emergency(NoticeText.OWN)
    assert page.title == AnnouncementLine("en", "Emergency: do as staff say")
    assert len(page.others) == 8


@pytest.mark.parametrize("counter", ["", "1", "9"])
def test_an_emergency_goes_before_everything(counter: str) -> None:
    alarm = notice(NoticeText.LEAVE_BUILDING, NoticeKind.EMERGENCY)
    cut = pages(counter).page(BoardContent(VIEW, since=NOW, emergency=alarm), NOW, "en")
    assert isinstance(cut, EmergencyPage)
    assert cut.since == "15:32"


def test_labels_take_turns_but_not_in_an_emergency() -> None:
    calm, alarm = (
        BoardContent(VIEW),
        BoardContent(VIEW, emergency=notice(NoticeText.LEAVE_BUILDING, NoticeKind.EMERGENCY)),
    )
    assert [pages().language(calm, turn) for turn in range(3)] == ["en", "ar", "en"]
    cut = BoardContent(VIEW, since=NOW)
    assert {pages().language(still, turn) for still in (alarm, cut) for turn in range(3)} == {"en"}
    unknown = BoardContent(msgspec.structs.replace(VIEW, languages=("my",)))
    assert [pages().language(unknown, turn) for turn in range(3)] == ["ar", "en", "fr"]


@given(
    st.sampled_from([NoticeText(text) for text in emergency_words()]),
    st.dictionaries(st.sampled_from(["en", "ar", "my", "bn"]), st.text(min_size=1)),
)
def test_whatever_an_emergency_says_somebody_can_read_it(text: NoticeText, own: dict[str, str]) -> None:
    page = emergency(text, "en", **own)
    assert page.title.text
    assert len(page.others) >= 8
