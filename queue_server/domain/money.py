"""Money: whole minor units of a currency of ISO 4217, never a float. Pure.

``ConsularError``
    ``MoneyError``   no such currency, or no amount of it: ``currency`` and ``digits`` (behind the point) say what fits
"""

import re
from functools import cache
from typing import Final

from iso4217 import Currency

from queue_server.domain.values import ConsularError, CurrencyCode

#: No fee of a consulate comes near it, and six BCD bytes of ZVT hold it. Minor units.
MAX: Final = 10**11 - 1

_WRITTEN = re.compile(r"(0|[1-9][0-9]{0,10})(?:\.([0-9]{1,4}))?", re.ASCII)


class MoneyError(ConsularError):
    code = "money"


@cache
def digits_of(currency: str) -> int | None:
    """Tell how many digits a currency has behind the point: JPY 0, EUR 2, KWD 3; None where money is not paid in it."""
    try:
        exponent: int | None = Currency(currency).exponent
    except ValueError:
        return None
    return exponent


def to_minor(written: str, currency: str) -> int:
    """Read an amount as it is written: with all digits behind the point that its currency has, ``75.00`` or ``500``.

    Raises:
        MoneyError: there is no such currency, or this is no amount of it.
    """
    digits, found = digits_of(currency), _WRITTEN.fullmatch(written)
    if digits is None:
        raise MoneyError(currency=currency[:3], digits=0)
    if found is None or len(found[2] or "") != digits:
        raise MoneyError(currency=currency, digits=digits)
    minor = int(found[1] + (found[2] or ""))
    if minor > MAX:
        raise MoneyError(currency=currency, digits=digits)
    return minor


def written(minor: int, currency: CurrencyCode) -> str:
    """Write an amount so that ``to_minor`` reads it again.

    Raises:
        MoneyError: there is no such currency.
    """
    digits = digits_of(currency)
    if digits is None:
        raise MoneyError(currency=currency[:3], digits=0)
    whole, rest = divmod(abs(minor), 10**digits)
    sign = "-" if minor < 0 else ""
    return f"{sign}{whole}.{rest:0{digits}}" if digits else f"{sign}{whole}"
