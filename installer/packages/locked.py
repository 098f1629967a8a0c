"""What of the lock an environment holds: the wheels that it names, and whatever these need. Nothing is asked for it."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

_ENTRY = re.compile(r"^(?P<name>[a-z0-9][a-z0-9._-]*)==(?P<version>\S+)")
_PARENT = re.compile(r"^ +#(?: +via)? +(?P<name>[a-z0-9][a-z0-9._-]*)")
#: What ``# via`` says of what ``pyproject.toml`` names itself.
_OURS = "consular-support"


class Locked(NamedTuple):
    """An entry of the lock: its lines as they stand, and the names of those for whose sake it is there."""

    name: str
    lines: tuple[str, ...]
    parents: frozenset[str]


def read(lock: Path) -> dict[str, Locked]:
    """Read a lock of ``uv pip compile``, by name."""
    entries: dict[str, list[str]] = {}
    name = ""
    for line in lock.read_text(encoding="utf-8").splitlines():
        if found := _ENTRY.match(line):
            name = found["name"]
        if name:
            entries.setdefault(name, []).append(line)
    return {name: Locked(name, tuple(lines), _parents(lines)) for name, lines in entries.items()}


def _parents(lines: Iterable[str]) -> frozenset[str]:
    return frozenset(found["name"] for line in lines if (found := _PARENT.match(line)) and found["name"] != _OURS)


def needed(lock: dict[str, Locked], wheels: Iterable[str]) -> list[Locked]:
    """Give the entries of ``wheels`` and all that these need, in the lock's order.

    Raises:
        KeyError: one is not in the lock.
    """
    wanted = {lock[name].name for name in wheels}
    found = -1
    while found != len(wanted):
        found = len(wanted)
        wanted |= {entry.name for entry in lock.values() if entry.parents & wanted}
    return [entry for entry in lock.values() if entry.name in wanted]
