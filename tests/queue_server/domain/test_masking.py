"""What passes for a card's number does not pass; what does not, stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.masking import is_luhn, masked, may_be_card


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
        ("Date 27.11.2026    14:05    000123", "Date 27.11.2026    14:05    000123"),
        # A printer breaks lines and fills columns wherever its paper ends.
        ("4111\n1111\n1111\n1111", "****\n****\n****\n1111"),
        ("4111\r\n1111\r\n1111\r\n1111", "****\r\n****\r\n****\r\n1111"),
        ("Card 4111 1111 11\n              11 1111", "Card **** **** **\n              ** 1111"),
        ("4111    1111    1111    1111", "****    ****    ****    1111"),
        ("3782      822463\t10005", "****      ******\t*0005"),
        # Figures of columns and lines beside each other are no card's: none begins with these digits in this length.
        ("12     1.234,56\n13     2.345,67", "12     1.234,56\n13     2.345,67"),
        ("0042    000017    0020    0001", "0042    000017    0020    0001"),
        # A field holds the date of expiry or a prefix beside the number, without a blank.
        ("41111111111111112712", "************11112712"),
        ("4111 1111 1111 11112712", "**** **** **** 11112712"),
        ("27124111 1111 1111 1111", "2712**** **** **** 1111"),
        ("3782822463100052712", "***********00052712"),
        ("PAN=9941111111111111112712;", "PAN=99************11112712;"),
        ("62123456789000000032712", "***************00032712"),
        # As long as two cards, and none.
        ("00000000100000000200000000300000", "00000000100000000200000000300000"),
        ("1234567890123456", "1234567890123456"),
        # National numbers begin with 9 (ISO/IEC 7812-1, 4.2).
        ("9792030394440796", "************0796"),
        ("", ""),
        ("0000000000000000", "0000000000000000"),
    ],
)
def test_card_numbers_are_masked_but_for_four_digits(text: str, expected: str) -> None:
    assert masked(text) == expected


@pytest.mark.parametrize(
    ("slip", "expected"),
    [("000345", False), ("12345678901", False), ("411111111111", True), ("4111  1111\n1111_1111", True)],
)
def test_the_number_of_a_slip_has_fewer_digits_than_a_card(slip: str, expected: bool) -> None:
    assert may_be_card(slip) is expected


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


@given(
    st.from_regex(r"4[0-9]{14}|5[0-9]{14}|3[47][0-9]{13}", fullmatch=True),
    st.from_regex(r"[0-9]{0,6}", fullmatch=True),
    st.from_regex(r"[0-9]{3,6}", fullmatch=True),
)
def test_digits_beside_a_number_do_not_hide_it(number: str, before: str, after: str) -> None:
    whole = number[:14] if number.startswith("3") else number
    whole += next(last for last in "0123456789" if is_luhn(whole + last))
    assert whole[:-4] not in masked(before + whole + after)


@given(
    st.from_regex(r"4[0-9]{14}", fullmatch=True),
    st.lists(st.text(" \t\r\n\u00a0", min_size=1, max_size=60), min_size=3, max_size=3),
)
def test_no_line_break_and_no_blanks_hide_a_number(number: str, blanks: list[str]) -> None:
    whole = number + next(last for last in "0123456789" if is_luhn(number + last))
    groups = [whole[at : at + 4] for at in range(0, 16, 4)]
    after = masked("".join(group + blank for group, blank in zip(groups, [*blanks, ""], strict=True)))
    assert after.startswith("****" + blanks[0] + "****" + blanks[1] + "****" + blanks[2])


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
