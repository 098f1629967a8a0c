"""The number of a ticket, typed by somebody who has no paper."""

from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.journey import idle
from kiosk.journey.availability import Availability
from kiosk.journey.events import AvailabilityChanged, LookUpCode, Scanned, StatusAway, StatusFound, StatusUnknown, Wipe
from kiosk.journey.idle import IdlePage
from kiosk.journey.steps import ticket_code
from kiosk.journey.steps.closed import ClosedPage
from kiosk.journey.steps.help import HelpPage
from kiosk.journey.steps.identify import IdentifyPage
from kiosk.journey.steps.language import LanguagePage
from kiosk.journey.steps.ticket_code import CodePage
from kiosk.journey.steps.ticket_status import StatusPage
from kiosk.journey.surroundings import Surroundings
from kiosk.journey.ticket_lookup import Lookup
from queue_server.domain import ticket_codes
from queue_server.domain.values import CODE_LETTERS, VisitState
from tests.kiosk.journey.conftest import ticket_text
from tests.kiosk.journey.walk import TIMING, Walk

VISIT = "01920000-0000-7000-8000-000000000001"


def typed(walk: Walk, number: str) -> CodePage:
    walk(("language", "en"), "code", ("letter", number[0]), *(("digit", key) for key in number[1:]))
    assert isinstance(walk.page, CodePage)
    return walk.page


def test_a_letter_and_digits_are_typed_after_the_language(walk: Walk) -> None:
    assert isinstance(walk("code"), LanguagePage), "nobody has chosen a language that they can read"
    empty = walk(("language", "en"), "code")
    assert empty == CodePage(centre=empty.centre, letters=tuple(CODE_LETTERS))
    assert walk(("digit", "4")) == empty, "the letter comes first"
    lettered = walk(("letter", "B"))
    assert isinstance(lettered, CodePage)
    assert (lettered.entered, lettered.letters, lettered.ready) == ("B", (), False)
    assert isinstance(walk("submit"), CodePage), "it is not whole"
    assert walk.effects == []
    full = walk(("letter", "C"), ("digit", "0"), ("digit", "4"), ("digit", "2"))
    assert isinstance(full, CodePage)
    assert (full.entered, full.ready) == ("B042", True)
    walk("erase", "erase", "erase")
    assert walk("erase") == empty
    assert isinstance(walk("back"), IdentifyPage)
    assert walk.journey.context.of(Lookup).typed == ""


def test_what_boards_show_is_shown_and_left_by_itself(walk: Walk) -> None:
    typed(walk, "B042")
    looking = walk("submit")
    assert isinstance(looking, StatusPage)
    assert (looking.found, looking.typed, looking.code) == ("looking", True, "B042")
    assert walk.effects == [LookUpCode(1, 1, "B042")]
    called = walk(StatusFound(1, 1, "B042", VisitState.CALLED, counter="7"))
    assert called == StatusPage(centre=called.centre, found="called", typed=True, code="B042", counter="7")
    assert isinstance(walk.wait(TIMING.place), LanguagePage)
    assert walk.effects[-1] == Wipe()
    assert walk.journey.pristine


@pytest.mark.parametrize(
    ("answer", "found", "shown"),
    [
        (StatusUnknown(1, 1), "not-shown", "B042"),
        (StatusAway(1, 1), "away", ""),
        (StatusAway(1, 1, limited=True), "limited", ""),
        (StatusFound(1, 1, "B042", VisitState.WAITING), "waiting", "B042"),
        (StatusFound(1, 1, "B042", VisitState.SERVING, counter="2"), "serving", "B042"),
    ],
)
def test_every_answer_has_its_page(
    walk: Walk, answer: StatusFound | StatusUnknown | StatusAway, found: str, shown: str
) -> None:
    typed(walk, "B042")
    page = walk("submit", answer)
    assert isinstance(page, StatusPage)
    assert (page.found, page.typed, page.code) == (found, True, shown)
    assert (page.ahead, page.stop, page.place) == (-1, "", ""), "neither a place in the queue nor a step"
    again = walk("back")
    assert isinstance(again, CodePage)
    assert again.entered == "B042", "one wrong digit is no reason to type all"
    assert isinstance(walk("erase", ("digit", "3"), "submit"), StatusPage)
    assert walk.effects[-1] == LookUpCode(1, 2, "B043")
    late = walk(StatusFound(1, 1, "B042", VisitState.CALLED, counter="7"))
    assert isinstance(late, StatusPage)
    assert late.found == "looking", "the answer about the number before is left aside"


def test_the_paper_is_found_after_all(walk: Walk) -> None:
    typed(walk, "B04")
    shown = walk(Scanned(ticket_text(VISIT)))
    assert isinstance(shown, StatusPage)
    assert (shown.typed, shown.code) == (False, "")


def test_who_goes_away_leaves_no_number(walk: Walk) -> None:
    typed(walk, "B04")
    assert isinstance(walk.wait(TIMING.idle), IdlePage)
    walk.wait(TIMING.countdown)
    assert walk.journey.pristine
    typed(walk, "B042")
    walk("submit")
    number = walk.number
    walk("restart")
    assert isinstance(walk(StatusFound(number, 1, "B042", VisitState.CALLED, counter="7")), LanguagePage)


def test_staff_are_one_touch_away(walk: Walk) -> None:
    typed(walk, "B042")
    walk("submit", StatusUnknown(1, 1))
    assert isinstance(walk("help"), HelpPage)
    assert isinstance(walk("no-help"), StatusPage)
    assert isinstance(walk("done"), LanguagePage)


@pytest.mark.parametrize("why", ["closed", "last-ticket", "full"])
def test_a_number_is_typed_while_no_tickets_are_given(
    around: Surroundings, why: Literal["closed", "last-ticket", "full"]
) -> None:
    walk = Walk(around)
    walk(AvailabilityChanged(Availability(closed=why)))
    assert isinstance(walk("code"), CodePage)
    walk(("letter", "A"), *(("digit", key) for key in "001"))
    assert isinstance(walk("submit", StatusFound(1, 1, "A001", VisitState.WAITING)), StatusPage)
    assert isinstance(walk("done"), ClosedPage)
    assert idle.due(walk.journey) is None


KEYS = st.sampled_from([*CODE_LETTERS, *"0123456789IOQZ٤", "", "AB", "erase", "submit", "back", "code"])


@given(st.lists(st.tuples(st.sampled_from(["letter", "digit"]), KEYS) | st.sampled_from(["erase", "code"])))
def test_whatever_is_touched_is_the_beginning_of_a_code(
    around: Surroundings, keys: list[tuple[str, str] | str]
) -> None:
    walk = Walk(around)
    walk(("language", "en"), "code")
    for key in keys:
        shown = walk(key)
        assert isinstance(shown, CodePage)
        assert len(shown.entered) <= ticket_code.MAX_LENGTH
        assert bool(shown.letters) == (shown.entered == "")
        assert shown.ready == (ticket_codes.parse(shown.entered) is not None)
