"""A day's state as plain values, to compare and to keep."""

from hashlib import sha256
from typing import Any

import msgspec

from queue_server.queue.state import DayState


def plain(state: DayState, *, seqs: bool = True) -> dict[str, Any]:
    """Turn a state into plain values; without ``seqs`` those of newest events are left out, and what undo remembers."""
    # What has happened to each visit is the stream itself.
    names = [name for name in DayState.__slots__ if name != "history"]
    names = [name for name in names if seqs or name not in ("seq", "at", "undoable")]
    values = {name: msgspec.to_builtins(_listed(getattr(state, name))) for name in names}
    if not seqs:
        for visit in values["visits"]:
            visit[1].pop("last_seq")
    return values


def _listed(value: object) -> object:
    """Mappings become lists of pairs: keys may be tuples, and their order is not part of a state."""
    if isinstance(value, set):
        return sorted(value)
    return sorted(value.items(), key=lambda pair: pair[0]) if isinstance(value, dict) else value


def digest(state: DayState) -> str:
    return sha256(msgspec.json.encode(plain(state), order="sorted")).hexdigest()
