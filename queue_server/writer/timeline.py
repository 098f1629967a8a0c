"""A centre's days in step with the log: tails read, days opened and closed, watchers told. Used by one task alone."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

import msgspec
import structlog
from sqlalchemy import Connection

from queue_server.database.failures import LogConflictError, OutcomeUnknownError
from queue_server.domain.service_day import DayRule
from queue_server.domain.values import HOUR, Actor, CentreId, Day, Hex, KeyId, Micros, StreamName
from queue_server.eventlog.closing import closing_message
from queue_server.eventlog.port import Decided, Event, EventLog, StreamHead, TurnNotComeError, Wakeup
from queue_server.queue import commands as c
from queue_server.queue.day import carried
from queue_server.queue.events import StreamEnd
from queue_server.queue.settings import CentreSettings
from queue_server.queue.state import DayState
from queue_server.writer.batch import Batch
from queue_server.writer.days import Days, StoredDay, stream_name
from queue_server.writer.errors import WriterDeadError
from queue_server.writer.request import ClosingSigner, Ending, PendingCommand, Rows
from queue_server.writer.snapshots import Snapshots

_log = structlog.get_logger(__name__)

#: Told every committed event in order, with a committed state of its day that holds it. Called on the loop.
Watcher = Callable[[Event, DayState], None]

_SYSTEM = Actor("system")


@dataclass(slots=True)
class Stats:
    """Totals since the start; ``commit_seconds`` is the time spent in commits that stored something."""

    commands: int = 0
    batches: int = 0
    commits: int = 0
    conflicts: int = 0
    unknown: int = 0
    restarts: int = 0
    commit_seconds: float = 0.0


#: So many batches in a row have missed nothing before the next is stored without waiting for its turn.
_ALONE_AGAIN: Final = 8


class Timeline:
    """The last days of a centre. ``behind`` names streams that have grown."""

    def __init__(  # noqa: PLR0917 - of one caller
        self,
        log: EventLog,
        settings: Callable[[], CentreSettings],
        rule: Callable[[], DayRule],
        signer: ClosingSigner,
        clock: Callable[[], Micros],
        ending: Ending | None = None,
        snapshots: Snapshots | None = None,
    ) -> None:
        self._snapshots = snapshots
        self._log = log
        self._ending = ending
        self._settings = settings
        self._rule = rule
        self._signer = signer
        self._clock = clock
        self.centre: CentreId = settings().centre
        self._prefix = stream_name(self.centre, Day(""))
        self._watchers: dict[object, Watcher] = {}
        self.days = Days(self.centre)
        self.behind: set[str] = set()
        self._turns_left, self._in_vain = 0, False
        self.stats = Stats()

    @property
    def today(self) -> StoredDay:
        """The current day.

        Raises:
            WriterDeadError: nothing has been read yet.
        """
        current = self.days.current
        if current is None:
            raise WriterDeadError(reason="not-started")
        return current

    # --- watchers and wake-ups -------------------------------------------------------------------------------------

    def watch(self, watcher: Watcher) -> Callable[[], None]:
        key = object()
        self._watchers[key] = watcher

        def stop() -> None:
            self._watchers.pop(key, None)

        return stop

    def _notify(self, changes: Sequence[tuple[Event, StoredDay]]) -> None:
        for event, stored in changes:
            for watcher in tuple(self._watchers.values()):
                try:
                    watcher(event, stored.state)
                except Exception:  # noqa: BLE001 - a screen's trouble must not stop the centre: the event is stored
                    _log.exception("watcher-failed", centre=self.centre, stream=event.stream, seq=event.seq)

    def on_wakeup(self, wakeup: Wakeup) -> bool:
        """Note that a stream of this centre has grown; false where that is known."""
        if not wakeup.stream.startswith(self._prefix):
            return False
        stored = self.days.get(self._day_of(wakeup.stream))
        if stored is not None and wakeup.seq <= stored.head.seq:
            return False
        self.behind.add(wakeup.stream)
        return True

    def _day_of(self, stream: str) -> Day:
        return Day(stream.removeprefix(self._prefix))

    # --- reading -----------------------------------------------------------------------------------------------------

    async def reload(self) -> None:
        """Read the last days anew, and tell watchers what they have not been told."""
        told = {stored.day: stored.head.seq for stored in self.days}
        self.days = await Days.load(self._log, self.centre, self._snapshots)
        self.behind.clear()
        if told:
            for stored in self.days:
                news = await self._log.read(stored.stream, told.get(stored.day, 0))
                self._notify([(event, stored) for event in news if event.seq <= stored.head.seq])

    async def read_tails(self, *, but_today: bool = False) -> None:
        """Read every stream that is behind, or all but that of today.

        A newer day that another process has opened becomes the current one.
        """
        before = self.days.current
        for stream in sorted(self.behind - {self.today.stream} if but_today else self.behind):
            day = self._day_of(stream)
            stored = self.days.get(day)
            if stored is not None:
                await self._read_tail(stored)
            elif self.days.current is None or day > self.days.current.day:
                await self._enter(day)
            self.behind.discard(stream)
        current = self.days.current
        if before is not None and current is not None and current.day < before.day:
            # A day was left, and the one before it goes on by the same commit, of which that may not have been heard.
            await self._read_tail(current)

    async def read_on(self) -> bool:
        """Read the tail of today; false where there was nothing that is not known."""
        before = self.today
        seq = before.head.seq
        self.behind.add(before.stream)
        await self.read_tails()
        return self.today is not before or before.head.seq > seq

    async def _read_tail(self, stored: StoredDay) -> None:
        tail = await stored.read_tail(self._log)
        if tail:
            self._take_turns()
            self._notify([(event, stored) for event in tail])

    def _take_turns(self) -> None:
        """Note that others append to what this process appends to."""
        if self._log.shared:
            self._turns_left = _ALONE_AGAIN

    async def _enter(self, day: Day) -> None:
        """Go over to a day that another process has opened, after reading the rest of the one before."""
        if self.days.current is not None:
            await self._read_tail(self.days.current)
        stored = StoredDay(self.centre, day)
        tail = await stored.read_tail(self._log)
        if tail:
            self.days.add(stored)
            self._notify([(event, stored) for event in tail])

    async def take_snapshots(self, every: int) -> None:
        """Store a snapshot of each day that has got so many events since the last.

        Raises:
            DatabaseUnavailableError: one is not stored.
        """
        if self._snapshots is None:
            return
        for stored in self.days:
            state, end = stored.state, StreamHead(stored.stream, *msgspec.structs.astuple(stored.head))
            if end.seq - self._snapshots.reached(stored.stream) >= every:
                await self._snapshots.take(state, end)
                await self._snapshots.drop_others(self._prefix, [one.stream for one in self.days])

    # --- writing -----------------------------------------------------------------------------------------------------

    def plan(self) -> Batch:
        return Batch(self.days, self._settings(), self._rule(), self._clock())

    async def commit(
        self, plan: Batch, *, rows: Rows | None = None, turn: bool = False, entering: StoredDay | None = None
    ) -> None:
        """Store what a batch adds, with ``turn`` only where no other server has its own.

        ``entering`` is the day that becomes the current one by it.
        """
        began = asyncio.get_running_loop().time()
        asked = self.today.stream if turn and not self._in_vain else None
        self._in_vain = False
        try:
            stored = await self._log.commit(plan.appends, self._with_ending(plan, rows), asked)
        except (LogConflictError, TurnNotComeError) as error:
            self._missed(plan)
            self._take_turns()
            raise LogConflictError(stream=plan.appends[0].stream) from error
        except OutcomeUnknownError:
            self._lost(plan)
            raise
        self._adopt(plan, stored, began, entering)

    @property
    def in_turns(self) -> bool:
        """Whether other servers append to today's stream as well: who waits for their turn decides only once."""
        return self._turns_left > 0

    async def commit_in_turn(self, decide: Callable[[], tuple[Batch, Rows | None]], longest_ms: int) -> None:
        """Wait for the turn of this process, learn what it has missed of today, then store what it decides on that.

        Where it decides on no event, nothing is there that could have changed that. Who holds the turn ``longest_ms``
        long may be stopped or cut off: then it goes on without, and the primary key judges as ever.
        """
        today, began, plan = self.today, 0.0, self.plan()

        def decide_on(missed: Sequence[Event]) -> Decided:
            nonlocal began, plan
            self._learn(today, missed)
            if self.today is not today or today.state.closed:
                raise LogConflictError(stream=today.stream)
            plan, rows = decide()
            began = asyncio.get_running_loop().time()
            return Decided(plan.appends, self._with_ending(plan, rows))

        try:
            stored = await self._log.commit_in_turn(today.stream, lambda: today.head.seq, decide_on, longest_ms)
        except (LogConflictError, TurnNotComeError) as error:
            self._missed(plan)
            self._turns_left, self._in_vain = 0, True
            raise LogConflictError(stream=today.stream) from error
        except OutcomeUnknownError:
            self._lost(plan)
            raise
        if stored:
            self._adopt(plan, stored, began)

    def _learn(self, today: StoredDay, missed: Sequence[Event]) -> None:
        self._turns_left -= 1
        if missed:
            self._take_turns()
            today.learn(missed)
            self._notify([(event, today) for event in missed])
        self.behind.discard(today.stream)

    def _missed(self, plan: Batch) -> None:
        self.stats.conflicts += 1
        self._expect_more(plan)

    def _lost(self, plan: Batch) -> None:
        self.stats.unknown += 1
        self._expect_more(plan)

    def _expect_more(self, plan: Batch) -> None:
        self.behind.update(append.stream for append in plan.appends)
        if self.days.current is not None:
            self.behind.add(self.days.current.stream)

    def _adopt(self, plan: Batch, stored: Sequence[Event], began: float, entering: StoredDay | None = None) -> None:
        self.stats.commits += 1
        self.stats.commit_seconds += asyncio.get_running_loop().time() - began
        changes = plan.adopt(stored)
        if entering is not None:
            self.days.add(entering)
        self._notify(changes)

    def _with_ending(self, plan: Batch, rows: Rows | None) -> Rows | None:
        """Add what has to go with visits that end."""
        ended = plan.ended
        if self._ending is None or not ended:
            return rows
        endings = [self._ending(state, visits) for state, visits in ended]

        def write(connection: Connection) -> None:
            for one in (rows, *endings):
                if one is not None:
                    one(connection)

        return write

    async def _system(self, current: StoredDay, command: c.Command, key: str) -> bool:
        """Do what a timer does, under an id derived from it; false where nothing is left to do."""
        # Whether it is done already is seen from the state, so earlier commands are not looked through.
        plan = Batch(Days(self.centre), self._settings(), self._rule(), self._clock())
        plan.decide(PendingCommand(command, key, "", _SYSTEM), current)
        if not plan.appends:
            return False
        await self.commit(plan)
        return True

    async def announce_version(self) -> None:
        """Tell screens that the set-up has changed."""
        version = self._settings().version
        if version > self.today.state.configuration:
            key = f"configuration:{self.centre}:{version}"
            with suppress(LogConflictError):
                await self._system(self.today, c.ChangeConfiguration(version), key)

    # --- days --------------------------------------------------------------------------------------------------------

    async def roll(self) -> None:
        """See that the service day of now is open, and the one before it closed. The clock never leads back."""
        while True:
            current = self.days.current
            now = self._clock() if current is None else max(self._clock(), current.state.at)
            today = self._rule().day_at(now)
            if current is not None and today <= current.day:
                return
            with suppress(LogConflictError):
                if current is None or current.state.closed:
                    await self._open(today)
                else:
                    await self._close(current)
                continue
            # Another server's timer was first: read what it did.
            self.behind.add(stream_name(self.centre, today))
            if current is not None:
                self.behind.add(current.stream)
            await self.read_tails()

    async def _close(self, current: StoredDay) -> None:
        """Settle the day; when it is, close it by a signed event that names the ends of all streams touched."""
        day = current.day
        if await self._system(current, c.SettleDay(day), f"settle-day:{self.centre}:{day}"):
            return
        since = Micros(current.state.starts_at - 24 * HOUR)
        heads = await self._log.touched(current.stream, since)
        signature = self._signer.sign(closing_message(current.stream, heads))
        command = c.CloseDay(
            day=day,
            heads=tuple(StreamEnd(StreamName(head.stream), head.seq, Hex(head.hash.hex())) for head in heads),
            key_id=KeyId(self._signer.key_id),
            signature=Hex(signature.hex()),
        )
        await self._system(current, command, f"close-day:{self.centre}:{day}")

    async def _open(self, day: Day) -> None:
        command = c.OpenDay(day, self._rule().starts_at(day))
        before = self.days.current
        if before is not None:
            over = carried(before.state, self._clock(), round_the_clock=self._settings().round_the_clock)
            command = c.OpenDay(
                day=day,
                starts_at=command.starts_at,
                previous_day=before.day,
                previous_seq=before.head.seq,
                previous_hash=Hex(before.head.hash.hex()),
                visits=over.visits,
                counters=over.counters,
                helps=over.helps,
                notices=over.notices,
            )
        opened = self.days.get(day) or StoredDay(self.centre, day)
        # One that was left before it came is opened once more: that is another command.
        again = f":{opened.head.seq}" if opened.head.seq else ""
        plan = self.plan()
        plan.decide(PendingCommand(command, f"open-day:{self.centre}:{day}{again}", "", _SYSTEM), opened)
        await self.commit(plan, entering=opened)
