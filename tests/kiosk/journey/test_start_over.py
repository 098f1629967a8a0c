"""Start over: whoever has entered something is asked once; who has not, or has all they came for, is not."""

import pytest
from msgspec.structs import replace

from kiosk.journey.events import DocumentRead, HelpAnswered, Issued, Printed, Wipe
from kiosk.journey.offer import CentreOffer
from kiosk.journey.page import JourneyPage
from kiosk.journey.steps.confirm import ConfirmPage
from kiosk.journey.steps.kind import KindPage
from kiosk.journey.steps.language import LanguagePage
from kiosk.journey.steps.more import MorePage
from kiosk.journey.steps.start_over import RestartPage
from kiosk.journey.steps.ticket import TicketPage
from kiosk.journey.surroundings import Surroundings
from tests.kiosk.journey.walk import TIMING, Walk


def is_over(walk: Walk) -> bool:
    return isinstance(walk.page, LanguagePage) and any(isinstance(one, Wipe) for one in walk.effects)


def test_one_touch_does_not_delete_a_family(around: Surroundings, offer: CentreOffer) -> None:
    walk = Walk(replace(around, offer=replace(offer, party=6)))
    walk.to_confirm()
    walk("party", ("plus", "anyone"), ("plus", "anyone"), ("plus", "anyone"), "people")
    asked = walk("restart")
    assert isinstance(asked, RestartPage)
    assert (asked.code, asked.can_restart, asked.can_back) == ("", False, True)
    kept = walk("keep")
    assert isinstance(kept, MorePage)
    assert kept.people == 4, "nothing is lost by being asked"
    assert isinstance(walk("restart", "restart"), RestartPage), "a second touch of the same control is no answer"
    walk("start-over")
    assert is_over(walk)
    assert walk.journey.context.people == ()


def test_back_takes_the_question_away(walk: Walk) -> None:
    walk.to_confirm()
    assert isinstance(walk("restart", "back"), ConfirmPage)


@pytest.mark.parametrize("entered", [(), ("no-document",), ("show-display", "toggle-large", "done"), ("help",)])
def test_whoever_has_entered_nothing_but_a_language_is_not_asked(walk: Walk, entered: tuple[str, ...]) -> None:
    walk(("language", "ar"), *entered, "restart")
    assert is_over(walk)


def test_a_document_on_the_reader_is_asked_about(walk: Walk) -> None:
    walk(("language", "en"), DocumentRead("UTO"))
    assert isinstance(walk.page, KindPage)
    assert isinstance(walk("restart"), RestartPage)


def test_with_the_paper_in_hand_nothing_is_lost(walk: Walk) -> None:
    walk.to_ticket()
    walk(Printed(walk.number, "taken"), "restart")
    assert is_over(walk)


def test_a_number_on_no_paper_is_shown_once_more(walk: Walk) -> None:
    walk.to_ticket()
    walk(Printed(walk.number, "none"))
    asked = walk("restart")
    assert isinstance(asked, RestartPage)
    assert asked.code == "B042"
    assert isinstance(walk("keep"), TicketPage)


def test_the_question_runs_out_like_any_page(walk: Walk) -> None:
    walk.to_confirm()
    walk("restart")
    walk.wait(TIMING.idle + TIMING.countdown + 1)
    assert is_over(walk)


def test_answers_that_come_meanwhile_are_taken(walk: Walk) -> None:
    walk.to_confirm()
    walk("help", "restart")
    assert isinstance(walk.page, RestartPage)
    walk(HelpAnswered(walk.number, 1, "coming"))
    assert isinstance(walk.page, RestartPage)
    assert walk.journey.context.help is not None
    assert walk.journey.context.help.sent == "coming"


def test_while_a_ticket_is_made_nothing_is_asked(walk: Walk) -> None:
    walk.to_confirm()
    shown: JourneyPage = walk("confirm", "restart")
    assert isinstance(shown, ConfirmPage)
    assert isinstance(walk(Issued(walk.number, "visit-1", "B042")), TicketPage)
