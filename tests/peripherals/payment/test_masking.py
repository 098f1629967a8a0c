import pytest
from hypothesis import given
from hypothesis import strategies as st

from peripherals.payment.masking import mask

SPECIMEN = "4111111111111111"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (SPECIMEN, "************1111"),
        ("4111 1111 1111 1111", "************1111"),
        ("4111-1111-1111-1111.", "************1111."),
        ("PAN4111111111111111x", "PAN************1111x"),
        ("4000123412341234", "************1234"),
        (";4111111111111111=99122010000012345?", "************1111"),
        ("4111111111111111D99122010000012345F", "************1111"),
        ("%B4111111111111111^DOE/JANE^99122010000?", "****"),
        ("AID A0000000031010", "AID A0000000031010"),
        ("Total 1234.56 EUR", "Total 1234.56 EUR"),
        ("2026-05-01 12:34:56", "2026-05-01 12:34:56"),
        ("pZtU001251034513719.881566567357804C", "pZtU001251034513719.881566567357804C"),
        ("************1111", "************1111"),
    ],
)
def test_numbers_of_cards_are_masked_and_little_else(text: str, masked: str) -> None:
    assert mask(text) == masked


@given(
    st.text(max_size=20).filter(lambda text: not text[-1:].isalnum()),
    st.integers(10**11, 10**19 - 1).map(str),
    st.text(max_size=20).filter(lambda text: not text[:1].isalnum()),
)
def test_no_number_that_stands_alone_passes(before: str, number: str, after: str) -> None:
    assert number not in mask(before + number + after)
