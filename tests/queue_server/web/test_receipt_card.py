"""The end of a card's number on a copy: taken out of the terminal's own lines, or left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.web.counter.receipt import ending


@pytest.mark.parametrize(
    ("lines", "card"),
    [
        (("Card ************4402",), "4402"),
        (("**** **** **** 4402", "EUR 82.50"), "4402"),
        (("PAN 411111XXXXXX4402 09/29",), "4402"),
        (("Karte ############4402", "Karte ############4402"), "4402"),
        (("Card ************4402", "Card ************0018"), ""),
        (("Card 4402", "Receipt 0042"), ""),
        (("Card ************44020",), ""),
        (("Card ************440",), ""),
        (("************", "4402"), ""),
        ((), ""),
    ],
)
def test_a_masked_number_ends_with_four_digits(lines: tuple[str, ...], card: str) -> None:
    assert ending(lines) == card


@given(st.lists(st.text(max_size=40) | st.text(st.sampled_from("*xX#0123456789 -"), max_size=40)))
def test_it_is_four_digits_or_nothing(lines: list[str]) -> None:
    found = ending(lines)
    assert found == "" or (len(found) == 4 and found.isascii() and found.isdecimal())
