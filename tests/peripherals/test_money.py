import contextlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peripherals.errors import AmountInvalidError
from peripherals.money import Amount, currency_of

MOST = 10**11 - 1


@given(st.integers(0, MOST), st.sampled_from(["EUR", "JPY", "KWD", "CHF", "CLF", "XOF"]))
def test_what_is_shown_is_read_again(minor: int, currency: str) -> None:
    amount = Amount(minor, currency)
    text, _, shown = str(amount).partition(" ")
    assert shown == currency
    assert Amount.parse(text, currency) == amount
    assert currency_of(amount.numeric) == currency
    assert amount.major * 10**amount.exponent == Decimal(minor)


def test_what_is_no_amount_is_refused(subtests: pytest.Subtests) -> None:
    cases: list[tuple[str, str]] = [
        ("1.5", "JPY"),
        ("1.234", "EUR"),
        ("1.2345", "KWD"),
        ("-1", "EUR"),
        ("NaN", "EUR"),
        ("Infinity", "EUR"),
        ("1e999999", "EUR"),
        ("1e-999999", "EUR"),
        ("", "EUR"),
        ("12,50", "EUR"),
        ("1", "XAU"),
        ("1", "XXX"),
        ("1", "eur"),
        ("1", ""),
    ]
    for text, currency in cases:
        with subtests.test(text=text, currency=currency), pytest.raises(AmountInvalidError):
            Amount.parse(text, currency)


@given(st.text(max_size=40), st.text(max_size=5))
def test_any_text_is_an_amount_or_refused(text: str, currency: str) -> None:
    for one in (currency, "EUR"):
        with contextlib.suppress(AmountInvalidError):
            assert 0 <= Amount.parse(text, one).minor <= MOST


@pytest.mark.parametrize("minor", [-1, MOST + 1, 10**5000], ids=["negative", "large", "huge"])
def test_bounds_hold_for_minor_units_too(minor: int) -> None:
    with pytest.raises(AmountInvalidError):
        Amount(minor, "EUR")
