"""Transactions that want the same thing at the same moment take turns, on any server. Synchronous.

For what no row stands for that could be locked. SQLite has one that writes at a time anyway.
"""

from collections.abc import Iterable
from hashlib import sha256

from sqlalchemy import Connection, text

_LOCK = text("SELECT pg_advisory_xact_lock(:number)")


def serialise(connection: Connection, kind: str, marks: Iterable[str]) -> None:
    """Wait until no other transaction holds one of these marks of a kind; they are held until this one has ended."""
    if connection.dialect.name != "postgresql":
        return
    for mark in sorted(marks):
        connection.execute(_LOCK, {"number": number_of(kind, mark)})


def number_of(kind: str, mark: str) -> int:
    """Give the number by which PostgreSQL knows a mark of a kind."""
    # A digest, since a database may log statements; its number lies below those of ``eventlog.positions``.
    return int.from_bytes(sha256(f"{kind}|{mark}".encode()).digest()[:7])
