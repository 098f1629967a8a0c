"""Opening the database that a URL names."""

from sqlalchemy import URL

from queue_server.database.postgres import PostgresDatabase
from queue_server.database.settings import DatabaseSettings
from queue_server.database.sqlite import SqliteDatabase

Database = SqliteDatabase | PostgresDatabase


def open_database(url: URL, settings: DatabaseSettings | None = None) -> Database:
    """Make the database of a URL that ``parse_url`` has checked; nothing is connected yet."""
    settings = settings or DatabaseSettings()
    if url.drivername == "sqlite":
        return SqliteDatabase(url, settings)
    return PostgresDatabase(url, settings)
