"""Keeps the witness of a running server: checked before anything is written, then written anew every few seconds.

Where an older copy of the database comes back while a server is at work, that server knows of more than there is: it
could store nothing any more where it has gone on. It writes down what it knows, and ends, so that its next start finds
out what is lost.

``ConsularError``
    ``DatabaseReplacedError``  an older copy of the database has come back under this server
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from itertools import chain
from pathlib import Path

import structlog
from sqlalchemy import Connection

from queue_server import files
from queue_server.centre import replaced
from queue_server.centre.centres import Centres
from queue_server.centre.conditions import DATABASE_REPLACED
from queue_server.centre.witness_copy import WitnessCopy, aside
from queue_server.conditions import Condition
from queue_server.contract.periodic import Periodic
from queue_server.database.failures import DatabaseUnavailableError
from queue_server.domain.values import HOUR, ConsularError, Micros
from queue_server.eventlog import epoch, statements, witness
from queue_server.eventlog.port import EventLog, StreamHead
from queue_server.signing import EventSigner
from queue_server.vault import read_chain

_log = structlog.get_logger(__name__)


class DatabaseReplacedError(ConsularError):
    """The log has lost the ends of ``amount`` streams that this server has seen: start it anew."""

    code = "database-replaced"


#: What a share on another machine gets at the start and at the end, in seconds.
_FIRST_S, _LAST_S = 10.0, 5.0


class WitnessKeeper:
    """Writes to ``path`` what the log holds, and to ``copy``, on another machine: ``task`` every ``poll_s`` seconds."""

    def __init__(
        self,
        log: EventLog,
        centres: Centres,
        signer: EventSigner,
        clock: Callable[[], Micros],
        *,
        path: Path,
        poll_s: float,
        on_replaced: Callable[[ConsularError], object],
        copy: WitnessCopy | None = None,
    ) -> None:
        self._log = log
        self._centres = centres
        self._signer = signer
        self._clock = clock
        self._path = path
        self._kept = path.with_name(replaced.FILE)
        self._on_replaced = on_replaced
        self._copy = copy
        self._is_replaced = False
        self._written: tuple[StreamHead, ...] = ()
        # What this process has stored since it was written down last.
        self._stored: dict[str, StreamHead] = {}
        log.when_stored(self._stored.update)
        self._lost = 0
        self._is_started = False
        self.task = Periodic("witness", poll_s, self.note, at_once=True)

    def condition(self) -> Condition | None:
        """Say how many streams an older copy of the database has lost, until somebody confirms that copy."""
        return Condition(DATABASE_REPLACED, self._lost, is_unready=False) if self._lost else None

    async def check(self) -> None:
        """Begin another life of the database where it has lost what the witness saw.

        Raises:
            DatabaseUnavailableError: it cannot be asked.
        """
        self._lost = await asyncio.to_thread(replaced.load, self._kept)
        named: set[StreamHead] = set()
        for path in (self._path, *(() if self._copy is None else (self._copy.path,))):
            try:
                async with asyncio.timeout(_FIRST_S):
                    named.update(await aside(partial(witness.load, path, self._signer.verifier)))
            except TimeoutError:
                _log.error("witness-silent", file=path.name)
            except witness.WitnessDamagedError:
                # Written over soon; ``verify`` names it until then.
                _log.error("witness-damaged", file=path.name)

        def compare(connection: Connection) -> int:
            looked = [end for end in named if end.stream.startswith(read_chain.PREFIX)]
            gone = witness.lost(connection, tuple(named.difference(looked))) + read_chain.lost(connection, looked)
            if gone:
                epoch.begin(connection)
            return len(gone)

        if not named:
            return
        lost = await self._log.write(compare)
        if lost:
            self._lost = lost
            _log.error("database-replaced", streams=lost)
            # A disk that is full is told of elsewhere.
            with suppress(OSError):
                await asyncio.to_thread(replaced.write, self._kept, lost)

    async def note(self) -> None:
        """Write down what the log holds, where that is not written yet.

        Raises:
            DatabaseUnavailableError: it cannot be asked.
            DatabaseReplacedError: it has lost what it held before; that was written down.
        """
        if self._is_replaced:
            return
        if self._lost:
            self._lost = await asyncio.to_thread(replaced.load, self._kept)
        days = [one.state for one in self._centres.values()]
        # Taken before the log is read, which holds all of it or has lost it. Writers know what others have stored, too.
        stored = dict(self._stored)
        known = furthest(self._written, stored.values(), (one.writer.end for one in self._centres.values()))

        def read(connection: Connection) -> tuple[tuple[StreamHead, ...], int]:
            if not days:
                return (), 0
            # All centres at once: what is no day's is looked for among all streams there are.
            since = Micros(min(day.starts_at for day in days) - 24 * HOUR)
            found = set(read_chain.ends(connection, [day.centre for day in days]))
            found.update(statements.touched(connection, [f"queue/{day.centre}/{day.day}" for day in days], since))
            heads = tuple(sorted(found, key=_by_stream))
            return heads, went_back(connection, known, heads)

        heads, lost = await self._log.run(read)
        if lost:
            self._is_replaced = True
            await self._write(known)
            why = DatabaseReplacedError(amount=lost)
            self._on_replaced(why)
            raise why
        await self._write(heads)
        for stream, end in stored.items():
            if self._stored.get(stream) is end:
                del self._stored[stream]

    async def _write(self, heads: tuple[StreamHead, ...]) -> None:
        content = None if heads == self._written else witness.make(heads, self._clock(), self._signer)
        if self._copy is not None:
            self._copy.ensure(content)
        if content is None:
            return
        # A disk that is full is told of elsewhere.
        with suppress(OSError):
            await asyncio.to_thread(files.replace, self._path, content)
        self._written = heads

    def start(self) -> None:
        self._is_started = True
        self.task.start()

    async def stop(self) -> None:
        """Write once more, and stop."""
        if not self._is_started:
            return
        self._is_started = False
        await self.task.stop()
        if self._copy is not None:
            # What is being written may be older.
            await self._copy.settle(_LAST_S)
        with suppress(DatabaseUnavailableError, DatabaseReplacedError):
            await self.note()
        if self._copy is not None:
            await self._copy.settle(_LAST_S)


def _by_stream(end: StreamHead) -> str:
    return end.stream


def furthest(*known: Iterable[StreamHead]) -> tuple[StreamHead, ...]:
    """Give how far each stream is known to go, by name."""
    ends: dict[str, StreamHead] = {}
    for end in chain(*known):
        if end.seq and (end.stream not in ends or ends[end.stream].seq <= end.seq):
            ends[end.stream] = end
    return tuple(sorted(ends.values(), key=_by_stream))


def went_back(connection: Connection, before: Sequence[StreamHead], now: Sequence[StreamHead]) -> int:
    """Count the ends of a moment ago that the log does not have any more."""
    ends = {one.stream: one.seq for one in now}
    moved = set(before).difference(now)
    looked = {one for one in moved if one.stream.startswith(read_chain.PREFIX)}
    # Old lines of those who looked leave from the beginning: one that another has followed may be gone.
    last = [one for one in looked if ends.get(one.stream, 0) <= one.seq]
    return len(witness.lost(connection, moved - looked)) + len(read_chain.lost(connection, last))
