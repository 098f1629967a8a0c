"""What a start does about payments that were cut off: each is settled before anybody is served.

The terminal is asked what became of it (``PaymentTerminal.look_up``), and what it says must be this payment by amount,
time and numbers. What was charged without a paper goes back; what cannot be found out is for staff, with a claim slip.

Where there is no terminal any more to ask nobody can find out, so what may have been charged is for staff; else its
ticket would be held for ever, and the series could not begin a new day.
"""

from datetime import UTC, datetime

import structlog

from kiosk.payment import journal, saga_policy
from kiosk.payment.dependencies import PaymentDependencies
from kiosk.payment.journal_model import Attempt, PaymentRow
from kiosk.payment.progress import DeskState
from kiosk.payment.saga import PaymentSaga
from kiosk.tickets.outbox import OutboxWorker

_log = structlog.get_logger(__name__)

_NO_TERMINAL = "no-terminal"


async def settle_all(tools: PaymentDependencies) -> tuple[Attempt, ...]:
    """Settle every attempt that is not, and print the claim slips that are on no paper yet; give what was settled.

    Raises:
        OutboxError: the journal cannot be read or written.
    """
    await tools.box(journal.prepare)
    settled: list[Attempt] = []
    for one in await tools.box(journal.unsettled):
        _log.warning("payment-cut-off", attempt=one.id, step=one.step)
        settled.append(await PaymentSaga(tools, one, _Nobody(), present=False).walk())
    for one in await tools.box(journal.unclaimed):
        if one.id not in {each.id for each in settled}:
            await PaymentSaga(tools, one, _Nobody(), present=False).walk()
    return tuple(settled)


async def leave_to_staff(box: OutboxWorker) -> None:
    """Settle every attempt that is not; a claim slip is printed when there is a terminal again.

    Raises:
        OutboxError: the journal cannot be read or written.
    """
    for one in await box(journal.unsettled):
        left = one
        while not left.final:
            act = saga_policy.next_act(left, present=False)
            note = act if isinstance(act, saga_policy.Note) else saga_policy.giving_up(left, _NO_TERMINAL)
            left = await box(journal.append, left.id, PaymentRow(note.step, datetime.now(UTC), note.reason))
        _log.warning("payment-left", attempt=left.id, step=left.step, reason=left.reason)


class _Nobody:
    """Nobody watches."""

    def run_changed(self, state: DeskState) -> None: ...
