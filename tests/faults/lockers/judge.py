"""Judges a bank of lockers by what really lay where. Shares no code with the server, the agent or their models.

It knows the cabinet as it physically was, what people did before it, what the API says, and the rows of the journal.
"""

import json
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

#: Where an item can physically be, beside the name of a compartment.
DESK, GONE = "desk", "gone"


@dataclass
class PhysicalTruth:
    """``places``: where each item physically is: the name of a compartment, ``desk`` or ``gone``."""

    places: dict[str, str] = field(default_factory=dict)
    #: Doors that somebody had asked for.
    ordered: set[str] = field(default_factory=set)
    #: Those of them of which nobody has heard anything, because their kiosk was killed: they may still be ordered.
    late: set[str] = field(default_factory=set)
    #: Doors that nobody had ordered and somebody forced.
    pried: set[str] = field(default_factory=set)

    def forget(self) -> None:
        """Let no door open any more, but one that may still come."""
        self.ordered, self.late, self.pried = set(self.late), set(), set()

    def inside(self, compartment: str) -> str | None:
        return next((item for item, place in self.places.items() if place == compartment), None)


def two_doors(was_open: list[frozenset[str]], pried: set[str]) -> list[str]:
    """Find moments at which two doors stood open that nobody had forced."""
    return [f"two doors at once: {sorted(doors - pried)}" for doors in was_open if len(doors - pried) > 1]


def wrong_doors(was_open: list[frozenset[str]], ordered: set[str], pried: set[str]) -> list[str]:
    """Find doors that came open, and nobody had ordered or forced them."""
    came_open = {door for before, after in pairwise(was_open) for door in after - before}
    return [f"the wrong door: {door}" for door in sorted(came_open - ordered - pried)]


def orders_used_twice(journal: Path) -> list[str]:
    """Read the journal as its file has it: an order that stands in it twice was used twice."""
    with closing(sqlite3.connect(f"file:{journal}?mode=ro", uri=True)) as file:
        rows = [json.loads(row[0]) for row in file.execute("SELECT payload FROM event ORDER BY seq")]
    used = Counter(row["order"] for row in rows if row["type"] == "order-used")
    pulses: Counter[str] = Counter()
    order = ""
    for row in rows:
        order = row["order"] if row["type"] == "order-used" else order
        pulses[order] += row["type"] == "pulse-intended"
    return [
        *(f"order {one} used {times} times" for one, times in used.items() if times > 1),
        *(f"order {one} pulsed {times} times" for one, times in pulses.items() if times > 3),
    ]


def lost(item: dict[str, Any], compartments: dict[str, dict[str, Any]], truth: PhysicalTruth) -> list[str]:
    """Say where an item is said to be and is not, without anybody being asked to look."""
    really, holder, name = truth.places[item["id"]], item["holder"], item["compartment"]
    if holder == "unknown":
        return []
    if holder == "compartment":
        marked = compartments[name]["state"] in {"blocked", "unknown"}
        return [] if marked or really == name else [f"{item['label']} is said to be in {name}, and is at {really}"]
    said = {"desk": DESK, "person": GONE}[holder]
    if really == said:
        return []
    marked = really in compartments and compartments[really]["state"] in {"blocked", "unknown"}
    return [] if marked else [f"{item['label']} is said to be at {said}, and is at {really}"]


def free_and_full(compartments: dict[str, dict[str, Any]], truth: PhysicalTruth) -> list[str]:
    """Find compartments that are said to be free, and something lies in them."""
    return [
        f"{name} is said to be free, and {truth.inside(name)} lies in it"
        for name, one in compartments.items()
        if one["state"] == "free" and truth.inside(name) is not None
    ]
