"""Rules of database URLs: ``sqlite:///PATH`` and ``postgresql+asyncpg://...``, nothing else.

Names and notes cross the line to PostgreSQL, and its password: to another machine it is TLS that checks who answers
(libpq: ``sslmode``, "Protection Provided in Different Modes").
"""

import os
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Final

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from queue_server.database.errors import DatabaseClearError, DatabaseUrlError

DEFAULT_FILE = "queue.sqlite"
#: Variable that may name the database instead of ``--database``.
DATABASE: Final = "CONSULAR_DATABASE"


def parse_url(text: str | None, data: Path) -> URL:
    """Check a database URL; without one the database is a file in the data folder, where relative paths start too.

    Raises:
        DatabaseUrlError: it is none, or names another database or driver.
        DatabaseClearError: it leads to another machine in the clear.
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
            return _guarded(url)
        case "postgresql" | "postgres":
            raise DatabaseUrlError(reason="name the driver: postgresql+asyncpg://...")
        case other:
            raise DatabaseUrlError(reason="only sqlite:///PATH and postgresql+asyncpg://... are known", found=other)


#: What people call it, what the driver does (asyncpg: ``connect``), and what its environment does.
_MODE, _DRIVERS_MODE, _ENVIRONMENTS_MODE = "sslmode", "ssl", "PGSSLMODE"
#: "require" encrypts, and believes whoever answers.
_CHECKED: Final = {"verify-full", "verify-ca"}


def _guarded(url: URL) -> URL:
    """See that another machine is spoken to by TLS that checks it, and name that as the driver does."""
    said = [mode for key in (_MODE, _DRIVERS_MODE) for mode in url.normalized_query.get(key, ())]
    modes = said or [os.environ.get(_ENVIRONMENTS_MODE, "")]
    far = next((host for host in _hosts(url) if not _is_here(host)), None)
    if far is not None and not _CHECKED.issuperset(modes):
        raise DatabaseClearError(host=far)
    if _MODE in url.query:
        url = url.difference_update_query([_MODE]).update_query_dict({_DRIVERS_MODE: said[0]})
    return url


def _hosts(url: URL) -> Iterator[str]:
    """Name every machine or socket that may be connected to."""
    named = [*([url.host] if url.host else []), *url.normalized_query.get("host", ())]
    for text in named or [os.environ.get("PGHOST", "")]:
        yield from text.split(",")


def _is_here(host: str) -> bool:
    """Tell whether this is a socket of this machine, or an address that leads nowhere else; it may have a port."""
    if not host or host.startswith(("/", "@")):
        return True
    bare = host.partition("]")[0].removeprefix("[") if host.startswith("[") else host
    name, colon, port = bare.rpartition(":")
    if colon and port.isdecimal() and ":" not in name:
        bare = name
    if bare == "localhost":
        return True
    try:
        return ip_address(bare).is_loopback
    except ValueError:
        return False


def _sqlite(path: Path) -> URL:
    return URL.create("sqlite", database=str(path.absolute()))
