from datetime import UTC, datetime

from queue_server.contract.messages import BoardCallView, BoardView, BoardWaiting
from queue_server.values import CentreId, StepId, TicketCode
from signage.board import Shown
from signage.page import BoardPage, Call, OfflinePage, Waiting, page, text_in

NOW = datetime(2026, 11, 24, 9, 47, tzinfo=UTC)
CALL = BoardCallView(7, TicketCode("B042"), "3", "right", NOW, 1, "ar", active=True)
VIEW = BoardView(CentreId("demo"), {"en": "Centre", "ar": "مركز"}, ("en", "ar"), "Asia/Kathmandu", (CALL,), ())


def waiting(step: str, visits: int) -> BoardWaiting:
    return BoardWaiting(StepId(step), {"en": step.title()}, visits)


def test_a_board_speaks_in_the_time_and_language_of_its_centre() -> None:
    shown = Shown(VIEW, CALL, (), (waiting("documents", 4),))
    assert page(shown, NOW, "ar") == BoardPage(
        "مركز", "15:32", Call("B", "042", "3", "right", active=True, repeats=1), (), (Waiting("Documents", 4),)
    )


def test_the_longest_queues_are_shown_in_the_order_of_the_centre() -> None:
    rows = (waiting("reception", 1), waiting("documents", 9), waiting("biometrics", 2), waiting("collection", 12))
    shown = page(Shown(VIEW, None, (), rows), NOW, "en")
    assert isinstance(shown, BoardPage)
    assert [entry.name for entry in shown.waiting] == ["Documents", "Biometrics", "Collection"]


def test_a_board_that_is_not_connected_tells_since_when() -> None:
    since = datetime(2026, 11, 24, 9, 42, tzinfo=UTC)
    assert page(Shown(VIEW, since=since), NOW, "en") == OfflinePage("Centre", "15:32", "15:27")


def test_a_name_without_a_translation_is_said_in_english() -> None:
    assert text_in({"en": "Centre"}, "fr") == "Centre"
    assert text_in({"pt": "Centro"}, "fr") == "Centro"
    assert text_in({}, "fr") == ""
