"""A ticket that is shown again."""

import pytest

from kiosk.journey import idle
from kiosk.journey.availability import Availability
from kiosk.journey.events import (
    AvailabilityChanged,
    LookUp,
    Scanned,
    StatusAway,
    StatusFound,
    StatusUnknown,
    Wipe,
)
from kiosk.journey.steps.closed import ClosedPage
from kiosk.journey.steps.confirm import ConfirmPage
from kiosk.journey.steps.help import HelpPage
from kiosk.journey.steps.identify import IdentifyPage
from kiosk.journey.steps.language import LanguagePage
from kiosk.journey.steps.ticket_status import StatusPage
from kiosk.journey.surroundings import Surroundings
from kiosk.journey.ticket_lookup import Lookup
from queue_server.domain.values import VisitState
from tests.kiosk.journey.conftest import ticket_text
from tests.kiosk.journey.walk import TIMING, Walk

VISIT = "01920000-0000-7000-8000-000000000001"
OTHER = "01920000-0000-7000-8000-000000000002"
TICKET = Scanned(ticket_text(VISIT))
TOKEN = ticket_text(VISIT).rpartition("/")[2]


def waiting(walk: Walk, look: int = 1, **fields: object) -> StatusFound:
    kept = {"code": "B042", "state": VisitState.WAITING, "ahead": 6, "service": "renewal", "step": "documents"} | fields
    return StatusFound(walk.number, look, **kept)  # type: ignore[arg-type]


def test_a_ticket_shows_its_place_in_its_own_language_and_leaves_by_itself(walk: Walk) -> None:
    looking = walk(TICKET)
    assert isinstance(looking, StatusPage)
    assert looking.found == "looking"
    assert walk.effects == [LookUp(1, 1, TOKEN)]
    shown = walk(waiting(walk, language="ar"))
    assert shown == StatusPage(
        centre="مركز الدعم القنصلي", found="waiting", code="B042", ahead=6, stop="فحص الأوراق", place="Area B"
    )
    assert isinstance(walk.wait(TIMING.place - 1), StatusPage)
    assert isinstance(walk.wait(1), LanguagePage)
    assert walk.effects[-1] == Wipe()
    assert walk.journey.pristine


def test_a_language_that_was_chosen_stays(walk: Walk) -> None:
    walk(("language", "fr"), TICKET, waiting(walk, language="ar"))
    assert walk.journey.context.language == "fr"
    assert isinstance(walk("back"), IdentifyPage), "Back leads to where the ticket was shown"
    assert walk.journey.context.of(Lookup).status is None
    assert isinstance(walk(TICKET), StatusPage)
    assert isinstance(walk("done"), LanguagePage)


@pytest.mark.parametrize(
    ("state", "found"),
    [
        (VisitState.CALLED, "called"),
        (VisitState.SERVING, "serving"),
        (VisitState.PARKED, "parked"),
        (VisitState.MISSED, "missed"),
        (VisitState.DONE, "over"),
        (VisitState.CANCELLED, "over"),
        (VisitState.NOT_SERVED, "over"),
    ],
)
def test_every_state_has_its_word(walk: Walk, state: VisitState, found: str) -> None:
    shown = walk(TICKET, waiting(walk, state=state, counter="7", ahead=-1))
    assert isinstance(shown, StatusPage)
    assert (shown.found, shown.counter) == (found, "7")
    assert isinstance(walk("help"), HelpPage)
    assert isinstance(walk("no-help"), StatusPage)


def test_a_foreign_code_is_asked_of_nobody(walk: Walk) -> None:
    shown = walk(Scanned("https://elsewhere.example/menu"))
    assert isinstance(shown, StatusPage)
    assert shown.found == "unknown"
    assert walk.effects == []
    assert isinstance(walk(TICKET), StatusPage), "the right ticket may follow at once"
    assert walk.effects == [LookUp(1, 1, TOKEN)]
    unknown = walk(StatusUnknown(1, 1))
    assert isinstance(unknown, StatusPage)
    assert unknown.found == "unknown"


def test_a_server_that_is_away_is_said_and_a_later_try_works(walk: Walk) -> None:
    away = walk(TICKET, StatusAway(1, 1))
    assert isinstance(away, StatusPage)
    assert (away.found, away.code) == ("away", "")
    again = walk(TICKET, waiting(walk, look=2))
    assert isinstance(again, StatusPage)
    assert again.found == "waiting"


def test_a_ticket_that_stays_under_the_scanner_is_shown_without_a_flicker(walk: Walk) -> None:
    walk(TICKET, TICKET, TICKET)
    assert len(walk.effects) == 1, "one question at a time"
    walk(waiting(walk))
    still = walk(TICKET)
    assert isinstance(still, StatusPage)
    assert (still.found, still.ahead) == ("waiting", 6)
    moved = walk(waiting(walk, look=1, ahead=9), waiting(walk, look=2, ahead=5))
    assert isinstance(moved, StatusPage)
    assert moved.ahead == 5, "an older answer is left aside"
    other = walk(Scanned(ticket_text(OTHER)))
    assert isinstance(other, StatusPage)
    assert (other.found, other.code) == ("looking", ""), "nothing of the ticket before is shown with another"


def test_a_ticket_is_shown_from_the_page_of_the_display_too(walk: Walk) -> None:
    walk("show-display", "toggle-large")
    assert isinstance(walk(TICKET), StatusPage)
    walk("show-language")
    shown = walk(Scanned(ticket_text(OTHER)), waiting(walk, code="B043"))
    assert isinstance(shown, StatusPage)
    assert walk.journey.context.large, "what helps to read stays"
    walk("help")
    assert isinstance(walk(TICKET), HelpPage), "who waits for staff is not disturbed"


def test_a_journey_that_has_begun_is_not_disturbed(walk: Walk) -> None:
    walk.to_confirm()
    before = walk.journey
    assert isinstance(walk(TICKET), ConfirmPage)
    assert walk.journey == before
    assert walk.effects == []
    walk.to_ticket()
    before = walk.journey
    walk(TICKET)
    assert walk.journey == before


def test_an_answer_for_who_has_gone_is_not_shown(walk: Walk) -> None:
    walk(TICKET)
    late = waiting(walk)
    walk("done")
    assert isinstance(walk(late), LanguagePage)
    walk(TICKET, "back")
    assert isinstance(walk(waiting(walk, look=1)), LanguagePage)


def test_a_place_is_shown_while_no_tickets_are_given(around: Surroundings) -> None:
    walk = Walk(around)
    assert isinstance(walk(AvailabilityChanged(Availability(closed="last-ticket"))), ClosedPage)
    shown = walk(TICKET, waiting(walk, state=VisitState.CALLED, counter="7"))
    assert isinstance(shown, StatusPage)
    assert shown.found == "called"
    assert isinstance(walk.wait(TIMING.place), ClosedPage)
    assert idle.due(walk.journey) is None
