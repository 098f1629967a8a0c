"""Rules of database URLs: ``sqlite:///PATH`` and ``postgresql+asyncpg://...``, nothing else."""

from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from queue_server.database.errors import DatabaseUrlError

DEFAULT_FILE = "queue.sqlite"


def parse_url(text: str | None, data: Path) -> URL:
    """Check a database URL; without one the database is a file in the data folder, where relative paths start too.

    Raises:
        DatabaseUrlError: it is none, or names another database or driver.
    """
    if text is None:
        return _sqlite(data / DEFAULT_FILE)
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:
        raise DatabaseUrlError(reason="not a URL") from error
    match url.drivername:
        case "sqlite" | "sqlite+pysqlite":
            if url.host or url.query or url.database in (None, "", ":memory:"):
                raise DatabaseUrlError(reason="SQLite takes sqlite:///PATH to a file, without options")
            return _sqlite(data / str(url.database))
        case "postgresql+asyncpg":
            if not url.database:
                raise DatabaseUrlError(reason="the name of the database is missing")
            return url
        case "postgresql" | "postgres":
            raise DatabaseUrlError(reason="name the driver: postgresql+asyncpg://...")
        case other:
            raise DatabaseUrlError(reason="only sqlite:///PATH and postgresql+asyncpg://... are known", found=other)


def _sqlite(path: Path) -> URL:
    return URL.create("sqlite", database=str(path.absolute()))
