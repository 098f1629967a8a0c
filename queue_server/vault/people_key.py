"""Keeps the promise that what is over is gone: rows deleted, data keys destroyed in ``DATA/keys``, on every server.

A person is shredded by a row in ``people_shredded`` first, then in the key file of every server: at once where it was
asked for, elsewhere at the next look, and at every start. So wherever a process is killed, the other half follows.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress

from sqlalchemy import Connection

from queue_server.contract.periodic import Periodic
from queue_server.database.failures import LogConflictError
from queue_server.domain.values import HOUR, Micros
from queue_server.eventlog.port import EventLog
from queue_server.framework.room import Leaving, shred
from queue_server.framework.settings import ServerSettings
from queue_server.vault.key_file import KeyFile
from queue_server.vault.model import PeopleRules
from queue_server.vault.puncturable import PuncturableKey
from queue_server.vault.store import shredded_leaves
from queue_server.vault.tables import people_rows


def destroyed(key: PuncturableKey, leaves: Iterable[int], now: Micros) -> PuncturableKey:
    """Take out of a key what was shredded and everything whose hour is over."""
    for number in leaves:
        key = key.puncture(number)
    return key.drop_before(now // HOUR + 1)


class PeopleKeyHolder:
    """Holds what is left of the people key in this process. ``settle`` brings it up to the database and the clock.

    ``tables`` are all that there are, each with how people leave it.
    """

    def __init__(  # noqa: PLR0917 - put together in one place
        self,
        log: EventLog,
        file: KeyFile,
        key: PuncturableKey,
        tables: Mapping[str, Leaving],
        settings: ServerSettings,
        clock: Callable[[], Micros],
    ) -> None:
        self._log = log
        self._file = file
        self._tables = tables
        self._settings = settings
        self._clock = clock
        self.task = Periodic("retention", settings[PeopleRules].poll_ms / 1000, self._go_on)
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

    async def _go_on(self) -> None:
        # Where another server did the same at once, the next time makes up for this one.
        with suppress(LogConflictError):
            await self.settle()
