"""The check digit of one-time codes: a slip is noticed where it is made."""

from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain import collection_codes as codes

NUMBERS = st.integers(0, 10**codes.DRAWN - 1)


def test_the_check_digit_is_damms() -> None:
    """The example of the author: 572 is checked by 4."""
    assert codes.with_check_digit(572) == "000000005724"


@given(NUMBERS)
def test_a_code_is_whole_and_read_in_groups(number: int) -> None:
    code = codes.with_check_digit(number)
    assert codes.is_whole(code)
    assert codes.shown(code).replace(" ", "") == code
    assert [len(group) for group in codes.shown(code).split()] == [4, 4, 4]


@given(NUMBERS, st.integers(0, codes.DIGITS - 1), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(number: int, place: int, more: int) -> None:
    code = codes.with_check_digit(number)
    wrong = code[:place] + str((int(code[place]) + more) % 10) + code[place + 1 :]
    assert not codes.is_whole(wrong)


@given(NUMBERS, st.integers(0, codes.DIGITS - 2))
def test_neighbours_that_changed_places_are_noticed(number: int, place: int) -> None:
    code = codes.with_check_digit(number)
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert codes.is_whole(swapped) == (swapped == code)


@given(st.text(max_size=20))
def test_any_text_is_judged(text: str) -> None:
    assert codes.is_whole(text) in {True, False}
    assert not codes.is_whole(text + "x")
