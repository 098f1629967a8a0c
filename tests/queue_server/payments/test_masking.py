"""What passes for a card's number does not pass; what does not, stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.payments.masking import is_luhn, masked


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Numbers that schemes publish for tests.
        ("4111111111111111", "************1111"),
        ("Card 5500 0000 0000 0004 ok", "Card **** **** **** 0004 ok"),
        ("3782-822463-10005", "****-******-*0005"),
        ("6011000990139424;", "************9424;"),
        ("4111111111111112", "4111111111111112"),
        ("############1111", "############1111"),
        ("Trace 000123 Beleg 0042", "Trace 000123 Beleg 0042"),
        ("TID 52500038", "TID 52500038"),
        # No scheme has numbers that begin with 0; national ones begin with 9 (ISO/IEC 7812-1, 4.2).
        ("0111111111111119", "0111111111111119"),
        ("9792030394440796", "************0796"),
        ("", ""),
    ],
)
def test_card_numbers_are_masked_but_for_four_digits(text: str, expected: str) -> None:
    assert masked(text) == expected


@given(st.text(max_size=20), st.from_regex(r"[1-9][0-9]{11,17}", fullmatch=True), st.text(max_size=20))
def test_a_number_that_passes_is_masked_wherever_it_stands(before: str, number: str, after: str) -> None:
    whole = number + next(last for last in "0123456789" if is_luhn(number + last))
    text = f"{before}| {whole} |{after}"
    assert whole not in masked(text)
    assert len(masked(text)) == len(text)
    assert f"{whole[-4:]} |" in masked(text)


@given(st.text())
def test_any_text_is_taken_and_masking_twice_changes_nothing(text: str) -> None:
    assert masked(masked(text)) == masked(text)


@given(st.from_regex(r"[0-9]{12,18}", fullmatch=True), st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_digit_does_not_pass(number: str, place: int, by: int) -> None:
    whole = number + next(last for last in "0123456789" if is_luhn(number + last))
    place %= len(whole)
    wrong = whole[:place] + str((int(whole[place]) + by) % 10) + whole[place + 1 :]
    assert is_luhn(whole)
    assert not is_luhn(wrong)
