"""Payments that need somebody, for the dialog: refunds that wait, and what only staff can find out."""

from collections.abc import Mapping

import msgspec
from markupsafe import Markup

from queue_server.domain.values import PaymentStanding, RefundState, StaffId
from queue_server.payments.model import Payment, Refund
from queue_server.web.amounts import amount as written_amount
from queue_server.web.payments import wording as money
from queue_server.web.payments.amounts_due import asked
from queue_server.web.payments.at_counter import OPEN_REFUNDS, refundable, what
from queue_server.web.payments.page import Asked, Refundable
from queue_server.web.view_context import StaffView


class RefundLine(msgspec.Struct, frozen=True):
    """A refund that is not over. ``own``: this person asked for it, so somebody else has to confirm it."""

    text: Markup
    by: Markup
    own: bool
    confirmed: bool
    url: str
    slot: str


class OpenPayment(msgspec.Struct, frozen=True):
    """``number`` is what its claim slip says; ``resolve_url`` is there while nothing is certain of the money.

    ``asked`` is there while a kiosk waits to hear of it: then that is said first. ``note`` is what one has to know.
    ``differs``: it is not what was owed, and goes back, or a manager accepts it.
    """

    id: str
    number: str
    amount: Markup
    what: Markup
    where: Markup
    standing: Markup
    bad: bool
    resolve_url: str
    refunds: tuple[RefundLine, ...]
    refundable: Refundable | None
    asked: Asked | None = None
    note: Markup = Markup()
    differs: bool = False


def item(look: StaffView, payment: Payment, me: StaffId, names: Mapping[StaffId, str]) -> OpenPayment:
    url = f"/api/v1/centres/{look.state.centre}/payments/{payment.id}"
    unsure = payment.standing is PaymentStanding.UNDECIDED
    return OpenPayment(
        id=payment.id,
        number=money.claim(payment.id),
        amount=written_amount(look.clock.locale, payment.amount, payment.currency),
        what=what(look, payment),
        where=_where(look, payment),
        standing=money.standing(look.words, payment),
        bad=unsure or payment.differs,
        resolve_url=f"{url}/resolve" if unsure and payment.pending_confirmation is None else "",
        refunds=tuple(
            _refund(look, payment, one, url, me, names) for one in payment.refunds if one.state in OPEN_REFUNDS
        ),
        refundable=refundable(look, payment) if payment.remaining > 0 else None,
        asked=asked(look, payment),
        note=look.words("Staff and the kiosk say different things about it.")
        if unsure and payment.contradicted and payment.confirmations
        else money.discrepancy(look.words, payment),
        differs=payment.differs,
    )


def _where(look: StaffView, payment: Payment) -> Markup:
    _ = look.words
    if payment.taken_by is not None:
        return _("Taken by hand")
    name = None if payment.device is None else look.known.devices.get(payment.device)
    if payment.attended:
        return _at_device(name, _("At the cash desk"))
    if payment.waiver is not None:
        return money.waiver_reason(_, payment.waiver)
    terminal = Markup('<bdi dir="ltr">{}</bdi>').format(payment.terminal or payment.driver)
    return _at_device(name, _("Terminal %(terminal)s", terminal=terminal))


def _at_device(name: str | None, where: Markup) -> Markup:
    """Put the device's name first, if it has one. It may run the other way than the language around it."""
    return where if name is None else Markup("<bdi>{}</bdi> \N{MIDDLE DOT} {}").format(name, where)


def _refund(  # noqa: PLR0917 - one line of one list
    look: StaffView, payment: Payment, one: Refund, url: str, me: StaffId, names: Mapping[StaffId, str]
) -> RefundLine:
    _, clock = look.words, look.clock
    value = written_amount(clock.locale, one.amount, payment.currency)
    confirmed = one.state is RefundState.CONFIRMED
    who = names.get(one.decided_by if confirmed and one.decided_by else one.requested_by, "")
    when = f"{clock.day(one.changed_at)} {clock.hhmm(one.changed_at)}"
    by = (
        _("Confirmed by %(who)s, %(when)s.", who=who, when=when)
        if confirmed
        else _("Asked by %(who)s, %(when)s.", who=who, when=when)
    )
    return RefundLine(
        text=_("Refund of %(amount)s: %(reason)s", amount=value, reason=money.refund_reason(_, one.reason)),
        by=by,
        own=one.requested_by == me,
        confirmed=confirmed,
        url=f"{url}/refunds/{one.id}",
        slot=f"{one.id}:{payment.seq}",
    )
