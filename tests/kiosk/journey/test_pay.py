"""Paying at the kiosk, as one person walks through it."""

import pytest
from msgspec.structs import replace

from kiosk.journey.availability import Availability
from kiosk.journey.checkout import Checkout
from kiosk.journey.events import (
    AnswerPaper,
    AvailabilityChanged,
    CallStaff,
    CancelCheckout,
    CheckoutChanged,
    HealthChanged,
    HelpAnswered,
    Issued,
    MakeTicket,
    OfferChanged,
    PaperChanged,
    Settling,
    StartCheckout,
    TerminalChanged,
    Wipe,
    WithdrawCall,
)
from kiosk.journey.idle import IdlePage
from kiosk.journey.notice import EmergencyNoticePage
from kiosk.journey.offer import CentreOffer
from kiosk.journey.page import JourneyPage, JourneyStop
from kiosk.journey.steps.confirm import ConfirmPage
from kiosk.journey.steps.fee import FeePage
from kiosk.journey.steps.help import HelpPage
from kiosk.journey.steps.language import LanguagePage
from kiosk.journey.steps.pay import PayPage
from kiosk.journey.steps.recovering import RecoveringPage
from kiosk.journey.steps.ticket import TicketPage
from kiosk.journey.surroundings import DevicePart, Health, Surroundings
from queue_server.contract.catalogue import StepView
from queue_server.domain.tariff import Tariff
from queue_server.domain.values import StepId
from tests.kiosk.journey.conftest import FEE, LEAVE
from tests.kiosk.journey.walk import TIMING, Walk


@pytest.fixture
def walk(around: Surroundings) -> Walk:
    return Walk(replace(around, terminal=True))


def changed(phase: str, **fields: object) -> CheckoutChanged:
    return CheckoutChanged(1, Checkout(phase, **fields))  # type: ignore[arg-type]  # as the till says them


def to_fee(walk: Walk) -> FeePage:
    confirm = walk.to_confirm()
    assert isinstance(confirm, ConfirmPage)
    assert confirm.fee
    shown = walk("confirm")
    assert isinstance(shown, FeePage)
    return shown


def paying(walk: Walk) -> JourneyPage:
    to_fee(walk)
    return walk("pay", changed("paying", progress="present-card", may_cancel=True))


def test_the_fee_is_seen_before_anything_is_made(walk: Walk) -> None:
    shown = to_fee(walk)
    assert not shown.by_hand
    assert (shown.fee, shown.service, shown.government, shown.step) == (FEE, "Service renewal", "Utopia", 4)
    assert walk.effects == []
    assert isinstance(walk("back"), ConfirmPage)


def test_paid_is_a_ticket(walk: Walk) -> None:
    walk.to_confirm()
    walk("ask", "ask-first", "confirm", "pay")
    (asked,) = walk.effects
    assert isinstance(asked, StartCheckout)
    assert (asked.number, asked.services, asked.fee, asked.asks_priority) == (1, ("renewal",), FEE, True)
    assert [stop.label for stop in asked.stops] == ["Check your papers", "Collect your receipt"]
    shown = walk(changed("paying", progress="enter-pin", may_cancel=True))
    assert isinstance(shown, PayPage)
    assert (shown.payment.progress, shown.can_back, shown.can_restart) == ("enter-pin", False, False)
    ticket = walk(changed("printing"), changed("paid", visit="visit-1", code="B042", paper="taken"))
    assert isinstance(ticket, TicketPage)
    assert (ticket.code, ticket.paper, ticket.paid) == ("B042", "taken", True)
    assert isinstance(walk.wait(TIMING.ticket), LanguagePage)
    assert walk.effects[-1] == Wipe()


def at_a_cash_desk(around: Surroundings, *before: StepView) -> Walk:
    """Begin at a kiosk whose service ends where it is paid."""
    desk = StepView(StepId("payment"), {"en": "Cash desk"}, takes_fees=True)
    services = tuple(replace(one, steps=(*before, desk)) for one in around.offer.services)
    return Walk(replace(around, terminal=True, offer=replace(around.offer, services=services)))


def labels(stops: tuple[JourneyStop, ...]) -> list[str]:
    return [stop.label for stop in stops]


def test_whoever_has_paid_is_not_sent_to_the_cash_desk(around: Surroundings) -> None:
    walk = at_a_cash_desk(around, StepView(StepId("documents"), {"en": "Check your papers"}))
    confirm = walk.to_confirm()
    assert isinstance(confirm, ConfirmPage)
    assert labels(confirm.stops) == ["Check your papers", "Cash desk"]
    walk("confirm", "pay")
    (asked,) = walk.effects
    assert isinstance(asked, StartCheckout)
    assert labels(asked.stops) == ["Check your papers"], "what is printed"
    ticket = walk(changed("paid", visit="visit-1", code="B042", paper="taken"))
    assert isinstance(ticket, TicketPage)
    assert labels(ticket.stops) == ["Check your papers"]


def test_whoever_pays_later_is(around: Surroundings) -> None:
    walk = at_a_cash_desk(around, StepView(StepId("documents"), {"en": "Check your papers"}))
    to_fee(walk)
    walk("pay", changed("not-paid", reason="declined"), "pay-later")
    issue = walk.effects[-1]
    assert isinstance(issue, MakeTicket)
    ticket = walk(Issued(1, "visit-1", "B042"))
    assert isinstance(ticket, TicketPage)
    assert labels(issue.stops) == labels(ticket.stops) == ["Check your papers", "Cash desk"]


def test_where_nothing_is_certain_the_cash_desk_stays(around: Surroundings) -> None:
    walk = at_a_cash_desk(around, StepView(StepId("documents"), {"en": "Check your papers"}))
    to_fee(walk)
    ticket = walk("pay", changed("staff", visit="visit-1", code="B042", paper="cut"), "pay-later")
    assert isinstance(ticket, TicketPage)
    assert labels(ticket.stops) == ["Check your papers", "Cash desk"]


def test_where_there_is_nothing_but_the_cash_desk_it_stays(around: Surroundings) -> None:
    walk = at_a_cash_desk(around)
    to_fee(walk)
    ticket = walk("pay", changed("paid", visit="visit-1", code="B042", paper="taken"))
    assert isinstance(ticket, TicketPage)
    assert labels(ticket.stops) == ["Cash desk"]


def test_at_the_counter_is_a_ticket_too(walk: Walk) -> None:
    to_fee(walk)
    walk("pay-later", "pay", "pay-later")
    (issue,) = walk.effects
    assert isinstance(issue, MakeTicket)
    ticket = walk(Issued(1, "visit-1", "B042"))
    assert isinstance(ticket, TicketPage)
    assert not ticket.paid


@pytest.mark.parametrize("phase", ["not-paid", "given-back", "going-back"])
def test_whoever_was_not_charged_tries_again_or_takes_the_ticket(walk: Walk, phase: str) -> None:
    paying(walk)
    shown = walk(changed(phase, reason="declined"))
    assert isinstance(shown, PayPage)
    assert (shown.again, shown.working) == (True, False)
    walk("pay")
    assert [type(one) for one in walk.effects] == [StartCheckout, StartCheckout]
    assert walk.effects[0] == walk.effects[1], "the same order"
    walk(changed(phase), "pay-later", "pay", Issued(1, "visit-2", "B043"))
    assert [type(one) for one in walk.effects] == [StartCheckout, StartCheckout, MakeTicket]
    assert isinstance(walk.page, TicketPage)


def test_a_stop_is_asked_for_once(walk: Walk) -> None:
    paying(walk)
    shown = walk("cancel-payment", "cancel-payment", "pay", "pay-later")
    assert isinstance(shown, PayPage)
    assert shown.cancelled
    assert walk.effects[1:] == [CancelCheckout()]
    walk(changed("paying", may_cancel=False), "cancel-payment")
    assert walk.effects[1:] == [CancelCheckout()]
    walk(changed("not-paid", reason="cancelled"), "pay")
    assert not walk.journey.context.cancelled


@pytest.mark.parametrize("answer", ["again", "have-it", "give-up"])
def test_a_ticket_that_came_on_no_paper_is_asked_about(walk: Walk, answer: str) -> None:
    paying(walk)
    walk(("paper", answer), changed("offer"), ("paper", "nonsense"), ("paper", answer))
    assert walk.effects[1:] == [AnswerPaper(answer)]  # type: ignore[arg-type]


def test_staff_are_called_once_where_only_they_can_settle_it(walk: Walk) -> None:
    paying(walk)
    walk(changed("staff", claim="1A2B"))
    shown = walk(changed("staff", claim="1A2B", claim_paper=True))
    assert isinstance(shown, PayPage)
    assert shown.payment.claim_paper
    assert [type(one) for one in walk.effects] == [StartCheckout, CallStaff]
    assert isinstance(walk("pay"), PayPage)
    walk("pay-later")
    assert isinstance(walk.effects[-1], MakeTicket)


def test_whoever_needs_no_help_does_not_call_off_who_has_to_settle_it(walk: Walk) -> None:
    paying(walk)
    walk(changed("staff", claim="1A2B"), "help")
    assert isinstance(walk("no-help"), PayPage)
    assert not any(isinstance(one, WithdrawCall) for one in walk.effects)
    assert walk.journey.context.help is not None


def test_a_ticket_that_may_be_on_paper_is_not_made_twice(walk: Walk) -> None:
    paying(walk)
    ticket = walk(changed("staff", claim="1A2B", code="B042", paper="cut"), "pay-later")
    assert isinstance(ticket, TicketPage)
    assert (ticket.code, ticket.paper, ticket.paid) == ("B042", "cut", False)
    assert not any(isinstance(one, MakeTicket) for one in walk.effects)


def test_nothing_runs_out_while_it_works_and_everything_after(walk: Walk) -> None:
    paying(walk)
    assert isinstance(walk.wait(3600), PayPage)
    assert isinstance(walk("help"), HelpPage)
    assert isinstance(walk.wait(3600), HelpPage)
    walk("no-help", changed("not-paid"))
    assert isinstance(walk.wait(TIMING.idle), IdlePage)
    assert isinstance(walk.wait(TIMING.countdown), LanguagePage)


def test_what_comes_for_who_has_left_is_nobodys(walk: Walk) -> None:
    paying(walk)
    walk(changed("not-paid"), "restart", "start-over")
    fresh = walk.page
    assert walk(changed("paid", code="B042", paper="taken")) == fresh


@pytest.mark.parametrize("missing", ["terminal", "paper", "server"])
def test_where_something_is_missing_the_ticket_comes_at_once(walk: Walk, missing: str) -> None:
    match missing:
        case "terminal":
            walk(TerminalChanged(False))
        case "paper":
            walk(PaperChanged(False))
        case "server":
            walk.journey = replace(walk.journey, around=replace(walk.journey.around, health=Health()))
    confirm = walk.to_confirm()
    assert isinstance(confirm, ConfirmPage)
    assert not confirm.fee
    walk("confirm")
    assert isinstance(walk.effects[-1], MakeTicket)


def test_away_from_the_server_the_centre_decides(walk: Walk, offer: CentreOffer) -> None:
    around = replace(walk.journey.around, health=Health(), offer=replace(offer, pay_offline=True))
    walk.journey = replace(walk.journey, around=around)
    assert to_fee(walk).can_pay


def test_whoever_sees_the_fee_keeps_the_page(walk: Walk, offer: CentreOffer) -> None:
    to_fee(walk)
    shown = walk(TerminalChanged(False), "pay")
    assert isinstance(shown, FeePage)
    assert not shown.can_pay
    assert walk.effects == []
    assert isinstance(walk(OfferChanged(replace(offer, tariff=Tariff()))), ConfirmPage)


def test_in_an_emergency_the_terminal_is_asked_for_an_end(walk: Walk) -> None:
    paying(walk)
    walk(changed("paying", progress="present-card", may_cancel=True))
    assert isinstance(walk(AvailabilityChanged(Availability(notices=(LEAVE,)))), EmergencyNoticePage)
    shown = walk(changed("not-paid", reason="cancelled"), AvailabilityChanged(Availability()))
    assert walk.effects.count(CancelCheckout()) == 1
    assert Wipe() not in walk.effects
    assert isinstance(shown, PayPage)
    assert shown.payment.phase == "not-paid"


def test_in_an_emergency_what_was_approved_stands(walk: Walk) -> None:
    paying(walk)
    walk(changed("paying", progress="approved"))
    assert isinstance(walk(AvailabilityChanged(Availability(notices=(LEAVE,)))), EmergencyNoticePage)
    assert not any(isinstance(one, Wipe | CancelCheckout) for one in walk.effects)
    walk(changed("paid", visit="visit-1", code="B042", paper="taken"))
    shown = walk.page
    assert isinstance(shown, EmergencyNoticePage)
    assert shown.code == "B042"


def test_nobody_is_served_before_what_was_cut_off_is_settled(around: Surroundings) -> None:
    walk = Walk(replace(around, settling=True))
    assert isinstance(walk.page, RecoveringPage)
    assert isinstance(walk(("language", "en")), RecoveringPage)
    assert isinstance(walk("help", "no-help"), RecoveringPage)
    assert isinstance(walk(Settling(False)), LanguagePage)
    walk.to_confirm()
    assert isinstance(walk(Settling(True)), ConfirmPage), "who has begun may finish"
    assert isinstance(walk.start_over(), RecoveringPage)


def by_hand(walk: Walk, *, connected: bool = True) -> Walk:
    walk(
        HealthChanged(
            Health((DevicePart("terminal", "online", address="a-desk:", attended=True),), connected=connected)
        )
    )
    return walk


def test_at_a_cash_desk_the_pages_speak_of_it(walk: Walk) -> None:
    shown = to_fee(by_hand(walk))
    assert (shown.by_hand, shown.can_pay) == (True, True)
    waits = walk("pay", changed("paying", progress="wait", may_cancel=True))
    assert isinstance(waits, PayPage)
    assert waits.by_hand
    ended = walk(changed("not-paid", reason="cancelled"))
    assert isinstance(ended, PayPage)
    assert (ended.by_hand, ended.again) == (True, True)


def test_nobody_is_sent_to_a_cash_desk_that_cannot_see_the_kiosk(around: Surroundings) -> None:
    """With a card terminal the centre may take payment while the server is away; staff would know of nothing."""
    offline = replace(around, terminal=True, offer=replace(around.offer, pay_offline=True))
    walk = by_hand(Walk(offline), connected=False)
    shown = walk.to_confirm()
    assert isinstance(shown, ConfirmPage)
    assert not shown.fee


@pytest.mark.parametrize("card", ["read", "accepted"])
def test_once_the_card_was_read_nobody_stops_by_mistake(walk: Walk, card: str) -> None:
    paying(walk)
    shown = walk(changed("paying", progress="authorising", may_cancel=True, card=card), "cancel-payment")
    assert isinstance(shown, PayPage)
    assert (shown.cancelled, shown.can_back, shown.can_restart) == (False, False, False)
    assert [type(one) for one in walk.effects] == [StartCheckout]
    walk("restart", "back")
    assert isinstance(walk.page, PayPage)
    walk(changed("paying", progress="present-card", may_cancel=True), "cancel-payment")
    assert walk.effects[1:] == [CancelCheckout()], "that card was not taken, and another one is asked for"


def test_in_an_emergency_an_end_is_asked_for_whatever_was_read(walk: Walk) -> None:
    paying(walk)
    walk(changed("paying", progress="authorising", may_cancel=True, card="read"))
    walk(AvailabilityChanged(Availability(notices=(LEAVE,))))
    assert CancelCheckout() in walk.effects


def longer(page: JourneyPage) -> tuple[bool, str]:
    assert isinstance(page, PayPage)
    return page.longer, page.staff


@pytest.mark.parametrize(
    ("phase", "progress"),
    [
        ("checking", ""),
        ("paying", "wait"),
        ("paying", "authorising"),
        ("paying", "approved"),
        ("paying", "remove-card"),
        ("asking", ""),
        ("undoing", ""),
        ("printing", ""),
    ],
)
def test_whoever_waits_long_hears_of_it_and_then_staff_do(walk: Walk, phase: str, progress: str) -> None:
    paying(walk)
    walk(changed(phase, progress=progress), after=0)
    assert longer(walk.wait(TIMING.longer - 1)) == (False, "")
    assert longer(walk.wait(1)) == (True, "")
    assert longer(walk.wait(TIMING.staff - TIMING.longer - 1)) == (True, "")
    assert [type(one) for one in walk.effects] == [StartCheckout]
    assert longer(walk.wait(1)) == (True, "sending")
    assert longer(walk(HelpAnswered(1, 1, "told"))) == (True, "told")
    assert longer(walk.wait(3600)) == (True, "told")
    assert [type(one) for one in walk.effects] == [StartCheckout, CallStaff], "once"


@pytest.mark.parametrize("progress", ["present-card", "insert-card", "enter-pin", "choose", "watch-terminal"])
def test_whoever_is_asked_for_something_has_all_the_time(walk: Walk, progress: str) -> None:
    paying(walk)
    walk(changed("paying", progress=progress, may_cancel=True))
    assert longer(walk.wait(3600)) == (False, "")
    walk("cancel-payment")
    assert longer(walk.wait(TIMING.longer)) == (True, ""), "an end was asked for, and does not come"


def test_the_wait_goes_on_while_the_same_answer_is_waited_for(walk: Walk) -> None:
    paying(walk)
    walk(changed("paying", progress="authorising"), after=0)
    walk.wait(TIMING.longer - 1)
    assert longer(walk(changed("asking"))) == (False, "")
    assert longer(walk(changed("asking"), after=1)) == (False, "")
    assert longer(walk.wait(0)) == (True, "")
    assert longer(walk(changed("printing"))) == (False, ""), "that is news"
    assert longer(walk.wait(TIMING.longer)) == (True, "")


def test_who_has_called_staff_is_told_that_they_are(walk: Walk) -> None:
    paying(walk)
    walk(changed("asking"), "help", HelpAnswered(1, 1, "told"), "back")
    assert longer(walk.wait(TIMING.longer)) == (True, "told")
    walk.wait(TIMING.staff)
    assert [type(one) for one in walk.effects].count(CallStaff) == 1


def test_a_call_that_did_not_get_through_is_made_again_by_itself(walk: Walk) -> None:
    paying(walk)
    walk(changed("asking"), "help", HelpAnswered(1, 1, "away"), "back")
    assert longer(walk.wait(TIMING.longer)) == (True, "away")
    assert longer(walk.wait(TIMING.staff)) == (True, "sending")


def test_at_a_cash_desk_only_the_kiosk_takes_longer(walk: Walk) -> None:
    to_fee(by_hand(walk))
    walk("pay", changed("paying", progress="wait", may_cancel=True))
    assert longer(walk.wait(3600)) == (False, "")
    walk(changed("undoing"))
    assert longer(walk.wait(3600)) == (False, "")
    walk(changed("paying", progress="approved", card="accepted"))
    assert longer(walk.wait(TIMING.longer)) == (True, "")


@pytest.mark.parametrize("phase", ["paid", "not-paid", "given-back"])
def test_staff_whom_the_kiosk_called_need_not_come_once_it_has_ended_well(walk: Walk, phase: str) -> None:
    paying(walk)
    walk(changed("asking"))
    walk.wait(TIMING.staff)
    walk(changed("printing"), changed(phase, visit="visit-1", code="B042", paper="taken"))
    assert [type(one) for one in walk.effects] == [StartCheckout, CallStaff, WithdrawCall]


@pytest.mark.parametrize("phase", ["staff", "broken"])
def test_they_still_need_to_where_it_has_not(walk: Walk, phase: str) -> None:
    paying(walk)
    walk(changed("asking"))
    walk.wait(TIMING.staff)
    walk(changed(phase))
    assert WithdrawCall not in [type(one) for one in walk.effects]


def test_whom_the_person_called_the_kiosk_does_not_send_away(walk: Walk) -> None:
    paying(walk)
    walk(changed("asking"), "help", HelpAnswered(1, 1, "told"), "back")
    walk.wait(TIMING.staff)
    walk(changed("paid", visit="visit-1", code="B042", paper="taken"))
    assert WithdrawCall not in [type(one) for one in walk.effects]


def test_where_a_fee_is_paid_later_has_the_name_of_its_stop(around: Surroundings) -> None:
    desk = StepView(StepId("payment"), {"en": "Cash desk", "ar": "الصندوق"}, takes_fees=True)
    services = tuple(replace(one, steps=(*one.steps, desk)) for one in around.offer.services)
    for offer, names in (
        (around.offer, ("", "")),
        (replace(around.offer, services=services), ("Cash desk", "الصندوق")),
    ):
        walk = Walk(replace(around, terminal=True, offer=offer, health=Health(connected=True)))
        assert to_fee(walk).desk == names[0]
        arabic = walk("show-language", ("language", "ar"))
        assert isinstance(arabic, FeePage)
        assert arabic.desk == names[1], "as on the boards and the ticket"
        paying = walk("pay", changed("not-paid", reason="declined"))
        assert isinstance(paying, PayPage)
        assert paying.desk == names[1]
