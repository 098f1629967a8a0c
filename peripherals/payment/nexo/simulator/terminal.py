"""What a simulated terminal does with requests: takes cards, remembers what it did, answers for it.

Its memory of finished transactions outlasts a power cut, since it is the journal, unless it is told not to keep it; one
that was going on is forgotten, and was not charged.
"""

import asyncio
import secrets
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from peripherals.money import Amount
from peripherals.payment.nexo.messages import (
    AmountsResp,
    DiagnosisResponse,
    Identification,
    MessageHeader,
    PaymentReceipt,
    PaymentRequest,
    PaymentResponse,
    PaymentResult,
    PaymentTotals,
    PoiData,
    PoiStatus,
    ReconciliationResponse,
    RepeatedBody,
    RepeatedMessage,
    Response,
    ReversalRequest,
    ReversalResponse,
    SaleData,
    SaleToPOIRequest,
    SaleToPOIResponse,
    TransactionStatusRequest,
    TransactionStatusResponse,
    TransactionTotals,
)
from peripherals.payment.nexo.simulator import papers
from peripherals.payment.nexo.simulator.journal import NexoJournalEntry, TransactionJournal

#: Outcomes without a charge, as nexo names them.
OUTCOMES = {
    "decline": "Refusal",
    "cancel": "Cancel",
    "wrong-pin": "WrongPIN",
    "bad-card": "InvalidCard",
    "busy": "Busy",
    "host-away": "UnreachableHost",
}
_SUCCESS = Response("Success")


@dataclass(frozen=True, slots=True)
class TerminalBehaviour:
    """How the terminal and the people before it behave."""

    #: ``approve``, ``partial``, or one of ``OUTCOMES``.
    outcome: str = "approve"
    #: How long people take with their card, in seconds.
    slow_s: float = 0
    #: The printer: ``none`` for a terminal without one.
    printer: str = "none"
    signature: bool = False
    #: Card numbers stand where none may, for whoever must mask them.
    plant: bool = False
    #: Whether reversals are taken.
    reverses: bool = True
    #: Whether the status of a message can be asked for.
    remembers: bool = True
    #: Whether it denies a message while it works at it.
    shy: bool = False
    #: Whether what it did outlasts a power cut. What it charged then stays charged, and it knows nothing of it.
    keeps: bool = True


class SimulatedTerminal:
    def __init__(self, journal: TransactionJournal, poi_id: str) -> None:
        self.journal = journal
        self.condition = TerminalBehaviour()
        #: Set while a card is being waited for.
        self.midway = asyncio.Event()
        self._poi_id = poi_id
        #: Set where nobody is slow any more.
        self._hurry = asyncio.Event()
        self._going: dict[str, asyncio.Event] = {}
        self._done: dict[str, tuple[MessageHeader, PaymentResponse | ReversalResponse]] = {}
        self._last = ""
        self._booking: set[asyncio.Task[None]] = set()
        for entry in journal.entries:
            self._recall(entry)

    @property
    def is_busy(self) -> bool:
        """Whether a card is being charged, or that is being written down."""
        return bool(self._going)

    def set(self, **changes: object) -> None:
        self.condition = replace(self.condition, **changes)  # type: ignore[arg-type]  # names are checked by replace
        if self.condition.slow_s:
            self._hurry.clear()
        else:
            self._hurry.set()

    def clear(self) -> None:
        """Lose what a power cut takes: whatever was going on, and all else where it keeps nothing."""
        self._going.clear()
        self.midway.clear()
        if not self.condition.keeps:
            self._done.clear()
            self._last = ""

    async def handle(self, request: SaleToPOIRequest) -> SaleToPOIResponse | None:
        """Do what a request asks; None for the empty answer to an abort."""
        header = replace_type(request.message_header)
        match request:
            case SaleToPOIRequest(payment_request=PaymentRequest() as wanted):
                return SaleToPOIResponse(header, payment_response=await self._pay(header, wanted))
            case SaleToPOIRequest(reversal_request=ReversalRequest() as wanted):
                return SaleToPOIResponse(header, reversal_response=await self._reverse(header, wanted))
            case SaleToPOIRequest(transaction_status_request=TransactionStatusRequest() as asked):
                return SaleToPOIResponse(header, transaction_status_response=self._status(asked))
            case SaleToPOIRequest(abort_request=abort) if abort is not None:
                going = self._going.get(abort.message_reference.service_id or "")
                if going is not None:
                    going.set()
                return None
            case SaleToPOIRequest(diagnosis_request=diagnosis) if diagnosis is not None:
                return SaleToPOIResponse(header, diagnosis_response=self._diagnosis())
            case SaleToPOIRequest(reconciliation_request=reconciliation) if reconciliation is not None:
                totals = await self._reconcile(header, reconciliation.reconciliation_type)
                return SaleToPOIResponse(header, reconciliation_response=totals)
            case _:
                refused = PaymentResponse(Response("Failure", "MessageFormat"))
                return SaleToPOIResponse(header, payment_response=refused)

    async def _pay(self, header: MessageHeader, wanted: PaymentRequest) -> PaymentResponse:
        service = header.service_id or ""
        asked = wanted.payment_transaction.amounts_req
        amount = Amount.parse(str(asked.requested_amount), asked.currency)
        order = wanted.sale_data.sale_transaction_id.transaction_id
        if service in self._done or service in self._going:
            await self._write(self._entry("repeated", service, order, amount))
            return papers.refused("NotAllowed")
        if self._going or self.condition.outcome == "busy":
            return papers.refused("Busy")
        aborted = self._going[service] = asyncio.Event()
        self.midway.set()
        try:
            await _first(self.condition.slow_s, aborted, self._hurry)
        finally:
            self._going.pop(service, None)
            self.midway.clear()
        condition = "Aborted" if aborted.is_set() else OUTCOMES.get(self.condition.outcome, "")
        if not condition and self.condition.outcome == "partial":
            amount = Amount(amount.minor // 2, amount.currency)
        # The transaction is unknown for no moment between going on and being done.
        entry = self._entry("declined" if condition else "charge", service, order, amount, reason=condition)
        self._going[service] = aborted
        response = self._payment_response(entry, wanted.sale_data, partial=self.condition.outcome == "partial")
        await self._book(header, entry, response)
        return response

    async def _reverse(self, header: MessageHeader, wanted: ReversalRequest) -> ReversalResponse:
        service, original = header.service_id or "", wanted.original_poi_transaction.poi_transaction_id
        paid = next((each for each in self.journal.entries if each.reference == original.transaction_id), None)
        if paid is None or paid.kind != "charge":
            return ReversalResponse(Response("Failure", "NotFound"))
        left = self.journal.left(paid.reference)
        amount = Amount(paid.minor, paid.currency)
        if wanted.reversed_amount is not None:
            amount = Amount.parse(str(wanted.reversed_amount), paid.currency)
        if not self.condition.reverses or amount.minor > left or service in self._done:
            return ReversalResponse(Response("Failure", "NotAllowed"))
        sale = wanted.sale_data
        order = "" if sale is None else sale.sale_transaction_id.transaction_id
        entry = self._entry("reversal", service, order, amount, of=paid.reference)
        response = self._reversal_response(entry)
        await self._book(header, entry, response)
        return response

    def _status(self, asked: TransactionStatusRequest) -> TransactionStatusResponse:
        reference = asked.message_reference
        service = self._last if reference is None else reference.service_id or ""
        if service in self._going or (reference is None and self._going):
            if self.condition.shy and reference is not None:
                return TransactionStatusResponse(Response("Failure", "NotFound"), reference)
            return TransactionStatusResponse(Response("Failure", "InProgress"), reference)
        if service not in self._done or not self.condition.remembers:
            return TransactionStatusResponse(Response("Failure", "NotFound"), reference)
        header, response = self._done[service]
        if isinstance(response, PaymentResponse):
            body = RepeatedBody(payment_response=response)
        else:
            body = RepeatedBody(reversal_response=response)
        return TransactionStatusResponse(_SUCCESS, reference, RepeatedMessage(header, body))

    def _diagnosis(self) -> DiagnosisResponse:
        printer = {"none": None, "ok": "OK", "out": "NoPaper"}[self.condition.printer]
        return DiagnosisResponse(
            _SUCCESS, PoiStatus("Busy" if self._going else "OK", printer_status=printer, communication_ok_flag=True)
        )

    async def _reconcile(self, header: MessageHeader, kind: str) -> ReconciliationResponse:
        """Give the totals of the period and begin a new one, which is what a SaleReconciliation is."""
        found = []
        for name, total in self.journal.totals(period=True).items():
            charged = Amount(total["charged"], name)
            sums = (PaymentTotals("Debit", total["charges"], charged.major),)
            found.append(TransactionTotals("Card", payment_currency=name, payment_totals=sums))
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        await self._write(NexoJournalEntry("reconciled", at, header.service_id or "", "", "", 0, ""))
        return ReconciliationResponse(_SUCCESS, kind, tuple(found))

    def _recall(self, entry: NexoJournalEntry) -> None:
        """Know again what an earlier life of this terminal wrote down."""
        header = MessageHeader("Service", "Payment", "Response", self._poi_id, "3.0", entry.service)
        if entry.kind == "reversal":
            self._done[entry.service] = (header, self._reversal_response(entry))
            self._last = entry.service
        elif entry.kind in {"charge", "declined"}:
            self._done[entry.service] = (header, self._payment_response(entry, None, partial=False))
            self._last = entry.service

    def _payment_response(self, entry: NexoJournalEntry, sale: SaleData | None, *, partial: bool) -> PaymentResponse:
        amount, approved, plant = Amount(entry.minor, entry.currency), not entry.reason, self.condition.plant
        result = "Failure" if not approved else "Partial" if partial else "Success"
        response = papers.TalkativeResponse(result, entry.reason or None, papers.additional(plant=plant))
        paid = PaymentResult(
            AmountsResp(amount.major if approved else Amount(0, entry.currency).major, entry.currency),
            papers.card(plant=plant),
        )
        slips: list[PaymentReceipt] = papers.receipts(
            amount, entry.reference, plant=plant, signature=self.condition.signature, approved=approved
        )
        return PaymentResponse(response, sale, _poi_data(entry), paid, tuple(slips))

    def _reversal_response(self, entry: NexoJournalEntry) -> ReversalResponse:
        amount = Amount(entry.minor, entry.currency)
        return ReversalResponse(_SUCCESS, _poi_data(entry), amount.major)

    def _entry(
        self, kind: str, service: str, order: str, amount: Amount, *, of: str = "", reason: str = ""
    ) -> NexoJournalEntry:
        reference = f"sim{secrets.token_hex(5)}.{secrets.token_hex(8).upper()}"
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        return NexoJournalEntry(kind, at, service, order, reference, amount.minor, amount.currency, of, reason)

    async def _book(
        self, header: MessageHeader, entry: NexoJournalEntry, response: PaymentResponse | ReversalResponse
    ) -> None:
        """Write down what was done, and know it: both, or nothing of it, also where the power goes in between."""

        async def both() -> None:
            await self._write(entry)
            self._going.pop(entry.service, None)
            self._done[entry.service] = (header, response)
            self._last = entry.service

        task = asyncio.create_task(both())
        self._booking.add(task)
        task.add_done_callback(self._booking.discard)
        await asyncio.shield(task)

    async def settled(self) -> None:
        """Wait until what is being written down is known."""
        if self._booking:
            await asyncio.wait(self._booking)

    async def _write(self, entry: NexoJournalEntry) -> None:
        await asyncio.to_thread(self.journal.append, entry)


def replace_type(header: MessageHeader) -> MessageHeader:
    """Give the header of the answer to a request."""
    names = (header.message_class, header.message_category, "Response", header.poi_id, header.protocol_version)
    return MessageHeader(*names, header.service_id, header.device_id, header.sale_id)


def _poi_data(entry: NexoJournalEntry) -> PoiData:
    at = datetime.fromisoformat(entry.at)
    return PoiData(Identification(transaction_id=entry.reference, time_stamp=at), entry.at[:10])


async def _first(seconds: float, *events: asyncio.Event) -> None:
    """Wait for the first of some events, so long at most."""
    waiting = [asyncio.create_task(event.wait()) for event in events]
    try:
        await asyncio.wait(waiting, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in waiting:
            task.cancel()
