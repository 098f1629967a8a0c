"""What is masked of a text, and what is not. Numbers are those of schemes' documentation, or of no issuer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peripherals.payment.masking import ending, mask

SPECIMEN = "4111111111111111"
#: Made up, with a check digit that fits: no issuer has these first digits.
CARD = "9990001234567890"


def test_what_is_masked_and_what_is_not(subtests: pytest.Subtests) -> None:
    cases: list[tuple[str, str]] = [
        (SPECIMEN, "************1111"),
        (f"Karte {CARD}", "Karte ************7890"),
        ("9990 0012 3456 7890", "**** **** **** 7890"),
        ("4111-1111-1111-1111.", "****-****-****-1111."),
        ("4111.1111.1111.1111", "****.****.****.1111"),
        (CARD[:8] + "  " + CARD[8:], "********  ****7890"),
        (CARD[:8] + "\0" + CARD[8:], "********\0****7890"),
        ("4111    1111    1111    1111", "****    ****    ****    1111"),
        ("4111 1111\r\n        1111 1111", "**** ****\r\n        **** 1111"),
        ("3782      822463      10005", "****      ******      *0005"),
        ("0042    0017    0020    0001", "0042    0017    0020    0001"),
        (f"{SPECIMEN}2712", "****************2712"),
        # Alone with a wrong check digit too; within a word only with the right one, or where it is too long.
        ("4000123412341234", "************1234"),
        ("PAN4111111111111111x", "PAN************1111x"),
        ("PAN4111111111111112x", "PAN4111111111111112x"),
        ("PAN41111111111111119912", "PAN****************9912"),
        ("VISA1 4000123412341234", "VISA1 ************1234"),
        ("4000 1234 1234 1234 12EUR", "**** **** **** 1234 12EUR"),
        ("\u0664\u0661\u0661\u0661 " * 4, "**** **** **** \u0664\u0661\u0661\u0661 "),
        ("999000123458 x", "********3458 x"),
        (";4111111111111111=99122010000012345?", ";************1111=*****************?"),
        ("4111111111111111D99122010000012345F", "************1111*******************"),
        ("%B4111111111111111^DOE/JANE^99122010000?", "%*****************^***/****^***********?"),
        ("DE00 9990 0012 3456 7893 00", "DE** **** **** **** **93 00"),
        ("MT84MALT011000012345MTLCAST001S", "***************************001S"),
        ("MT00MALT011000012345MTLCAST001S", "MT00MALT011000012345MTLCAST001S"),
        ("WP37KQ2HT9CRT65Z", "WP37KQ2HT9CRT65Z"),
        ("AID A0000000031010", "AID A0000000031010"),
        ("AID A0000000041010", "AID A0000000041010"),
        ("VU-Nr. 455600004711", "VU-Nr. 455600004711"),
        ("TA-Nr. 000345 BNr. 0027", "TA-Nr. 000345 BNr. 0027"),
        ("Terminal-ID 52500038", "Terminal-ID 52500038"),
        ("pZtU001251034513719.881566567357804C", "pZtU001251034513719.881566567357804C"),
        ("EUR 12,34", "EUR 12,34"),
        ("Total 1234.56 EUR", "Total 1234.56 EUR"),
        ("1.234.567.890", "1.234.567.890"),
        ("2026-05-01 12:34:56", "2026-05-01 12:34:56"),
        ("26.11.2026 10.15.33", "26.11.2026 10.15.33"),
        ("26.11.2026 10:15:33", "26.11.2026 10:15:33"),
        ("************1111", "************1111"),
        ("411111******1111", "411111******1111"),
    ]
    for text, masked in cases:
        with subtests.test(text=text, masked=masked):
            assert mask(text) == masked


@given(
    st.text(max_size=20).filter(lambda text: not text[-1:].isalnum()),
    st.integers(10**12, 10**19 - 1).map(str),
    st.text(max_size=20).filter(lambda text: not text[:1].isalnum()),
)
def test_no_number_that_stands_alone_passes(before: str, number: str, after: str) -> None:
    assert number not in mask(before + number + after)


@given(st.text("0123456789 -", min_size=13, max_size=40))
def test_no_thirteen_digits_stay_together(text: str) -> None:
    assert not any(part.isdecimal() and len(part) > 12 for part in mask(text).split())


@given(st.one_of(st.text(max_size=60), st.text("0123456789 -.*=^%BD?;AZ", max_size=60)))
def test_a_text_keeps_its_length_and_is_masked_once_for_all(text: str) -> None:
    masked = mask(text)
    assert len(masked) == len(text)
    assert mask(masked) == masked


def test_the_end_of_a_number_is_four_digits_or_nothing(subtests: pytest.Subtests) -> None:
    cases: list[tuple[str, str]] = [
        ("411111 **** 4402", "4402"),
        ("************4402", "4402"),
        ("411111XXXXXX4402", "4402"),
        ("9990-0012-3456-4402", "4402"),
        (CARD, "7890"),
        ("4402", ""),
        ("***4402", ""),
        ("**********402", ""),
        ("***********44*2", ""),
        ("************440\u0664", ""),
        ("************4402 DOE/JANE", ""),
        ("4402************", ""),
        ("************4402\n", ""),
        ("*" * 40 + "4402", ""),
        ("", ""),
    ]
    for number, last in cases:
        with subtests.test(number=number, last=last):
            assert ending(number) == last


@given(st.text(st.sampled_from("0123456789*xX .-#\u0664e\n"), max_size=30) | st.text())
def test_nothing_but_four_digits_is_ever_taken(number: str) -> None:
    last = ending(number)
    assert last == "" or (len(last) == 4 and last.isascii() and last.isdecimal() and number.endswith(last[-1]))
