"""What commands and routes do, done beside the servers of an installation: a start of a program costs more."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import Connection

from queue_server.accounts import device_store, tokens
from queue_server.accounts.model import AccountRules, DeviceKind, EnrolledDevice, IntegrationRole
from queue_server.catalogue import store, toml
from queue_server.database import Database, open_database, parse_url
from queue_server.domain.values import CentreId, now_micros
from queue_server.vault.keys import load_keys


@asynccontextmanager
async def database_of(data: Path, url: str | None) -> AsyncIterator[tuple[Database, bytes]]:
    """Open the database of an installation, and give the key of its sessions."""
    key = await asyncio.to_thread(lambda: load_keys(data).sessions)
    async with open_database(parse_url(url, data)) as database:
        yield database, key


def enrol(
    connection: Connection, key: bytes, kind: DeviceKind, role: IntegrationRole | None = None
) -> tuple[EnrolledDevice, str]:
    """Enrol a device of the demo centre; gives its token, too."""
    code = device_store.enrol_code(
        connection, kind, f"a {kind}", CentreId("demo"), role, key=key, now=now_micros(), rules=AccountRules()
    )
    return device_store.use_code(connection, [tokens.code_digest(key, code)], None, now_micros())


async def set_up(data: Path, url: str | None, text: str) -> str:
    """Write the set-up of the demo centre; gives the token of an integration that may do all that a manager may."""
    setup = await asyncio.to_thread(toml.parse, text)

    def write(connection: Connection, key: bytes) -> str:
        store.save(connection, setup, text=text)
        return enrol(connection, key, "integration", "manager")[1]

    async with database_of(data, url) as (database, key):
        return await database.write(lambda connection: write(connection, key))
