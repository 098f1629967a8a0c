"""Prices as pages and papers say them: who pays, how much, and in which currencies. Pure."""

from datetime import date

import pytest
from babel import Locale

from queue_server.catalogue import price_words, store, toml
from queue_server.domain.tariff import Rate
from queue_server.domain.values import BandId, CurrencyCode, ServiceId
from queue_server.web.booking import costs
from queue_server.web.booking.choice import BookingChoice
from queue_server.web.site import site_of
from queue_server.web.times import Clockface
from queue_server.web.view_context import PageReader
from tests.queue_server.house import KNOWN

ONE = ServiceId("one")
EUR, KWD = CurrencyCode("EUR"), CurrencyCode("KWD")
BANDS = {BandId("adult"): "Adults", BandId("child"): "Children"}
DEMO = toml.parse(store.demo_catalogues()[0])
DAY = date(2026, 12, 9)


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\u2066", "").replace("\u2069", "")


def said(*rates: Rate, language: str = "en") -> list[str]:
    words = site_of(KNOWN.sites).words[language]
    return [plain(one) for one in price_words.of_service(words, Locale(language), rates, BANDS)]


@pytest.mark.parametrize(
    ("rates", "told"),
    [
        ((), ["free of charge"]),
        ((Rate(ONE, 0, EUR),), ["free of charge"]),
        ((Rate(ONE, 1200, EUR, "party"),), ["EUR 12.00 for all together"]),
        ((Rate(ONE, 1200, EUR),), ["EUR 12.00 for each person"]),
        ((Rate(ONE, 1200, EUR), Rate(ONE, 4000, KWD)), ["EUR 12.00 or KWD 4.000 for each person"]),
        (
            (Rate(ONE, 1200, EUR, bands=(BandId("adult"),)),),
            ["Adults: EUR 12.00", "Children: free of charge"],
        ),
        (
            (Rate(ONE, 1200, EUR, bands=(BandId("adult"),)), Rate(ONE, 500, EUR, "party")),
            ["Adults: EUR 12.00", "EUR 5.00 for all together"],
        ),
    ],
)
def test_a_service_says_who_pays_how_much(rates: tuple[Rate, ...], told: list[str]) -> None:
    assert said(*rates) == told


def cost(*services: str, language: str = "en") -> str:
    reader = PageReader(site_of(KNOWN.sites).words[language], Clockface("Europe/Brussels", language), language, False)
    choice = BookingChoice(tuple(map(ServiceId, services)), 1)
    return plain(costs.cost(DEMO, choice, DAY, reader))


def test_a_booking_of_services_without_a_shared_currency_says_each_sum() -> None:
    both = cost("uto-passport-renewal", "xmr-passport-renewal")
    assert both == "EUR 82.50 and KWD 18.250, paid at the centre"
    assert cost("uto-passport-renewal", "xmr-passport-renewal", language="fr").startswith("EUR 82,50 et KWD 18,250")
    assert cost("uto-passport-renewal") == "EUR 82.50, paid at the centre"


def test_a_fee_of_a_party_is_not_said_to_be_of_each() -> None:
    reader = PageReader(site_of(KNOWN.sites).words["en"], Clockface("Europe/Brussels", "en"), "en", False)
    by_party = {one.service for one in DEMO.fees if one.per == "party"}
    assert by_party
    for service in by_party:
        note = plain(costs.service_note(DEMO, service, DAY, reader))
        assert "for all together" in note
        assert "each" not in note
