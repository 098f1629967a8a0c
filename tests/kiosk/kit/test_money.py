"""Amounts as people write them, and never another amount."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.kit.money import written


@pytest.mark.parametrize(
    ("minor", "exponent", "language", "said"),
    [
        (8500, 2, "en", "85.00"),
        (8500, 2, "fr", "85,00"),
        (8500, 2, "ar", "85.00"),
        (8500, 2, "fa-AF", "85.00"),
        (123_456_789, 2, "en", "1,234,567.89"),
        (123_456_789, 2, "fr", "1\u202f234\u202f567,89"),
        (123_456, 0, "en", "123,456"),
        (18_250, 3, "en", "18.250"),
        (5, 3, "fr", "0,005"),
        (0, 0, "ar", "0"),
    ],
)
def test_each_language_has_its_own_marks(minor: int, exponent: int, language: str, said: str) -> None:
    assert written(minor, exponent, language) == said


@given(st.integers(0, 10**11 - 1), st.sampled_from([0, 2, 3, 4]), st.sampled_from(["en", "fr", "ar", "ps", "my"]))
def test_no_digit_is_lost(minor: int, exponent: int, language: str) -> None:
    said = written(minor, exponent, language)
    assert said.isascii() or language in {"fr", "ps", "my"}
    digits = "".join(char for char in said if char in "0123456789")
    assert int(digits) == minor
