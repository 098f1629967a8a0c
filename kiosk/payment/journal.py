"""The journal of payments, in the file of the tickets (decision 12): what was paid, and what for, are one promise.

Every function runs in the outbox's thread (``await worker(journal.append, ...)``) and has synced to the disk when it
returns. Rows are added and never changed: the file refuses anything else. What the server has, and is old, is deleted
(``kiosk.payment.keeping``).

Nothing of a card or a person is in here: amounts, ids, the terminal's numbers, and receipts as masked text.
Every function raises OutboxError where the file cannot be read or written; nothing of it has happened then.
"""

import sqlite3
from datetime import UTC, datetime

import msgspec

from kiosk.errors import OrderDiffersError, PaymentOpenError
from kiosk.payment.flow import Fate, fate
from kiosk.payment.steps import FINAL, NEXT, PAYABLE_AGAIN, Attempt, Bill, Row, Step
from kiosk.tickets.model import Ticket
from kiosk.tickets.on_paper import PaperState
from kiosk.tickets.outbox import Outbox
from kiosk.tickets.sealed import Sealer
from peripherals.payment.money import Amount
from queue_server.domain.tariff import Headcount
from queue_server.domain.values import VisitId, new_id

_SCHEMA = """
CREATE TABLE IF NOT EXISTS payment (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    attempt TEXT NOT NULL UNIQUE,
    visit TEXT NOT NULL UNIQUE,
    bill TEXT NOT NULL,           -- the id of what is paid
    services TEXT NOT NULL,       -- JSON: their ids
    people TEXT NOT NULL,         -- JSON: how many of each age
    minor INTEGER NOT NULL CHECK (minor > 0),
    currency TEXT NOT NULL,
    language TEXT NOT NULL,
    asks_priority INTEGER NOT NULL,
    driver TEXT NOT NULL,
    place TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS payment_bill ON payment (bill);
CREATE TABLE IF NOT EXISTS payment_row (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    attempt TEXT NOT NULL REFERENCES payment (attempt),
    number INTEGER NOT NULL,      -- counts from 1 in each attempt
    step TEXT NOT NULL,
    detail BLOB NOT NULL,
    UNIQUE (attempt, number)
) STRICT;
CREATE TABLE IF NOT EXISTS payment_paper (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    attempt TEXT NOT NULL REFERENCES payment (attempt),
    kind TEXT NOT NULL,           -- receipt or claim; the ticket's paper is with the ticket
    state TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS payment_told (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    attempt TEXT NOT NULL REFERENCES payment (attempt),
    number INTEGER NOT NULL,      -- the server has all rows of the attempt up to this one
    receipts INTEGER NOT NULL,    -- and so many of its receipts
    problem TEXT NOT NULL         -- why it refuses the rest; empty where it does not
) STRICT;
CREATE INDEX IF NOT EXISTS payment_told_attempt ON payment_told (attempt);
"""
TABLES = ("payment", "payment_row", "payment_paper", "payment_told")
_SEALED = """
CREATE TRIGGER IF NOT EXISTS {table}_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;
"""


def prepare(box: Outbox) -> None:
    """Make the tables where they are missing."""
    with box.transaction() as db:
        for statement in _SCHEMA.split(";\n"):
            db.execute(statement)
        for table in TABLES:
            seal(db, table)


def seal(db: sqlite3.Connection, table: str) -> None:
    """Refuse whatever changes or deletes rows of a table; within a transaction."""
    for verb in ("UPDATE", "DELETE"):
        db.execute(_SEALED.format(table=table, verb=verb))


def unseal(db: sqlite3.Connection, table: str) -> None:
    """Let rows of a table be deleted until it is sealed again in the same transaction."""
    db.execute(f"DROP TRIGGER {table}_DELETE")


def begin(box: Outbox, bill: Bill, driver: str, place: str) -> Attempt:
    """Begin to pay, or attach to what was begun: an order is never paid twice.

    Raises:
        PaymentOpenError: the payment of another order is not settled.
        OrderDiffersError: this order was begun with another amount.
    """
    with box.transaction() as db:
        known = db.execute("SELECT attempt FROM payment WHERE bill = ? ORDER BY seq DESC LIMIT 1", (bill.order,))
        if (found := known.fetchone()) is not None:
            last = attempt(box, found[0])
            if last.bill.amount != bill.amount or (last.bill.services, last.bill.people) != (
                bill.services,
                bill.people,
            ):
                raise OrderDiffersError(order=bill.order)
            if last.step not in PAYABLE_AGAIN:
                return last
        waiting = unsettled(box)
        if waiting:
            raise PaymentOpenError(attempt=waiting[0].id)
        fresh = new_id()
        db.execute(
            "INSERT INTO payment (attempt, visit, bill, services, people, minor, currency, language, asks_priority,"
            " driver, place) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                fresh,
                new_id(),
                bill.order,
                msgspec.json.encode(bill.services).decode(),
                msgspec.json.encode(bill.people).decode(),
                bill.amount.minor,
                bill.amount.currency,
                bill.language,
                bill.asks_priority,
                driver,
                place,
            ),
        )
        _add(box, fresh, 1, Row(Step.CREATED, datetime.now(UTC)))
        return attempt(box, fresh)


def append(box: Outbox, ident: str, row: Row) -> Attempt:
    """Add a row; what becomes of the ticket with it is one transaction."""
    with box.transaction():
        before = attempt(box, ident)
        if row.step not in NEXT[before.step]:
            raise RuntimeError(f"{before.step} is not followed by {row.step}")
        _add(box, ident, len(before.rows) + 1, row)
        match fate(before, row.step):
            case Fate.RELEASE:
                box.release(VisitId(before.visit))
            case Fate.WITHDRAW:
                box.withdraw(VisitId(before.visit))
        return attempt(box, ident)


def issue(box: Outbox, ident: str, sealer: Sealer | None) -> tuple[Attempt, Ticket]:
    """Issue the ticket and write GOODS_ISSUED, in one transaction. The ticket is held until the payment is settled.

    Raises:
        CodesUsedUpError: no code is left.
    """
    with box.transaction():
        now = datetime.now(UTC)
        one = attempt(box, ident)
        ticket = box.issue(
            one.bill.services,
            one.bill.language,
            now,
            asks_priority=one.bill.asks_priority,
            people=one.bill.people,
            sealer=sealer,
            held=VisitId(one.visit),
        )
        return append(box, ident, Row(Step.GOODS_ISSUED, now)), ticket


def attempt(box: Outbox, ident: str) -> Attempt:
    """Read an attempt with all that became of it."""
    with box.transaction() as db:
        visit, bill, services, people, minor, currency, language, priority, driver, place = db.execute(
            "SELECT visit, bill, services, people, minor, currency, language, asks_priority, driver, place FROM payment"
            " WHERE attempt = ?",
            (ident,),
        ).fetchone()
        rows = db.execute("SELECT detail FROM payment_row WHERE attempt = ? ORDER BY number", (ident,)).fetchall()
        claim = db.execute(
            "SELECT 1 FROM payment_paper WHERE attempt = ? AND kind = 'claim' AND state = ?",
            (ident, PaperState.PRINTED),
        ).fetchone()
        ticket = box.find(VisitId(visit))
        return Attempt(
            id=ident,
            visit=visit,
            bill=Bill(
                bill,
                msgspec.json.decode(services, type=tuple[str, ...]),
                Amount(minor, currency),
                language,
                bool(priority),
                msgspec.json.decode(people, type=tuple[Headcount, ...]),
            ),
            driver=driver,
            place=place,
            rows=tuple(msgspec.msgpack.decode(detail, type=Row) for (detail,) in rows),
            paper=PaperState.NONE if ticket is None else ticket.paper,
            claim=claim is not None,
        )


def unsettled(box: Outbox) -> tuple[Attempt, ...]:
    """Give the attempts that are not settled, oldest first: at most one where all went by this program."""
    return _where(box, f"step NOT IN ({_listed(FINAL)})")


def unclaimed(box: Outbox) -> tuple[Attempt, ...]:
    """Give the attempts that only staff can settle and whose claim slip is on no paper yet, oldest first."""
    return tuple(one for one in _where(box, f"step = '{Step.NEEDS_STAFF}'") if not one.claim)


def paper(box: Outbox, ident: str, kind: str, state: PaperState) -> None:
    """Write down what is tried with the paper of a receipt or a claim, or what became of it."""
    with box.transaction() as db:
        db.execute("INSERT INTO payment_paper (attempt, kind, state) VALUES (?, ?, ?)", (ident, kind, state))


def _where(box: Outbox, last: str) -> tuple[Attempt, ...]:
    with box.transaction() as db:
        found = db.execute(
            "SELECT attempt FROM payment_row WHERE seq IN (SELECT max(seq) FROM payment_row GROUP BY attempt)"  # noqa: S608 - constants
            f" AND {last} ORDER BY seq"
        ).fetchall()
        return tuple(attempt(box, ident) for (ident,) in found)


def _listed(steps: frozenset[Step]) -> str:
    return ", ".join(f"'{step}'" for step in sorted(steps))


def _add(box: Outbox, ident: str, number: int, row: Row) -> None:
    with box.transaction() as db:
        db.execute(
            "INSERT INTO payment_row (attempt, number, step, detail) VALUES (?, ?, ?, ?)",
            (ident, number, row.step, msgspec.msgpack.encode(row)),
        )
