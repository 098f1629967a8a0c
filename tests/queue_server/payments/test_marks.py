"""By what a payment is found, and what somebody may mean who types something."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from queue_server.domain.masking import masked
from queue_server.domain.money import digits_of, written
from queue_server.domain.values import CurrencyCode, JournalState, RefundId, RefundReason, TerminalReference
from queue_server.payments import decide
from queue_server.payments.search_marks import SearchMark, card_ends, marks, wanted
from tests.queue_server.payments.test_model import BEGAN, CASHIER, GOOD, MANAGER, fold, row, told

CURRENCIES = st.sampled_from([CurrencyCode(code) for code in ("EUR", "JPY", "KWD", "USD")])


def test_a_payment_has_the_slips_and_amounts_of_all_that_happened_to_it() -> None:
    assert marks(None) == frozenset()
    paid = told(GOOD)
    assert marks(paid) == {(SearchMark.AMOUNT, "82.5")}
    named = replace(paid, rows=(*paid.rows[:-1], row(7, JournalState.RECEIPT_DONE, "T-0042")))
    assert (SearchMark.SLIP, "t-0042") in marks(named)
    asked = fold(decide.request_refund(named, RefundId("r"), 2000, RefundReason.WRONG_FEE, CASHIER), named)
    asked = fold(decide.confirm(asked, "r", MANAGER), asked)
    back = fold(decide.settle(asked, "r", CASHIER, done=True, reference=TerminalReference("R-7")), asked)
    assert marks(back) - marks(named) == {(SearchMark.AMOUNT, "20"), (SearchMark.SLIP, "r-7")}
    assert marks(named) <= marks(back)


@given(st.integers(1, 99_999_999_999), CURRENCIES, st.booleans())
def test_an_amount_is_found_however_it_is_written(minor: int, currency: CurrencyCode, comma: bool) -> None:
    payment = fold([replace(BEGAN, amount=minor, currency=currency)])
    text = written(minor, currency)
    shorter = text.rstrip("0").rstrip(".") if digits_of(currency) else text
    for said in (text, shorter, f" {text} "):
        assert marks(payment) & wanted(said.replace(".", ",") if comma else said), said
    assert not marks(payment) & {one for one in wanted(written(minor + 1, currency)) if one[0] is SearchMark.AMOUNT}


@given(st.text(max_size=40))
def test_whatever_is_typed_is_looked_for_and_no_more(text: str) -> None:
    found = wanted(text)
    assert len(found) <= 2
    assert ((SearchMark.SLIP, text.strip().lower()) in found) == bool(text.strip())


@pytest.mark.parametrize(
    ("line", "ends"),
    [
        ("Card ************0018", ("0018",)),
        ("PAN 476173 **** 0119", ("0119",)),
        ("Karten-Nr. ############0018 0001", ("0018",)),
        ("XXXX XXXX XXXX 1234", ("1234",)),
        ("VISA xxxxxxxxxxxx1234 C", ("1234",)),
        ("Receipt 0042", ()),
        ("*** 82.50 EUR ***", ()),
        ("Terminal **12345678", ()),
        ("* 2026", ()),
    ],
)
def test_a_masked_receipt_says_how_the_card_ends(line: str, ends: tuple[str, ...]) -> None:
    assert card_ends((line, line)) == ends


@given(st.integers(10**15, 10**16 - 1))
def test_what_was_masked_here_says_how_the_card_ends(number: int) -> None:
    line = masked(f"Card {number}")
    assert card_ends((line,)) == ((str(number)[-4:],) if "*" in line else ())
