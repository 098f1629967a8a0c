"""A day retold from its events alone, by other means than the engine's: what was undone is struck out."""

from dataclasses import dataclass, field

from queue_server.domain.values import CounterId, Micros, StepId, VisitId
from queue_server.eventlog.payload import Payload
from queue_server.queue import events as e

_WAITS = (e.StepFinished, e.VisitTransferred, e.VisitResumed, e.VisitReinstated, e.VisitHandedBack)
_ENDS = (e.VisitDone, e.VisitCancelled, e.VisitNotServed)


@dataclass
class Told:
    """One visit. ``calls`` holds for each of its stops when it was called there and when that was due."""

    arrived: Micros
    people: int
    asks: bool
    category: str
    step: StepId
    due: Micros
    how: str = "waiting"
    left: Micros | None = None
    last_call: Micros | None = None
    until: Micros | None = None
    calls: list[tuple[Micros, Micros] | None] = field(default_factory=lambda: [None])


@dataclass
class Desk:
    """One counter."""

    how: str
    since: Micros
    staff: bool = False
    holds: VisitId | None = None


@dataclass
class Book:
    visits: dict[VisitId, Told] = field(default_factory=dict)
    desks: dict[CounterId, Desk] = field(default_factory=dict)
    helps: dict[str, Micros] = field(default_factory=dict)


def read(events: list[e.DayEvent]) -> Book:
    struck = {event.body.undoes for event in events if isinstance(event.body, e.Undone)}
    book = Book()
    for event in events:
        if event.seq not in struck and not isinstance(event.body, e.Undone):
            _read(book, event.at, event.body)
    return book


def _read(book: Book, at: Micros, body: Payload) -> None:
    match body:
        case e.VisitIssued():
            step = body.steps[0].step
            book.visits[body.visit] = Told(
                body.issued_at, body.party_size, body.asks_priority, body.category, step, body.due
            )
        case e.HelpCalled():
            book.helps[body.help] = body.called_at
        case e.HelpTaken():
            book.helps.pop(body.help, None)
        case e.HelpWithdrawn():
            book.helps.pop(body.help, None)
        case e.CounterOpened():
            desk = book.desks.setdefault(body.counter, Desk("closed", at))
            desk.how, desk.since, desk.staff = "open", at, body.staff is not None
        case e.CounterPaused():
            book.desks[body.counter].how, book.desks[body.counter].since = "paused", at
        case e.CounterClosed():
            book.desks[body.counter] = Desk("closed", at)
        case _:
            visit = getattr(body, "visit", None)
            if visit is not None:
                _of_visit(book, at, visit, body)


def _of_visit(book: Book, at: Micros, visit: VisitId, body: Payload) -> None:  # noqa: C901, PLR0912 - a case an event
    told = book.visits[visit]
    told.due = getattr(body, "due", told.due)
    match body:
        case e.VisitCalled():
            told.how, told.left, told.last_call, told.calls[-1] = "called", None, at, (at, body.due)
        case e.VisitRecalled():
            told.last_call = at
            return
        case e.VisitStarted():
            told.how = "serving"
        case e.VisitMissed():
            told.how, told.left = "missed", told.last_call
        case e.VisitParked():
            told.how, told.until = "parked", body.until
        case e.VisitReclassified():
            told.asks, told.category = False, body.category
        case e.VisitMerged():
            into = book.visits[body.into]
            told.how, told.left = "over", at
            into.asks |= told.asks and into.category in ("walk-in", "appointment")
        case e.VisitChanged():
            told.people = body.party_size
            if (step := body.steps[body.at_step].step) != told.step:
                told.step, told.calls[-1] = step, None
        case e.StopsSkipped():
            if body.left is not None:
                told.step = body.steps[body.at_step].step
                told.calls.append(None)
        case _ if isinstance(body, _ENDS):
            told.how, told.left = "done" if isinstance(body, e.VisitDone) else "over", at
        case _ if isinstance(body, _WAITS):
            _waits(told, body)
    if isinstance(body, e.VisitCalled | e.VisitStarted):
        book.desks[body.counter].holds, book.desks[body.counter].since = visit, at
    elif told.how not in ("called", "serving"):
        _free(book, at, visit)


def _waits(told: Told, body: Payload) -> None:
    told.how, told.left, told.until = "waiting", None, None
    match body:
        case e.StepFinished():
            told.step = body.next_step
            told.calls.append(None)
        case e.VisitTransferred():
            told.step = body.steps[body.at_step].step
            told.calls.append(None)
        case e.VisitHandedBack():
            told.calls[-1] = None


def _free(book: Book, at: Micros, visit: VisitId) -> None:
    """Free the counter that held this visit."""
    for desk in book.desks.values():
        if desk.holds == visit:
            desk.holds, desk.since = None, at
