"""A day's state as plain values, to compare and to keep."""

from hashlib import sha256
from typing import Any

import msgspec
from immutables import Map

from queue_server.queue.arrivals import Arrivals
from queue_server.queue.calling_order import CallingOrder
from queue_server.queue.state import DayState

#: What has happened to each visit is the stream itself; the others find faster what the rest says (``check_indexes``).
_SAID_ALREADY = ("history", "lines", "acts", "last_tickets", "merged")


def plain(state: DayState, *, seqs: bool = True) -> dict[str, Any]:
    """Turn a state into plain values; without ``seqs`` those of newest events are left out, and what undo remembers."""
    names = [name for name in DayState.__slots__ if name not in _SAID_ALREADY]
    names = [name for name in names if seqs or name not in ("seq", "at", "undoable")]
    values = {name: msgspec.to_builtins(_listed(getattr(state, name))) for name in names}
    if not seqs:
        for visit in values["visits"]:
            visit[1].pop("last_seq")
    return values


def _listed(value: object) -> object:
    """Mappings become lists of pairs: keys may be tuples, and their order is not part of a state."""
    match value:
        case set() | frozenset():
            return sorted(value)
        case CallingOrder():
            return list(value)
        case dict() | Map() | Arrivals():
            return sorted(value.items(), key=lambda pair: pair[0])
        case _:
            return value


def digest(state: DayState) -> str:
    return sha256(msgspec.json.encode(plain(state), order="sorted")).hexdigest()
