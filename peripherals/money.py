"""Amounts of money: whole minor units of a currency of ISO 4217, never a float."""

from dataclasses import dataclass
from decimal import Decimal, DecimalException
from typing import Self

from iso4217 import Currency

from peripherals.errors import AmountInvalidError

#: No fee of a consulate comes near it; more is a mistake of whoever typed it. Six BCD bytes of ZVT hold it.
_MAX = 10**11 - 1
#: Characters of what was typed that an error repeats.
_SHOWN = 20


@dataclass(frozen=True, slots=True, order=True)
class Amount:
    """``minor`` units of ``currency`` (ISO 4217 alphabetic): 12.34 EUR is ``Amount(1234, "EUR")``.

    Raises:
        AmountInvalidError: no such currency, one without an exponent, or out of bounds.
    """

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if not 0 <= self.minor <= _MAX:
            raise AmountInvalidError(part="amount", value="negative" if self.minor < 0 else "too-large")
        if _currency(self.currency).exponent is None:
            raise AmountInvalidError(part="currency", value=self.currency)

    @classmethod
    def parse(cls, text: str, currency: str) -> Self:
        """Read major units as people write them, such as ``12.34``; no more digits than the currency has.

        Raises:
            AmountInvalidError: it is no amount of this currency.
        """
        exponent = _currency(currency).exponent
        try:
            minor = Decimal(text).scaleb(exponent or 0)
        except DecimalException as error:
            raise AmountInvalidError(part="amount", value=text[:_SHOWN]) from error
        if not minor.is_finite() or not 0 <= minor <= _MAX or minor != minor.to_integral_value():
            raise AmountInvalidError(part="amount", value=text[:_SHOWN])
        return cls(int(minor), currency)

    @property
    def exponent(self) -> int:
        """How many decimal digits the currency has: JPY 0, EUR 2, KWD 3."""
        return _currency(self.currency).exponent or 0

    @property
    def numeric(self) -> int:
        """The currency's three-digit number."""
        return int(_currency(self.currency).number or 0)

    @property
    def major(self) -> Decimal:
        return Decimal(self.minor).scaleb(-self.exponent)

    def __str__(self) -> str:
        return f"{self.major:.{self.exponent}f} {self.currency}"


def currency_of(numeric: int) -> str:
    """Give the letters of a currency's number.

    Raises:
        AmountInvalidError: no currency has it.
    """
    for one in Currency:
        if one.number == numeric:
            return str(one.code)
    raise AmountInvalidError(part="currency", value=numeric)


def _currency(code: str) -> Currency:
    try:
        return Currency(code)
    except ValueError as error:
        raise AmountInvalidError(part="currency", value=code[:_SHOWN]) from error
