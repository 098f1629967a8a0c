"""A PostgreSQL that only the tests of one worker use, for tests that kill it or change its settings.

A file or a folder's ``conftest.py`` imports all three fixtures: they take the place of those that share a server.
"""

from collections.abc import Iterator

import pytest
from sqlalchemy import URL

from queue_server.migrations import migrate
from tests.postgres import Postgres


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with Postgres() as server:
        yield server


@pytest.fixture(scope="session")
def empty_postgres(postgres: Postgres) -> str:
    """Name a database with this release's schema, to be copied."""
    name = postgres.create_database()
    migrate(postgres.url(name))
    return name


@pytest.fixture
def postgres_url(postgres: Postgres, empty_postgres: str) -> Iterator[URL]:
    """Give a new database with this release's schema."""
    name = postgres.create_database(empty_postgres)
    yield postgres.url(name)
    postgres.drop_database(name)
