"""How a price is said: of a service, before anybody is counted, and of a party. Pure; every page says it alike."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Final

from babel import Locale
from babel.numbers import format_decimal
from markupsafe import Markup

from queue_server.domain.money import digits_of
from queue_server.domain.tariff import Price, Rate
from queue_server.domain.values import BandId, CurrencyCode
from queue_server.framework.words import PageTranslations

#: Around what stands left to right in every language (Unicode, UAX 9: LRI and PDI).
_LTR: Final = "\N{LEFT-TO-RIGHT ISOLATE}"
_END: Final = "\N{POP DIRECTIONAL ISOLATE}"
#: Who pays, where that is no age band (whose ids have letters and digits).
_EVERYBODY: Final = BandId("")
_TOGETHER: Final = BandId("*")


def number(locale: Locale, minor: int, currency: CurrencyCode | str) -> str:
    """Write minor units with all digits of ISO 4217: ``82,50``.

    The tables of locales (CLDR) leave some digits out in daily use, and an account does not. Western digits in every
    language, as all numbers of the pages.
    """
    digits = digits_of(currency) or 0
    pattern = f"#,##0.{'0' * digits}" if digits else "#,##0"
    return format_decimal(Decimal(minor).scaleb(-digits), pattern, locale=locale, numbering_system="latn")


def amount(_: PageTranslations, locale: Locale, minor: int, currency: CurrencyCode) -> Markup:
    """Write an amount as kiosks and papers do, ``EUR 82,50``; nothing is free of charge."""
    if not minor:
        return _("free of charge")
    return Markup.escape(f"{_LTR}{currency}\N{NO-BREAK SPACE}{number(locale, minor, currency)}{_END}")


def of_service(
    _: PageTranslations, locale: Locale, rates: Iterable[Rate], bands: Mapping[BandId, str]
) -> tuple[Markup, ...]:
    """Say who pays how much by the rates of one service; ``bands`` are the names of all age bands, in their order.

    Several currencies are a choice. An age that no rate names while others are named pays nothing. A service without
    any rate is free of charge.
    """
    payers: dict[BandId, dict[Markup, None]] = defaultdict(dict)
    for rate in rates:
        for band in (rate.bands or (_EVERYBODY,)) if rate.per == "person" else (_TOGETHER,):
            payers[band][amount(_, locale, rate.amount, rate.currency)] = None
    named = {band for band in payers if band in bands}
    if named and _EVERYBODY not in payers and _TOGETHER not in payers:
        payers |= {band: {_("free of charge"): None} for band in bands if band not in named}
    order = (*bands, _EVERYBODY, _TOGETHER)
    charged = len(payers) > 1 or any(rate.amount for rate in rates)
    told = (
        _of_payer(_, band, _(" or ").join(payers[band]), bands, charged=charged) for band in order if band in payers
    )
    return tuple(told) or (_("free of charge"),)


def _of_payer(_: PageTranslations, band: BandId, told: Markup, bands: Mapping[BandId, str], *, charged: bool) -> Markup:
    if band in bands:
        return _("%(people)s: %(amount)s", people=bands[band], amount=told)
    if not charged:
        return told
    if band == _TOGETHER:
        return _("%(amount)s for all together", amount=told)
    return _("%(amount)s for each person", amount=told)


def of_party(_: PageTranslations, locale: Locale, sums: Sequence[Sequence[Price]]) -> Markup:
    """Say what a party pays (``Tariff.sums``): every sum, each in one of its currencies."""
    if not sums:
        return _("Free of charge")
    told = (_(" or ").join(amount(_, locale, one.amount, one.currency) for one in choice) for choice in sums)
    return _("%(amount)s, paid at the centre", amount=_(" and ").join(told))
