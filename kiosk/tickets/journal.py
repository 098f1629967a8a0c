"""The journal of tickets: each has a row for what it is, for whether it may be sent, and for each try of its paper.

A paper beyond the first has a row of its own. The server is told of it after its ticket; how many of them it has been
told stands in the acknowledgement of the ticket, as ``receipts``.

What was read of documents comes in sealed to the server's key, stands beside its ticket, and goes out of here with the
server's answer. Nothing else of a person is in here: services, how many people, language, and ids that the kiosk made.

For the outbox's thread, within its transactions (``kiosk.tickets.outbox``).
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

import msgspec
import structlog

from kiosk.errors import RecordDamagedError
from kiosk.store.database import Database
from kiosk.store.journal import DeviceJournal
from kiosk.store.quarantine import checksum
from kiosk.store.uptime import Moment
from kiosk.tickets.model import CommittedTicket, DeliveryState, PrintResult, Reprint, Sealed
from queue_server.contract.visits import IssueRequest
from queue_server.domain.values import TicketCode, VisitId

_log = structlog.get_logger(__name__)


class TicketStep(StrEnum):
    #: It exists, and is sent.
    ISSUED = "issued"
    #: It exists, and waits until it is paid.
    HELD = "held"
    RELEASED = "released"
    WITHDRAWN = "withdrawn"
    #: What is tried with its paper, and what became of that (``PaperState``).
    PRINTING = "printing"
    PRINTED = "printed"
    FAILED = "failed"
    UNKNOWN = "unknown"
    #: The try before may have put it on a paper more.
    REPRINTED = "reprinted"


#: It is on paper, as far as anybody knows.
_MAYBE_OUT = {TicketStep.PRINTED, TicketStep.UNKNOWN}
_TRIES = {TicketStep.PRINTING, TicketStep.FAILED, *_MAYBE_OUT}


class TicketRow(msgspec.Struct, frozen=True, omit_defaults=True):
    """``request`` is what the server is asked for, in the first row alone; without what was read of documents."""

    step: TicketStep
    request: IssueRequest | None = None


_COLUMNS = """key TEXT NOT NULL UNIQUE,     -- its idempotency key
    code TEXT NOT NULL,
    boot TEXT NOT NULL,           -- when it was issued by a clock that nobody sets (kiosk.store.uptime)
    seconds REAL NOT NULL,
    round INTEGER NOT NULL"""
_LAST = "(SELECT {what} FROM {table} r WHERE r.visit = t.visit{which} ORDER BY {order} DESC LIMIT 1)"
_MAY_GO = _LAST.format(
    what="step",
    table="ticket_row",
    which=" AND step IN ('issued', 'held', 'released', 'withdrawn')",
    order="number",
)
_PAPER = _LAST.format(
    what="step", table="ticket_row", which=" AND step IN ('printing', 'printed', 'failed', 'unknown')", order="number"
)
_TOLD, _PROBLEM = (
    _LAST.format(what=what, table="ticket_acknowledgement", which="", order="seq") for what in ("number", "problem")
)
_EXTRA: Final = f"""
CREATE UNIQUE INDEX IF NOT EXISTS ticket_code ON ticket (round, code);
CREATE TABLE IF NOT EXISTS ticket_sealed (
    visit TEXT NOT NULL PRIMARY KEY,
    content BLOB NOT NULL,        -- what goes along (Sealed), as MessagePack
    checksum BLOB NOT NULL
) STRICT;
CREATE VIEW IF NOT EXISTS ticket_state AS
SELECT seq, visit, code, round, paper, problem, CASE
    WHEN may_go = 'withdrawn' THEN 'withdrawn'
    WHEN may_go = 'held' THEN 'held'
    WHEN problem <> '' THEN 'refused'
    WHEN told > 0 THEN 'sent'
    ELSE 'waiting' END AS delivery
FROM (SELECT t.seq, t.visit, t.code, t.round, {_MAY_GO} AS may_go, coalesce({_PAPER}, 'none') AS paper,
    coalesce({_TOLD}, 0) AS told, coalesce({_PROBLEM}, '') AS problem FROM ticket t);
"""  # noqa: S608 - constants
TICKETS: Final = DeviceJournal("ticket", "visit", TicketRow, _COLUMNS, extra=_EXTRA, loose=("ticket_sealed",))


def after_try(before: Sequence[str], paper: PrintResult) -> tuple[TicketStep, ...]:
    """Say what is written down when a try has come to ``paper``; ``before`` are the steps so far. Pure.

    Where an earlier paper may have come out, a try that has failed takes nothing of that back, and one that has not
    made a paper more. What is only said of an earlier try, as that its paper came after all, makes none.
    """
    step = TicketStep(paper.value)
    tries = [one for one in before if one in _TRIES]
    if not _MAYBE_OUT.intersection(tries):
        return (step,)
    if step is TicketStep.FAILED:
        return (TicketStep.UNKNOWN,)
    again = step in _MAYBE_OUT and tries[-1] == TicketStep.PRINTING
    return (step, TicketStep.REPRINTED) if again else (step,)


def steps(box: Database, visit: VisitId) -> list[str]:
    """Give the steps of a ticket so far, none where it is not kept."""
    with box.transaction() as db:
        found = db.execute("SELECT step FROM ticket_row WHERE visit = ? ORDER BY number", (visit,)).fetchall()
        return [step for (step,) in found]


def reprint(box: Database) -> Reprint | None:
    """Give the next paper of which the server is told, of the oldest ticket that it has.

    Raises:
        RecordDamagedError: its ticket is not as it was written.
    """
    with box.transaction() as db:
        found = db.execute(
            "SELECT visit, told FROM (SELECT s.seq, s.visit, coalesce((SELECT a.receipts FROM ticket_acknowledgement a"
            "   WHERE a.visit = s.visit ORDER BY a.seq DESC LIMIT 1), 0) AS told,"
            "  (SELECT count(*) FROM ticket_row r WHERE r.visit = s.visit AND r.step = 'reprinted') AS papers"
            " FROM ticket_state s WHERE s.delivery = 'sent'"
            "  AND s.visit IN (SELECT visit FROM ticket_row WHERE step = 'reprinted')"
            ") WHERE papers > told ORDER BY seq LIMIT 1"
        ).fetchone()
        if found is None:
            return None
        visit, told = found
        key, *_ = TICKETS.subject(box, visit)
        return Reprint(VisitId(visit), told + 1, f"{key}-{told + 1}")


def read(box: Database, where: str, *values: str | int, limit: int = -1) -> tuple[CommittedTicket, ...]:
    """Give the tickets whose ``ticket_state`` is so, in order of issue.

    Raises:
        RecordDamagedError: one of them is not as it was written.
    """
    with box.transaction() as db:
        found = db.execute(
            f"SELECT seq, visit, paper, problem, delivery FROM ticket_state WHERE {where} ORDER BY seq LIMIT ?",  # noqa: S608 - constants
            (*values, limit),
        ).fetchall()
        return tuple(_ticket(box, *one) for one in found)


def seal(box: Database, visit: VisitId, sealed: Sealed) -> None:
    """Keep what goes along with a ticket."""
    content = msgspec.msgpack.encode(sealed)
    with box.transaction() as db:
        db.execute("INSERT INTO ticket_sealed VALUES (?, ?, ?)", (visit, content, checksum(visit, content)))


def unseal(box: Database, visit: VisitId) -> None:
    """Keep it no longer: the server has answered, and is not asked again."""
    with box.transaction() as db:
        db.execute("DELETE FROM ticket_sealed WHERE visit = ?", (visit,))


def _ticket(box: Database, seq: int, visit: str, paper: str, problem: str, delivery: str) -> CommittedTicket:  # noqa: PLR0917 - a row
    key, code, boot, seconds, _ = TICKETS.subject(box, visit)
    first, *_ = TICKETS.rows(box, visit)
    if first.request is None:
        raise RecordDamagedError(record=TICKETS.name)
    sealed = _sealed(box, visit)
    return CommittedTicket(
        seq,
        VisitId(visit),
        TicketCode(code),
        key,
        msgspec.structs.replace(first.request, **sealed._asdict()),
        Moment(boot, seconds),
        DeliveryState(delivery),
        problem,
        PrintResult(paper),
    )


def _sealed(box: Database, visit: str) -> Sealed:
    """Give what goes along; nothing where that is damaged, for the ticket counts more."""
    with box.transaction() as db:
        found = db.execute("SELECT content, checksum FROM ticket_sealed WHERE visit = ?", (visit,)).fetchone()
    if found is None:
        return Sealed()
    if checksum(visit, found[0]) != found[1]:
        _log.error("record-damaged", record="ticket_sealed", visit=visit)
        return Sealed()
    return msgspec.msgpack.decode(found[0], type=Sealed)
