from collections.abc import AsyncIterator, Sequence

import pytest
from sqlalchemy import URL

from queue_server.database import Database, DatabaseSettings, open_database
from queue_server.domain.values import Actor, Micros
from queue_server.eventlog.port import Event, Head, NewEvent
from queue_server.eventlog.sqlalchemy_log import SqlEventLog

SETTINGS = DatabaseSettings(poll_ms=50, relisten_ms=20, relisten_max_ms=100)


def event(command: str = "c1", at: int = 1_000_000, payload: bytes = b'{"n":1}') -> NewEvent:
    return NewEvent(Micros(at), "Happened", 1, command, Actor("system"), payload)


def end_of(stored: Sequence[Event]) -> Head:
    return Head(stored[-1].seq, stored[-1].hash)


@pytest.fixture
async def database(database_url: URL) -> AsyncIterator[Database]:
    async with open_database(database_url, SETTINGS) as opened:
        yield opened


@pytest.fixture
async def log(database: Database) -> AsyncIterator[SqlEventLog]:
    async with SqlEventLog(database, SETTINGS) as started:
        yield started
