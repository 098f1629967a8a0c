"""By what a payment is found: the numbers of its slips, and its amounts. Pure."""

import re
from decimal import Decimal
from enum import StrEnum
from typing import Final

from queue_server.domain.money import digits_of
from queue_server.domain.values import CurrencyCode
from queue_server.payments.model import Payment

#: A run of signs that stand for digits on a receipt, and the last four of a card behind it.
_CARD_END: Final = re.compile(r"[*#xX\N{BULLET}]{2,}[\s-]*([0-9]{4})(?![0-9])")
_AMOUNT: Final = re.compile(r"[0-9]{1,11}([.,][0-9]{1,3})?", re.ASCII)


class SearchMark(StrEnum):
    """What is looked for."""

    SLIP = "slip"
    AMOUNT = "amount"


def marks(payment: Payment | None) -> frozenset[tuple[SearchMark, str]]:
    """Name everything by which a payment is found as it now is; nothing for none."""
    if payment is None:
        return frozenset()
    slips = {payment.slip, payment.reference, *(row.reference for row in payment.rows)}
    slips |= {*(word.slip for word in payment.confirmations), *(refund.reference for refund in payment.refunds)}
    sums = {payment.amount, *(refund.amount for refund in payment.refunds)}
    return frozenset(
        (
            *((SearchMark.SLIP, slip.lower()) for slip in slips if slip),
            *((SearchMark.AMOUNT, _plain(value, payment.currency)) for value in sums),
        )
    )


def _plain(minor: int, currency: CurrencyCode) -> str:
    return _shortest(Decimal(minor).scaleb(-(digits_of(currency) or 0)))


def _shortest(value: Decimal) -> str:
    """Write a number without zeros at its end: 82.50 and 82,5 are the same."""
    return f"{value.normalize():f}"


def wanted(text: str) -> frozenset[tuple[SearchMark, str]]:
    """Say what somebody may mean who types this: the number of a slip, an amount, or either."""
    said = text.strip().lower()
    found = {(SearchMark.SLIP, said)} if said else set()
    if _AMOUNT.fullmatch(said):
        found.add((SearchMark.AMOUNT, _shortest(Decimal(said.replace(",", ".")))))
    return frozenset(found)


def card_ends(lines: tuple[str, ...]) -> tuple[str, ...]:
    """List the last four digits of the cards that a masked receipt shows, each once."""
    return tuple(dict.fromkeys(end for line in lines for end in _CARD_END.findall(line)))
