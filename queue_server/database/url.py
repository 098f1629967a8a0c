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
#: File of the data folder that may name it instead of either.
URL_FILE: Final = "database.url"


def find_url(text: str | None, data: Path) -> URL:
    """Check a database URL as ``parse_url`` does; where none was said it is what stands in ``DATA/database.url``.

    Raises:
        DatabaseUrlError: it is none, or names another database, driver or option; or others may read that file.
        DatabaseClearError: it leads to another machine in the clear.
        OSError: the file cannot be read.
    """
    return parse_url(_written(data / URL_FILE) if text is None else text, data)


def parse_url(text: str | None, data: Path) -> URL:
    """Check a database URL; without one it is a file in the data folder. Relative paths start there too. Pure.

    Raises:
        DatabaseUrlError: it is none, or names another database, driver or option.
        DatabaseClearError: it leads to another machine in the clear.
    """
    if text is None:
        return _sqlite(data / DEFAULT_FILE)
    if "\0" in text or "%00" in text:
        raise DatabaseUrlError(reason="not a URL")
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


def _written(file: Path) -> str | None:
    """Read a URL from a file of its owner alone: it may hold a password; None where there is no file."""
    try:
        if file.stat().st_mode & 0o077:
            raise DatabaseUrlError(reason=f"others may read {file}: chmod 600")
        return file.read_text("utf-8").strip()
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as error:
        raise DatabaseUrlError(reason="not a URL") from error


#: What people call it, what the driver does (asyncpg: ``connect``), and what its environment does.
_MODE, _DRIVERS_MODE, _ENVIRONMENTS_MODE = "sslmode", "ssl", "PGSSLMODE"
#: "require" encrypts, and believes whoever answers.
_CHECKED: Final = {"verify-full", "verify-ca"}


#: What a URL of PostgreSQL may say behind its question mark, with the values where they are few. The driver would end
#: in a traceback at any other.
_MODES: Final = frozenset({"disable", "allow", "prefer", "require", "verify-ca", "verify-full"})
_OPTIONS: Final[dict[str, frozenset[str] | None]] = {
    "host": None,
    "port": None,
    "passfile": None,
    "sslmode": _MODES,
    "ssl": _MODES,
    "target_session_attrs": frozenset({"any", "primary", "standby", "read-write", "read-only", "prefer-standby"}),
}


def _check_options(url: URL) -> None:
    for name, said in url.normalized_query.items():
        if name not in _OPTIONS:
            raise DatabaseUrlError(reason=f"only {', '.join(_OPTIONS)} may stand behind the question mark", found=name)
        known = _OPTIONS[name]
        if known is not None and (len(said) > 1 or said[0] not in known):
            raise DatabaseUrlError(reason=f"{name} is one of {', '.join(sorted(known))}", found=" ".join(said))
        if name == "port" and not all(one.isascii() and one.isdecimal() for port in said for one in port.split(",")):
            raise DatabaseUrlError(reason="a port is a number", found=" ".join(said))


def _guarded(url: URL) -> URL:
    """See that another machine is spoken to by TLS that checks it, and name that as the driver does."""
    said = [mode for key in (_MODE, _DRIVERS_MODE) for mode in url.normalized_query.get(key, ())]
    modes = said or [os.environ.get(_ENVIRONMENTS_MODE, "")]
    far = next((host for host in _hosts(url) if not _is_here(host)), None)
    if far is not None and not _CHECKED.issuperset(modes):
        raise DatabaseClearError(host=far)
    _check_options(url)
    if _MODE in url.query:
        url = url.difference_update_query([_MODE]).update_query_dict({_DRIVERS_MODE: said[0]})
    try:
        url.get_dialect()().create_connect_args(url)
    except (ArgumentError, ValueError) as error:
        # Several machines can be named in more ways than the driver takes.
        raise DatabaseUrlError(reason="several machines are written as ?host=A:5432&host=B:5432") from error
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
