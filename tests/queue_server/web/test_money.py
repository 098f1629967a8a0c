"""Amounts as languages write them: all digits of ISO 4217, western digits, and back again."""

import re

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.money import MAX, digits_of, to_minor
from queue_server.domain.values import CurrencyCode
from queue_server.web.amounts import amount
from queue_server.web.payments import wording as money
from queue_server.web.site import LANGUAGES


def text(language: str, minor: int, currency: str) -> str:
    return re.sub(r"[\u200e\u200f]", "", amount(Locale.parse(language), minor, currency).striptags())


@pytest.mark.parametrize(
    ("language", "minor", "currency", "written"),
    [
        ("en", 8250, "EUR", "EUR 82.50"),
        ("fr", 8250, "EUR", "EUR 82,50"),
        ("ar", 8250, "EUR", "EUR 82.50"),
        ("en", 18250, "KWD", "KWD 18.250"),
        ("en", 500, "JPY", "JPY 500"),
        ("fr", 123_456_789, "CAD", "CAD 1 234 567,89"),
        ("en", 5, "IQD", "IQD 0.005"),
        ("en", -250, "EUR", "EUR -2.50"),
    ],
)
def test_amounts_are_written_for_the_language(language: str, minor: int, currency: str, written: str) -> None:
    assert re.sub(r"[\u00a0\u202f]", " ", text(language, minor, currency)) == written


@given(
    st.sampled_from(LANGUAGES),
    st.integers(0, MAX),
    st.sampled_from(["EUR", "USD", "JPY", "KWD", "IQD", "LBP", "CLF", "HUF", "ISK"]),
)
def test_no_digit_is_lost(language: str, minor: int, currency: str) -> None:
    digits = re.sub(r"[^0-9]", "", text(language, minor, currency))
    assert int(digits) == minor
    assert len(digits) > (digits_of(currency) or 0)
    assert re.search(r"[\u0660-\u0669]", text(language, minor, currency)) is None


@given(st.integers(0, MAX), st.sampled_from(["EUR", "JPY", "KWD"]))
def test_what_stands_in_a_field_may_be_typed_and_is_read_again(minor: int, currency: str) -> None:
    code = CurrencyCode(currency)
    written = money.field(minor, code)
    assert to_minor(written, code) == minor
    assert re.fullmatch(money.shape(code), written)


@pytest.mark.parametrize("wrong", ["12.001", "1,2,3", "-1", "1e3", " 1", "", "١٢"])
def test_what_is_no_amount_does_not_fit_the_field(wrong: str) -> None:
    assert re.fullmatch(money.shape(CurrencyCode("EUR")), wrong) is None


def test_a_number_is_that_of_the_claim_slip() -> None:
    from kiosk.payment.journal_model import claim_code  # noqa: PLC0415 - the kiosk's own writing of it

    ident = "01a21000-0000-7000-8000-0123456789ab"
    assert money.claim(ident) == claim_code(ident) == "0123-4567-89AB"
