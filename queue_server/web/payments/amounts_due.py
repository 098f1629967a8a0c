"""What kiosks ask staff about money that staff move themselves: to take an amount, or to give it back."""

from markupsafe import Markup

from queue_server.payments.model import Payment
from queue_server.web.amounts import amount as written_amount
from queue_server.web.payments.at_counter import what
from queue_server.web.payments.page import Asked
from queue_server.web.view_context import StaffView
from queue_server.web.wording import ticket


def asked(look: StaffView, payment: Payment) -> Asked | None:
    """Say what the kiosk of a payment waits for; None where it waits for nothing."""
    asks = payment.pending_confirmation
    if asks is None:
        return None
    _, place = look.words, _place(look, payment)
    amount = written_amount(look.clock.locale, payment.amount, payment.currency)
    text = _("give back %(amount)s", amount=amount) if asks.back else _("waits for %(amount)s", amount=amount)
    visit = look.state.visits.get(payment.visit)
    if visit is not None:
        text = _(", ").join((text, ticket(visit.code)))
    return Asked(
        id=payment.id,
        url=f"/api/v1/centres/{look.state.centre}/payments/{payment.id}/confirmations",
        row=asks.row,
        minor=payment.amount,
        amount=amount,
        place=place,
        text=text,
        title=_("Money back for %(place)s", place=place) if asks.back else _("Payment at %(place)s", place=place),
        note=_("Give the money back the way it came. Then say so here: the kiosk waits for it.")
        if asks.back
        else _("Take it at the terminal or the till first. Then say so here: the kiosk waits for it."),
        what=what(look, payment),
        done=_("%(amount)s given back", amount=amount) if asks.back else _("%(amount)s taken", amount=amount),
        undone=_("Not given back") if asks.back else _("Not taken"),
    )


def _place(look: StaffView, payment: Payment) -> Markup:
    name = None if payment.device is None else look.known.devices.get(payment.device)
    return look.words("Place not known") if name is None else Markup.escape(name)
