"""Payments: what a payment means for the journey of whoever pays."""

import structlog
from msgspec.structs import replace

from kiosk.devices.document_session import DocumentSession
from kiosk.errors import KioskError, OutboxError
from kiosk.journey import events as e
from kiosk.journey.checkout import Checkout
from kiosk.payment import journal
from kiosk.payment.availability import PaymentCounter
from kiosk.payment.journal_model import PaymentOrder
from kiosk.payment.papers import Payers
from kiosk.payment.progress import OVER, DeskState, OfferAnswer, Phase
from kiosk.payment.recovery_gate import PaymentRecovery
from kiosk.payment.sessions import PaymentSessions
from kiosk.ports import EventSink, OutboxWatch, Wakeable
from kiosk.tickets.model import PrintResult, with_lacking
from kiosk.tickets.outbox import OutboxWorker
from kiosk.tickets.uploader import TicketRelay
from peripherals.money import Amount
from queue_server.domain.tariff import Headcount
from queue_server.domain.values import new_id

_log = structlog.get_logger(__name__)

_PAPER = {PrintResult.PRINTED: "taken", PrintResult.PRINTING: "cut", PrintResult.UNKNOWN: "cut"}


class Payments:
    """``payers`` are those who pay, for whoever draws their papers; ``uploads`` tells the server of each step."""

    def __init__(
        self,
        counter: PaymentCounter,
        desks: PaymentSessions,
        settlement: PaymentRecovery,
        *,
        papers: DocumentSession,
        payers: Payers,
        box: OutboxWorker,
        delivery: TicketRelay,
        events: EventSink,
        watch: OutboxWatch,
        uploads: Wakeable,
    ) -> None:
        self._counter = counter
        self._desks = desks
        self._settlement = settlement
        self._papers = papers
        self._payers = payers
        self._box = box
        self._delivery = delivery
        self._events = events
        self._watch = watch
        self._uploads = uploads
        self._orders: dict[tuple[int, tuple[str, ...], tuple[Headcount, ...]], str] = {}
        desks.watch(self)

    async def pay(self, asked: e.StartCheckout) -> None:
        """Have a fee paid, and tell the journey of it until nothing more happens by itself."""
        desk = self._counter.settled_desk()
        if desk is None:
            self.not_begun(asked)
            return
        order = self._orders.setdefault((asked.number, asked.services, asked.people), new_id())
        bill = PaymentOrder(
            order,
            asked.services,
            Amount(asked.fee.minor, asked.fee.currency),
            asked.language,
            asked.asks_priority,
            asked.people,
        )
        self._payers[order] = asked
        try:
            sealer = self._papers.sealer(asked.number, asked.documents)
            await desk.start(bill, with_lacking(sealer, asked.lacking))
        except KioskError as error:
            del self._payers[order]
            _log.error("payment-not-begun", code=error.code)
            self.not_begun(asked)
            return
        state = await desk.over()
        if state.phase is Phase.PAID:
            # They went with the ticket; where it came to nothing they may go with another one.
            self._papers.drop_faces(asked.number)
        if not _slip_missing(state):
            self._payers.pop(order, None)
        self._counter.opened.wake()
        await self._end(asked.number, state)

    def not_begun(self, asked: e.StartCheckout) -> None:
        """Tell the journey that nothing was asked of the terminal."""
        self._events.post(e.CheckoutChanged(asked.number, Checkout("not-paid", reason="failed")))

    def cancel(self) -> None:
        if self._desks.last is not None:
            self._desks.last.cancel()

    def answer(self, asked: e.AnswerPaper) -> None:
        if self._desks.last is not None:
            self._desks.last.answer(OfferAnswer(asked.answer))

    def detach(self) -> None:
        """Let go of the person; what goes on is settled without them."""
        self._orders.clear()

    def desk_changed(self, state: DeskState) -> None:
        self._uploads.wake()
        if state.phase in {Phase.CHECKING, Phase.PRINTING} or state.phase in OVER:
            self._watch.moved()
        # How it ended is told once, with what became of the ticket.
        asked = self._payers.get(state.order)
        if asked is not None and (state.phase not in OVER or state.phase is Phase.STAFF):
            self._events.post(e.CheckoutChanged(asked.number, _payment(state)))
        if state.claim_paper:
            self._watch.moved()

    async def _end(self, number: int, state: DeskState) -> None:
        if state.phase is Phase.BROKEN:
            self._settlement.broken()
        ended = _payment(state)
        try:
            attempt = await self._box(journal.attempt, state.attempt)
        except OutboxError as error:
            _log.error("payment-journal", **error.placeholders)
        else:
            # What a person is told is that they have not paid, and who ended it: the codes are for the log.
            reason = attempt.step.value if state.phase is Phase.NOT_PAID else state.reason
            ended = replace(ended, visit=attempt.visit, reason=reason)
        self._events.post(e.CheckoutChanged(number, ended))
        self._watch.moved()
        if state.phase is Phase.PAID:
            self._delivery.notify_ahead(ended.visit, number, self._events)


def _slip_missing(state: DeskState) -> bool:
    """Tell whether a slip may still come out for a person, who is told of it then."""
    return state.phase is Phase.STAFF and not state.claim_paper


def _payment(state: DeskState) -> Checkout:
    return Checkout(
        phase=state.phase.value,  # type: ignore[arg-type]  # IDLE is never told
        progress=state.progress.value if state.progress is not None else "",
        reason=state.reason,
        code=state.code or "",
        paper=_PAPER.get(state.paper, "none"),  # type: ignore[arg-type]
        claim=state.claim,
        claim_paper=state.claim_paper,
        may_cancel=state.may_cancel,
        card=state.card.value,
    )
