"""What a service costs on which day, and money as it is written."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.catalogue import model
from queue_server.catalogue.fees import minor, without_desk
from queue_server.domain.money import MAX, MoneyError, digits_of, to_minor, written
from queue_server.domain.tariff import ANYONE, PARTY, Headcount, of_party, size
from queue_server.domain.values import BandId, CurrencyCode
from tests.queue_server.catalogue.strategies import setups

CURRENCIES = st.sampled_from([CurrencyCode(code) for code in ("EUR", "JPY", "KWD", "USD", "CLF")])


DAYS = st.dates(date(2019, 1, 1), date(2041, 1, 1))


def judged(setup: model.Setup, service: str, people: dict[str, int], parties: int, day: date) -> dict[str, int]:
    """Count what a party owes in each currency, person by person: another way than the tariff does."""
    owed: dict[str, int] = {}
    for fee in setup.fees:
        begun = fee.valid_from is None or fee.valid_from <= day
        over = fee.valid_until is not None and day > fee.valid_until
        if fee.service != service or not begun or over:
            continue
        payers = parties if fee.per == "party" else 0
        for band, count in people.items():
            payers += count if fee.per == "person" and (band in fee.bands or not fee.bands) else 0
        owed[fee.currency] = owed.get(fee.currency, 0) + payers * minor(fee)
    return {currency: amount for currency, amount in owed.items() if amount}


@given(setups(frozenset({"fees"})), DAYS, st.data())
def test_people_of_each_age_pay_their_fee_and_a_party_its_own(
    setup: model.Setup, day: date, data: st.DataObject
) -> None:
    tariff = model.tariff(setup)
    for service in setup.services:
        people = {band.id: data.draw(st.integers(0, 5)) for band in setup.bands} or {
            ANYONE: data.draw(st.integers(0, 5))
        }
        party = [Headcount(band, count) for band, count in people.items()]
        prices = tariff.prices(of_party((service.id,), party), day)
        assert {price.currency: price.amount for price in prices} == judged(
            setup, service.id, {str(band): count for band, count in people.items()}, 1, day
        )


@given(setups(frozenset({"fees"})), DAYS)
def test_of_one_service_one_age_and_one_day_there_is_one_fee_at_most_in_each_currency(
    setup: model.Setup, day: date
) -> None:
    tariff = model.tariff(setup)
    for service, band in product(setup.services, (*tariff.bands, ANYONE, PARTY)):
        found = [
            rate.currency
            for rate in tariff.rates
            if rate.service == service.id and rate.holds_on(day) and rate.is_for(band)
        ]
        assert len(set(found)) == len(found)


@given(setups(frozenset({"fees"})))
def test_a_fee_holds_on_its_first_and_its_last_day_and_not_beside_them(setup: model.Setup) -> None:
    for rate in model.tariff(setup).rates:
        if rate.valid_from is not None:
            assert rate.holds_on(rate.valid_from)
            assert not rate.holds_on(rate.valid_from - timedelta(days=1))
        if rate.valid_until is not None:
            assert rate.holds_on(rate.valid_until)
            assert not rate.holds_on(rate.valid_until + timedelta(days=1))


@given(setups(frozenset({"fees"})), st.integers(1, 20))
def test_whoever_is_not_counted_by_age_is_counted_as_the_first(setup: model.Setup, count: int) -> None:
    counted = model.tariff(setup).counted((Headcount(ANYONE, count), Headcount(BandId("gone"), 1)))
    if setup.bands:
        assert counted == (Headcount(setup.bands[0].id, count + 1),)
    else:
        assert size(counted) == count + 1


@given(st.integers(0, MAX), CURRENCIES)
def test_an_amount_is_written_with_all_digits_and_read_again(amount: int, currency: CurrencyCode) -> None:
    text = written(amount, currency)
    assert to_minor(text, currency) == amount
    assert len(text.partition(".")[2]) == digits_of(currency)
    assert written(-amount, currency) == (f"-{text}" if amount else text)


@pytest.mark.parametrize(
    ("text", "currency", "amount"), [("75.00", "EUR", 7_500), ("500", "JPY", 500), ("1.005", "KWD", 1_005)]
)
def test_amounts_of_currencies_with_two_digits_none_and_three(text: str, currency: str, amount: int) -> None:
    assert to_minor(text, currency) == amount
    assert written(amount, CurrencyCode(currency)) == text


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("75", "EUR"), ("75.0", "EUR"), ("75.000", "EUR"), ("500.00", "JPY"), ("500.", "JPY"), ("1.00", "KWD"),
        ("07.50", "EUR"), ("+7.50", "EUR"), ("-7.50", "EUR"), (" 7.50", "EUR"), ("7.50\n", "EUR"), ("", "EUR"),
        ("\u0667.\u0665\u0660", "EUR"), ("1e3", "JPY"), ("1_000", "JPY"), ("1000000000.00", "EUR"),
        ("1.00", "XXX"), ("1.00", "eur"), ("1.00", ""), ("1.00", "QQQ"),
    ],
)  # fmt: skip
def test_what_is_no_amount_of_a_currency_is_refused(text: str, currency: str) -> None:
    with pytest.raises(MoneyError):
        to_minor(text, currency)


def test_nothing_is_written_in_what_is_no_currency() -> None:
    with pytest.raises(MoneyError):
        written(1, CurrencyCode("QQQ"))
    assert digits_of("XAU") is None


@given(setups(frozenset({"fees"})), DAYS, st.integers(1, 4))
def test_the_sums_of_several_services_hold_each_of_them_once(setup: model.Setup, day: date, count: int) -> None:
    """They are one where a currency is shared; else every service that costs something is in exactly one of them."""
    tariff = model.tariff(setup)
    party = [Headcount(ANYONE, count)]
    services = tuple(one.id for one in setup.services)
    alone = [found for one in services if (found := tariff.prices(of_party((one,), party), day))]
    sums = tariff.sums(of_party(services, party), day)
    assert tariff.prices(of_party(services, party), day) == (sums[0] if len(sums) == 1 else ())
    left = alone
    for choice in sums:
        named = {price.currency for price in choice}
        inside = [one for one in left if named <= {price.currency for price in one}]
        for price in choice:
            assert price.amount == sum(
                one.amount for found in inside for one in found if one.currency == price.currency
            )
        left = [one for one in left if one not in inside]
    assert not left


@given(setups(frozenset({"fees"})))
def test_fees_that_no_stop_takes_are_named(setup: model.Setup) -> None:
    desks = {step.id for step in setup.steps if step.takes_fees}
    lacking = [one.id for one in setup.services if not desks & set(one.steps)]
    costs = {fee.service for fee in setup.fees if minor(fee) > 0}
    assert list(without_desk(setup)) == [service for service in lacking if service in costs]
