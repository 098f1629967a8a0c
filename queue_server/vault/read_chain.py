"""The chain of those who looked: each line holds the hash of the one before, so that none can be taken out or changed.

A centre has a chain of its own. A line is hashed with the time of the one before, since lines that are old enough leave
from the beginning: what is left then says itself that what is gone was old. The newest stays, as the end of the chain.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, func, insert, select

from queue_server.database.serialising import serialise
from queue_server.domain.values import Micros, new_id
from queue_server.eventlog.port import StreamHead
from queue_server.eventlog.verify import Bad
from queue_server.vault.tables import people_reads

#: What the chain of a centre is called where streams are named.
PREFIX = "reads/"

_DOMAIN = b"consular-reads-1\0"
_CHUNK = 1000
_SAID = ("id", "at", "actor", "purpose", "centre", "row", "visit")


def line_hash(line: Mapping[str, Any]) -> bytes:
    """Hash a line with the end before it: SHA-256 over a domain and JSON of all columns, in a fixed order."""
    values = [line["seq"], bytes(line["previous"]).hex(), line["previous_at"], *(line[name] for name in _SAID)]
    return hashlib.sha256(_DOMAIN + msgspec.json.encode(values)).digest()


def append(connection: Connection, centre: str, looked: Iterable[Mapping[str, Any]]) -> None:
    """Add lines of one centre to its chain, in the transaction of what was looked at."""
    # Two servers would put two lines into one place.
    serialise(connection, "reads", (centre,))
    end = connection.execute(_newest(centre)).mappings().one_or_none()
    seq, previous, previous_at = (0, b"", 0) if end is None else (end["seq"], end["hash"], end["at"])
    lines = []
    for one in looked:
        seq += 1
        line = {"id": new_id(), **one, "seq": seq, "previous": previous, "previous_at": previous_at}
        previous, previous_at = line_hash(line), line["at"]
        lines.append(line | {"hash": previous})
    connection.execute(insert(people_reads), lines)


def ends(connection: Connection, centres: Collection[str]) -> list[StreamHead]:
    """Name the end of the chain of each centre that has one."""
    c = people_reads.c
    newest = select(c.centre, func.max(c.seq).label("seq")).where(c.centre.in_(centres)).group_by(c.centre).subquery()
    joined = people_reads.join(newest, (c.centre == newest.c.centre) & (c.seq == newest.c.seq))
    found = connection.execute(select(c.centre, c.seq, c.hash).select_from(joined).order_by(c.centre))
    return [StreamHead(PREFIX + row.centre, row.seq, bytes(row.hash)) for row in found]


def _newest(centre: str) -> Select[Any]:
    return select(people_reads).where(people_reads.c.centre == centre).order_by(people_reads.c.seq.desc()).limit(1)


def lost(connection: Connection, named: Sequence[StreamHead]) -> list[StreamHead]:
    """List the ends that are not there, or with another hash."""
    return [end for end in named if _hash_at(connection, end) != end.hash]


def check(connection: Connection, named: Sequence[StreamHead], retained_since: Micros) -> list[Bad]:
    """Look at all chains, and at ``named`` ends that they had before; older than ``retained_since`` may be gone."""
    bad: list[Bad] = []
    centre, seq, previous, previous_at = "", 0, b"", 0
    for line in _lines(connection):
        stream = f"{PREFIX}{line['centre']}"
        if line["centre"] != centre:
            centre, seq, previous, previous_at = line["centre"], 0, b"", 0
            if line["seq"] > 1 and _is_number(line["previous_at"]) and line["previous_at"] <= retained_since:
                seq, previous, previous_at = line["seq"] - 1, line["previous"], line["previous_at"]
        if line["seq"] != seq + 1:
            bad.append(Bad(stream, seq + 1, "missing"))
        elif not _holds(line):
            bad.append(Bad(stream, line["seq"], "hash"))
        elif (line["previous"], line["previous_at"]) != (previous, previous_at):
            bad.append(Bad(stream, line["seq"], "link"))
        seq, previous, previous_at = line["seq"], line["hash"], line["at"]
    for end in named:
        found = _hash_at(connection, end)
        if found is None:
            last = select(func.max(people_reads.c.seq)).where(people_reads.c.centre == end.stream.removeprefix(PREFIX))
            bad.append(Bad(end.stream, (connection.execute(last).scalar() or 0) + 1, "missing"))
        elif found != end.hash:
            bad.append(Bad(end.stream, end.seq, "link"))
    return bad


def _lines(connection: Connection) -> Iterable[Mapping[Any, Any]]:
    statement = select(people_reads).order_by(people_reads.c.centre, people_reads.c.seq)
    return connection.execution_options(yield_per=_CHUNK).execute(statement).mappings()


def _holds(line: Mapping[Any, Any]) -> bool:
    try:
        return bool(line_hash(line) == line["hash"])
    except (TypeError, ValueError, UnicodeEncodeError):
        # SQLite stores whatever type an edit brings.
        return False


def _is_number(value: object) -> bool:
    return isinstance(value, int)


def _hash_at(connection: Connection, end: StreamHead) -> bytes | None:
    found = connection.execute(
        select(people_reads.c.hash).where(
            people_reads.c.centre == end.stream.removeprefix(PREFIX), people_reads.c.seq == end.seq
        )
    ).scalar()
    return None if found is None else bytes(found)
