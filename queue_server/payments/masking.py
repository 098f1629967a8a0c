"""A second look at what came from a terminal: drivers mask card numbers, and what one missed is masked here. Pure."""

import re
from typing import Final

#: 13 to 19 digits, perhaps in groups: the length of a primary account number (ISO/IEC 7812-1).
_NUMBER: Final = re.compile(r"(?<![0-9])[1-9](?:[ -]?[0-9]){12,18}(?![0-9])", re.ASCII)
#: The last digits stay: receipts show them, and they name a card to nobody but its holder.
_SHOWN: Final = 4
#: As many digits as no slip has, and every card (ISO/IEC 7812-1).
_CARD: Final = re.compile(r"[0-9](?:[./-]*[0-9]){11}")


def may_be_card(slip: str) -> bool:
    """Tell whether what is given as the number of a slip may be a card's."""
    return _CARD.search(slip) is not None


def masked(text: str) -> str:
    """Put asterisks for the digits of whatever passes for a card's number, but for the last four."""
    return _NUMBER.sub(_mask, text)


def _mask(found: re.Match[str]) -> str:
    whole = found[0]
    if not is_luhn("".join(filter(str.isdigit, whole))):
        return whole
    hidden = sum(sign.isdigit() for sign in whole) - _SHOWN
    signs: list[str] = []
    for sign in whole:
        digit = sign.isdigit()
        signs.append("*" if digit and hidden > 0 else sign)
        hidden -= digit
    return "".join(signs)


def is_luhn(digits: str) -> bool:
    """Check the last digit (ISO/IEC 7812-1, annex B): the sum, every second digit from the right doubled, ends in 0."""
    total = 0
    for place, digit in enumerate(map(int, reversed(digits))):
        total += sum(divmod(2 * digit, 10)) if place % 2 else digit
    return total % 10 == 0
