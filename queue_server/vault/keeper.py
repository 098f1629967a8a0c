"""Keeps the promise that what is over is gone: rows deleted, data keys destroyed in ``DATA/keys``, on every server.

A person is shredded by a row in ``people_shredded`` first, then in the key file of every server: at once where it was
asked for, elsewhere at the next look, and at every start. So wherever a process is killed, the other half follows.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping

import structlog
from sqlalchemy import Connection

from queue_server.database.failures import DatabaseUnavailableError, LogConflictError, OutcomeUnknownError
from queue_server.domain.values import HOUR, Micros
from queue_server.eventlog.port import EventLog
from queue_server.framework.room import Leaving, shred
from queue_server.framework.settings import Settings
from queue_server.vault.key_file import KeyFile
from queue_server.vault.model import PeopleRules
from queue_server.vault.puncturable import PuncturableKey
from queue_server.vault.store import shredded_leaves
from queue_server.vault.tables import people_rows

_log = structlog.get_logger(__name__)


def destroyed(key: PuncturableKey, leaves: Iterable[int], now: Micros) -> PuncturableKey:
    """Take out of a key what was shredded and everything whose hour is over."""
    for number in leaves:
        key = key.puncture(number)
    return key.drop_before(now // HOUR + 1)


class Keeper:
    """Holds what is left of the people key in this process. ``settle`` brings it up to the database and the clock.

    ``tables`` are all that there are, each with how people leave it.
    """

    def __init__(  # noqa: PLR0917 - put together in one place
        self,
        log: EventLog,
        file: KeyFile,
        key: PuncturableKey,
        tables: Mapping[str, Leaving],
        settings: Settings,
        clock: Callable[[], Micros],
    ) -> None:
        self._log = log
        self._file = file
        self._tables = tables
        self._settings = settings
        self._clock = clock
        self._task: asyncio.Task[None] | None = None
        self._turn = asyncio.Lock()
        #: What is left of the people key. Replaced, never changed.
        self.key = key

    async def settle(self) -> int:
        """Delete what is over and destroy the keys of it and of the shredded; returns how many rows ended.

        Raises:
            DatabaseUnavailableError: nothing was deleted.
            PeopleKeyMissingError: the key file is gone.
            PeopleKeyDamagedError: it cannot be used.
            PeopleKeyUnwritableError: it cannot be replaced.
        """
        async with self._turn:
            now = self._clock()

            def work(connection: Connection) -> tuple[list[int], int]:
                # The shredded are listed before those whose hour is over are struck off the list.
                return shredded_leaves(connection), shred(connection, now, self._settings, self._tables)[
                    people_rows.name
                ]

            leaves, rows = await self._log.write(work)
            held = self.key
            if held.reaches_before(now // HOUR + 1) or any(held.reaches(number) for number in leaves):
                self.key = await asyncio.to_thread(
                    self._file.change, lambda found: destroyed(found.meet(held), leaves, now)
                )
            return rows

    async def start(self) -> None:
        """Settle, and go on settling."""
        await self.settle()
        if self._task is None:
            self._task = asyncio.create_task(self._go_on())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])
            self._task = None

    async def _go_on(self) -> None:
        well = True
        while True:
            await asyncio.sleep(self._settings[PeopleRules].poll_ms / 1000)
            try:
                await self.settle()
            except (DatabaseUnavailableError, LogConflictError, OutcomeUnknownError):
                # Others tell of it, or another server did the same at once; the next look makes up for this one.
                continue
            except Exception as error:  # noqa: BLE001 - whatever it was, what is over must still go once it is mended
                if well:
                    _log.exception("people-not-kept", error=type(error).__name__)
                well = False
            else:
                well = True
