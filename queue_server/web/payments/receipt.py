"""A receipt as staff print it, in the language of its person: for what, how much, and its number. Pure."""

import msgspec
from markupsafe import Markup

from queue_server.centre.views import Facts
from queue_server.domain.values import PaymentStanding
from queue_server.payments.model import Payment
from queue_server.payments.search_marks import card_ends
from queue_server.queue.state import Visit
from queue_server.web.amounts import amount as written_amount
from queue_server.web.payments import wording as money
from queue_server.web.view_context import PageReader, name_in


class PrintedReceipt(msgspec.Struct, frozen=True):
    """``code`` is the ticket's, empty where that was of another day; ``slip`` what the person got at a till.

    ``card`` are the last four digits of the card's number, empty where the terminal's lines do not say them.
    """

    code: str
    services: tuple[str, ...]
    amount: Markup
    by_hand: bool
    card: str
    slip: str
    date: str
    number: str


def receipt(  # noqa: PLR0917 - what a receipt is made of
    facts: Facts, reader: PageReader, language: str, payment: Payment, visit: Visit | None, lines: tuple[str, ...] = ()
) -> PrintedReceipt | None:
    """Make the receipt of a payment; None where it is not certain that all of it was paid and kept.

    ``lines`` are those of the terminal's own receipt.
    """
    if payment.standing is not PaymentStanding.CHARGED or payment.charged_at is None:
        return None
    # Events hold nothing of a card: its end stands in the terminal's own lines, which the vault keeps.
    cards = card_ends(lines)
    names = {one.id: one.name for one in facts.catalogue.services}
    at, clock = payment.charged_at, reader.clock
    return PrintedReceipt(
        code="" if visit is None else visit.code,
        services=tuple(name_in(names[one], language, one) if one in names else one for one in payment.services),
        amount=written_amount(clock.locale, payment.amount, payment.currency),
        by_hand=payment.attended,
        card=cards[0] if len(cards) == 1 and not payment.attended else "",
        slip=payment.reference if payment.attended else "",
        date=f"{clock.day(at, 'EEE d MMM y')} {clock.hhmm(at)}",
        number=money.claim(payment.id),
    )
