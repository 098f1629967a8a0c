"""What staff and auditors read of payments, beside amounts."""

from typing import Final

from markupsafe import Markup

from queue_server.framework.words import PageTranslations, Vocabulary


def refusals(_: PageTranslations) -> dict[str, Markup]:
    """Say what a refusal means to the person at a page."""
    return {
        "fee-paid": _("This fee is paid already. Take nothing."),
        "fee-waived": _("This fee was waived already."),
        "fee-undecided": _("Of a payment for this nothing is certain yet. Find out first: key S."),
        "fee-differs": _("It costs another amount now. Close this and look again."),
        "fee-not-set": _("This service has no such fee today."),
        "fee-not-of-visit": _("This visit is not for that service. Close this and look again."),
        "visit-cancelled": _("This visit was cancelled. Take nothing for it."),
        "slip-used": _("This slip was given for another visit. If two tills count alike, write for example T2-0042."),
        "payment-no-discrepancy": _("Somebody has looked into this payment already."),
        "slip-card-number": _("That may be a card's number: never type one. Type the number of the slip."),
        "payment-unknown": _("There is no such payment here."),
        "payment-not-charged": _("Nothing is charged that could go back."),
        "payment-not-undecided": _("Somebody has found out already."),
        "payment-confirmation-pending": _(
            "A kiosk waits to hear of this payment. Say first whether you took the money: key L."
        ),
        "payment-confirmation-not-pending": _(
            "No kiosk waits for this any more. If you have the money, look for it: key S."
        ),
        "payment-confirmation-differs": _("Somebody has told the kiosk something else already. Ask your colleagues."),
        "payment-confirmation-amount": _("The kiosk waits for another amount. Close this and look again."),
        "refund-unknown": _("There is no such refund."),
        "refund-exceeds-payment": _("More than what is left cannot go back."),
        "refund-no-amount": _("Nothing is left that could go back."),
        "refund-same-person": _("You asked for this refund. Somebody else has to confirm it."),
        "refund-state": _("Somebody else has decided on this refund already."),
    }


def deeds(_: PageTranslations) -> dict[str, Markup]:
    """Say what was done about money."""
    return {
        "payment-initiated": _("Payment begun"),
        "fee-waived": _("Fee waived"),
        "manual-payment-recorded": _("Fee taken by hand"),
        "journal-row-reported": _("Device told what became of it"),
        "receipt-stored": _("Receipt kept"),
        "manual-confirmation-recorded": _("Told the kiosk whether money was moved"),
        "payment-resolved": _("Found out what became of it"),
        "payment-discrepancy-found": _("Not what is owed"),
        "payment-accepted": _("Difference accepted"),
        "refund-requested": _("Refund asked for"),
        "refund-confirmed": _("Refund confirmed"),
        "refund-rejected": _("Refund not agreed to"),
        "refund-settled": _("Said what became of the refund"),
        "terminal-reconciled": _("Terminal's day ended"),
        "reconciliation-acknowledged": _("Differences looked into"),
    }


VOCABULARY: Final = Vocabulary(refusals=refusals, deeds=deeds)
