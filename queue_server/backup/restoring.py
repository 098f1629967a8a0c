"""Restoring: into an empty place alone, checked before it says that it is done; all of it or nothing."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import msgspec
from sqlalchemy import URL, Connection

from queue_server.backup import archive, postgres_tools
from queue_server.backup.errors import BackupKindError, RestoreNotEmptyError, RestoreUnsoundError
from queue_server.backup.newer_copy import take_newer
from queue_server.backup.sealing import unseal
from queue_server.backup.staging import staging, sync_folder
from queue_server.database import URL_FILE, DatabaseUrlError, open_database
from queue_server.domain.values import to_datetime
from queue_server.eventlog import epoch
from queue_server.framework.rooms import RoomCollection
from queue_server.maintenance import bring_up, verify_log
from queue_server.migrations import SchemaState, state_of
from queue_server.readiness import SchemaNewerError

_STAGING: Final = ".restoring"
#: What may be in a folder that is empty: what a new disk, or a restoration that was cut off, has left there, and what
#: says where its database shall be.
_NOTHING: Final = frozenset({_STAGING, "lost+found", URL_FILE})


class Restored(msgspec.Struct, frozen=True):
    """What was restored: as of when, what ``verify`` counted, and the name of the key that signs days.

    ``made_at`` is when the backup was made, or when the last event of the newer copy was written.
    """

    made_at: str
    events: int
    streams: int
    signing: str


def restore(
    file: Path, identities: Sequence[Any], url: URL, data: Path, rooms: RoomCollection, *, newer: Path | None
) -> Restored:
    """Restore a backup into an empty data folder and an empty database, bring it to this release, and verify it.

    ``newer`` is a copy of its SQLite database from a later moment, which takes the place of the one in the backup.
    Another life of the database begins: devices that meet it tell again what they hold.

    Raises:
        RestoreNotEmptyError: there is something already.
        BackupKeyError: none of the keys opens it.
        BackupDamagedError: it is cut off, was changed, or is none.
        BackupVersionError: another release made it.
        BackupKindError: it is of the other kind of database, or of PostgreSQL where there is a newer copy.
        SchemaNewerError: a newer release made it, or the newer copy.
        CopyOlderError: the newer copy lacks something that the backup has.
        DatabaseEmptyError: there is no newer copy.
        BackupToolError: ``pg_restore`` failed.
        RestoreUnsoundError: what it holds is not as it was written.
        OSError: it cannot be read, or there is no room.
    """
    with file.open("rb") as sealed, _empty(data), staging(data / _STAGING) as folder:
        place = _staged(url, data, folder)
        manifest = unseal(
            sealed, identities, lambda pipe: archive.read(pipe, folder, lambda found: _check(found, url, rooms))
        )
        brought = folder / archive.DATABASES[manifest.database]
        if newer is not None:
            if manifest.database != "sqlite":
                raise BackupKindError(found=manifest.database)
            as_of = take_newer(newer, place, rooms)
            if as_of is not None:
                made_at = to_datetime(as_of).isoformat(timespec="seconds")
                manifest = msgspec.structs.replace(manifest, made_at=made_at)
        with _filled(place, brought):
            restored = _checked(place, folder, manifest, rooms)
            if manifest.database == "sqlite":
                brought = Path(str(place.database))
                target = Path(str(url.database))
                target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _move(folder, data)
            if manifest.database == "sqlite":
                # Last: with it there is a server again.
                brought.replace(target)
                sync_folder(target.parent)
    return restored


@contextmanager
def _empty(data: Path) -> Iterator[None]:
    """Make the folder where there is none, and take it away where nothing came into it."""
    is_new = not data.exists()
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    if {one.name for one in data.iterdir()} - _NOTHING:
        raise RestoreNotEmptyError(place=str(data))
    try:
        yield
    except BaseException:
        if is_new:
            data.rmdir()
        raise


def _staged(url: URL, data: Path, folder: Path) -> URL:
    """Say where the database is until all is checked."""
    if url.drivername != "sqlite":
        if not asyncio.run(_ask(url, postgres_tools.is_empty)):
            raise RestoreNotEmptyError(place=str(url.database))
        return url
    if not Path(str(url.database)).is_relative_to(data.absolute()):
        raise DatabaseUrlError(reason="a backup of SQLite is restored into DATA; move its file afterwards")
    return url.set(database=str((folder / archive.DATABASES["sqlite"]).absolute()))


def _check(manifest: archive.BackupManifest, url: URL, rooms: RoomCollection) -> None:
    if (url.drivername == "sqlite") != (manifest.database == "sqlite"):
        raise BackupKindError(found=manifest.database)
    if state_of(frozenset(manifest.schema), rooms.migrations) is SchemaState.NEWER:
        raise SchemaNewerError(release=manifest.release)


@contextmanager
def _filled(url: URL, brought: Path) -> Iterator[None]:
    """Fill the database where it is none of the files, and take all of it away again where that fails."""
    if url.drivername == "sqlite":
        yield
        return
    postgres_tools.fill(url, brought)
    try:
        yield
    except BaseException:
        asyncio.run(_ask(url, postgres_tools.clear))
        raise


async def _ask[T](url: URL, work: Callable[[Connection], T]) -> T:
    async with open_database(url) as database:
        return await database.write(work)


def _checked(url: URL, folder: Path, manifest: archive.BackupManifest, rooms: RoomCollection) -> Restored:
    bring_up(url, rooms.migrations, rooms.aggregates)
    asyncio.run(_ask(url, epoch.begin))
    report = verify_log(url, folder, rooms.aggregates, rooms.migrations)
    if report.bad is not None:
        raise RestoreUnsoundError(stream=report.bad.stream, seq=report.bad.seq, fault=report.bad.code)
    if report.row is not None:
        raise RestoreUnsoundError(table=report.row.table, row=report.row.key, fault=report.row.code)
    return Restored(manifest.made_at, report.events, report.streams, manifest.keys.get("signing", ""))


def _move(folder: Path, data: Path) -> None:
    """Put everything but the database where it belongs."""
    for name in (*archive.FOLDERS, archive.SETTINGS):
        if (folder / name).exists():
            (folder / name).replace(data / name)
    sync_folder(data)
