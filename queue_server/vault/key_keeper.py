"""Keeps the keys of a running server as its database says that they are: another one makes without a restart."""

import asyncio
import itertools
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from queue_server.contract.periodic import Periodic
from queue_server.database.failures import LogConflictError
from queue_server.domain.values import HOUR, Micros, new_id
from queue_server.eventlog.port import EventLog
from queue_server.vault import rotation
from queue_server.vault.key_ring import fingerprint_of
from queue_server.vault.keys import Keys, check_fingerprints, load_keys, periods_of

_DAY: Final = 24 * HOUR
#: What still uses a key that is about to end lets it count so many days longer.
_PROLONGED_DAYS: Final = 30

#: Says whether anything counts without an end that a key made before this moment.
KeyUse = Callable[[Connection, Micros], bool]


class KeyKeeper:
    """Looks every ``poll_s`` seconds at ``DATA/keys`` and at the database, and changes ``keys`` by what it finds.

    ``uses`` are put in by rooms, by the name of the key.
    """

    def __init__(self, keys: Keys, data: Path, log: EventLog, clock: Callable[[], Micros], poll_s: float) -> None:
        self._keys = keys
        self._data = data
        self._log = log
        self._clock = clock
        self._server = new_id()
        self.uses: dict[str, list[KeyUse]] = {}
        self.task = Periodic("keys", poll_s, self._go_on, at_once=True)

    async def renew(self) -> None:
        """Take the keys that are there, and destroy those that count no more.

        Raises:
            KeysMissingError, KeysDamagedError: they cannot be read; those before go on.
            KeysMismatchError: the database names one that is not here; likewise.
            DatabaseUnavailableError: likewise.
        """
        now = self._clock()
        found = await asyncio.to_thread(load_keys, self._data)

        def work(connection: Connection) -> None:
            held = {name: tuple(fingerprint_of(name, key) for key in ring.held) for name, ring in found.rings.items()}
            # Before they are compared: whoever changes a key is to hear that this server has not got it.
            rotation.record_holder(connection, rotation.KeyHolder(self._server, socket.gethostname(), held, now))
            self._prolong(connection, now)

        await self._log.write(work)
        await self._log.run(lambda connection: check_fingerprints(connection, found, now))
        self._keys.rings, self._keys.former = found.rings, found.former
        if spent := {name: ring for name, ring in found.rings.items() if ring.spent}:
            await asyncio.to_thread(rotation.remove_spent, self._data, spent)
            left = await asyncio.to_thread(load_keys, self._data)
            await self._log.run(lambda connection: check_fingerprints(connection, left, now))
            self._keys.rings, self._keys.former = left.rings, left.former

    def _prolong(self, connection: Connection, now: Micros) -> None:
        longer = Micros(now + _PROLONGED_DAYS * _DAY)
        for name, periods in periods_of(connection).items():
            for one, following in itertools.pairwise(periods):
                ends = one.counts_at(now) and one.until is not None and one.until < longer
                if ends and any(use(connection, following.since) for use in self.uses.get(name, ())):
                    rotation.prolong(connection, name, one.fingerprint, longer)

    async def _go_on(self) -> None:
        # Where another server did the same at once, the next time makes up for this one.
        with suppress(LogConflictError):
            await self.renew()
