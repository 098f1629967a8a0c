"""Judges a day's log by replaying it: written from the words of the issue, with nothing of the engine in it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Row(NamedTuple):
    """An event as it is stored."""

    stream: str
    seq: int
    type: str
    command: str
    payload: bytes

    @property
    def key(self) -> str | None:
        """The idempotency key of the request that caused it; None where a timer did."""
        key, mark, _ = self.command.partition("#")
        return key if mark else None


#: Where a visit is: waiting, in the hands of a counter (``called``, ``serving``), or somewhere else.
Place = tuple[str, str | None]
WAITING: Place = ("waiting", None)

#: What a counter does with the visit in its hands: the state that must be before, and the one after.
_ACTS: dict[str, tuple[tuple[str, ...], str]] = {
    "visit-recalled": (("called",), "called"),
    "visit-started": (("called",), "serving"),
    "visit-handed-back": (("called", "serving"), "waiting"),
    "step-finished": (("serving",), "waiting"),
    "visit-done": (("serving",), "done"),
    "visit-missed": (("called",), "missed"),
}
_ENDS = {"visit-cancelled": "cancelled", "visit-not-served": "not_served"}


@dataclass
class Judge:
    """Takes the rows of all streams of one centre in order; ``faults`` says in words what must never happen."""

    faults: list[str] = field(default_factory=list)
    issued: dict[str, str] = field(default_factory=dict)
    cancelled: dict[str, Row] = field(default_factory=dict)
    calls: int = 0
    _seq: dict[str, int] = field(default_factory=dict)
    _codes: set[tuple[str, str]] = field(default_factory=set)
    _keys: dict[str, Row] = field(default_factory=dict)
    _visits: dict[str, Place] = field(default_factory=dict)
    _hands: dict[str, str] = field(default_factory=dict)
    _before: dict[tuple[str, int], tuple[str, Place]] = field(default_factory=dict)

    def read(self, rows: Iterable[Row]) -> None:
        for row in rows:
            self._place(row)
            self._once(row)
            self._replay(row, json.loads(row.payload))

    def _fault(self, row: Row, what: str) -> None:
        self.faults.append(f"{row.stream} {row.seq} {row.type}: {what}")

    def _place(self, row: Row) -> None:
        expected = self._seq.get(row.stream, 0) + 1
        if row.seq != expected:
            self._fault(row, f"gap: {expected} was to come")
        self._seq[row.stream] = row.seq

    def _once(self, row: Row) -> None:
        """Every request of these tests is one event, so none may have two."""
        if row.key is None:
            return
        if row.key in self._keys:
            self._fault(row, f"carried out twice: {self._keys[row.key].seq} is of the same request")
        self._keys[row.key] = row

    def _replay(self, row: Row, body: dict[str, Any]) -> None:
        visit, counter = body.get("visit"), body.get("counter")
        if row.type == "visit-issued":
            self._issue(row, body)
            return
        if visit is None:
            return
        if visit not in self._visits:
            self._fault(row, f"{visit} was never issued")
            return
        now = self._visits[visit]
        if row.type == "visit-called":
            self._call(row, visit, body["counter"])
        elif row.type in _ACTS:
            allowed, after = _ACTS[row.type]
            if now not in [(state, counter) for state in allowed]:
                self._fault(row, f"counter {counter} acts on {visit}, which is {now}")
            self._move(row, visit, (after, counter if after in ("called", "serving") else None))
        elif row.type in _ENDS:
            if row.type == "visit-cancelled":
                self.cancelled[visit] = row
            self._move(row, visit, (_ENDS[row.type], None))
        elif row.type == "undone":
            self._undo(row, visit, body["undoes"])

    def _issue(self, row: Row, body: dict[str, Any]) -> None:
        visit, code = body["visit"], body["code"]
        if visit in self.issued:
            self._fault(row, f"{visit} was issued before")
        if (body["day"], code) in self._codes:
            self._fault(row, f"code {code} was given before")
        self._codes.add((body["day"], code))
        self.issued[visit] = code
        self._move(row, visit, WAITING)

    def _call(self, row: Row, visit: str, counter: str) -> None:
        self.calls += 1
        if self._visits[visit] != WAITING:
            self._fault(row, f"called twice: {visit} is {self._visits[visit]}")
        if counter in self._hands:
            self._fault(row, f"counter {counter} has {self._hands[counter]} in its hands and calls {visit}")
        self._move(row, visit, ("called", counter))

    def _undo(self, row: Row, visit: str, undoes: int) -> None:
        of, before = self._before.get((row.stream, undoes), (None, WAITING))
        if of != visit:
            self._fault(row, f"takes back {undoes}, which is not of {visit}")
        self._move(row, visit, before)

    def _move(self, row: Row, visit: str, to: Place) -> None:
        now = self._visits.get(visit, WAITING)
        self._before[row.stream, row.seq] = (visit, now)
        if now[1] is not None and self._hands.get(now[1]) == visit:
            del self._hands[now[1]]
        if to[1] is not None:
            if self._hands.get(to[1], visit) != visit:
                self._fault(row, f"counter {to[1]} has two visits in its hands")
            self._hands[to[1]] = visit
        self._visits[visit] = to

    @property
    def keys(self) -> dict[str, Row]:
        """The row of every request that left one."""
        return self._keys
