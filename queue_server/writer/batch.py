"""A batch of commands decided one after the other on copies of the committed states. No I/O."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass, field

import structlog
from msgspec.structs import replace

from queue_server.domain.service_day import DayRule
from queue_server.domain.values import Micros, VisitId
from queue_server.eventlog.codec import encode
from queue_server.eventlog.payload import Payload
from queue_server.eventlog.port import Append, Event, IdempotencyMismatchError, NewEvent
from queue_server.queue.commands import IssueTicket
from queue_server.queue.decide import decide
from queue_server.queue.events import DayEvent, VisitCancelled, VisitDone, VisitNotServed
from queue_server.queue.evolve import evolve
from queue_server.queue.refusals import Refusal
from queue_server.queue.settings import CentreSettings
from queue_server.queue.state import DayState
from queue_server.writer.days import Days, Done, StoredDay
from queue_server.writer.errors import CommandFailedError, WriterError
from queue_server.writer.request import PendingCommand

_log = structlog.get_logger(__name__)

#: Events by which a visit is over. One that is undone or taken back has ended all the same.
ENDS = (VisitDone, VisitCancelled, VisitNotServed)

#: What a command came to, or why it came to nothing.
type Outcome = Done | Refusal | WriterError | IdempotencyMismatchError


@dataclass(slots=True)
class DayDraft:
    """What a batch adds to one day; ``state`` is a copy that already holds ``events``."""

    stored: StoredDay
    state: DayState
    events: list[DayEvent] = field(default_factory=list)
    new: list[NewEvent] = field(default_factory=list)


class Batch:
    """Commands are decided each on the state after the former; ``commit`` takes ``appends`` all or none."""

    def __init__(self, days: Days, settings: CentreSettings, rule: DayRule, clock: Micros) -> None:
        self._days = days
        self._settings = settings
        self._rule = rule
        self._clock = clock
        self._drafts: dict[str, DayDraft] = {}
        self._done: dict[str, Done] = {}

    @property
    def appends(self) -> list[Append]:
        return [
            Append(draft.stored.stream, draft.stored.head, tuple(draft.new))
            for draft in self._drafts.values()
            if draft.new
        ]

    @property
    def ended(self) -> list[tuple[DayState, frozenset[VisitId]]]:
        """List the visits that end by this batch, with the state of their day that says so."""
        found = [
            (draft.state, frozenset(one.body.visit for one in draft.events if isinstance(one.body, ENDS)))
            for draft in self._drafts.values()
        ]
        return [(state, visits) for state, visits in found if visits]

    def decide(self, request: PendingCommand, current: StoredDay) -> Outcome:
        """Decide one command, or find what it came to before."""
        done = self._done.get(request.key) or self._days.find(request.key)
        if done is not None:
            if done.fingerprint != request.fingerprint:
                return IdempotencyMismatchError()
            return dataclasses.replace(done, repeated=True)
        stored, command = current, request.command
        if isinstance(command, IssueTicket):
            known = self._days.holding(command.visit)
            if known is not None:
                return Done(known.day, request.fingerprint, ())
            stored, command = self._place(command, current)
        draft = self._draft(stored)
        now = Micros(max(self._clock, draft.state.at))
        try:
            decision = decide(draft.state, command, self._settings, now)
        except Exception as error:  # noqa: BLE001 - see below
            # Nothing has changed, so only this caller fails: a command that the engine cannot decide must not stop
            # the centre each time it is sent again.
            _log.exception("command-failed", stream=stored.stream, command=request.key)
            failed = CommandFailedError()
            failed.__cause__ = error
            return failed
        if isinstance(decision, Refusal):
            return decision
        events = tuple(_append(draft, body, request, now) for body in decision)
        done = Done(stored.day, request.fingerprint, events)
        if events:
            self._done[request.key] = done
        return done

    def adopt(self, stored: Sequence[Event]) -> list[tuple[Event, StoredDay]]:
        """Make the drafts the committed states, and list what was stored with its day, in order."""
        told: list[tuple[Event, StoredDay]] = []
        for draft in self._drafts.values():
            if draft.new:
                own = [event for event in stored if event.stream == draft.stored.stream]
                draft.stored.adopt(draft.state, own, draft.events)
                told += [(event, draft.stored) for event in own]
        return told

    def _draft(self, stored: StoredDay) -> DayDraft:
        draft = self._drafts.get(stored.stream)
        if draft is None:
            draft = self._drafts[stored.stream] = DayDraft(stored, stored.state.copy())
        return draft

    def _place(self, command: IssueTicket, current: StoredDay) -> tuple[StoredDay, IssueTicket]:
        """Find the day of a ticket that was made while its device was away.

        Only a time that the device can have had counts: a clock that is plainly wrong does not put a person who stands
        here into yesterday. Round the clock a ticket of yesterday still waits, today. Elsewhere it goes into the record
        of its day; where that has none, into today's, to end there at once.
        """
        at, heard = command.issued_at, command.last_contact
        if at is None or heard is None or not heard <= at <= max(self._clock, current.state.at):
            return current, command
        if at >= self._rule.starts_at(current.day):
            return current, command
        day = self._rule.day_at(at)
        stored = None if self._settings.round_the_clock else self._days.get(day)
        if stored is None:
            return current, replace(command, day=day)
        return stored, command


def _append(draft: DayDraft, body: Payload, request: PendingCommand, now: Micros) -> DayEvent:
    event = DayEvent(draft.state.seq + 1, now, body.type, body.v, request.name, request.actor, body)
    evolve(draft.state, event)
    draft.events.append(event)
    draft.new.append(NewEvent(now, body.type, body.v, request.name, request.actor, encode(body)))
    return event
