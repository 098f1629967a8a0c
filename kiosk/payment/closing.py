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

from kiosk.payment import journal, report
from kiosk.tickets.outbox import Outbox
from peripherals.payment.port import Closing as Said
from peripherals.payment.port import Result, Totals
from queue_server.contract.payments import ClosingReport, TerminalTotal
from queue_server.domain.values import new_id

_SCHEMA = """
CREATE TABLE IF NOT EXISTS closing (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    closing TEXT NOT NULL UNIQUE,
    driver TEXT NOT NULL,
    place TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS closing_row (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    closing TEXT NOT NULL REFERENCES closing (closing),
    number INTEGER NOT NULL,      -- counts from 1 in each end of day
    step TEXT NOT NULL,
    detail BLOB NOT NULL,
    UNIQUE (closing, number)
) STRICT;
CREATE TABLE IF NOT EXISTS closing_told (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    closing TEXT NOT NULL REFERENCES closing (closing),
    problem TEXT NOT NULL,        -- why the server refuses it; empty where it has it
    again INTEGER NOT NULL        -- the server has lost it: it is told once more
) STRICT;
"""
TABLES = ("closing", "closing_row", "closing_told")
#: The last answer to the newest end of day that has one.
_NEWEST = (
    "FROM closing_told t JOIN closing c ON c.closing = t.closing"
    " WHERE c.seq = (SELECT max(n.seq) FROM closing n JOIN closing_told m ON m.closing = n.closing)"
    " ORDER BY t.seq DESC LIMIT 1"
)
_NONE = ("", "", 0)
#: How many of one currency a report may count (``queue_server.contract.payments``).
_MOST_COUNTED = 1_000_000


class ClosingStep(StrEnum):
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


_OVER = {ClosingStep.NEW, ClosingStep.TOTALS, ClosingStep.BY_HAND}


class Total(msgspec.Struct, frozen=True, array_like=True):
    """One currency in minor units; ``count`` is None where the terminal does not say how many."""

    currency: str
    minor: int
    count: int | None


class ClosingRow(msgspec.Struct, frozen=True, omit_defaults=True):
    """``day`` is the day of the centre that ends. ``after``: the last row of payments that was written before."""

    step: ClosingStep
    at: datetime
    day: date
    reason: str = ""
    totals: tuple[Total, ...] = ()
    after: int = 0


@dataclass(frozen=True, slots=True)
class Record:
    """An end of day as its rows tell it."""

    id: str
    driver: str
    place: str
    rows: tuple[ClosingRow, ...] = field(repr=False)

    @property
    def step(self) -> ClosingStep:
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
        return next(row.at for row in reversed(self.rows) if row.step is ClosingStep.ASKED)


def prepare(box: Outbox) -> None:
    """Make the tables where they are missing."""
    with box.transaction() as db:
        for statement in _SCHEMA.split(";\n"):
            db.execute(statement)
        for table in TABLES:
            journal.seal(db, table)


def last(box: Outbox, driver: str, place: str) -> Record | None:
    """Give the newest end of day of a terminal."""
    with box.transaction() as db:
        found = db.execute(
            "SELECT closing FROM closing WHERE driver = ? AND place = ? ORDER BY seq DESC LIMIT 1", (driver, place)
        ).fetchone()
        return None if found is None else record(box, found[0])


def meet(box: Outbox, day: date, driver: str, place: str) -> Record:
    """Write down that a terminal is new here: nothing of what it took until ``day`` is in this journal."""
    return _begin(box, driver, place, ClosingRow(ClosingStep.NEW, datetime.now(UTC), day))


def ask(box: Outbox, day: date, driver: str, place: str) -> Record:
    """Write down that the terminal is to be asked, again or anew."""
    row = ClosingRow(ClosingStep.ASKED, datetime.now(UTC), day)
    with box.transaction():
        before = last(box, driver, place)
        if before is None or before.over:
            return _begin(box, driver, place, row)
        return _add(box, before.id, row)


def failed(box: Outbox, ident: str, step: ClosingStep, reason: str) -> Record:
    """Write down that the terminal could not be asked, or what it did not say."""
    with box.transaction():
        return _add(box, ident, ClosingRow(step, datetime.now(UTC), record(box, ident).day, reason))


def answer(box: Outbox, ident: str, said: Said) -> Record:
    """Write down what the terminal said, before it is told to anybody. What it would print is left out."""
    if said.result is not Result.APPROVED:
        step = ClosingStep.IN_DOUBT if said.result is Result.IN_DOUBT else ClosingStep.FAILED
        return failed(box, ident, step, said.reason)
    with box.transaction() as db:
        after = db.execute("SELECT coalesce(max(seq), 0) FROM payment_row").fetchone()[0]
        day = record(box, ident).day
        row = ClosingRow(ClosingStep.TOTALS, datetime.now(UTC), day, totals=totals_of(said.totals), after=after)
        return _add(box, ident, row)


def totals_of(said: Iterable[Totals]) -> tuple[Total, ...]:
    """Add up what a terminal says in several parts, by currency. Pure."""
    sums: dict[str, Total] = {}
    for one in said:
        before = sums.get(one.amount.currency, Total(one.amount.currency, 0, 0))
        known = None if before.count is None or one.count is None else before.count + one.count
        count = known if known is not None and 0 <= known <= _MOST_COUNTED else None
        sums[one.amount.currency] = Total(one.amount.currency, before.minor + one.amount.minor, count)
    return tuple(sums[currency] for currency in sorted(sums))


def record(box: Outbox, ident: str) -> Record:
    with box.transaction() as db:
        driver, place = db.execute("SELECT driver, place FROM closing WHERE closing = ?", (ident,)).fetchone()
        rows = db.execute("SELECT detail FROM closing_row WHERE closing = ? ORDER BY number", (ident,)).fetchall()
        return Record(
            ident, driver, place, tuple(msgspec.msgpack.decode(detail, type=ClosingRow) for (detail,) in rows)
        )


def pending(box: Outbox) -> ClosingReport | None:
    """Give the oldest end of day that the server has not answered, once it has all rows of payments before it."""
    with box.transaction() as db:
        found = db.execute(
            "SELECT closing FROM closing c WHERE coalesce("
            " (SELECT again FROM closing_told WHERE closing = c.closing ORDER BY seq DESC LIMIT 1), 1)"
            " AND EXISTS (SELECT 1 FROM closing_row WHERE closing = c.closing AND step = ?) ORDER BY seq LIMIT 1",
            (ClosingStep.TOTALS,),
        ).fetchone()
        if found is None:
            return None
        one = record(box, found[0])
        return None if report.untold(box, one.rows[-1].after) else report_of(one)


def report_of(one: Record) -> ClosingReport:
    """Make the report of an end of day whose totals are known. Pure."""
    totals = tuple(TerminalTotal(each.currency, each.minor, each.count) for each in one.rows[-1].totals)
    return ClosingReport(id=one.id, driver=one.driver, terminal=one.place, at=one.asked, totals=totals)


def told(box: Outbox, ident: str, problem: str = "") -> None:
    """Note that the server has an end of day, or that it refuses it."""
    with box.transaction() as db:
        db.execute("INSERT INTO closing_told (closing, problem, again) VALUES (?, ?, 0)", (ident, problem))


def refused(box: Outbox) -> str:
    """Give why the server refuses the newest end of day that it has answered; empty where it has that one."""
    with box.transaction() as db:
        found = db.execute(f"SELECT t.problem {_NEWEST}").fetchone()
        return "" if found is None else str(found[0])


def tell_refused_again(box: Outbox) -> None:
    """Have the newest end of day that was answered told once more, where it was refused: the cause may be gone.

    Until there is an answer it is taken as refused.
    """
    with box.transaction() as db:
        ident, problem, again = db.execute(f"SELECT t.closing, t.problem, t.again {_NEWEST}").fetchone() or _NONE
        if problem and not again:
            db.execute("INSERT INTO closing_told (closing, problem, again) VALUES (?, ?, 1)", (ident, problem))


def tell_again(box: Outbox) -> None:
    """Take it that the server has no end of day that it once had."""
    with box.transaction() as db:
        db.execute(
            "INSERT INTO closing_told (closing, problem, again) SELECT closing, '', 1 FROM closing_told t"
            " WHERE problem = '' AND again = 0 AND seq = (SELECT max(seq) FROM closing_told WHERE closing = t.closing)"
        )


def _begin(box: Outbox, driver: str, place: str, row: ClosingRow) -> Record:
    fresh = new_id()
    with box.transaction() as db:
        db.execute("INSERT INTO closing (closing, driver, place) VALUES (?, ?, ?)", (fresh, driver, place))
        return _add(box, fresh, row)


def _add(box: Outbox, ident: str, row: ClosingRow) -> Record:
    with box.transaction() as db:
        db.execute(
            "INSERT INTO closing_row (closing, number, step, detail)"
            " SELECT ?, count(*) + 1, ?, ? FROM closing_row WHERE closing = ?",
            (ident, row.step, msgspec.msgpack.encode(row), ident),
        )
        return record(box, ident)
