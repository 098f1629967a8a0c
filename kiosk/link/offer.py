"""Turns the server's catalogue into what this kiosk can offer: in the languages that it has translations of."""

from collections.abc import Collection

import structlog
from msgspec.structs import replace

from kiosk.journey.offer import FALLBACK, Offer
from kiosk.journey.page import Language
from peripherals.errors import AmountInvalidError
from peripherals.payment.money import Amount
from queue_server.contract.catalogue import KindView, ServicesAnswer
from queue_server.domain.tariff import Rate, Tariff

_log = structlog.get_logger(__name__)

#: How each language calls itself: never a flag, never a name in another language.
ENDONYMS = {
    "en": "English",
    "fr": "Français",
    "es": "Español",
    "pt": "Português",
    "ar": "العربية",
    "fa-AF": "دری",
    "ps": "پښتو",
    "am": "አማርኛ",
    "ti": "ትግርኛ",
    "bn": "বাংলা",
    "ne": "नेपाली",
    "my": "မြန်မာ",
    "uk": "Українська",
    "sw": "Kiswahili",
    "so": "Soomaali",
}


def offer_of(catalogue: ServicesAnswer | None, translated: Collection[str], currency: str = "") -> Offer:
    """Give the offer; without a catalogue nothing but the languages of the kiosk itself.

    ``currency`` is what the kiosk takes, empty for whatever a service costs where that is one currency.
    """
    asked = tuple(ENDONYMS) if catalogue is None else catalogue.centre.languages
    codes = [code for code in asked if code in translated] or [FALLBACK]
    languages = tuple(Language(code, ENDONYMS.get(code, code)) for code in codes)
    if catalogue is None:
        return Offer(languages=languages)
    # A server that knows no groups has kinds alone.
    kinds = {one.id: one for one in catalogue.kinds}
    groups = [KindView(one.id, one.name, one.icon) for one in catalogue.groups or catalogue.kinds]
    found = {ident: one.group or ident for ident, one in kinds.items()}
    return Offer(
        languages=languages,
        centre=catalogue.centre.name,
        governments=catalogue.governments,
        kinds=tuple(groups),
        services=tuple(replace(one, kind=found.get(one.kind, one.kind)) for one in catalogue.services),
        icons={one.id: kinds[one.kind].icon for one in catalogue.services if one.kind in kinds},
        tariff=_tariff(catalogue),
        day=catalogue.centre.day,
        currency=currency,
        pay_offline=catalogue.pay_offline,
        bands=catalogue.bands,
        party=catalogue.kiosk_party,
        most=catalogue.kiosk_services,
    )


def _tariff(catalogue: ServicesAnswer) -> Tariff:
    """Give what services cost, without currencies that nothing can be paid in."""
    rates: list[Rate] = []
    for one in catalogue.fees:
        try:
            Amount(one.amount, one.currency)
        except AmountInvalidError as error:
            _log.warning("fee-unusable", service=one.service, code=error.code)
            continue
        rates.append(
            Rate(
                one.service,
                one.amount,
                one.currency,
                one.per,
                one.bands,
                one.valid_from,
                one.valid_until,
                one.waivable,
            )
        )
    return Tariff(tuple(band.id for band in catalogue.bands), tuple(rates))
