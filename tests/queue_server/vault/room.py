"""A vault, its keeper and its database, with a clock that stands still until it is moved."""

import asyncio
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, func, select

from queue_server.database import Database
from queue_server.domain.values import HOUR, Actor, CentreId, Micros, VisitId, new_id
from queue_server.eventlog.sqlalchemy_log import SqlEventLog
from queue_server.framework.settings import ServerSettings
from queue_server.vault.key_file import KeyFile
from queue_server.vault.model import PURPOSES, PeopleRules, RowKind
from queue_server.vault.people_key import PeopleKeyHolder
from queue_server.vault.store import NewRow, Vault
from queue_server.vault.tables import people_rows
from tests.queue_server.house import KNOWN

DEMO = CentreId("demo")
SOMEBODY = Actor("staff/somebody")
FIRST, OTHER = VisitId("visit-1"), VisitId("visit-2")
NOON = Micros(1_795_000_000_000_000)
TEXT = "Specimen: the sister of ERIKSSON waits outside"


def make_folder(folder: Path) -> KeyFile:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = KeyFile(folder)
    file.init()
    return file


class Room:
    """One server's vault. ``now`` is its clock."""

    def __init__(self, database: Database, file: KeyFile, keeper: PeopleKeyHolder) -> None:
        self.database = database
        self.file = file
        self.keeper = keeper
        self.vault = Vault(lambda: self.keeper.key)

    @classmethod
    async def enter(cls, database: Database, file: KeyFile, rules: PeopleRules | None = None) -> Self:
        key = await asyncio.to_thread(file.load)
        room = cls.__new__(cls)
        room.now = NOON
        keeper = PeopleKeyHolder(
            SqlEventLog(database), file, key, KNOWN.tables, ServerSettings(rules or PeopleRules()), lambda: room.now
        )
        Room.__init__(room, database, file, keeper)
        return room

    now: Micros

    async def put(
        self,
        text: str = TEXT,
        kind: RowKind = RowKind.NOTE,
        visit: VisitId | None = FIRST,
        hours: int = 24,
        centre: CentreId = DEMO,
    ) -> str:
        ends_at = Micros(self.now + hours * HOUR)
        row = NewRow(new_id(), kind, centre, text, self.now, SOMEBODY, ends_at, visit, kind is RowKind.DOCUMENT)
        await self.database.write(lambda connection: self.vault.put(connection, row))
        return row.id

    async def get(self, row: str, kind: RowKind = RowKind.NOTE) -> str:
        def read(connection: Connection) -> str:
            opened = self.vault.get(connection, row, purpose=PURPOSES[kind], actor=SOMEBODY, now=self.now)
            return opened.text

        return await self.database.write(read)

    async def find(self, document: str, centre: CentreId = DEMO) -> tuple[VisitId, ...]:
        return await self.database.write(
            lambda connection: self.vault.find(
                connection, centre, RowKind.DOCUMENT, document, actor=SOMEBODY, now=self.now
            )
        )

    async def forget(self, visit: VisitId = FIRST) -> int:
        """Shred in the database alone: the key follows when the keeper settles."""
        return await self.database.write(
            lambda connection: self.vault.shred_visit(connection, visit, actor=SOMEBODY, now=self.now)
        )

    async def rows(self) -> int:
        return await self.database.run(
            lambda connection: connection.execute(select(func.count()).select_from(people_rows)).scalar_one()
        )

    async def persons(self) -> list[str]:
        return await self.database.run(
            lambda connection: list(connection.execute(select(people_rows.c.person)).scalars())
        )
