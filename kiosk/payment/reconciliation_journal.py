"""The journal of a terminal's ends of day, in the file of the payments: it is written before the terminal is asked.

An end of day is tried until the terminal has said its totals. One that was cut off, or of which nothing is certain, is
tried again under the same id. If the terminal had closed its day before, what it said then is lost: the server finds
the difference, and names the payments. What is told carries the same id and content for ever.

Every function runs in the outbox's thread and has synced to the disk when it returns. Rows are added and never changed.
Nothing of a card or a person is in here, and nothing of what the terminal prints at its end of day.
Every function raises OutboxError where the file cannot be read or written; nothing of it has happened then.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum

import msgspec

from kiosk.payment import payment_uploader
from kiosk.store.journal import DeviceJournal, ServerAcknowledgement
from kiosk.tickets.outbox import Outbox
from peripherals.payment.port import Result, Totals
from peripherals.payment.port import TerminalReconciliation as Said
from queue_server.contract.payments import ReconciliationReport, TerminalTotal
from queue_server.domain.values import new_id

_COLUMNS = """driver TEXT NOT NULL,
    place TEXT NOT NULL"""
#: The last answer to the newest end of day that has one, refused or not.
_NEWEST = (
    "FROM reconciliation_acknowledgement t WHERE (t.number > 0 OR t.problem != '')"
    " AND t.ident = (SELECT c.ident FROM reconciliation c"
    " JOIN reconciliation_acknowledgement m ON m.ident = c.ident"
    " ORDER BY c.seq DESC LIMIT 1) ORDER BY t.seq DESC LIMIT 1"
)
#: How many of one currency a report may count (``queue_server.contract.payments``).
_MAX_COUNTED = 1_000_000


class ReconciliationStep(StrEnum):
    #: The terminal is new here: the day in which it came is not closed.
    NEW = "new"
    #: Written before the terminal is asked.
    ASKED = "asked"
    #: The terminal has closed its day, and this is what it counted.
    TOTALS = "totals"
    FAILED = "failed"
    #: The terminal may have closed its day, and has not said its totals.
    IN_DOUBT = "in-doubt"
    #: It closes nothing: people count.
    BY_HAND = "by-hand"


_OVER = {ReconciliationStep.NEW, ReconciliationStep.TOTALS, ReconciliationStep.BY_HAND}


class ReconciliationTotal(msgspec.Struct, frozen=True, array_like=True):
    """One currency in minor units; ``count`` is None where the terminal does not say how many."""

    currency: str
    minor: int
    count: int | None


class ReconciliationRow(msgspec.Struct, frozen=True, omit_defaults=True):
    """``day`` is the day of the centre that ends. ``after``: the last row of payments that was written before."""

    step: ReconciliationStep
    at: datetime
    day: date
    reason: str = ""
    totals: tuple[ReconciliationTotal, ...] = ()
    after: int = 0


@dataclass(frozen=True, slots=True)
class ReconciliationRecord:
    """An end of day as its rows tell it."""

    id: str
    driver: str
    place: str
    rows: tuple[ReconciliationRow, ...] = field(repr=False)

    @property
    def step(self) -> ReconciliationStep:
        return self.rows[-1].step

    @property
    def day(self) -> date:
        return self.rows[-1].day

    @property
    def over(self) -> bool:
        """Whether nothing more is asked of the terminal for this day."""
        return self.step in _OVER

    @property
    def asked(self) -> datetime:
        """When the terminal was last asked, by the kiosk's own clock."""
        return next(row.at for row in reversed(self.rows) if row.step is ReconciliationStep.ASKED)


#: Told with all rows at once: the server has every row of an end of day, or none.
RECONCILIATIONS = DeviceJournal("reconciliation", "ident", ReconciliationRow, _COLUMNS)


def prepare(box: Outbox) -> None:
    """Make the tables where they are missing."""
    RECONCILIATIONS.prepare(box)


def last(box: Outbox, driver: str, place: str) -> ReconciliationRecord | None:
    """Give the newest end of day of a terminal."""
    with box.transaction() as db:
        found = db.execute(
            "SELECT ident FROM reconciliation WHERE driver = ? AND place = ? ORDER BY seq DESC LIMIT 1", (driver, place)
        ).fetchone()
        return None if found is None else record(box, found[0])


def meet(box: Outbox, day: date, driver: str, place: str) -> ReconciliationRecord:
    """Write down that a terminal is new here: nothing of what it took until ``day`` is in this journal."""
    return _begin(box, driver, place, ReconciliationRow(ReconciliationStep.NEW, datetime.now(UTC), day))


def ask(box: Outbox, day: date, driver: str, place: str) -> ReconciliationRecord:
    """Write down that the terminal is to be asked, again or anew."""
    row = ReconciliationRow(ReconciliationStep.ASKED, datetime.now(UTC), day)
    with box.transaction():
        before = last(box, driver, place)
        if before is None or before.over:
            return _begin(box, driver, place, row)
        return _add(box, before.id, row)


def failed(box: Outbox, ident: str, step: ReconciliationStep, reason: str) -> ReconciliationRecord:
    """Write down that the terminal could not be asked, or what it did not say."""
    with box.transaction():
        return _add(box, ident, ReconciliationRow(step, datetime.now(UTC), record(box, ident).day, reason))


def answer(box: Outbox, ident: str, said: Said) -> ReconciliationRecord:
    """Write down what the terminal said, before it is told to anybody. What it would print is left out."""
    if said.result is not Result.APPROVED:
        step = ReconciliationStep.IN_DOUBT if said.result is Result.IN_DOUBT else ReconciliationStep.FAILED
        return failed(box, ident, step, said.reason)
    with box.transaction() as db:
        after = db.execute("SELECT coalesce(max(seq), 0) FROM payment_row").fetchone()[0]
        day = record(box, ident).day
        row = ReconciliationRow(
            ReconciliationStep.TOTALS, datetime.now(UTC), day, totals=totals_of(said.totals), after=after
        )
        return _add(box, ident, row)


def totals_of(said: Iterable[Totals]) -> tuple[ReconciliationTotal, ...]:
    """Add up what a terminal says in several parts, by currency. Pure."""
    sums: dict[str, ReconciliationTotal] = {}
    for one in said:
        before = sums.get(one.amount.currency, ReconciliationTotal(one.amount.currency, 0, 0))
        known = None if before.count is None or one.count is None else before.count + one.count
        count = known if known is not None and 0 <= known <= _MAX_COUNTED else None
        sums[one.amount.currency] = ReconciliationTotal(one.amount.currency, before.minor + one.amount.minor, count)
    return tuple(sums[currency] for currency in sorted(sums))


def record(box: Outbox, ident: str) -> ReconciliationRecord:
    with box.transaction() as db:
        driver, place = db.execute("SELECT driver, place FROM reconciliation WHERE ident = ?", (ident,)).fetchone()
        return ReconciliationRecord(ident, driver, place, RECONCILIATIONS.rows(box, ident))


def pending(box: Outbox) -> ReconciliationReport | None:
    """Give the oldest end of day that the server has not answered, once it has all rows of payments before it."""
    with box.transaction() as db:
        found = db.execute(
            "SELECT ident FROM reconciliation c WHERE coalesce(("
            "SELECT number = 0 AND problem = '' FROM reconciliation_acknowledgement"
            " WHERE ident = c.ident ORDER BY seq DESC LIMIT 1), 1)"
            " AND EXISTS (SELECT 1 FROM reconciliation_row WHERE ident = c.ident AND step = ?) ORDER BY seq LIMIT 1",
            (ReconciliationStep.TOTALS,),
        ).fetchone()
        if found is None:
            return None
        one = record(box, found[0])
        return None if payment_uploader.untold(box, one.rows[-1].after) else report_of(one)


def report_of(one: ReconciliationRecord) -> ReconciliationReport:
    """Make the report of an end of day whose totals are known. Pure."""
    totals = tuple(TerminalTotal(each.currency, each.minor, each.count) for each in one.rows[-1].totals)
    return ReconciliationReport(id=one.id, driver=one.driver, terminal=one.place, at=one.asked, totals=totals)


def acknowledge(box: Outbox, ident: str, problem: str = "") -> None:
    """Note that the server has an end of day, or that it refuses it."""
    with box.transaction():
        RECONCILIATIONS.note(
            box, ident, ServerAcknowledgement(0 if problem else len(record(box, ident).rows), problem=problem)
        )


def refused(box: Outbox) -> str:
    """Give why the server refuses the newest end of day that it has answered; empty where it has that one."""
    with box.transaction() as db:
        found = db.execute(f"SELECT t.problem {_NEWEST}").fetchone()
        return "" if found is None else str(found[0])


def resend_refused(box: Outbox) -> None:
    """Have the newest end of day that was answered told once more, where it was refused: the cause may be gone.

    Until there is an answer it is taken as refused.
    """
    with box.transaction() as db:
        found = db.execute(f"SELECT t.ident, t.problem {_NEWEST}").fetchone()
        if found is not None and found[1] and RECONCILIATIONS.acknowledged(box, found[0]).problem:
            RECONCILIATIONS.note(box, found[0], ServerAcknowledgement())


def _begin(box: Outbox, driver: str, place: str, row: ReconciliationRow) -> ReconciliationRecord:
    fresh = new_id()
    with box.transaction():
        RECONCILIATIONS.begin(box, fresh, row, driver=driver, place=place)
        return record(box, fresh)


def _add(box: Outbox, ident: str, row: ReconciliationRow) -> ReconciliationRecord:
    with box.transaction():
        RECONCILIATIONS.add(box, ident, row)
        return record(box, ident)
