"""The payments in the file of a kiosk and in the database of a server, read with plain SQL."""

import contextlib
import json
import sqlite3
from pathlib import Path

#: What the server must hold of an attempt that ended so in the kiosk.
STANDINGS = {
    "receipt-done": "charged",
    "declined": "not-charged",
    "cancelled": "not-charged",
    "failed": "not-charged",
    "reversed": "returned",
    "refund-requested": "returning",
    "needs-staff": "undecided",
}


def at_the_kiosk(file: Path) -> dict[str, tuple[int, str]]:
    """Read amount and last step of each attempt."""
    with contextlib.closing(sqlite3.connect(file)) as db:
        rows = db.execute(
            "SELECT p.attempt, p.minor,"
            " (SELECT step FROM payment_row r WHERE r.attempt = p.attempt ORDER BY number DESC LIMIT 1) FROM payment p"
        )
        return {attempt: (minor, step) for attempt, minor, step in rows}


def at_the_server(folder: Path) -> dict[str, tuple[int, str]]:
    """Read amount and standing of each payment: the amount from its first event, as it was hashed."""
    with contextlib.closing(sqlite3.connect(folder / "queue.sqlite")) as db:
        begun = db.execute("SELECT payload FROM events WHERE type = 'payment-initiated'").fetchall()
        standing = dict(db.execute("SELECT id, standing FROM payments").fetchall())
    found = [json.loads(payload) for (payload,) in begun]
    assert len(found) == len({one["payment"] for one in found}), "a payment began twice"
    return {one["payment"]: (one["amount"], standing[one["payment"]]) for one in found}
