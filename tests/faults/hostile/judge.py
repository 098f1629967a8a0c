"""Says what was lost or doubled in a hostile hour: from the stored events, the papers, the screens and the terminals.

It shares no code with server, kiosk and drivers: events are read with a statement of its own, a kiosk's file with plain
SQL, what a terminal charged as JSON lines, and papers by the code that is printed on them.
"""

import base64
import contextlib
import json
import sqlite3
import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import zxingcpp
from PIL import Image

from tests.faults.judge import Judge, Row

#: Gives every event as one document; its payload is text, as it was hashed.
EVENTS = (
    "SELECT coalesce(json_agg(json_build_array(stream, seq, type, command, convert_from(payload, 'UTF8'), at)"
    " ORDER BY stream, seq), '[]') FROM events"
)
#: How a payment may end, by whether the card is charged then; None where staff have to find out.
ENDS: dict[str, bool | None] = {
    "receipt-done": True,
    "declined": False,
    "cancelled": False,
    "failed": False,
    "reversed": False,
    "refund-requested": False,
    "needs-staff": None,
}
#: A ticket that somebody may hold.
_GIVEN = {"waiting", "sent", "refused"}


class Told(NamedTuple):
    """A row of a kiosk's file about a ticket."""

    code: str
    delivery: str
    problem: str
    paper: str


class Paid(NamedTuple):
    """An attempt to pay as it stands in a kiosk's file."""

    visit: str
    minor: int
    step: str


@dataclass
class Kept:
    """What a kiosk has had on its disk, also on one that was damaged since: tickets by visit, payments by attempt."""

    tickets: dict[str, Told] = field(default_factory=dict)
    payments: dict[str, Paid] = field(default_factory=dict)
    waits: int = 0

    def add(self, later: "Kept") -> None:
        self.tickets |= later.tickets
        self.payments |= later.payments
        self.waits = later.waits


def read_outbox(file: Path) -> Kept:
    """Read the file of a kiosk, whether it runs or not. ``waits`` counts what its server has not taken yet."""
    if not file.exists():
        return Kept()
    with contextlib.closing(sqlite3.connect(file, timeout=30)) as db:
        tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if "ticket" not in tables:
            return Kept()
        rows = db.execute("SELECT visit, code, delivery, problem, paper FROM ticket_state").fetchall()
        kept = Kept({visit: Told(*rest) for visit, *rest in rows})
        kept.waits = sum(one.delivery in {"waiting", "held"} for one in kept.tickets.values())
        if "payment" in tables:
            last = "(SELECT max(number) FROM payment_row WHERE attempt = p.attempt)"
            told = "(SELECT number FROM payment_acknowledgement WHERE attempt = p.attempt ORDER BY seq DESC LIMIT 1)"
            for attempt, visit, minor, step, number, heard in db.execute(
                f"SELECT p.attempt, p.visit, p.minor, r.step, r.number, coalesce({told}, 0) FROM payment p"  # noqa: S608 - constants
                f" JOIN payment_row r ON r.attempt = p.attempt AND r.number = {last}"
            ):
                kept.payments[attempt] = Paid(visit, minor, step)
                kept.waits += heard < number or step not in ENDS
        return kept


@dataclass
class Paper:
    """What came out of the printer of a kiosk."""

    folder: Path
    kept: Kept

    def visits(self) -> list[str]:
        """Name the visit of each ticket on paper, by its code; what is no ticket, or was torn off, has none."""
        found = []
        for picture in sorted(self.folder.glob("*.png")):
            with Image.open(picture) as image:
                codes = zxingcpp.read_barcodes(image.convert("L"))
            for text in (code.text for code in codes):
                token = text.rpartition("/t/")[2]
                if token != text:
                    found.append(str(uuid.UUID(bytes=base64.urlsafe_b64decode(token + "=")[:16])))
        return found


@dataclass
class Till:
    """The books of a terminal."""

    file: Path

    def kept(self) -> Counter[int]:
        """Say how often each amount was charged and not given back."""
        sums: Counter[int] = Counter()
        for line in self.file.read_text("utf-8").splitlines() if self.file.exists() else ():
            one = json.loads(line)
            if one["event"] in {"charged", "reversed", "refunded"}:
                sums[one["amount"]] += 1 if one["event"] == "charged" else -1
        return sums


class Log:
    """The stored events, read once."""

    def __init__(self, document: str) -> None:
        self.rows = [
            Row(stream, seq, kind, command, payload.encode(), at)
            for stream, seq, kind, command, payload, at in json.loads(document)
        ]
        self.issued: dict[str, list[str]] = {}
        self.states: dict[str, dict[int, str]] = {}
        self.began: dict[str, list[dict[str, Any]]] = {}
        for row in self.rows:
            body = json.loads(row.payload)
            if row.type == "visit-issued":
                self.issued.setdefault(body["visit"], []).append(body["code"])
            elif row.type == "payment-initiated":
                self.began.setdefault(body["payment"], []).append(body)
            elif row.type == "journal-row-reported":
                self.states.setdefault(body["payment"], {})[body["row"]] = body["state"]

    def days(self) -> set[str]:
        return {row.stream.rpartition("/")[2] for row in self.rows if row.stream.startswith("queue/demo/")}

    def calls(self) -> int:
        return sum(row.type == "visit-called" for row in self.rows)

    def order(self) -> list[str]:
        """Judge the order of the day, by what each visit was promised."""
        judge = Judge()
        judge.read(row for row in self.rows if row.stream.startswith("queue/demo/"))
        return judge.faults


def tickets(log: Log, kept: Iterable[Kept], papers: Iterable[Paper], shown: Iterable[Iterable[str]]) -> list[str]:
    """Name each ticket that was lost or doubled."""
    faults = [f"{visit} was issued as {codes}" for visit, codes in log.issued.items() if len(codes) != 1]
    known: dict[str, Told] = {}
    for one in kept:
        # Of two machines that were one device each may hold a ticket of the other's, and only one delivers it.
        known |= {
            visit: told for visit, told in one.tickets.items() if visit not in known or known[visit].delivery != "sent"
        }
    for visit, told in known.items():
        codes = log.issued.get(visit)
        if told.delivery in {"waiting", "held"}:
            faults.append(f"{visit} {told} was never told")
        elif told.delivery == "refused":
            faults.append(f"{visit} {told} was refused")
        elif told.delivery == "sent" and codes != [told.code]:
            faults.append(f"{visit} {told} is {codes} in the log")
        elif told.delivery == "withdrawn" and codes is not None:
            faults.append(f"{visit} {told} was taken back, and is in the log")
    faults += [f"{visit} {codes} is of no kiosk" for visit, codes in log.issued.items() if visit not in known]
    for paper in papers:
        faults += [f"{visit} is on paper, and not in the log" for visit in paper.visits() if visit not in log.issued]
    stored = Counter(code for issued in log.issued.values() for code in issued)
    for seen in map(list, shown):
        faults += [f"{code} was shown, and is {stored[code]} times in the log" for code in seen if stored[code] != 1]
        faults += [f"{code} was shown to two" for code, count in Counter(seen).items() if count > 1]
    return faults


def payments(log: Log, kept: Iterable[Kept], tills: Iterable[Till]) -> list[str]:
    """Name each payment that was lost or doubled."""
    known = {attempt: paid for one in kept for attempt, paid in one.payments.items()}
    faults = [f"{payment} began {len(begun)} times" for payment, begun in log.began.items() if len(begun) != 1]
    for attempt, paid in known.items():
        states = log.states.get(attempt, {})
        last = states[max(states)] if states else "nothing"
        if last != paid.step:
            faults.append(f"{attempt} {paid} is {last} at the server")
        elif log.began[attempt][0]["amount"] != paid.minor or log.began[attempt][0]["visit"] != paid.visit:
            faults.append(f"{attempt} {paid} is another at the server")
        if paid.step not in ENDS:
            faults.append(f"{attempt} {paid} has no end")
        elif ENDS[paid.step] is True and paid.visit not in log.issued:
            faults.append(f"{attempt} {paid} is paid, without a ticket")
        elif ENDS[paid.step] is False and paid.visit in log.issued:
            faults.append(f"{attempt} {paid} is not paid, and has a ticket")
    faults += [f"{attempt} is of no kiosk" for attempt in log.began if attempt not in known]
    twice = Counter(paid.visit for paid in known.values() if ENDS.get(paid.step) is True)
    faults += [f"{visit} has paid {count} times" for visit, count in twice.items() if count > 1]
    charged: Counter[int] = Counter()
    for till in tills:
        charged.update(till.kept())
    sure = Counter(paid.minor for paid in known.values() if ENDS.get(paid.step) is True)
    open_ = Counter(paid.minor for paid in known.values() if ENDS.get(paid.step, True) is None)
    for minor in charged.keys() | sure.keys():
        if not sure[minor] <= charged[minor] <= sure[minor] + open_[minor]:
            faults.append(f"{minor}: charged {charged[minor]} times, {sure[minor]} sure, {open_[minor]} open")
    return faults


def given(kept: Kept) -> int:
    """Count the tickets that somebody may hold."""
    return sum(told.delivery in _GIVEN for told in kept.tickets.values())
