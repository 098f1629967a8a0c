"""What the slip says that a person takes to staff when only they can settle a payment.

It names the attempt by the short form of our own id, as text and in the QR code; nothing of a card, a person or the
visit is on it, so whoever finds it has no use for it: staff look the attempt up. ``kit.slips`` draws it.
"""

from datetime import tzinfo

from kiosk.kit.papers import PaperClaim
from kiosk.payment.journal_model import Attempt, claim_code

#: What the QR code begins with, so that a scanner at the counter knows it.
PREFIX = "claim:"


def claim_of(attempt: Attempt, centre: str, zone: tzinfo) -> PaperClaim:
    """Make the slip of an attempt; ``zone`` is the centre's."""
    begun = attempt.begun.astimezone(zone)
    code = claim_code(attempt.id)
    return PaperClaim(
        language=attempt.bill.language,
        centre=centre,
        code=code,
        scanned=PREFIX + code,
        amount=attempt.bill.amount,
        date=f"{begun:%Y-%m-%d}",
        time=f"{begun:%H:%M}",
    )
