"""Tells the server of ends of day: each after the payments that it counts, in their order, until it is acknowledged."""

from collections.abc import Awaitable, Callable
from typing import override

import structlog

from kiosk.link.telling import Telling, answer_to
from kiosk.payment import closing
from kiosk.settings import LinkSettings
from kiosk.tickets.outbox import OutboxWorker
from queue_server.contract.client import ProblemError
from queue_server.contract.payments import ClosingAnswer, ClosingReport

_log = structlog.get_logger(__name__)


class Closings(Telling[ClosingReport]):
    """``send`` POSTs with ``contract.payments.key_of`` as the idempotency key. Nudge it when all payments are told.

    ``answered`` hears of each answer, when it is on disk.
    """

    def __init__(
        self,
        box: OutboxWorker,
        send: Callable[[ClosingReport], Awaitable[ClosingAnswer]],
        settings: LinkSettings,
        answered: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(box, settings)
        self._send = send
        self._answered = answered

    @override
    async def _next(self) -> ClosingReport | None:
        return await self._box(closing.pending)

    @override
    async def _tell(self, one: ClosingReport) -> bool:
        match await answer_to(self._send(one), "closing-report", closing=one.id):
            case None:
                return False
            case ProblemError() as problem:
                await self._box(closing.told, one.id, problem.code)
            case ClosingAnswer(differences=differences):
                for each in differences:
                    payments = list(each.payments)
                    _log.error("terminal-differs", closing=one.id, currency=each.currency, payments=payments)
                await self._box(closing.told, one.id)
        self._answered()
        return True
