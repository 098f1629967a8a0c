"""Tells the server of ends of day: each after the payments that it counts, in their order, until it is acknowledged."""

from typing import Protocol, override

import structlog

from kiosk.link.outbox_relay import OutboxRelay, Uploader, answer_to
from kiosk.payment import reconciliation_journal
from kiosk.settings import KioskLinkSettings
from kiosk.tickets.outbox import OutboxWorker
from queue_server.contract.client import ApiClient, ProblemError
from queue_server.contract.payments import ReconciliationReport, ReconciliationReportAnswer

_log = structlog.get_logger(__name__)


class ReconciliationUploader:
    """Sends ends of day to a centre, each under a key of what it says (``contract.payments.key_of``)."""

    def __init__(self, client: ApiClient, centre: str) -> None:
        self._client = client
        self._centre = centre

    async def send(self, one: ReconciliationReport, /) -> ReconciliationReportAnswer:
        return await self._client.report_reconciliation(self._centre, one)


class AnswerWatcher(Protocol):
    def answered(self) -> None:
        """Take note that the server has answered to an end of day, and that this is on disk."""


class ReconciliationRelay(OutboxRelay[ReconciliationReport]):
    """To be woken when all payments are uploaded."""

    name = "reconciliations"

    def __init__(
        self,
        box: OutboxWorker,
        uploader: Uploader[ReconciliationReport, ReconciliationReportAnswer],
        settings: KioskLinkSettings,
        answers: AnswerWatcher,
    ) -> None:
        super().__init__(box, settings)
        self._uploader = uploader
        self._answers = answers

    def drained(self) -> None:
        """Take note that all payments are told."""
        self.wake()

    @override
    async def _next(self) -> ReconciliationReport | None:
        return await self._box(reconciliation_journal.pending)

    @override
    async def _send(self, one: ReconciliationReport) -> bool:
        match await answer_to(self._uploader.send(one), "reconciliation-report", reconciliation=one.id):
            case None:
                return False
            case ProblemError() as problem:
                await self._box(reconciliation_journal.acknowledge, one.id, problem.code)
            case ReconciliationReportAnswer(differences=differences):
                for each in differences:
                    payments = list(each.payments)
                    _log.error("terminal-differs", reconciliation=one.id, currency=each.currency, payments=payments)
                await self._box(reconciliation_journal.acknowledge, one.id)
        self._answers.answered()
        return True
