"""Money in words, for every page of staff: what is known of a payment, and what may be typed as an amount."""

from markupsafe import Markup

from queue_server.domain.money import digits_of, written
from queue_server.domain.values import (
    CurrencyCode,
    PaymentDiscrepancy,
    PaymentStanding,
    RefundReason,
    RefundState,
    WaiverReason,
)
from queue_server.framework.words import PageTranslations
from queue_server.payments.booking import PaymentMeans
from queue_server.payments.model import Payment
from queue_server.web.wording import MarkupTranslations

#: Characters of an attempt's id that a claim slip shows (``kiosk.payment.journal_model.claim_code``).
CLAIM = 12


def field(minor: int, currency: CurrencyCode) -> str:
    """Write an amount as it stands in a field: ``12.00``."""
    return written(minor, currency)


def shape(currency: CurrencyCode) -> str:
    """Give the pattern of what may be typed as an amount: a point or a comma, and no more digits than there are."""
    digits = digits_of(currency) or 0
    return f"[0-9]{{1,9}}([.,][0-9]{{1,{digits}}})?" if digits else "[0-9]{1,11}"


def claim(ident: str) -> str:
    """Write the number of a payment as its claim slip has it: ``A1B2-C3D4-E5F6``."""
    tail = ident.replace("-", "")[-CLAIM:].upper()
    return "-".join(tail[at : at + 4] for at in range(0, len(tail), 4))


def standing(_: MarkupTranslations, payment: Payment) -> Markup:
    if payment.pending_confirmation is not None:
        return _("the kiosk waits")
    return {
        PaymentStanding.OPEN: _("begun, nothing was charged"),
        PaymentStanding.UNDECIDED: _("not certain"),
        PaymentStanding.CHARGED: _("paid"),
        PaymentStanding.RETURNING: _("goes back"),
        PaymentStanding.NOT_CHARGED: _("not charged"),
        PaymentStanding.RETURNED: _("went back"),
        PaymentStanding.WAIVED: _("waived"),
    }[payment.standing]


def means_name(_: PageTranslations, means: str) -> Markup:
    """Name how money moved."""
    return {
        PaymentMeans.CARD: _("By card"),
        PaymentMeans.DESK: _("At the cash desk"),
        PaymentMeans.WAIVED: _("Waived"),
    }[PaymentMeans(means)]


def discrepancy(_: MarkupTranslations, payment: Payment) -> Markup:
    """Say in what a payment differs from what was owed, and what that means; empty where it does not."""
    if not payment.differs or payment.discrepancy is None:
        return Markup()
    return {
        PaymentDiscrepancy.AMOUNT: _("Another amount was paid than this costs. It settles nothing."),
        PaymentDiscrepancy.NOT_OWED: _("The visit does not owe this, or it was settled before. It settles nothing."),
        PaymentDiscrepancy.CANCELLED: _("The visit was cancelled before this was paid. It settles nothing."),
    }[payment.discrepancy]


def refund_reason(_: MarkupTranslations, value: RefundReason) -> Markup:
    return {
        RefundReason.NOT_SERVED: _("The service was not given"),
        RefundReason.WITHDRAWN: _("The application was withdrawn"),
        RefundReason.WRONG_FEE: _("The wrong fee was taken"),
        RefundReason.PAID_TWICE: _("It was paid twice"),
        RefundReason.WAIVED_LATER: _("The fee was waived later"),
        RefundReason.OTHER: _("Something else"),
    }[value]


def refund_state(_: MarkupTranslations, value: RefundState) -> Markup:
    return {
        RefundState.REQUESTED: _("waits for a second person"),
        RefundState.CONFIRMED: _("confirmed, the money has to go back"),
        RefundState.DONE: _("went back"),
        RefundState.REJECTED: _("was not agreed to"),
        RefundState.FAILED: _("could not go back"),
    }[value]


def waiver_reason(_: MarkupTranslations, value: WaiverReason) -> Markup:
    return {
        WaiverReason.HARDSHIP: _("Hardship"),
        WaiverReason.EMERGENCY: _("Emergency"),
        WaiverReason.MINOR: _("A child"),
        WaiverReason.OFFICIAL: _("Official duty"),
        WaiverReason.OUR_MISTAKE: _("A mistake of ours"),
        WaiverReason.OTHER: _("Something else"),
    }[value]
