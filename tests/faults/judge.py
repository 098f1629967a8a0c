"""Judges a day's log by replaying it: written from the words of the issues, with nothing of the engine in it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from tests.faults.line import Line, Moment


class Row(NamedTuple):
    """An event as it is stored."""

    stream: str
    seq: int
    type: str
    command: str
    payload: bytes
    at: int = 0

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
    "visit-transferred": (("called", "serving"), "waiting"),
    "visit-parked": (("called", "serving"), "parked"),
    "step-finished": (("serving",), "waiting"),
    "visit-done": (("serving",), "done"),
    "visit-missed": (("called",), "missed"),
}
#: What is done to a visit wherever somebody is: the states that may be before, and the one after (None: as before).
_PRESENT = ("waiting", "called", "serving", "parked", "missed")
_DONE_TO: dict[str, tuple[tuple[str, ...], str | None]] = {
    "visit-cancelled": (("waiting", "called", "parked", "missed"), "cancelled"),
    "visit-not-served": (("waiting", "called", "serving", "parked"), "not_served"),
    "visit-resumed": (("parked",), "waiting"),
    "visit-reinstated": (("missed", "cancelled"), "waiting"),
    "visit-merged": (("waiting", "parked", "missed"), "merged"),
    "visit-reclassified": (_PRESENT, None),
    "visit-changed": (_PRESENT, None),
    "visit-carried-over": (_PRESENT, None),
    "visit-taken-over": (_PRESENT, None),
    "visit-applied": ((*_PRESENT, "done", "cancelled", "merged"), None),
    "visit-paid": ((*_PRESENT, "done", "cancelled", "merged", "not_served"), None),
    "stops-skipped": ((*_PRESENT, "cancelled"), None),
}
#: One request may be several events, one right after the other: these pairs.
_TOGETHER = {
    ("visit-issued", "visit-not-served"),
    ("visit-merged", "visit-reclassified"),
    ("visit-merged", "visit-changed"),
    ("visit-reclassified", "visit-changed"),
    ("visit-paid", "visit-paid"),
    ("visit-paid", "stops-skipped"),
}


class Past(NamedTuple):
    """What a visit was from a place in the log on: its state, its category, and how many people."""

    stream: str
    seq: int
    state: str
    category: str
    party: int


@dataclass
class Judge:
    """Takes the rows of all streams of one centre in order; ``faults`` says in words what must never happen.

    ``pasts`` has for every visit what it was in turn, for answers that left no event.
    """

    faults: list[str] = field(default_factory=list)
    issued: dict[str, str] = field(default_factory=dict)
    pasts: dict[str, list[Past]] = field(default_factory=dict)
    calls: int = 0
    _seq: dict[str, int] = field(default_factory=dict)
    _codes: set[tuple[str, str]] = field(default_factory=set)
    _keys: dict[str, Row] = field(default_factory=dict)
    _visits: dict[str, Place] = field(default_factory=dict)
    _waiting: set[str] = field(default_factory=set)
    _hands: dict[str, str] = field(default_factory=dict)
    _before: dict[tuple[str, int], tuple[str, Place]] = field(default_factory=dict)
    _line: Line = field(default_factory=Line)
    _helps: dict[str, bool] = field(default_factory=dict)
    _notices: set[str] = field(default_factory=set)
    _intake: str = "open"
    _closed: set[str] = field(default_factory=set)

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
        """A request of these tests is one event, or some that belong together: none may have more."""
        if row.key is None:
            return
        before = self._keys.get(row.key)
        if before is not None:
            together = before.seq == row.seq - 1 and (before.type, row.type) in _TOGETHER
            if before.stream != row.stream or not together:
                self._fault(row, f"carried out twice: {before.seq} is of the same request")
        self._keys[row.key] = row

    def _replay(self, row: Row, body: dict[str, Any]) -> None:
        visit = body.get("visit")
        if row.type == "visit-issued":
            self._issue(row, body)
        elif visit is None:
            self._hall(row, body)
        elif visit not in self._visits:
            self._fault(row, f"{visit} was never issued")
        else:
            # The line looks at who waits before the event; then the visit moves.
            moment = Moment(row.stream, row.seq, row.at, self._waiting)
            for what in self._line.read(moment, row.type, body):
                self._fault(row, what)
            self._visit(row, body)

    def _visit(self, row: Row, body: dict[str, Any]) -> None:
        visit, counter = body["visit"], body.get("counter")
        now = self._visits[visit]
        if row.type == "visit-called":
            self._call(row, visit, body)
        elif row.type in _ACTS:
            allowed, after = _ACTS[row.type]
            if now not in [(state, counter) for state in allowed]:
                self._fault(row, f"counter {counter} acts on {visit}, which is {now}")
            self._move(row, visit, (after, counter if after in ("called", "serving") else None))
        elif row.type in _DONE_TO:
            states, to = _DONE_TO[row.type]
            if now[0] not in states:
                self._fault(row, f"{visit} is {now}")
            if row.type == "visit-merged" and self._visits.get(body["into"], ("", None))[0] not in _PRESENT[:4]:
                self._fault(row, f"{body['into']} is {self._visits.get(body['into'])}")
            self._move(row, visit, now if to is None else (to, None))
        elif row.type == "undone":
            self._undo(row, visit, body["undoes"])
        else:
            self._fault(row, "nobody knows this event")

    def _issue(self, row: Row, body: dict[str, Any]) -> None:
        visit, code = body["visit"], body["code"]
        if visit in self.issued:
            self._fault(row, f"{visit} was issued before")
        if (body["day"], code) in self._codes:
            self._fault(row, f"code {code} was given before")
        self._codes.add((body["day"], code))
        self.issued[visit] = code
        for what in self._line.issue(row.seq, body):
            self._fault(row, what)
        self._move(row, visit, WAITING)

    def _call(self, row: Row, visit: str, body: dict[str, Any]) -> None:
        self.calls += 1
        state, counter = self._visits[visit][0], body["counter"]
        particular = body["rule"] == "particular"
        if particular is (body["reason"] is None):
            self._fault(row, "a reason where none belongs, or none where one does")
        if state not in (("waiting", "parked", "missed") if particular else ("waiting",)):
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
        (self._waiting.add if to == WAITING else self._waiting.discard)(visit)
        standing = self._line.standing[visit]
        past = Past(row.stream, row.seq, to[0], standing.category, standing.party)
        self.pasts.setdefault(visit, []).append(past)

    def _hall(self, row: Row, body: dict[str, Any]) -> None:
        """Counters, help calls, notices, intake: each once, and in an order that makes sense."""
        self._line.counter(row.type, body)
        if row.type in ("counter-closed", "counter-paused") and body["counter"] in self._hands:
            self._fault(row, "somebody is left standing")
        elif row.type in ("help-called", "help-taken"):
            called = row.type == "help-called"
            if self._helps.get(body["help"]) is not (None if called else False):
                self._fault(row, "called twice, or taken by two")
            self._helps[body["help"]] = not called
        elif row.type == "help-withdrawn":
            if body["help"] not in self._helps:
                self._fault(row, "withdrawn and never called")
        elif row.type in ("notice-shown", "notice-ended"):
            if (body["notice"] in self._notices) is (row.type == "notice-shown"):
                self._fault(row, "shown twice, or ended and not shown")
            self._notices ^= {body["notice"]}
        else:
            self._given(row, body)

    def _given(self, row: Row, body: dict[str, Any]) -> None:
        """What kiosks issue tickets for: an event only where that becomes another."""
        if row.type == "intake-changed":
            if body["intake"] == self._intake:
                self._fault(row, "nothing has changed")
            self._intake = body["intake"]
        elif row.type in ("service-closed", "service-reopened"):
            if (body["service"] in self._closed) is (row.type == "service-closed"):
                self._fault(row, "closed twice, or reopened and not closed")
            self._closed ^= {body["service"]}

    @property
    def keys(self) -> dict[str, Row]:
        """The last row of every request that left one."""
        return self._keys
