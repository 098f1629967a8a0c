"""Vaults with their key in a file: on SQLite, and on both databases where it may make a difference."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import URL

from queue_server.database import open_database
from tests.queue_server.conftest import (  # noqa: F401 - fixtures
    data,
    here,
    shared,
    shared_template,
    shared_url,
    template,
    two,
)
from tests.queue_server.eventlog.conftest import SETTINGS
from tests.queue_server.vault.room import Room, make_folder


@pytest.fixture
async def room(sqlite_url: URL, tmp_path: Path) -> AsyncIterator[Room]:
    """Give a vault on SQLite, with a key of its own."""
    file = await asyncio.to_thread(make_folder, tmp_path / "keys")
    async with open_database(sqlite_url, SETTINGS) as database:
        yield await Room.enter(database, file)


@pytest.fixture
async def any_room(database_url: URL, tmp_path: Path) -> AsyncIterator[Room]:
    """Give a vault on each of the two databases."""
    file = await asyncio.to_thread(make_folder, tmp_path / "keys")
    async with open_database(database_url, SETTINGS) as database:
        yield await Room.enter(database, file)
