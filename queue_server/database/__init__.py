"""The database: where it is, how it is opened, and what its failures mean."""

from queue_server.database.errors import (
    DatabaseClearError,
    DatabaseInUseError,
    DatabaseNotDurableError,
    DatabaseUrlError,
)
from queue_server.database.opening import Database, open_database
from queue_server.database.postgres import PostgresDatabase
from queue_server.database.settings import DatabaseSettings
from queue_server.database.sqlite import SqliteDatabase
from queue_server.database.url import DATABASE, URL_FILE, find_url, parse_url

__all__ = [
    "DATABASE",
    "URL_FILE",
    "Database",
    "DatabaseClearError",
    "DatabaseInUseError",
    "DatabaseNotDurableError",
    "DatabaseSettings",
    "DatabaseUrlError",
    "PostgresDatabase",
    "SqliteDatabase",
    "find_url",
    "open_database",
    "parse_url",
]
