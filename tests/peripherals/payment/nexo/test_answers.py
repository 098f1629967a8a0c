"""What hostile or odd answers come to: read in good order, or refused in good order."""

import contextlib
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peripherals.errors import AnswerInvalidError
from peripherals.money import Amount
from peripherals.payment.nexo import answers, receipts, requests
from peripherals.payment.nexo.answers import FAILURES, InProgressError, NotFound
from peripherals.payment.nexo.messages import OutputContent, OutputText, PaymentReceipt, decode_answer
from peripherals.payment.port import Result
from tests.peripherals.payment.nexo.counter import FEE, order

NAMES = requests.PeerNames("KIOSK1", "V400m-1")
ORDER = order()
ASKED = requests.payment(NAMES, ORDER, datetime(2026, 5, 1, tzinfo=UTC)).message_header
HEADER = {
    "MessageClass": "Service",
    "MessageCategory": "Payment",
    "MessageType": "Response",
    "POIID": "V400m-1",
    "SaleID": "KIOSK1",
    "ServiceID": ASKED.service_id,
}


def payment(**changes: Any) -> Any:
    named = {"TransactionID": "abc.DEF", "TimeStamp": "2026-05-01T12:00:00.000Z"}
    body = {
        "Response": {"Result": "Success"},
        "POIData": {"POITransactionID": named},
        "PaymentResult": {"AmountsResp": {"AuthorizedAmount": 12.34, "Currency": "EUR"}},
        **changes,
    }
    whole = {"SaleToPOIResponse": {"MessageHeader": HEADER, "PaymentResponse": body}}
    return decode_answer(json.dumps(whole).encode()).payment_response


def test_a_plain_approval() -> None:
    read = answers.payment(payment(), ORDER, "V400m-1")
    assert (read.result, read.amount, read.reference, read.reason) == (Result.APPROVED, FEE, "abc.DEF", "")
    assert read.at == datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("amounts", "amount"),
    [
        ({"AuthorizedAmount": 12.34}, FEE),
        ({"AuthorizedAmount": "12.34", "Currency": "EUR"}, FEE),
        ({"AuthorizedAmount": 12.340, "Currency": "EUR"}, FEE),
        ({"AuthorizedAmount": 15, "Currency": "EUR"}, Amount(1500, "EUR")),
        ({"AuthorizedAmount": 12.34, "Currency": "USD"}, Amount(1234, "USD")),
        ({"AuthorizedAmount": 0}, Amount(0, "EUR")),
    ],
)
def test_what_was_charged_is_what_the_terminal_says(amounts: dict[str, Any], amount: Amount) -> None:
    read = answers.payment(payment(PaymentResult={"AmountsResp": amounts}), ORDER, "V400m-1")
    assert (read.result, read.amount) == (Result.APPROVED, amount)
    assert read.reason == ("" if amount == FEE else "amount-differs")


@pytest.mark.parametrize(
    ("instrument", "card"),
    [
        ({"CardData": {"MaskedPan": "411111 **** 4402", "PaymentBrand": "visa"}}, "4402"),
        ({"CardData": {"MaskedPan": "9990001234567890"}}, "7890"),
        ({"CardData": {"MaskedPan": 4402}}, ""),
        ({"CardData": {"MaskedPan": "440"}}, ""),
        ({"CardData": {"MaskedPan": ["************4402"]}}, ""),
        ({"CardData": "************4402"}, ""),
        ({"CardData": None}, ""),
        ({}, ""),
        ("************4402", ""),
        ([[[[]]]], ""),
        (None, ""),
    ],
)
def test_the_end_of_a_card_is_taken_where_it_has_its_shape(instrument: object, card: str) -> None:
    """Whatever stands there, the money is read."""
    amounts = {"AmountsResp": {"AuthorizedAmount": 12.34}, "PaymentInstrumentData": instrument}
    answer = payment(PaymentResult=amounts)
    read = answers.payment(answer, ORDER, "V400m-1")
    assert (read.result, read.amount, read.card) == (Result.APPROVED, FEE, card)
    for text in (repr(read), repr(answer)):
        assert "4402" not in text
        assert "7890" not in text


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-1", -1, 1e300, "1e999999999", "12.345", 10**40])
def test_no_number_is_taken_that_is_no_money(number: object) -> None:
    amounts = {"AmountsResp": {"AuthorizedAmount": number, "Currency": "EUR"}}
    with pytest.raises(AnswerInvalidError):
        answers.payment(payment(PaymentResult=amounts), ORDER, "V400m-1")


@pytest.mark.parametrize("reference", ["", "with space", "x" * 129, "caf\u00e9", "a\nb"])
def test_a_reference_that_cannot_be_kept_is_left_out(reference: str) -> None:
    named = {"TransactionID": reference[:128], "TimeStamp": "2026-05-01T12:00:00"}
    read = answers.payment(payment(POIData={"POITransactionID": named}), ORDER, "V400m-1")
    assert read.result is Result.APPROVED
    assert read.reference == ("" if len(reference) < 129 else "x" * 128)


def test_a_success_without_amounts_is_one_of_what_was_asked_for() -> None:
    assert answers.payment(payment(PaymentResult=None), ORDER, "V400m-1").amount == FEE
    with pytest.raises(AnswerInvalidError):
        answers.payment(payment(PaymentResult=None, Response={"Result": "Partial"}), ORDER, "V400m-1")


def test_no_failure_is_a_charge(subtests: pytest.Subtests) -> None:
    cases: list[str | None] = [*FAILURES, "Novelty", None]
    for condition in cases:
        with subtests.test(condition=condition):
            response = {"Result": "Failure", "ErrorCondition": condition}
            read = answers.payment(payment(Response=response), ORDER, "V400m-1")
            assert read.result in {Result.DECLINED, Result.CANCELLED, Result.FAILED}
            assert read.reason == FAILURES.get(condition or "", (None, "unknown"))[1]
            assert read.amount == FEE


def test_what_goes_on_is_no_result() -> None:
    with pytest.raises(InProgressError):
        answers.payment(payment(Response={"Result": "Failure", "ErrorCondition": "InProgress"}), ORDER, "V400m-1")
    with pytest.raises(AnswerInvalidError):
        answers.payment(payment(Response={"Result": "Perhaps"}), ORDER, "V400m-1")


@pytest.mark.parametrize("name", ["MessageClass", "MessageCategory", "MessageType", "POIID", "SaleID", "ServiceID"])
def test_an_answer_to_another_question_is_refused(name: str) -> None:
    def answered(header: dict[str, str | None]) -> Any:
        whole = {"SaleToPOIResponse": {"MessageHeader": header}}
        return decode_answer(json.dumps(whole).encode()).message_header

    answers.check(ASKED, answered({**HEADER}))
    with pytest.raises(AnswerInvalidError):
        answers.check(ASKED, answered({**HEADER, name: "Other"}))


def status(**body: Any) -> Any:
    whole = {"SaleToPOIResponse": {"MessageHeader": HEADER, "TransactionStatusResponse": body}}
    return decode_answer(json.dumps(whole).encode())


def test_a_status_that_says_nothing_is_refused() -> None:
    missing = status(Response={"Result": "Failure", "ErrorCondition": "NotFound"})
    assert answers.outcome(missing, ORDER, "V400m-1") == NotFound()
    with pytest.raises(InProgressError):
        answers.outcome(status(Response={"Result": "Failure", "ErrorCondition": "InProgress"}), ORDER, "V400m-1")
    repeated = {"MessageHeader": HEADER, "RepeatedResponseMessageBody": {}}
    for body in (
        {"Response": {"Result": "Success"}},
        {"Response": {"Result": "Failure", "ErrorCondition": "Busy"}},
        {"Response": {"Result": "Success"}, "RepeatedMessageResponse": repeated},
    ):
        with pytest.raises(AnswerInvalidError):
            answers.outcome(status(**body), ORDER, "V400m-1")


FIELDS = [
    "Response",
    "Result",
    "ErrorCondition",
    "POIData",
    "POITransactionID",
    "TransactionID",
    "TimeStamp",
    "PaymentResult",
    "AmountsResp",
    "AuthorizedAmount",
    "Currency",
    "PaymentReceipt",
    "POIStatus",
    "GlobalStatus",
    "TransactionTotals",
    "PaymentCurrency",
    "PaymentTotals",
    "TransactionType",
    "TransactionAmount",
    "TransactionCount",
    "ReconciliationType",
]
words = st.sampled_from(["Success", "Failure", "Partial", "", "EUR", "JPY", "Debit", "OK", "Card", "x"])
bodies = st.recursive(
    words | st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats(allow_nan=False),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(FIELDS),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(st.sampled_from(["Payment", "Reversal", "Diagnosis", "Reconciliation", "TransactionStatus"]), bodies)
def test_no_answer_does_more_than_fail(kind: str, body: object) -> None:
    whole = {"SaleToPOIResponse": {"MessageHeader": HEADER, f"{kind}Response": body}}
    with contextlib.suppress(AnswerInvalidError):
        answer = decode_answer(json.dumps(whole).encode())
        with contextlib.suppress(AnswerInvalidError):
            answers.payment(answer.payment_response, ORDER, "V400m-1")
        with contextlib.suppress(AnswerInvalidError):
            answers.reversal(answer.reversal_response, ORDER, "V400m-1")
        with contextlib.suppress(AnswerInvalidError):
            answers.reconciliation(answer.reconciliation_response)
        with contextlib.suppress(AnswerInvalidError):
            answers.health(answer.diagnosis_response)
        answers.outcome(answer, ORDER, "V400m-1")


def laid_out(*texts: str | tuple[str, bool]) -> tuple[str, ...]:
    parts = [OutputText(text=each) if isinstance(each, str) else OutputText(each[0], each[1]) for each in texts]
    [read] = receipts.read((PaymentReceipt("CustomerReceipt", OutputContent("Text", tuple(parts))),))
    return read.lines


def test_receipts_are_laid_out_and_masked() -> None:
    assert laid_out(
        "name=TOTAL&value=12%2e34+EUR&key=totalAmount",
        "key=filler",
        "Thank you = merci",
        ("name=CARD&value=4111111111&key=pan", False),
        "111111",
        "two\nlines\x1b@",
    ) == ("TOTAL  12.34 EUR", "", "Thank you = merci", "CARD  ************1111", "two lines @")
    assert len(laid_out(*["x" * 4096] * 300)) == 200


@given(st.text(max_size=200))
def test_any_text_is_a_line(text: str) -> None:
    [line] = laid_out(text)
    assert line.isprintable() or line == ""
