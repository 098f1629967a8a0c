"""What a start does about payments that were cut off: each is settled before anybody is served.

The terminal is asked what became of it (``PaymentTerminal.look_up``), and what it says must be this payment by amount,
time and numbers. What was charged without a paper goes back; what cannot be found out is for staff, with a claim slip.
"""

import structlog

from kiosk.payment import journal
from kiosk.payment.run import Run
from kiosk.payment.state import DeskState
from kiosk.payment.steps import Attempt
from kiosk.payment.tools import Tools

_log = structlog.get_logger(__name__)


async def settle_all(tools: Tools) -> tuple[Attempt, ...]:
    """Settle every attempt that is not, and print the claim slips that are on no paper yet; give what was settled.

    Raises:
        OutboxError: the journal cannot be read or written.
    """
    await tools.box(journal.prepare)
    settled: list[Attempt] = []
    for one in await tools.box(journal.unsettled):
        _log.warning("payment-cut-off", attempt=one.id, step=one.step)
        settled.append(await Run(tools, one, _Nobody(), present=False).walk())
    for one in await tools.box(journal.unclaimed):
        if one.id not in {each.id for each in settled}:
            await Run(tools, one, _Nobody(), present=False).walk()
    return tuple(settled)


class _Nobody:
    """Nobody watches."""

    def run_changed(self, state: DeskState) -> None: ...
