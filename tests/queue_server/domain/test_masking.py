"""What passes for a card's number does not pass; what does not, stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.masking import is_luhn, masked


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
        # Padded to the length of a field: the zeros are no digits of the number.
        ("0004111111111111111", "***************1111"),
        ("0000000000004111111111111111", "************************1111"),
        ("4111.1111.1111.1111", "****.****.****.1111"),
        ("4111  1111  1111  1111", "****  ****  ****  1111"),
        ("4111 - 1111 - 1111 - 1111", "**** - **** - **** - 1111"),
        ("4111_1111_1111_1111", "****_****_****_1111"),
        ("4111\u00a01111\u202f1111\u20091111", "****\u00a0****\u202f****\u20091111"),
        # Arabic-Indic, Devanagari and full-width digits are digits.
        (
            "\u0664\u0661\u0661\u0661 \u0661\u0661\u0661\u0661 \u0661\u0661\u0661\u0661 \u0661\u0661\u0661\u0661",
            "**** **** **** \u0661\u0661\u0661\u0661",
        ),
        ("\uff14" + "\uff11" * 15, "*" * 12 + "\uff11" * 4),
        # What stands beside it does not hide it.
        ("TID 52500038 4111 1111 1111 1111 12/28", "TID 52500038 **** **** **** 1111 12/28"),
        ("27.11.2026 4111111111111111 14:05", "27.11.2026 ************1111 14:05"),
        # Dates and times are none, though these fourteen digits pass the check.
        ("27.11.2026 14:05:39", "27.11.2026 14:05:39"),
        ("2026-11-27 14:05:31", "2026-11-27 14:05:31"),
        ("4111\n1111\n1111\n1111", "4111\n1111\n1111\n1111"),
        # National numbers begin with 9 (ISO/IEC 7812-1, 4.2).
        ("9792030394440796", "************0796"),
        ("", ""),
        ("0000000000000000", "0000000000000000"),
    ],
)
def test_card_numbers_are_masked_but_for_four_digits(text: str, expected: str) -> None:
    assert masked(text) == expected


@given(st.text(max_size=20), st.from_regex(r"[1-9][0-9]{11,17}", fullmatch=True), st.text(max_size=20))
def test_a_number_that_passes_is_masked_wherever_it_stands(before: str, number: str, after: str) -> None:
    whole = number + next(last for last in "0123456789" if is_luhn(number + last))
    # Between letters it stands alone: digits beside it could make another number together with its own.
    text = f"{before}a {whole} z{after}"
    assert whole not in masked(text)
    assert len(masked(text)) == len(text)
    assert f"{whole[-4:]} z" in masked(text)


@given(
    st.from_regex(r"[1-9][0-9]{11,17}", fullmatch=True),
    st.sampled_from(["", " ", "  ", ".", "-", "/", ":", " - ", "\u00a0", "_", "*"]),
    st.sampled_from([0x30, 0x660, 0x6F0, 0x966, 0xFF10]),
    st.integers(2, 6),
    st.integers(0, 12),
)
def test_groups_signs_scripts_and_zeros_do_not_hide_a_number(
    number: str, between: str, zero: int, size: int, padding: int
) -> None:
    whole = "0" * padding + number + next(last for last in "0123456789" if is_luhn(number + last))
    signs = [chr(zero + int(digit)) for digit in whole]
    text = "| " + between.join("".join(signs[at : at + size]) for at in range(0, len(signs), size)) + " |"
    after = masked(text)
    assert sum(sign.isdigit() for sign in after) <= 4
    assert len(after) == len(text)


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
