"""Says whether every attempt came to one of the four ends that are allowed, from what is on disk and nothing else.

It shares no code with journal, flow or drivers: the kiosk's file is read with plain SQL, those of
terminal and printer as JSON lines.
"""

import contextlib
import json
import sqlite3
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

#: How an attempt may end, and what the card must have been charged then, as a part of the amount.
NOT_CHARGED = {"declined", "cancelled", "failed", "reversed", "refund-requested"}


@dataclass(frozen=True)
class Charge:
    """What a terminal's own file says of one amount: how often it was charged, and what is left of it."""

    times: int = 0
    left: int = 0


def small_ledger(file: Path) -> dict[int, Charge]:
    """Read the ledger of a small terminal."""
    return _sums([(one["kind"] == "charge", one["minor"]) for one in _lines(file)])


def zvt_ledger(file: Path) -> dict[int, Charge]:
    """Read the books of a simulated ZVT terminal."""
    found = [one for one in _lines(file) if one["event"] in {"charged", "reversed", "refunded"}]
    assert {one["currency"] for one in found} <= {978}
    return _sums([(one["event"] == "charged", one["amount"]) for one in found])


def nexo_ledger(file: Path) -> dict[int, Charge]:
    """Read the journal of a simulated nexo terminal."""
    found = [one for one in _lines(file) if one["kind"] in {"charge", "reversal"}]
    assert {one["currency"] for one in found} <= {"EUR"}
    return _sums([(one["kind"] == "charge", one["minor"]) for one in found])


def problems(file: Path, charges: dict[int, Charge], *, papers: bool = True) -> list[str]:  # noqa: C901 - a guard an end
    """Name what is wrong. Amounts are different for each attempt, so they tell which charge belongs to which.

    ``papers``: the printer works now, so that no claim slip may still be owed.
    """
    found: list[str] = []
    kept = 0
    with contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as db:
        rows = db.execute(
            "SELECT p.attempt, p.minor,"
            " (SELECT step FROM payment_row r WHERE r.attempt = p.attempt ORDER BY number DESC LIMIT 1),"
            " (SELECT delivery || ' ' || paper FROM ticket_state t WHERE t.visit = p.visit),"
            " (SELECT count(*) FROM payment_paper c"
            "  WHERE c.attempt = p.attempt AND c.kind = 'claim' AND c.state = 'printed'),"
            " (SELECT code FROM ticket t WHERE t.visit = p.visit)"
            " FROM payment p"
        ).fetchall()
    printed = {what for what, became in _lines(file.parent / "paper.jsonl") if became != "failed"}
    for attempt, minor, step, ticket, slips, code in rows:
        charge = charges.get(minor, Charge())
        delivery, _, paper = (ticket or "none none").partition(" ")
        sent = delivery in {"waiting", "sent", "refused"}
        told = f"{attempt} of {minor}: {step}, ticket {delivery}, paper {paper}, {charge}, {slips} slips"
        if charge.times > 1:
            found.append(f"charged twice: {told}")
        if step == "receipt-done":
            kept += minor
            if charge.left != minor or not sent or paper != "printed":
                found.append(f"paid without charge or ticket: {told}")
        elif step in NOT_CHARGED:
            out = f"ticket {code}" in printed or paper in {"printed", "printing", "unknown"}
            if charge.left or sent or out:
                found.append(f"not paid, and charged or with a ticket: {told}")
        elif step == "needs-staff":
            kept += charge.left
            if papers and not slips:
                found.append(f"no claim slip: {told}")
            if sent and paper not in {"unknown", "printing", "printed"}:
                found.append(f"a ticket on no paper: {told}")
        else:
            found.append(f"not settled: {told}")
        if delivery == "held":
            found.append(f"still held: {told}")
    amounts = [minor for _, minor, *_ in rows]
    assert len(amounts) == len(set(amounts)), "the judge tells attempts by their amounts"
    left = sum(charge.left for charge in charges.values())
    if left != kept:
        found.append(f"the terminal has {left}, the journal {kept}")
    return found


def ends(file: Path) -> dict[str, int]:
    """Count how attempts ended."""
    with contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as db:
        return dict(
            db.execute(
                "SELECT step, count(*) FROM payment_row r WHERE number ="
                " (SELECT max(number) FROM payment_row WHERE attempt = r.attempt) GROUP BY step"
            )
        )


def _sums(moves: list[tuple[bool, int]]) -> dict[int, Charge]:
    found: dict[int, Charge] = defaultdict(Charge)
    for charged, minor in moves:
        before = found[minor]
        found[minor] = Charge(before.times + charged, before.left + (minor if charged else -minor))
    return found


def _lines(file: Path) -> list[Any]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] if file.exists() else []
