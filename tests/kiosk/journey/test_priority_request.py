"""Who needs to go first asks for it, and is not asked why."""

from kiosk.journey.events import CallStaff, Issued, MakeTicket, OfferChanged, Wipe, WithdrawCall
from kiosk.journey.offer import CentreOffer
from kiosk.journey.steps.confirm import ConfirmPage
from kiosk.journey.steps.help import HelpPage
from kiosk.journey.steps.kind import KindPage
from kiosk.journey.steps.priority_request import PriorityPage
from kiosk.journey.steps.ticket import TicketPage
from queue_server.domain.values import HelpKind, HelpSubject
from tests.kiosk.journey.walk import Walk


def test_a_wish_goes_with_the_ticket_and_is_forgotten_after_it(walk: Walk) -> None:
    walk.to_confirm()
    asked = walk("ask")
    assert isinstance(asked, PriorityPage)
    assert asked.step == 4
    confirm = walk("ask-first")
    assert isinstance(confirm, ConfirmPage)
    assert confirm.asks
    walk("confirm")
    (issue,) = walk.effects
    assert isinstance(issue, MakeTicket)
    assert issue.asks_priority
    ticket = walk(Issued(1, "visit-1", "B042"))
    assert isinstance(ticket, TicketPage)
    assert ticket.asks
    walk("done")
    assert walk.effects[-1] == Wipe()
    again = walk.to_confirm()
    assert isinstance(again, ConfirmPage)
    assert not again.asks


def test_a_wish_can_be_taken_back(walk: Walk) -> None:
    walk.to_confirm()
    walk("ask", "ask-first", "ask")
    confirm = walk("no-ask")
    assert isinstance(confirm, ConfirmPage)
    assert not confirm.asks
    walk("ask")
    assert isinstance(walk("back"), ConfirmPage)
    walk("confirm")
    (issue,) = walk.effects
    assert isinstance(issue, MakeTicket)
    assert not issue.asks_priority


def test_a_private_room_is_one_touch_away(walk: Walk) -> None:
    walk.to_confirm()
    shown = walk("ask", "private")
    assert isinstance(shown, HelpPage)
    assert shown.private
    assert walk.effects == [CallStaff(1, 1, HelpKind.PRIVATE, "en", HelpSubject.CONFIRM)]
    assert isinstance(walk("no-help"), PriorityPage)
    assert walk.effects[1:] == [WithdrawCall(1)]


def test_nothing_is_asked_where_there_is_nothing_to_confirm(walk: Walk, smaller: CentreOffer) -> None:
    before = walk.journey
    walk("ask", "ask-first")
    assert walk.journey.context == before.context
    walk.to_confirm()
    walk("ask")
    assert isinstance(walk(OfferChanged(smaller)), KindPage), "the question goes with what it was asked about"
    walk.to_ticket()
    assert walk("ask") == walk.page
