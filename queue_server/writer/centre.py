"""The writer of one centre: a task that takes waiting commands in batches, commits their events, then answers.

The primary key of the log is the only fence: where another process appended first, the batch is thrown away, the tail
read, and everything decided again. Where the outcome of a commit is unknown the tail tells it: commands found there are
answered from it, the others decided again.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Final

from queue_server.contract.periodic import Periodic
from queue_server.database.failures import DatabaseUnavailableError, LogConflictError, OutcomeUnknownError
from queue_server.domain.service_day import DayRule
from queue_server.domain.values import Actor, ConsularError, Day, Micros, now_micros
from queue_server.eventlog.port import EventLog, StreamHead, Wakeup
from queue_server.queue.commands import Command
from queue_server.queue.refusals import Refusal
from queue_server.queue.settings import CentreSettings
from queue_server.queue.state import DayState
from queue_server.writer.batch import Batch, Outcome
from queue_server.writer.days import Done, stream_name
from queue_server.writer.errors import CentreContendedError, CentreOverloadedError, WriterDeadError
from queue_server.writer.gathering import Gathering
from queue_server.writer.request import (
    ClosingSigner,
    CommandResult,
    Ending,
    PendingCommand,
    Rows,
    RowsFailedError,
    WriterSettings,
    put_together,
)
from queue_server.writer.snapshots import Snapshots
from queue_server.writer.timeline import Stats, Timeline, Watcher

#: The longest pause before a writer that failed starts again, in those before the second try.
_MAX_RESTARTS: Final = 10


class CentreWriter:
    """Decides and stores everything of one centre.

    ``settings`` and ``rule`` are asked for at every batch, ``clock`` gives this machine's time; ``ending`` what has to
    go in the commit by which visits end. ``start`` returns when today's stream is open and its state known.
    """

    def __init__(
        self,
        log: EventLog,
        settings: Callable[[], CentreSettings],
        rule: Callable[[], DayRule],
        signer: ClosingSigner,
        *,
        limits: WriterSettings | None = None,
        clock: Callable[[], Micros] = now_micros,
        ending: Ending | None = None,
        snapshots: Snapshots | None = None,
    ) -> None:
        self._log = log
        self._limits = limits or WriterSettings()
        self._timeline = Timeline(log, settings, rule, signer, clock, ending, snapshots)
        self._requests: deque[PendingCommand] = deque()
        self._pokes: list[asyncio.Future[None]] = []
        self._wake = asyncio.Event()
        self._gathering = Gathering()
        self._alone = False
        self._stop_watching: Callable[[], None] | None = None
        restart_s = self._limits.restart_ms / 1000
        self.task = Periodic(
            f"writer-{self._timeline.centre}",
            0,
            self._serve,
            at_once=True,
            retry_s=restart_s,
            max_retry_s=_MAX_RESTARTS * restart_s,
        )
        #: Why nothing can be decided now; None while all is well.
        self.trouble: ConsularError | None = WriterDeadError(reason="not-started")

    # --- for callers ---------------------------------------------------------------------------------------------

    @property
    def state(self) -> DayState:
        """The committed state of the current day. It never changes: a later one takes its place.

        Raises:
            WriterDeadError: the writer was never started.
        """
        return self._timeline.today.state

    @property
    def end(self) -> StreamHead:
        """Name the current day with the last of its events that is known here.

        Raises:
            WriterDeadError: the writer was never started.
        """
        today = self._timeline.today
        return StreamHead(today.stream, today.head.seq, today.head.hash)

    def find_day(self, day: Day) -> DayState | None:
        """Give the committed state of one of the last three days."""
        stored = self._timeline.days.get(day)
        return None if stored is None else stored.state

    def knows(self, key: str) -> bool:
        """Tell whether a command with this key has left events in the last three days, as far as they are read."""
        return self._timeline.days.find(key) is not None

    @property
    def depth(self) -> int:
        """How many commands wait."""
        return len(self._requests)

    @property
    def stats(self) -> Stats:
        return self._timeline.stats

    async def execute(
        self, command: Command, *, key: str, fingerprint: str, actor: Actor, rows: Rows | None = None
    ) -> CommandResult | Refusal:
        """Decide a command, store its events and answer; durable when it returns.

        ``key`` is the caller's idempotency key (without ``#``), ``fingerprint`` stands for actor, route and body.
        ``rows`` are stored in the same transaction, and only where there are events; what they raise is raised here.

        Raises:
            WriterError: see ``writer.errors``.
            DatabaseUnavailableError: nothing was stored.
            OutcomeUnknownError: it may be stored; the same command with the same key finds out.
        """
        self._check_alive()
        if len(self._requests) >= self._limits.queue_limit:
            raise CentreOverloadedError(waiting=len(self._requests))
        request = PendingCommand(command, key, fingerprint, actor, rows)
        self._requests.append(request)
        self._wake.set()
        return await request.answer

    async def catch_up(self) -> None:
        """Read what other processes have appended, and open today if its start has passed.

        Raises:
            WriterDeadError: the writer does not run.
            DatabaseUnavailableError: the log could not be read.
        """
        self._check_alive()
        poke = asyncio.get_running_loop().create_future()
        self._pokes.append(poke)
        self._wake.set()
        await poke

    def watch(self, watcher: Watcher) -> Callable[[], None]:
        """Tell ``watcher`` every event from now on, those of other processes too; returns the way to stop."""
        return self._timeline.watch(watcher)

    async def take_snapshots(self) -> None:
        """Store a snapshot of each day that has grown enough, beside whatever is decided meanwhile.

        Raises:
            DatabaseUnavailableError: one is not stored.
        """
        if self.trouble is None:
            await self._timeline.take_snapshots(self._limits.snapshot_events)

    def _check_alive(self) -> None:
        if self.trouble is not None:
            raise WriterDeadError(reason=self.trouble.code) from self.trouble

    # --- the task ------------------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Start the task.

        Raises:
            ConsularError: today's stream could not be read or opened; nothing runs.
        """
        self._stop_watching = self._log.watch(self._on_wakeup, stream_name(self._timeline.centre, Day("")))
        try:
            await self._open()
        except BaseException:
            await self.stop()
            raise
        self.task.start()

    async def stop(self) -> None:
        """Stop; whoever still waits is failed at once."""
        await self.task.stop()
        if self._stop_watching is not None:
            self._stop_watching()
            self._stop_watching = None
        self._fail_all(WriterDeadError(reason="stopped"))

    def _die(self, error: Exception) -> None:
        self._fail_all(error if isinstance(error, ConsularError) else WriterDeadError(reason="internal"))
        self.stats.restarts += 1

    def _fail_all(self, trouble: ConsularError) -> None:
        self.trouble = trouble
        waiting, self._requests = self._requests, deque()
        pokes, self._pokes = self._pokes, []
        for request in waiting:
            request.fail(WriterDeadError(reason=trouble.code))
        for poke in pokes:
            if not poke.done():
                poke.set_exception(WriterDeadError(reason=trouble.code))

    def _on_wakeup(self, wakeup: Wakeup) -> None:
        if self._timeline.on_wakeup(wakeup):
            self._wake.set()

    async def _open(self) -> None:
        await self._timeline.reload()
        await self._timeline.roll()
        self.trouble = None

    async def _serve(self) -> None:
        """Work until something fails, which is told to everybody who waits."""
        try:
            if self.trouble is not None:
                await self._open()
                self.task.worked()
            await self._go_on()
        except Exception as error:
            self._die(error)
            raise

    async def _go_on(self) -> None:
        while True:
            await self._poll()
            if not self._timeline.in_turns:
                await self._gathering.wait(self._requests, self._wake)
            await self._settle(self._fill([]))
            if not self._requests and not self._pokes:
                await self._sleep()

    async def _sleep(self) -> None:
        """Wait for a command, a wake-up or the next tick."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self._limits.tick_ms / 1000):
                await self._wake.wait()
        self._wake.clear()

    async def _poll(self) -> None:
        """Read the tails that have grown, see whether a new day has come, tell the version of the set-up."""
        pokes, self._pokes = self._pokes, []
        if pokes:
            self._timeline.behind.add(self._timeline.today.stream)
        trouble: ConsularError | None = None
        try:
            # Who waits for a turn learns with it what has come to today.
            await self._timeline.read_tails(but_today=bool(self._requests) and self._timeline.in_turns and not pokes)
            await self._timeline.roll()
            await self._timeline.announce_version()
        except (DatabaseUnavailableError, OutcomeUnknownError) as error:
            trouble = error
        for poke in pokes:
            if poke.done():
                continue
            if trouble is None:
                poke.set_result(None)
            else:
                poke.set_exception(trouble)

    def _fill(self, batch: list[PendingCommand]) -> list[PendingCommand]:
        """Take who waits into a batch, unless it is of one that goes by itself."""
        while self._requests and len(batch) < self._limits.batch_limit and not self._alone:
            request = self._requests.popleft()
            if not request.answer.done():
                batch.append(request)
        return batch

    async def _settle(self, batch: list[PendingCommand]) -> None:
        """Store what a batch comes to, then answer everybody in it."""
        if not batch:
            return
        loop = asyncio.get_running_loop()
        began = loop.time()
        try:
            outcomes = await self._store(batch)
        except RowsFailedError:
            await self._settle_each(batch)
        except BaseException as error:
            rows_alone = len(batch) == 1 and batch[0].rows is not None
            if isinstance(error, ConsularError) or (isinstance(error, Exception) and rows_alone):
                _fail(batch, error)
                return
            _fail(batch, WriterDeadError(reason="internal" if isinstance(error, Exception) else "stopped"))
            raise
        else:
            self._gathering.commands, self._gathering.took_s = len(batch), loop.time() - began
            for request, outcome in zip(batch, outcomes, strict=True):
                self._answer(request, outcome)

    async def _settle_each(self, batch: list[PendingCommand]) -> None:
        """Settle a batch of which nothing was stored one by one, so that what fails fails nobody else."""
        self._alone = True
        try:
            for request in batch:
                await self._settle([request])
        except BaseException:
            # The writer ends by it, and nobody else would answer those that have not had their turn.
            _fail(batch, WriterDeadError(reason="stopped"))
            raise
        finally:
            self._alone = False

    async def _store(self, batch: list[PendingCommand]) -> list[Outcome]:
        """Decide a batch until its events are stored, for as long as callers have patience.

        Refusals wait for the commit too: they may rest on what another command of the batch would have done. Where
        nothing is stored the fence has not spoken, so the tail is read before anybody is told that nothing happens.
        """
        deadline = asyncio.get_running_loop().time() + self._limits.patience_ms / 1000
        while True:
            try:
                await self._timeline.roll()
                if self._timeline.in_turns:
                    return self._counted(batch, await self._store_in_turn(batch))
                plan, outcomes = self._decide(batch)
                if plan.appends:
                    await self._timeline.commit(plan, rows=_rows(batch, outcomes), turn=True)
                elif await self._timeline.read_on():
                    continue
            except LogConflictError as error:
                why: ConsularError = CentreContendedError()
                why.__cause__ = error
                if self._timeline.in_turns and asyncio.get_running_loop().time() < deadline:
                    continue
            except OutcomeUnknownError as error:
                why = error
            else:
                return self._counted(batch, outcomes)
            await self._find_out(why, deadline)

    def _counted(self, batch: list[PendingCommand], outcomes: list[Outcome]) -> list[Outcome]:
        self.stats.batches += 1
        self.stats.commands += len(batch)
        return outcomes

    def _decide(self, batch: list[PendingCommand]) -> tuple[Batch, list[Outcome]]:
        plan = self._timeline.plan()
        return plan, [plan.decide(request, self._timeline.today) for request in batch]

    async def _store_in_turn(self, batch: list[PendingCommand]) -> list[Outcome]:
        """Decide when it is this process's turn; who has asked until then is taken along."""
        outcomes: list[Outcome] = []

        def decide() -> tuple[Batch, Rows | None]:
            nonlocal outcomes
            plan, outcomes = self._decide(self._fill(batch))
            return plan, _rows(batch, outcomes)

        await self._timeline.commit_in_turn(decide, self._limits.turn_ms)
        return outcomes

    async def _find_out(self, why: ConsularError, deadline: float) -> None:
        """Read the tails after a batch was not stored, or perhaps was; the database may be away for a while."""
        while asyncio.get_running_loop().time() < deadline:
            try:
                await self._timeline.read_tails()
            except DatabaseUnavailableError:
                await asyncio.sleep(self._limits.retry_ms / 1000)
            else:
                return
        raise why

    def _answer(self, request: PendingCommand, outcome: Outcome) -> None:
        if isinstance(outcome, ConsularError):
            request.fail(outcome)
        elif not request.answer.done():
            request.answer.set_result(outcome if isinstance(outcome, Refusal) else self._found(outcome))

    def _found(self, done: Done) -> CommandResult:
        stored = self._timeline.days.get(done.day) or self._timeline.today
        return CommandResult(done.events, stored.state, done.repeated)


def _fail(batch: Sequence[PendingCommand], error: BaseException) -> None:
    for request in batch:
        request.fail(error)


def _rows(batch: Sequence[PendingCommand], outcomes: Sequence[Outcome]) -> Rows | None:
    """Put the rows together of those commands by which something happens."""
    found = [
        request.rows
        for request, outcome in zip(batch, outcomes, strict=True)
        if request.rows is not None and isinstance(outcome, Done) and outcome.events and not outcome.repeated
    ]
    if len(batch) == 1 or not found:
        return found[0] if found else None
    return partial(put_together, found)
