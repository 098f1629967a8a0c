"""``pg_dump`` and ``pg_restore``: where the database is, and its password, they are told in their environment alone."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from sqlalchemy import URL, Connection, text

from queue_server.backup.errors import BackupToolError

#: What asyncpg is told in the URL, and where libpq looks for it.
_OPTIONS: Final = {"ssl": "PGSSLMODE", "target_session_attrs": "PGTARGETSESSIONATTRS", "passfile": "PGPASSFILE"}

_TABLES = text(
    "SELECT count(*) FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace IN (SELECT oid FROM pg_namespace"
    " WHERE nspname <> 'information_schema' AND nspname NOT LIKE 'pg\\_%')"
)
# Tables take their indexes and sequences along, and views that stand on them.
_CLEAR = text(
    """
DO $$ DECLARE one record; BEGIN
FOR one IN SELECT oid::regclass AS name FROM pg_class
    WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace LOOP
  EXECUTE format('DROP TABLE IF EXISTS %s CASCADE', one.name);
END LOOP;
FOR one IN SELECT oid::regprocedure AS name FROM pg_proc AS p WHERE pronamespace = current_schema()::regnamespace
    AND NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.objid = p.oid AND d.deptype = 'e') LOOP
  EXECUTE format('DROP FUNCTION IF EXISTS %s', one.name);
END LOOP; END $$
"""
)


def environment(url: URL, around: Mapping[str, str]) -> dict[str, str]:
    """Say in variables of libpq what a URL says to asyncpg."""
    told = {name: value for name, value in around.items() if name != "PGSERVICE"}
    hosts = [*([url.host] if url.host else []), *url.normalized_query.get("host", ())]
    places = [_place(one) for host in hosts for one in host.split(",")]
    if places:
        default = str(url.port or 5432)
        told["PGHOST"] = ",".join(host for host, _ in places)
        told["PGPORT"] = ",".join(port or default for _, port in places)
    elif url.port:
        told["PGPORT"] = str(url.port)
    for name, value in (("PGUSER", url.username), ("PGPASSWORD", url.password), ("PGDATABASE", url.database)):
        if value:
            told[name] = str(value)
    for option, variable in _OPTIONS.items():
        for value in url.normalized_query.get(option, ()):
            told[variable] = value
    return told


def _place(host: str) -> tuple[str, str]:
    """Part a host from its port, "" where it has none."""
    name, colon, port = host.rpartition(":")
    if colon and port.isdecimal() and not host.startswith("/") and (":" not in name or name.startswith("[")):
        return name.removeprefix("[").removesuffix("]"), port
    return host.removeprefix("[").removesuffix("]"), ""


def dump(url: URL, file: Path) -> None:
    """Write one snapshot of the database; servers go on working.

    Raises:
        BackupToolError: it did not work.
    """
    _run(url, "pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--no-password", f"--file={file}")
    # By its own umask it may be read by others.
    file.chmod(0o600)


def fill(url: URL, file: Path) -> None:
    """Fill an empty database, all or nothing.

    Raises:
        BackupToolError: it did not work.
    """
    tool = ("pg_restore", "--no-owner", "--no-privileges", "--no-password", "--single-transaction", "--exit-on-error")
    _run(url, *tool, f"--dbname={url.database}", str(file))


def is_empty(connection: Connection) -> bool:
    """Tell whether nobody has made a table in the database."""
    return not connection.execute(_TABLES).scalar_one()


def clear(connection: Connection) -> None:
    """Take away what ``fill`` has brought."""
    connection.execute(_CLEAR)


def _run(url: URL, program: str, *arguments: str) -> None:
    try:
        done = subprocess.run(
            [program, *arguments],
            env=environment(url, os.environ),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
    except FileNotFoundError as error:
        raise BackupToolError(program=program, reason="not installed: apt install postgresql-client") from error
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"exit status {done.returncode}"]
        raise BackupToolError(program=program, reason=" ".join(said[-3:]))
