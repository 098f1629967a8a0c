"""Amounts of money as a language writes them, with all digits of ISO 4217.

The tables of locales (CLDR) leave some digits out in daily use, and an account does not.
"""

from decimal import Decimal

from babel import Locale
from babel.numbers import format_decimal
from markupsafe import Markup

from queue_server.domain.money import digits_of
from queue_server.domain.values import CurrencyCode


def amount(locale: Locale, minor: int, currency: CurrencyCode | str) -> Markup:
    """Write minor units as kiosks and papers do: ``EUR 82,50``, in the digits and signs of the language.

    Western digits in every language, as all numbers of these pages; left to right, as on paper.
    """
    digits = digits_of(currency) or 0
    number = format_decimal(
        Decimal(minor).scaleb(-digits),
        f"#,##0.{'0' * digits}" if digits else "#,##0",
        locale=locale,
        numbering_system="latn",
    )
    return Markup('<bdi dir="ltr">{}\N{NO-BREAK SPACE}{}</bdi>').format(currency, number)
