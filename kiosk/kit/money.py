"""Amounts of money as people of a language write them, with the digits that terminals and tickets show."""

from PySide6.QtCore import QLocale

from peripherals.money import Amount


def written(minor: int, exponent: int, language: str) -> str:
    """Write ``minor`` units of a currency with ``exponent`` decimal digits, without its name: ``1 234,50`` in French.

    The digits are 0 to 9 everywhere, as on the terminal's own screen: a person compares the two. A language with
    digits of its own is given the marks that go with these.
    """
    locale = QLocale(language)
    if locale.zeroDigit() != "0":
        locale = QLocale(QLocale.Language.English)
    # Whole units and the rest are set apart: a float would not hold every amount.
    whole, rest = divmod(minor, 10**exponent)
    text = locale.toString(whole)
    return f"{text}{locale.decimalPoint()}{rest:0{exponent}d}" if exponent else text


def priced(amount: Amount, language: str) -> str:
    """Write an amount with the letters of its currency before it: ``EUR 85.00``."""
    return f"{amount.currency} {written(amount.minor, amount.exponent, language)}"
