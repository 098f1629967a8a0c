"""Pay: what the terminal does, in the person's language, until it is certain what became of it.

While it works nothing runs out and nobody is asked anything but what only they can say. However it ends there is a
ticket to be had: paid for, or to be paid for at a counter.
"""

from typing import Literal

from msgspec.structs import replace

from kiosk.journey import fees, issue, owing, staff_call
from kiosk.journey.checkout import Checkout
from kiosk.journey.context import Context, ShownTicket
from kiosk.journey.events import Action, AnswerPaper, CancelCheckout, CheckoutChanged, Event, Issued, IssueFailed
from kiosk.journey.page import Fee, JourneyPage, Side
from kiosk.journey.step import Continue, JourneyStep, Outcome, PersonPresence, Stay, Work
from kiosk.journey.surroundings import Surroundings
from queue_server.domain.values import HelpKind, HelpSubject


class PayPage(JourneyPage, frozen=True):
    """Paying at the terminal. ``cancelled``: an end was asked for. ``again``: it can be tried again here.

    ``by_hand``: staff take the money at a cash desk, and give it back there. ``working``: a ticket is being made.
    ``longer``: it takes longer than people expect. ``staff``: how far a call for staff is (``HelpPage.sent``), empty
    where they were not called. ``desk`` as before.
    """

    fee: Fee = Fee(0, "EUR", 2)
    payment: Checkout = Checkout()
    side: Side = "right"
    cancelled: bool = False
    again: bool = False
    by_hand: bool = False
    working: bool = False
    longer: bool = False
    staff: Literal["", "sending", "told", "coming", "away"] = ""
    desk: str = ""


#: Terminal or printer is at work, or asks the person and goes on by itself.
_WORKING = frozenset({"checking", "paying", "asking", "undoing", "printing", "offer"})
#: The money never moved, or goes back: the same may be tried again.
_AGAIN = frozenset({"not-paid", "given-back", "going-back"})
#: Staff are called without being asked for.
_STAFF = frozenset({"staff", "broken"})


def page(context: Context, around: Surroundings) -> JourneyPage:
    payment = context.checkout or Checkout()
    return PayPage(
        fee=context.fee or Fee(0, "EUR", 2),
        payment=payment,
        side=around.sides.terminal,
        cancelled=context.cancelled,
        again=payment.phase in _AGAIN and fees.payable(context, around),
        by_hand=fees.by_hand(around),
        working=context.issuing and payment.phase not in _WORKING,
        longer=context.wait is not None and context.wait.longer,
        staff=context.help.sent if context.help else "",
        desk=owing.desk(context, around),
    )


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:  # noqa: PLR0911 - one case a control
    payment = context.checkout or Checkout()
    match event:
        case CheckoutChanged(_, changed):
            return _changed(context, around, changed, number)
        case Action("cancel-payment") if not payment.card:
            return cancel(context)
        case Action("paper", "again" | "have-it" | "give-up" as answer) if payment.phase == "offer":
            return Stay(context, (AnswerPaper(answer),))
        case Action("pay") if payment.phase in _AGAIN and not context.issuing and fees.payable(context, around):
            return fees.begin(context, around, number)
        case Action("pay-later") if payment.phase == "staff" and payment.paper != "none" and not context.issuing:
            # It may be on paper already, and is the server's by now: there is no other.
            return Continue(_with_ticket(context, around, payment))
        case Action("pay-later") if payment.phase in _AGAIN | {"staff"} and not context.issuing:
            return issue.ask(context, around, number)
        case Issued() | IssueFailed() if payment.phase not in _WORKING:
            return issue.answered(context, around, event)
    return Stay(context)


def cancel(context: Context) -> Stay:
    """Ask the terminal for an end where that has any use: what is approved meanwhile stands."""
    if context.checkout is None or not context.checkout.may_cancel or context.cancelled:
        return Stay(context)
    return Stay(replace(context, cancelled=True), (CancelCheckout(),))


def working(context: Context) -> bool:
    """Tell whether terminal or printer is at work for this person."""
    return context.checkout is not None and context.checkout.phase in _WORKING


def _changed(context: Context, around: Surroundings, payment: Checkout, number: int) -> Outcome:
    before = context.checkout.phase if context.checkout else ""
    works = payment.phase in _WORKING
    # Once it has ended, what is being made is the ticket that they asked for instead.
    issuing = works or (context.issuing and before not in _WORKING)
    changed = replace(context, checkout=payment, issuing=issuing)
    if payment.phase in _STAFF:
        return Stay(changed) if before in _STAFF else staff_call.ask(changed, HelpKind.HELP, number)
    # Nobody needs to come any more to whom the kiosk itself has called them.
    late = context.overdue and not works
    ended = staff_call.end(replace(changed, overdue=False), number) if late else Stay(changed)
    if payment.phase == "paid":
        return Continue(_with_ticket(ended.context, around, payment), ended.effects)
    return ended


def _with_ticket(context: Context, around: Surroundings, payment: Checkout) -> Context:
    paid = payment.phase == "paid"
    ticket = ShownTicket(payment.visit, payment.code, issue.stops(context, around, paid=paid), payment.paper, paid=paid)
    return replace(context, issuing=False, ticket=ticket)


#: The terminal goes on by itself, or its last word is old: a card that was to be taken out is out by then.
_BY_ITSELF = frozenset({"", "wait", "remove-card", "authorising", "approved", "declined", "cancelled", "reversing"})


def waits_for(context: Context, around: Surroundings) -> str:
    """Name what the person waits for, "" where they are asked for something, or nothing goes on."""
    payment = context.checkout
    if payment is None or not context.issuing:
        return ""
    by_hand = fees.by_hand(around)
    match payment.phase:
        case "paying" if context.cancelled or payment.progress in ({"approved"} if by_hand else _BY_ITSELF):
            return "answer"
        case "asking":
            return "answer"
        case "undoing" if by_hand:
            # They fetch the money at the cash desk.
            return ""
        case "checking" | "undoing" | "printing":
            return payment.phase
    return ""


PAY = JourneyStep(
    name="pay",
    page=page,
    handle=handle,
    needs=frozenset({"service"}),
    gives=frozenset({"ticket"}),
    takes={CheckoutChanged: PersonPresence.HERE, Issued: PersonPresence.HERE, IssueFailed: PersonPresence.HERE},
    interrupted=cancel,
    work=Work(goes_on=working, waits_for=waits_for),
    subject=HelpSubject.PAYMENT,
    final=True,
)
