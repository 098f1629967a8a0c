"""Records that are not as they were written: out of the way of all others, and kept for whoever looks into them."""

import hashlib
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec
import structlog

_log = structlog.get_logger(__name__)

#: ``content`` is all that stood in the row, as MessagePack; ``day`` the service day that was known then.
TABLE = """
CREATE TABLE IF NOT EXISTS quarantine (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    day TEXT NOT NULL,
    record TEXT NOT NULL,
    content BLOB NOT NULL
) STRICT
"""

type Value = str | bytes | float | None


@dataclass(slots=True)
class DamagedEntry:
    """What is damaged: ``subjects`` by their seq, each with all that is kept of it, and ``lone`` rows of tables."""

    subjects: set[int]
    lone: tuple[tuple[str, int], ...] = ()


def checksum(*values: Value) -> bytes:
    """Sum up a record; text counts by its bytes, so that it may be read without knowing whether it still is any."""
    plain = [one.encode() if isinstance(one, str) else int(one) if isinstance(one, bool) else one for one in values]
    return hashlib.blake2b(msgspec.msgpack.encode(plain), digest_size=8).digest()


def owner(known: Mapping[Value, int], ident: Value, rest: tuple[Value, ...], mark: bytes) -> int | None:
    """Say whose a damaged row is: of whom it says, or where just that is damaged, of whom its checksum holds."""
    if ident in known:
        return known[ident]
    return next((seq for one, seq in known.items() if checksum(one, *rest) == mark), None)


def isolate(db: sqlite3.Connection, table: str, which: str, seq: int, day: str, *, kept: bool = True) -> None:
    """Take rows out of a table, and keep them here unless nobody may have them any more (``kept``)."""
    if kept:
        names = [name for (name,) in db.execute("SELECT name FROM pragma_table_info(?)", (table,)).fetchall()]
        raw = ", ".join(f"CAST({name} AS BLOB)" for name in names)
        for values in db.execute(f"SELECT {raw} FROM {table} WHERE {which}", (seq,)).fetchall():  # noqa: S608 - our names
            content = msgspec.msgpack.encode(dict(zip(names, values, strict=True)))
            db.execute("INSERT INTO quarantine (day, record, content) VALUES (?, ?, ?)", (day, table, content))
            _log.error("record-damaged", record=table, seq=seq)
    db.execute(f"DELETE FROM {table} WHERE {which}", (seq,))  # noqa: S608 - our names
