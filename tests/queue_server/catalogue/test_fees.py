"""What a service costs on which day, and money as it is written."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.catalogue import model
from queue_server.catalogue.fees import fees_on
from queue_server.money import MOST, MoneyError, digits_of, to_minor, written
from queue_server.values import CurrencyCode
from tests.queue_server.catalogue.strategies import setups

CURRENCIES = st.sampled_from([CurrencyCode(code) for code in ("EUR", "JPY", "KWD", "USD", "CLF")])


@given(setups(), st.dates(date(2019, 1, 1), date(2041, 1, 1)))
def test_on_any_day_a_service_has_one_fee_at_most_in_each_currency(setup: model.Setup, day: date) -> None:
    for service in setup.services:
        found = fees_on(setup, service.id, day)
        assert len({fee.currency for fee in found}) == len(found)
        for fee in setup.fees:
            holds = fee.service == service.id and not (
                (fee.valid_from is not None and day < fee.valid_from)
                or (fee.valid_until is not None and day > fee.valid_until)
            )
            assert (fee in found) == holds


@given(setups())
def test_a_fee_holds_on_its_first_and_its_last_day_and_not_beside_them(setup: model.Setup) -> None:
    for fee in setup.fees:
        if fee.valid_from is not None:
            assert fee in fees_on(setup, fee.service, fee.valid_from)
            assert fee not in fees_on(setup, fee.service, fee.valid_from - timedelta(days=1))
        if fee.valid_until is not None:
            assert fee in fees_on(setup, fee.service, fee.valid_until)
            assert fee not in fees_on(setup, fee.service, fee.valid_until + timedelta(days=1))


@given(st.integers(0, MOST), CURRENCIES)
def test_an_amount_is_written_with_all_digits_and_read_again(minor: int, currency: CurrencyCode) -> None:
    text = written(minor, currency)
    assert to_minor(text, currency) == minor
    assert len(text.partition(".")[2]) == digits_of(currency)
    assert written(-minor, currency) == (f"-{text}" if minor else text)


@pytest.mark.parametrize(
    ("text", "currency", "minor"), [("75.00", "EUR", 7_500), ("500", "JPY", 500), ("1.005", "KWD", 1_005)]
)
def test_amounts_of_currencies_with_two_digits_none_and_three(text: str, currency: str, minor: int) -> None:
    assert to_minor(text, currency) == minor
    assert written(minor, CurrencyCode(currency)) == text


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
