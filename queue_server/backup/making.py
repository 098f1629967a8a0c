"""Making a backup: a copy of the database, and of what lies beside it in DATA, sealed into one file."""

import asyncio
import os
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import msgspec
from sqlalchemy import URL, Connection

from queue_server.backup import archive, postgres_tools
from queue_server.backup.copies import copy_sqlite
from queue_server.backup.sealing import seal
from queue_server.backup.staging import staging, sync_folder
from queue_server.contract.release import RUNNING
from queue_server.database import open_database
from queue_server.migrations import revisions_of
from queue_server.readiness import DatabaseEmptyError
from queue_server.vault.keys import check_fingerprints, load_keys

_STAGING: Final = ".backup"
_SUFFIX: Final = "backup"


class Written(msgspec.Struct, frozen=True):
    """A backup that was made; ``bytes`` is its size."""

    file: str
    bytes: int
    made_at: str
    files: int


def make(url: URL, data: Path, place: Path, recipients: Sequence[Any]) -> Written:
    """Make a backup of a database and its data folder while servers work, on disk when this returns.

    ``place`` is a file that is not there yet, or a folder, in which it is named by its time.

    Raises:
        DatabaseEmptyError: there is nothing to be kept.
        DatabaseUnavailableError: it cannot be read.
        KeysMismatchError: the keys are those of another database: nobody could use the two together.
        KeysMissingError: there are no keys.
        BackupRunningError: another one is being made.
        BackupToolError: ``pg_dump`` failed.
        OSError: it cannot be written.
    """
    now = datetime.now(UTC)
    target = place / f"consular-{now:%Y%m%dT%H%M%SZ}.{_SUFFIX}" if place.is_dir() else place
    if target.exists():
        raise FileExistsError(17, "File exists", str(target))
    if url.drivername == "sqlite" and not Path(str(url.database)).exists():
        raise DatabaseEmptyError
    with staging(data / _STAGING) as folder:
        kind: archive.Kind = "sqlite" if url.drivername == "sqlite" else "postgresql"
        copy = folder / archive.DATABASES[kind]
        schema = asyncio.run(_read_schema(url, data))
        if kind == "sqlite":
            copy_sqlite(Path(str(url.database)), copy)
        else:
            postgres_tools.dump(url, copy)
        # After the database: a key that was destroyed meanwhile must not come back with rows that it opens.
        keys = load_keys(data).fingerprints()
        paths = {archive.DATABASES[kind]: copy} | _beside(data, folder)
        manifest = archive.BackupManifest(
            format=archive.FORMAT,
            release=RUNNING,
            made_at=now.isoformat(timespec="seconds"),
            database=kind,
            schema=schema,
            keys=keys,
            files=tuple(archive.entry(name, path) for name, path in paths.items()),
        )
        size = _write(manifest, paths.values(), target, recipients)
    return Written(str(target), size, manifest.made_at, len(paths))


async def _read_schema(url: URL, data: Path) -> tuple[str, ...]:
    """Check that the keys are those of the database, and give its revisions."""
    keys = await asyncio.to_thread(load_keys, data)

    def look(connection: Connection) -> frozenset[str]:
        if revisions := revisions_of(connection):
            check_fingerprints(connection, keys)
        return revisions

    async with open_database(url) as database:
        revisions = await database.run(look)
    if not revisions:
        raise DatabaseEmptyError
    return tuple(sorted(revisions))


def _beside(data: Path, folder: Path) -> dict[str, Path]:
    """Copy the small files of DATA, so that each is sealed as it was when it was looked at; by their names."""
    found = [path for name in archive.FOLDERS for path in sorted((data / name).glob("*")) if path.suffix in _KINDS]
    found += [path for path in (data / archive.SETTINGS,) if path.exists()]
    copies = {}
    for path in found:
        name = path.relative_to(data).as_posix()
        copies[name] = folder / name
        copies[name].parent.mkdir(mode=0o700, exist_ok=True)
        with os.fdopen(os.open(copies[name], os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(path.read_bytes())
    return copies


_KINDS: Final = (".key", ".pem")


def _write(manifest: archive.BackupManifest, paths: Iterable[Path], target: Path, recipients: Sequence[Any]) -> int:
    part = target.with_name(f"{target.name}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            seal(lambda pipe: archive.write(manifest, paths, pipe), file, recipients)
            file.flush()
            os.fsync(file.fileno())
            size = file.tell()
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)
    return size
