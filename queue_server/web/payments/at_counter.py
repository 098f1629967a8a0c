"""The money of the visit at the counter: what it has to pay and has paid, in a line, and what can be done about it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

import msgspec
from markupsafe import Markup

from queue_server.domain.money import digits_of
from queue_server.domain.values import PaymentId, PaymentStanding, RefundReason, RefundState, ServiceId, WaiverReason
from queue_server.framework.permissions import Principal, allowed
from queue_server.payments.fees_due import Due, DueBill, bills, dues, paid_too_much
from queue_server.payments.model import Payment
from queue_server.payments.permissions import RECEIPTS, RECORD_MANUAL_PAYMENT, REFUND, WAIVE
from queue_server.queue.state import Visit
from queue_server.web.amounts import amount as written_amount
from queue_server.web.counter.page import Option
from queue_server.web.payments import page
from queue_server.web.payments import wording as money
from queue_server.web.view_context import StaffView

#: Refunds that are not over.
OPEN_REFUNDS: Final = frozenset({RefundState.REQUESTED, RefundState.CONFIRMED})


class May(msgspec.Struct, frozen=True):
    """What this member of staff may do about money."""

    take: bool = False
    waive: bool = False
    refund: bool = False
    copy: bool = False

    @classmethod
    def of(cls, principal: Principal) -> "May":
        wanted = (RECORD_MANUAL_PAYMENT, WAIVE, REFUND, RECEIPTS)
        return cls(*(allowed(principal, one, centre=principal.centre) for one in wanted))


class Cash(msgspec.Struct, frozen=True):
    """What the day does not know: the payments of the visit at the counter, and how many need somebody.

    ``asking`` are those of which kiosks wait to hear, where this person may say it.
    """

    may: May
    payments: tuple[Payment, ...] = ()
    waiting: int | None = None
    asking: tuple[Payment, ...] = ()


def of_visit(look: StaffView, visit: Visit, payments: tuple[Payment, ...], may: May) -> page.Money | None:
    """Make the line of a visit; None at a centre without fees."""
    if not look.known.catalogue.fees and not payments:
        return None
    known, day = look.settings.tariff, date.fromisoformat(look.state.day)
    found = dues(visit, payments, known, day)
    too_much = {one.payment: one.amount for one in paid_too_much(visit, payments, known, day)}
    line, tone, icon = _line(look, found, payments, too_much)
    return page.Money(
        line=line,
        tone=tone,
        icon=icon,
        takings=tuple(_taking(look, bill) for bill in bills(found)) if may.take else (),
        waivable=_waivable(look, found) if may.waive else (),
        waiver_reasons=tuple(
            Option(one, money.waiver_reason(look.words, one), one is WaiverReason.HARDSHIP) for one in WaiverReason
        ),
        refundable=_refundable(look, payments, too_much) if may.refund else (),
        refund_reasons=refund_reasons(look, RefundReason.WRONG_FEE if too_much else RefundReason.NOT_SERVED),
        copies=_copies(look, payments) if may.copy else (),
    )


def _line(
    look: StaffView, found: tuple[Due, ...], payments: tuple[Payment, ...], too_much: Mapping[PaymentId, int]
) -> tuple[Markup, str, str]:
    _, said = look.words, []
    due, unsure = bills(found), any(one.state == "undecided" for one in found)
    differs = any(one.differs for one in payments)
    if due:
        said.append(_("To pay: %(amount)s", amount=_open(look, due)))
    if too_much:
        said.append(_("Paid too much: %(amount)s", amount=_too_much(look, payments, too_much)))
    if unsure:
        said.append(_("Not certain: %(amount)s", amount=_sum(look, payments, PaymentStanding.UNDECIDED)))
    if differs:
        said.append(_("Paid, but not what was owed"))
    if any(one.retained for one in payments):
        said.append(_("Paid: %(amount)s", amount=_sum(look, payments, PaymentStanding.CHARGED)))
    if any(one.standing is PaymentStanding.WAIVED for one in payments):
        said.append(_("Waived: %(amount)s", amount=_sum(look, payments, PaymentStanding.WAIVED)))
    back = [refund for one in payments for refund in one.refunds if refund.state in OPEN_REFUNDS]
    if back:
        said.append(_.ngettext("%(count)s refund waits", "%(count)s refunds wait", len(back)))
    unsure = unsure or differs
    tone = "bad" if unsure else "" if due or too_much or not said else "good"
    icon = "alert" if unsure else "okc" if tone == "good" else "card"
    return Markup(" \N{MIDDLE DOT} ").join(said) or _("Nothing to pay"), tone, icon


def _open(look: StaffView, due: tuple[DueBill, ...]) -> Markup:
    """Write what is to be paid: one amount, one of several, or several."""
    _, locale = look.words, look.clock.locale
    texts = [written_amount(locale, bill.amount, bill.currency) for bill in due]
    if len({bill.services for bill in due}) == 1:
        return _(" or ").join(texts)
    return Markup(" + ").join(texts)


def _sum(look: StaffView, payments: Iterable[Payment], standing: PaymentStanding) -> Markup:
    charged = standing is PaymentStanding.CHARGED
    of = (one for one in payments if one.standing is standing)
    return _added(look, ((one.currency, one.retained if charged else one.amount) for one in of))


def _too_much(look: StaffView, payments: Iterable[Payment], too_much: Mapping[PaymentId, int]) -> Markup:
    return _added(look, ((one.currency, too_much.get(one.id, 0)) for one in payments))


def _added(look: StaffView, amounts: Iterable[tuple[str, int]]) -> Markup:
    totals: dict[str, int] = {}
    for currency, value in amounts:
        if value:
            totals[currency] = totals.get(currency, 0) + value
    locale = look.clock.locale
    return Markup(" + ").join(written_amount(locale, value, currency) for currency, value in totals.items())


def _services(look: StaffView, services: Iterable[ServiceId]) -> Markup:
    return look.words(", ").join(map(look.service_name, services))


def _taking(look: StaffView, bill: DueBill) -> page.Taking:
    return page.Taking(
        services=bill.services,
        what=_services(look, bill.services),
        amount=written_amount(look.clock.locale, bill.amount, bill.currency),
        minor=bill.amount,
        currency=bill.currency,
    )


def _waivable(look: StaffView, found: tuple[Due, ...]) -> tuple[Option, ...]:
    options: list[Option] = []
    for due in found:
        price = next((one for one in due.prices if one.waivable), None)
        if due.state == "open" and price is not None:
            amount = written_amount(look.clock.locale, price.amount, price.currency)
            text = look.words(", ").join((look.service_name(due.service), amount))
            options.append(Option(due.service, text, chosen=not options))
    return tuple(options)


def _refundable(
    look: StaffView, payments: tuple[Payment, ...], too_much: Mapping[PaymentId, int]
) -> tuple[page.Refundable, ...]:
    """List what may go back, and first that of which too much was paid."""
    found = sorted((one for one in payments if one.remaining > 0), key=lambda one: one.id not in too_much)
    return tuple(refundable(look, one, too_much.get(one.id)) for one in found)


def refundable(look: StaffView, payment: Payment, proposed: int | None = None) -> page.Refundable:
    """Offer to give back what is left of a payment, or of that the amount that is proposed, in minor units."""
    _, locale = look.words, look.clock.locale
    return page.Refundable(
        url=f"/api/v1/centres/{look.state.centre}/payments/{payment.id}/refunds",
        what=what(look, payment),
        left=written_amount(locale, payment.remaining, payment.currency),
        value=money.field(payment.remaining if proposed is None else proposed, payment.currency),
        pattern=money.shape(payment.currency),
        digits=digits_of(payment.currency) or 0,
    )


def refund_reasons(look: StaffView, likely: RefundReason = RefundReason.NOT_SERVED) -> tuple[Option, ...]:
    return tuple(Option(one, money.refund_reason(look.words, one), one is likely) for one in RefundReason)


def what(look: StaffView, payment: Payment) -> Markup:
    """Name a payment: what for, when, and the number that its slip has."""
    _, clock = look.words, look.clock
    when = f"{clock.day(payment.opened_at)} {clock.hhmm(payment.opened_at)}"
    said = [_services(look, payment.services), Markup.escape(when)]
    if payment.reference:
        number = Markup('<bdi dir="ltr">{}</bdi>').format(payment.reference)
        said.append(_("slip %(number)s", number=number))
    return _(", ").join(said)


def _copies(look: StaffView, payments: tuple[Payment, ...]) -> tuple[page.Copy, ...]:
    _, locale = look.words, look.clock.locale
    return tuple(
        page.Copy(
            text=_("Copy of the receipt") if one.taken_by is None else _("Print the receipt"),
            url=f"/counter/receipt/{one.id}",
            amount=written_amount(locale, one.amount, one.currency),
        )
        for one in payments
        if one.receipts or (one.standing is PaymentStanding.CHARGED and one.attended)
    )
