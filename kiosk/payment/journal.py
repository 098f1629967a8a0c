"""The journal of payments, in the file of the tickets (decision 12): what was paid, and what for, are one promise.

Every function runs in the outbox's thread (``await worker(journal.append, ...)``) and has synced to the disk when it
returns. Rows are added and never changed: the file refuses anything else. What the server has, and is old, is deleted
(``kiosk.payment.retention``).

Nothing of a card or a person is in here: amounts, ids, the terminal's numbers, and receipts as masked text.
Every function raises OutboxError where the file cannot be read or written; nothing of it has happened then.
"""

from datetime import UTC, datetime

import msgspec

from kiosk.payment.errors import OrderDiffersError, PaymentOpenError
from kiosk.payment.journal_model import FINAL, NEXT, PAYABLE_AGAIN, Attempt, PaymentOrder, PaymentRow, PaymentStep
from kiosk.payment.saga_policy import Fate, fate
from kiosk.store.journal import DeviceJournal
from kiosk.tickets.model import CommittedTicket, PrintResult, Sealer
from kiosk.tickets.outbox import Outbox
from peripherals.money import Amount
from peripherals.payment.port import Capabilities
from queue_server.domain.tariff import Headcount
from queue_server.domain.values import VisitId, new_id

#: What most terminals can do.
_USUAL = Capabilities()

_COLUMNS = """visit TEXT NOT NULL UNIQUE,
    bill TEXT NOT NULL,           -- the id of what is paid
    services TEXT NOT NULL,       -- JSON: their ids
    people TEXT NOT NULL,         -- JSON: how many of each age
    minor INTEGER NOT NULL CHECK (minor > 0),
    currency TEXT NOT NULL,
    language TEXT NOT NULL,
    asks_priority INTEGER NOT NULL,
    driver TEXT NOT NULL,
    place TEXT NOT NULL,
    attended INTEGER NOT NULL,    -- staff move the money
    can_refund INTEGER NOT NULL"""
_EXTRA = """
CREATE INDEX IF NOT EXISTS payment_bill ON payment (bill);
CREATE TABLE IF NOT EXISTS payment_paper (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    attempt TEXT NOT NULL REFERENCES payment (attempt),
    kind TEXT NOT NULL,           -- receipt or claim; the ticket's paper is with the ticket
    state TEXT NOT NULL
) STRICT;
"""
PAYMENTS = DeviceJournal("payment", "attempt", PaymentRow, _COLUMNS, extra=_EXTRA, beside=("payment_paper",))


def prepare(box: Outbox) -> None:
    """Make the tables where they are missing."""
    PAYMENTS.prepare(box)


def begin(box: Outbox, bill: PaymentOrder, driver: str, place: str, can: Capabilities = _USUAL) -> Attempt:
    """Begin to pay, or attach to what was begun: an order is never paid twice. ``can``: what the terminal can do.

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
        PAYMENTS.begin(
            box,
            fresh,
            PaymentRow(PaymentStep.CREATED, datetime.now(UTC)),
            visit=new_id(),
            bill=bill.order,
            services=msgspec.json.encode(bill.services).decode(),
            people=msgspec.json.encode(bill.people).decode(),
            minor=bill.amount.minor,
            currency=bill.amount.currency,
            language=bill.language,
            asks_priority=bill.asks_priority,
            driver=driver,
            place=place,
            attended=can.attended,
            can_refund=can.can_refund,
        )
        return attempt(box, fresh)


def append(box: Outbox, ident: str, row: PaymentRow) -> Attempt:
    """Add a row; what becomes of the ticket with it is one transaction."""
    with box.transaction():
        before = attempt(box, ident)
        if row.step not in NEXT[before.step]:
            raise RuntimeError(f"{before.step} is not followed by {row.step}")
        PAYMENTS.add(box, ident, row)
        match fate(before, row.step):
            case Fate.RELEASE:
                box.release(VisitId(before.visit))
            case Fate.WITHDRAW:
                box.withdraw(VisitId(before.visit))
        return attempt(box, ident)


def issue(box: Outbox, ident: str, sealer: Sealer | None) -> tuple[Attempt, CommittedTicket]:
    """Issue the ticket and write GOODS_ISSUED, in one transaction. The ticket is held until the payment is settled.

    Raises:
        CodesExhaustedError: no code is left.
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
            visit=VisitId(one.visit),
            held=True,
        )
        return append(box, ident, PaymentRow(PaymentStep.GOODS_ISSUED, now)), ticket


def attempt(box: Outbox, ident: str) -> Attempt:
    """Read an attempt with all that became of it."""
    with box.transaction() as db:
        visit, bill, services, people, minor, currency, language, priority, driver, place, attended, back = (
            PAYMENTS.subject(box, ident)
        )
        claim = db.execute(
            "SELECT 1 FROM payment_paper WHERE attempt = ? AND kind = 'claim' AND state = ?",
            (ident, PrintResult.PRINTED),
        ).fetchone()
        ticket = box.find(VisitId(visit))
        return Attempt(
            id=ident,
            visit=visit,
            bill=PaymentOrder(
                bill,
                msgspec.json.decode(services, type=tuple[str, ...]),
                Amount(minor, currency),
                language,
                bool(priority),
                msgspec.json.decode(people, type=tuple[Headcount, ...]),
            ),
            driver=driver,
            place=place,
            rows=PAYMENTS.rows(box, ident),
            paper=PrintResult.NONE if ticket is None else ticket.paper,
            claim=claim is not None,
            attended=bool(attended),
            can_refund=bool(back),
        )


def unsettled(box: Outbox) -> tuple[Attempt, ...]:
    """Give the attempts that are not settled, oldest first: at most one where all went by this program."""
    return _where(box, f"step NOT IN ({_listed(FINAL)})")


def unclaimed(box: Outbox) -> tuple[Attempt, ...]:
    """Give the attempts that only staff can settle and whose claim slip is on no paper yet, oldest first."""
    return tuple(one for one in _where(box, f"step = '{PaymentStep.NEEDS_STAFF}'") if not one.claim)


def paper(box: Outbox, ident: str, kind: str, state: PrintResult) -> None:
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


def _listed(steps: frozenset[PaymentStep]) -> str:
    return ", ".join(f"'{step}'" for step in sorted(steps))
