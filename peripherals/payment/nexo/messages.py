"""The messages of nexo that are used here, as JSON: nexo Sale to POI Protocol 3.0 in the form of Adyen's Terminal API.

A message is ``{"SaleToPOIRequest": {"MessageHeader": ..., "PaymentRequest": ...}}``, or ``SaleToPOIResponse`` with the
matching response. Amounts are decimal numbers in major units. What a terminal says of a card has no type here: only
the last four digits of its number are taken out (``answers``).
"""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

import msgspec

from peripherals.errors import AnswerInvalidError

#: The longest message taken, in bytes: receipts are the longest part, and come to a few thousand.
LONGEST = 1 << 18
_UPPER = {"id": "ID", "poi": "POI", "xhtml": "XHTML"}


def _wire(name: str) -> str:
    return "".join(_UPPER.get(part, part.capitalize()) for part in name.split("_"))


type Word = Annotated[str, msgspec.Meta(max_length=64)]
type Text = Annotated[str, msgspec.Meta(max_length=4096)]


class _Part(msgspec.Struct, frozen=True, omit_defaults=True, rename=_wire):
    pass


class MessageHeader(_Part, frozen=True):
    """Names a pair of messages. ``service_id`` is 1 to 10 characters, new for each pair."""

    message_class: Word
    message_category: Word
    message_type: Word
    poi_id: Word
    protocol_version: Word | None = None
    service_id: Word | None = None
    device_id: Word | None = None
    sale_id: Word | None = None


class Identification(_Part, frozen=True):
    transaction_id: Annotated[str, msgspec.Meta(max_length=128)]
    time_stamp: datetime


class SaleData(_Part, frozen=True):
    sale_transaction_id: Identification
    sale_to_acquirer_data: Text | None = None


class PoiData(_Part, frozen=True):
    poi_transaction_id: Identification
    poi_reconciliation_id: Word | None = None


class AmountsReq(_Part, frozen=True):
    currency: Word
    requested_amount: Decimal


class TransactionConditions(_Part, frozen=True):
    customer_language: Word


class PaymentTransaction(_Part, frozen=True):
    amounts_req: AmountsReq
    transaction_conditions: TransactionConditions | None = None


class PaymentRequest(_Part, frozen=True):
    sale_data: SaleData
    payment_transaction: PaymentTransaction


class MessageReference(_Part, frozen=True):
    message_category: Word | None = None
    service_id: Word | None = None
    sale_id: Word | None = None
    poi_id: Word | None = None


class TransactionStatusRequest(_Part, frozen=True):
    """Without ``message_reference`` it asks for the last transaction."""

    message_reference: MessageReference | None = None
    receipt_reprint_flag: bool | None = None
    document_qualifier: tuple[Word, ...] | None = None


class AbortRequest(_Part, frozen=True):
    message_reference: MessageReference
    abort_reason: Word


class OriginalTransaction(_Part, frozen=True):
    poi_transaction_id: Identification


class ReversalRequest(_Part, frozen=True):
    """Without ``reversed_amount`` the whole payment; with it ``sale_data`` names the currency."""

    original_poi_transaction: OriginalTransaction = msgspec.field(name="OriginalPOITransaction")
    reversal_reason: Word
    reversed_amount: Decimal | None = None
    sale_data: SaleData | None = None


class DiagnosisRequest(_Part, frozen=True):
    host_diagnosis_flag: bool


class ReconciliationRequest(_Part, frozen=True):
    reconciliation_type: Word


class SaleToPOIRequest(_Part, frozen=True):
    message_header: MessageHeader
    payment_request: PaymentRequest | None = None
    transaction_status_request: TransactionStatusRequest | None = None
    abort_request: AbortRequest | None = None
    reversal_request: ReversalRequest | None = None
    diagnosis_request: DiagnosisRequest | None = None
    reconciliation_request: ReconciliationRequest | None = None


class Response(_Part, frozen=True):
    """How it went: ``Success``, ``Partial`` or ``Failure``, the last two with an error condition."""

    result: Word
    error_condition: Word | None = None


class AmountsResp(_Part, frozen=True):
    authorized_amount: Decimal
    currency: Word | None = None


class PaymentResult(_Part, frozen=True):
    """``payment_instrument_data`` is taken in any shape: what a card is called decides nothing about its money."""

    amounts_resp: AmountsResp | None = None
    payment_instrument_data: Any = None

    def __repr__(self) -> str:
        # It is not masked yet, and errors show what they were about.
        return "PaymentResult(...)"


class OutputText(_Part, frozen=True):
    text: Text | None = None
    end_of_line_flag: bool = True

    def __repr__(self) -> str:
        # It is not masked yet, and errors show what they were about.
        return "OutputText(...)"


class OutputContent(_Part, frozen=True):
    output_format: Word
    output_text: tuple[OutputText, ...] = ()


class PaymentReceipt(_Part, frozen=True):
    document_qualifier: Word
    output_content: OutputContent
    required_signature_flag: bool = False


class PaymentResponse(_Part, frozen=True):
    response: Response
    sale_data: SaleData | None = None
    poi_data: PoiData | None = None
    payment_result: PaymentResult | None = None
    payment_receipt: tuple[PaymentReceipt, ...] = ()


class ReversalResponse(_Part, frozen=True):
    response: Response
    poi_data: PoiData | None = None
    reversed_amount: Decimal | None = None
    payment_receipt: tuple[PaymentReceipt, ...] = ()


class RepeatedBody(_Part, frozen=True):
    payment_response: PaymentResponse | None = None
    reversal_response: ReversalResponse | None = None


class RepeatedMessage(_Part, frozen=True):
    message_header: MessageHeader
    repeated_response_message_body: RepeatedBody


class TransactionStatusResponse(_Part, frozen=True):
    response: Response
    message_reference: MessageReference | None = None
    repeated_message_response: RepeatedMessage | None = None


class PoiStatus(_Part, frozen=True):
    global_status: Word
    printer_status: Word | None = None
    communication_ok_flag: bool | None = msgspec.field(default=None, name="CommunicationOKFlag")


class DiagnosisResponse(_Part, frozen=True):
    response: Response
    poi_status: PoiStatus | None = None


class PaymentTotals(_Part, frozen=True):
    transaction_type: Word
    transaction_count: Annotated[int, msgspec.Meta(ge=0, le=10**9)]
    transaction_amount: Decimal


class TransactionTotals(_Part, frozen=True):
    payment_instrument_type: Word
    payment_currency: Word | None = None
    payment_totals: tuple[PaymentTotals, ...] = ()


class ReconciliationResponse(_Part, frozen=True):
    response: Response
    reconciliation_type: Word
    transaction_totals: tuple[TransactionTotals, ...] = ()


class SaleToPOIResponse(_Part, frozen=True):
    message_header: MessageHeader
    payment_response: PaymentResponse | None = None
    transaction_status_response: TransactionStatusResponse | None = None
    reversal_response: ReversalResponse | None = None
    diagnosis_response: DiagnosisResponse | None = None
    reconciliation_response: ReconciliationResponse | None = None


class EventNotification(_Part, frozen=True):
    event_to_notify: Word


class _NexoEvent(_Part, frozen=True):
    event_notification: EventNotification | None = None


class _RequestMessage(_Part, frozen=True):
    sale_to_poi_request: SaleToPOIRequest


class _AnswerMessage(_Part, frozen=True):
    sale_to_poi_response: SaleToPOIResponse


class _EventMessage(_Part, frozen=True):
    sale_to_poi_request: _NexoEvent


_encoder = msgspec.json.Encoder(decimal_format="number")


def encode(message: SaleToPOIRequest | SaleToPOIResponse) -> bytes:
    """Write a whole message."""
    if isinstance(message, SaleToPOIRequest):
        return _encoder.encode(_RequestMessage(sale_to_poi_request=message))
    return _encoder.encode(_AnswerMessage(sale_to_poi_response=message))


def decode_request(data: bytes) -> SaleToPOIRequest:
    """Read a request.

    Raises:
        AnswerInvalidError: it is none.
    """
    return decode(data, _RequestMessage).sale_to_poi_request


def decode_answer(data: bytes) -> SaleToPOIResponse:
    """Read a response; what is not used here is passed over.

    Raises:
        AnswerInvalidError: it is none.
    """
    return decode(data, _AnswerMessage).sale_to_poi_response


def rejected(data: bytes) -> bool:
    """Whether a terminal says, in the clear, that it cannot take what it was sent."""
    try:
        event = decode(data, _EventMessage).sale_to_poi_request.event_notification
    except AnswerInvalidError:
        return False
    return event is not None and event.event_to_notify == "Reject"


def decode[T](data: bytes, kind: type[T]) -> T:
    """Read JSON of a known form.

    Raises:
        AnswerInvalidError: it has another form, or is too long or too deep.
    """
    if len(data) > LONGEST:
        raise AnswerInvalidError
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise AnswerInvalidError from error
