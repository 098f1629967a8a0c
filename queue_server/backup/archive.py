"""What is in a backup: a tar (gzip) with ``manifest.json`` first, then each file that it lists, in its order.

    database.sqlite or database.dump (``pg_restore`` reads it), keys/*.key, tls/*, settings.toml

Whoever has the public part of a recovery key can make a file that opens, so nothing in it is believed: names are those
above, sizes and SHA-256 are those of the manifest, and nothing else is written.
"""

import hashlib
import io
import os
import re
import tarfile
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO, Annotated, Final, Literal

import msgspec
from msgspec import Meta

from queue_server.backup.errors import BackupDamagedError, BackupVersionError

MANIFEST: Final = "manifest.json"
#: The shape of a backup that this release writes and reads.
FORMAT: Final = 1
#: The database, by the kind of it.
DATABASES: Final = {"sqlite": "database.sqlite", "postgresql": "database.dump"}
#: The other files, of DATA.
FOLDERS: Final = ("keys", "tls")
SETTINGS: Final = "settings.toml"
_NAME = re.compile(r"(database\.(sqlite|dump)|settings\.toml|keys/[a-z]+\.key|tls/[a-z]+\.(pem|key))")
_LARGEST_MANIFEST = 1 << 20
_CHUNK = 1 << 20

Kind = Literal["sqlite", "postgresql"]


class Entry(msgspec.Struct, frozen=True):
    """A file of a backup; ``size`` in bytes."""

    name: str
    size: Annotated[int, Meta(ge=0)]
    sha256: str


class BackupManifest(msgspec.Struct, frozen=True):
    """What a backup holds; ``schema`` are the revisions of its database, ``keys`` the fingerprints of its keys."""

    format: int
    release: str
    made_at: str
    database: Kind
    schema: tuple[str, ...]
    keys: dict[str, str]
    files: tuple[Entry, ...]


class _Format(msgspec.Struct):
    format: int


def entry(name: str, path: Path) -> Entry:
    """Describe a file."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return Entry(name, file.tell(), digest)


def write(manifest: BackupManifest, paths: Iterable[Path], target: IO[bytes]) -> None:
    """Write a backup, in the clear, to where it is sealed; ``paths`` are its files in the order of the manifest."""
    content = msgspec.json.encode(manifest)
    with tarfile.open(fileobj=target, mode="w|gz", format=tarfile.USTAR_FORMAT, compresslevel=1) as tar:
        tar.addfile(_info(MANIFEST, len(content)), io.BytesIO(content))
        for one, path in zip(manifest.files, paths, strict=True):
            with path.open("rb") as file:
                tar.addfile(_info(one.name, one.size), file)


def _info(name: str, size: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info


def read(source: IO[bytes], folder: Path, check: Callable[[BackupManifest], None]) -> BackupManifest:
    """Write the files of a backup into an empty folder, once ``check`` has looked at its manifest.

    Raises:
        BackupDamagedError: it does not hold what its manifest says, or has none.
        BackupVersionError: its shape is another release's.
        OSError: a file cannot be written.
    """
    try:
        with tarfile.open(fileobj=source, mode="r|gz") as tar:
            manifest = _manifest(tar)
            check(manifest)
            for one in manifest.files:
                _unpack(tar, one, folder)
            if tar.next() is not None:
                raise BackupDamagedError(reason="more than its manifest says")
    except (tarfile.TarError, zlib.error, EOFError, ValueError, OverflowError) as error:
        raise BackupDamagedError(reason="no archive") from error
    return manifest


def _manifest(tar: tarfile.TarFile) -> BackupManifest:
    info = tar.next()
    file = None if info is None or info.name != MANIFEST or info.size > _LARGEST_MANIFEST else tar.extractfile(info)
    if file is None:
        raise BackupDamagedError(reason="no manifest")
    content = file.read()
    try:
        if (found := msgspec.json.decode(content, type=_Format).format) != FORMAT:
            raise BackupVersionError(format=found)
        manifest = msgspec.json.decode(content, type=BackupManifest)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BackupDamagedError(reason="no manifest") from error
    names = [one.name for one in manifest.files]
    wanted = DATABASES[manifest.database]
    if len(set(names)) < len(names) or wanted not in names or not all(_NAME.fullmatch(name) for name in names):
        raise BackupDamagedError(reason="names in its manifest")
    return manifest


def _unpack(tar: tarfile.TarFile, wanted: Entry, folder: Path) -> None:
    info = tar.next()
    if info is None or not info.isreg() or (info.name, info.size) != (wanted.name, wanted.size):
        raise BackupDamagedError(reason="another file than its manifest says", file=wanted.name)
    source = tar.extractfile(info)
    assert source is not None  # noqa: S101 - a plain file has one
    path = folder / wanted.name
    path.parent.mkdir(mode=0o700, exist_ok=True)
    digest = hashlib.sha256()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    if digest.hexdigest() != wanted.sha256:
        raise BackupDamagedError(reason="checksum", file=wanted.name)
