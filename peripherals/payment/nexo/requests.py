"""What is asked of a terminal (nexo Sale to POI Protocol 3.0). Pure: names, orders and times in, messages out."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime

from peripherals.money import Amount
from peripherals.payment.nexo.messages import (
    AbortRequest,
    AmountsReq,
    DiagnosisRequest,
    Identification,
    MessageHeader,
    MessageReference,
    OriginalTransaction,
    PaymentRequest,
    PaymentTransaction,
    ReconciliationRequest,
    ReversalRequest,
    SaleData,
    SaleToPOIRequest,
    TransactionConditions,
    TransactionStatusRequest,
)
from peripherals.payment.port import Order, Transaction


@dataclass(frozen=True, slots=True)
class PeerNames:
    """Who speaks with whom: the kiosk's own id, and the terminal's (model and serial number)."""

    sale_id: str
    poi_id: str


def service_id(order_id: str) -> str:
    """Name the message of an order: 10 characters, the same whenever it is asked for, after a crash too.

    They are base32 (RFC 4648) of the first 50 bits of the id's SHA-256. Two of a million orders of one terminal share
    them with a chance of 1 in 2000, and then only the status of the older one can no longer be asked for.
    """
    digest = int.from_bytes(hashlib.sha256(order_id.encode()).digest()) >> (256 - 50)
    # Seven bytes are needed for 50 bits; the letters behind the tenth come from zeros.
    return base64.b32encode((digest << 6).to_bytes(7)).decode("ascii")[:10]


def undoing(order: Order, reference: str) -> Order:
    """Give the order of the reversal that undoes a payment at once; its id follows from that of the payment."""
    return Order(f"{order.id}/undo", order.amount, order.language, undoes=reference)


def payment(names: PeerNames, order: Order, at: datetime) -> SaleToPOIRequest:
    amounts = AmountsReq(currency=order.amount.currency, requested_amount=order.amount.major)
    # nexo has two letters for a language (ISO 639-1); the region of BCP 47 is left out.
    language = TransactionConditions(customer_language=order.language.partition("-")[0].lower())
    return SaleToPOIRequest(
        message_header=_header(names, "Payment", service_id(order.id)),
        payment_request=PaymentRequest(
            sale_data=SaleData(sale_transaction_id=Identification(transaction_id=order.id, time_stamp=at)),
            payment_transaction=PaymentTransaction(amounts_req=amounts, transaction_conditions=language),
        ),
    )


def reversal(
    names: PeerNames, order: Order, paid: Transaction, at: datetime, part: Amount | None = None
) -> SaleToPOIRequest:
    """Undo a payment, or give back a part of it. ``paid`` must have a reference and a time."""
    assert paid.at is not None  # noqa: S101 - whoever calls has looked
    original = Identification(transaction_id=paid.reference, time_stamp=paid.at)
    return SaleToPOIRequest(
        message_header=_header(names, "Reversal", service_id(order.id)),
        reversal_request=ReversalRequest(
            original_poi_transaction=OriginalTransaction(poi_transaction_id=original),
            reversal_reason="MerchantCancel",
            reversed_amount=None if part is None else part.major,
            sale_data=SaleData(
                sale_transaction_id=Identification(transaction_id=order.id, time_stamp=at),
                sale_to_acquirer_data=None if part is None else f"currency={part.currency}",
            ),
        ),
    )


def status(names: PeerNames, own: str, order: Order) -> SaleToPOIRequest:
    """Ask what became of an order; ``own`` is the service id of the question."""
    return SaleToPOIRequest(
        message_header=_header(names, "TransactionStatus", own),
        transaction_status_request=TransactionStatusRequest(message_reference=_reference(names, order)),
    )


def last(names: PeerNames, own: str) -> SaleToPOIRequest:
    """Ask for the last transaction, or the one that goes on."""
    return SaleToPOIRequest(
        message_header=_header(names, "TransactionStatus", own),
        transaction_status_request=TransactionStatusRequest(),
    )


def repeat(names: PeerNames, own: str) -> SaleToPOIRequest:
    """Ask for the receipts of the last transaction."""
    return SaleToPOIRequest(
        message_header=_header(names, "TransactionStatus", own),
        transaction_status_request=TransactionStatusRequest(
            receipt_reprint_flag=True, document_qualifier=("CashierReceipt", "CustomerReceipt")
        ),
    )


def abort(names: PeerNames, own: str, order: Order) -> SaleToPOIRequest:
    return SaleToPOIRequest(
        message_header=_header(names, "Abort", own),
        abort_request=AbortRequest(message_reference=_reference(names, order), abort_reason="MerchantAbort"),
    )


def diagnosis(names: PeerNames, own: str) -> SaleToPOIRequest:
    return SaleToPOIRequest(
        message_header=_header(names, "Diagnosis", own),
        diagnosis_request=DiagnosisRequest(host_diagnosis_flag=False),
    )


def reconciliation(names: PeerNames, own: str) -> SaleToPOIRequest:
    return SaleToPOIRequest(
        message_header=_header(names, "Reconciliation", own),
        reconciliation_request=ReconciliationRequest(reconciliation_type="SaleReconciliation"),
    )


def _reference(names: PeerNames, order: Order) -> MessageReference:
    return MessageReference(
        message_category="Reversal" if order.undoes else "Payment",
        service_id=service_id(order.id),
        sale_id=names.sale_id,
        poi_id=names.poi_id,
    )


def _header(names: PeerNames, category: str, service: str) -> MessageHeader:
    return MessageHeader(
        protocol_version="3.0",
        message_class="Service",
        message_category=category,
        message_type="Request",
        service_id=service,
        sale_id=names.sale_id,
        poi_id=names.poi_id,
    )
