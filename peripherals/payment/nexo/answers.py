"""What a terminal's answers come to (nexo Sale to POI Protocol 3.0). Pure.

Error conditions and what they mean for money: the list of nexo, Response.ErrorCondition. ``Failure`` is always without
a charge; ``Partial`` and ``Success`` are always with one.
"""

import re
from dataclasses import dataclass, replace
from datetime import UTC

from peripherals.device import DeviceState
from peripherals.device import HealthAnswer as Said
from peripherals.errors import AmountInvalidError, AnswerInvalidError
from peripherals.money import Amount
from peripherals.payment.masking import ending
from peripherals.payment.nexo import receipts
from peripherals.payment.nexo.messages import (
    DiagnosisResponse,
    MessageHeader,
    PaymentResponse,
    PaymentResult,
    ReconciliationResponse,
    Response,
    ReversalResponse,
    SaleToPOIResponse,
)
from peripherals.payment.port import (
    Order,
    Result,
    TerminalReceipt,
    TerminalReconciliation,
    TerminalStatus,
    Totals,
    Transaction,
)

#: What an error condition comes to, and the reason that is told.
FAILURES: dict[str, tuple[Result, str]] = {
    "Aborted": (Result.CANCELLED, "aborted"),
    "Cancel": (Result.CANCELLED, "cancelled"),
    "Busy": (Result.FAILED, "busy"),
    "DeviceOut": (Result.FAILED, "device-out"),
    "InsertedCard": (Result.FAILED, "card-inserted"),
    "LoggedOut": (Result.FAILED, "logged-out"),
    "MessageFormat": (Result.FAILED, "message-format"),
    "NotAllowed": (Result.FAILED, "not-allowed"),
    "NotFound": (Result.FAILED, "not-found"),
    "UnavailableDevice": (Result.FAILED, "device-unavailable"),
    "UnavailableService": (Result.FAILED, "service-unavailable"),
    "UnreachableHost": (Result.FAILED, "host-unreachable"),
    "InvalidCard": (Result.DECLINED, "card-invalid"),
    "PaymentRestriction": (Result.DECLINED, "payment-restricted"),
    "Refusal": (Result.DECLINED, "refused"),
    "WrongPIN": (Result.DECLINED, "pin-wrong"),
}
_UNKNOWN = (Result.FAILED, "unknown")
#: A reference that is taken: it is stored, and sent back in a reversal.
_REFERENCE = re.compile(r"[!-~]{1,128}")
_STATES = {
    "OK": DeviceState.ONLINE,
    "Busy": DeviceState.DEVICE_BUSY,
    "Maintenance": DeviceState.USER_ERROR,
    "Unreachable": DeviceState.OFFLINE,
}
_PRINTS = {"OK": Said.YES, "PaperLow": Said.YES, "NoPaper": Said.NO, "PaperJam": Said.NO, "OutOfOrder": Said.NO}


class InProgressError(AnswerInvalidError):
    """The terminal is still at it; never leaves the driver."""


@dataclass(frozen=True, slots=True)
class NotFound:
    """The terminal has no such message."""


def check(asked: MessageHeader, answered: MessageHeader) -> None:
    """See that an answer belongs to its question.

    Raises:
        AnswerInvalidError: it is another one's, such as an older answer that somebody sends again.
    """
    same = ("message_class", "message_category", "service_id", "sale_id", "poi_id")
    if answered.message_type != "Response" or any(getattr(asked, name) != getattr(answered, name) for name in same):
        raise AnswerInvalidError


def payment(answer: PaymentResponse | None, order: Order, poi_id: str) -> Transaction:
    """Read what became of a payment. ``amount`` is what was charged, also where that is not what was asked for.

    Raises:
        InProgressError: it goes on.
        AnswerInvalidError: it cannot be understood.
    """
    if answer is None:
        raise AnswerInvalidError
    transaction = Transaction(Result.APPROVED, order.amount, terminal=poi_id)
    if answer.poi_data is not None:
        named = answer.poi_data.poi_transaction_id
        if _REFERENCE.fullmatch(named.transaction_id):
            at = named.time_stamp if named.time_stamp.tzinfo is not None else named.time_stamp.replace(tzinfo=UTC)
            transaction = replace(transaction, reference=named.transaction_id, at=at)
    papers = receipts.read(answer.payment_receipt)
    transaction = replace(transaction, receipts=papers, signature=any(each.signature for each in papers))
    if not _charged(answer.response):
        result, reason = _failure(answer.response)
        return replace(transaction, result=result, reason=reason)
    transaction = replace(transaction, card=_card(answer.payment_result))
    amounts = None if answer.payment_result is None else answer.payment_result.amounts_resp
    if amounts is None:
        if answer.response.result == "Partial":
            raise AnswerInvalidError
        return transaction
    try:
        charged = Amount.parse(str(amounts.authorized_amount), amounts.currency or order.amount.currency)
    except AmountInvalidError as error:
        raise AnswerInvalidError from error
    return replace(transaction, amount=charged, reason="" if charged == order.amount else "amount-differs")


def reversal(answer: ReversalResponse | None, order: Order, poi_id: str) -> Transaction:
    """Read what became of a reversal or a refund: asked for, or not.

    Raises:
        InProgressError, AnswerInvalidError: as ``payment``.
    """
    if answer is None:
        raise AnswerInvalidError
    result, reason = (Result.REQUESTED, "") if _charged(answer.response) else _failure(answer.response)
    transaction = Transaction(result, order.amount, terminal=poi_id, reason=reason)
    if answer.poi_data is not None and _REFERENCE.fullmatch(answer.poi_data.poi_transaction_id.transaction_id):
        transaction = replace(transaction, reference=answer.poi_data.poi_transaction_id.transaction_id)
    return replace(transaction, receipts=receipts.read(answer.payment_receipt))


def outcome(answer: SaleToPOIResponse, order: Order, poi_id: str) -> Transaction | NotFound:
    """Read the status of an order's message.

    Raises:
        InProgressError: it goes on.
        AnswerInvalidError: it cannot be understood, or is about another message.
    """
    status = answer.transaction_status_response
    if status is None:
        raise AnswerInvalidError
    if not _charged(status.response):
        if status.response.error_condition == "NotFound":
            return NotFound()
        raise InProgressError if status.response.error_condition == "InProgress" else AnswerInvalidError
    repeated = status.repeated_message_response
    if repeated is None:
        raise AnswerInvalidError
    body = repeated.repeated_response_message_body
    if order.undoes:
        return reversal(body.reversal_response, order, poi_id)
    return payment(body.payment_response, order, poi_id)


def last(answer: SaleToPOIResponse | None) -> str:
    """Give the reference of the last transaction, "" where the terminal names none.

    Raises:
        InProgressError: one goes on.
        AnswerInvalidError: it cannot be understood.
    """
    status = None if answer is None else answer.transaction_status_response
    if status is None:
        raise AnswerInvalidError
    if not _charged(status.response):
        _failure(status.response)
        return ""
    if status.repeated_message_response is None:
        raise AnswerInvalidError
    body = status.repeated_message_response.repeated_response_message_body
    done = body.payment_response or body.reversal_response
    if done is None or done.poi_data is None:
        return ""
    reference = done.poi_data.poi_transaction_id.transaction_id
    return reference if _REFERENCE.fullmatch(reference) else ""


def repeated(answer: SaleToPOIResponse) -> tuple[TerminalReceipt, ...]:
    """Give the receipts of the last transaction, none where there was none."""
    status = answer.transaction_status_response
    if status is None or status.repeated_message_response is None:
        return ()
    body = status.repeated_message_response.repeated_response_message_body
    if body.payment_response is not None:
        return receipts.read(body.payment_response.payment_receipt)
    return () if body.reversal_response is None else receipts.read(body.reversal_response.payment_receipt)


def reconciliation(answer: ReconciliationResponse | None) -> TerminalReconciliation:
    """Read the totals: payments alone, for reversals are carried out elsewhere and not counted by the terminal.

    Raises:
        AnswerInvalidError: it cannot be understood.
    """
    if answer is None:
        raise AnswerInvalidError
    if not _charged(answer.response):
        _, reason = _failure(answer.response)
        return TerminalReconciliation(Result.FAILED, reason=reason)
    sums: dict[str, tuple[int, int]] = {}
    try:
        for one in answer.transaction_totals:
            for total in one.payment_totals:
                if total.transaction_type == "Debit":
                    amount = Amount.parse(str(total.transaction_amount), one.payment_currency or "")
                    minor, count = sums.get(amount.currency, (0, 0))
                    sums[amount.currency] = (minor + amount.minor, count + total.transaction_count)
        totals = tuple(Totals(Amount(minor, name), count) for name, (minor, count) in sorted(sums.items()))
    except AmountInvalidError as error:
        raise AnswerInvalidError from error
    return TerminalReconciliation(Result.APPROVED, totals)


def health(answer: DiagnosisResponse | None) -> TerminalStatus:
    """Read how a terminal is. That its answer could be opened shows that it has our key.

    Raises:
        AnswerInvalidError: it cannot be understood.
    """
    if answer is None or answer.poi_status is None:
        raise AnswerInvalidError
    status = answer.poi_status
    state = _STATES.get(status.global_status, DeviceState.UNKNOWN)
    prints = Said.UNKNOWN if status.printer_status is None else _PRINTS.get(status.printer_status, Said.UNKNOWN)
    return TerminalStatus(state=state, registered=Said.YES, prints=prints)


def _card(result: PaymentResult | None) -> str:
    """Give the last four digits of ``PaymentInstrumentData.CardData.MaskedPan``, "" where it has another shape."""
    found = None if result is None else result.payment_instrument_data
    for name in ("CardData", "MaskedPan"):
        found = found.get(name) if isinstance(found, dict) else None
    return ending(found) if isinstance(found, str) else ""


def _charged(response: Response) -> bool:
    if response.result not in {"Success", "Partial", "Failure"}:
        raise AnswerInvalidError
    return response.result != "Failure"


def _failure(response: Response) -> tuple[Result, str]:
    if response.error_condition == "InProgress":
        raise InProgressError
    return FAILURES.get(response.error_condition or "", _UNKNOWN)
