"""Amounts of money on pages of staff, as a language writes them."""

from babel import Locale
from markupsafe import Markup

from queue_server.catalogue.price_words import number
from queue_server.domain.values import CurrencyCode


def amount(locale: Locale, minor: int, currency: CurrencyCode | str) -> Markup:
    """Write minor units as kiosks and papers do: ``EUR 82,50``; left to right in every language, as on paper."""
    return Markup('<bdi dir="ltr">{}\N{NO-BREAK SPACE}{}</bdi>').format(currency, number(locale, minor, currency))
