"""What a start does about payments that were cut off where there is no terminal any more to ask.

Nobody can find out, so what may have been charged is for staff; else its ticket would be held for ever, and the series
could not begin a new day.
"""

from datetime import UTC, datetime

import structlog

from kiosk.payment import flow, journal
from kiosk.payment.steps import Row
from kiosk.tickets.outbox import OutboxWorker

_log = structlog.get_logger(__name__)

REASON = "no-terminal"


async def leave_to_staff(box: OutboxWorker) -> None:
    """Settle every attempt that is not; a claim slip is printed when there is a terminal again.

    Raises:
        OutboxError: the journal cannot be read or written.
    """
    for one in await box(journal.unsettled):
        left = one
        while not left.final:
            act = flow.next_act(left, present=False)
            note = act if isinstance(act, flow.Note) else flow.giving_up(left, REASON)
            left = await box(journal.append, left.id, Row(note.step, datetime.now(UTC), note.reason))
        _log.warning("payment-left", attempt=left.id, step=left.step, reason=left.reason)
