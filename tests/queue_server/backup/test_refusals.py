"""What is no whole backup for this place is refused with a code and leaves nothing: no traceback, and no part of it."""

import hashlib
import io
import shutil
import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pyrage
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import URL
from typer.testing import CliRunner

from queue_server.cli import app
from tests.demo_folder import demo_folder
from tests.kiosk.small_disk import small_disk
from tests.postgres import Postgres, programs

TOOLS = {"PATH": programs()}


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let the commands block: each has a loop of its own."""


def run(*arguments: str | Path, status: int = 0) -> str:
    result = CliRunner().invoke(app, [str(part) for part in arguments], env=TOOLS)
    assert result.exit_code == status, (result.output, result.exception)
    assert isinstance(result.exception, SystemExit | None)
    return result.output


class Kept:
    """A demo installation, its recovery key, and a backup of it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.data, self.key = folder, folder / "data", folder / "recovery"
        demo_folder(self.data)
        self.public = run("recovery-key", self.key).strip()
        self.file = folder / "kept.backup"
        self.back_up(self.data, self.file)
        self.sealed = self.file.read_bytes()

    def back_up(self, data: Path, to: Path, *database: str | Path, status: int = 0) -> str:
        return run("backup", "--data", data, "--to", to, "--recovery-key", self.public, *database, status=status)

    def refused(self, file: Path, *options: str | Path, key: Path | None = None) -> str:
        """Restore a file, which is refused and leaves nothing; give the code."""
        target = self.folder / "target"
        said = run("restore", file, "--key", key or self.key, "--data", target, *options, status=1)
        assert not target.exists()
        return said.split()[1]

    def seal(self, content: bytes) -> Path:
        file = self.folder / "sealed.backup"
        file.write_bytes(pyrage.encrypt(content, [pyrage.x25519.Recipient.from_str(self.public)]))
        return file

    def bytes(self, content: bytes) -> Path:
        file = self.folder / "changed.backup"
        file.write_bytes(content)
        return file


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    folder = tmp_path_factory.mktemp("kept")
    yield Kept(folder)
    shutil.rmtree(folder)


def test_the_recovery_key_is_its_owners_and_made_once(kept: Kept) -> None:
    assert kept.key.stat().st_mode & 0o777 == 0o600
    assert kept.public.startswith("age1")
    assert kept.public in kept.key.read_text()
    assert "file-unusable" in run("recovery-key", kept.key, status=1)


def test_nothing_of_a_backup_can_be_read_without_its_key(kept: Kept) -> None:
    assert kept.file.stat().st_mode & 0o777 == 0o600
    assert kept.public not in kept.sealed.decode("latin-1")
    for path in (kept.data / "keys").glob("*.key"):
        assert path.read_bytes().strip() not in kept.sealed
    assert [one.name for one in kept.data.iterdir() if one.name.startswith(".")] == []


def test_a_folder_is_given_a_file_named_by_its_time(kept: Kept, tmp_path: Path) -> None:
    kept.back_up(kept.data, tmp_path)
    (made,) = tmp_path.iterdir()
    assert made.name.startswith("consular-")
    run("restore", made, "--key", kept.key, "--data", tmp_path / "back")
    for path in (kept.data / "keys").glob("*.key"):
        assert (tmp_path / "back" / "keys" / path.name).read_bytes() == path.read_bytes()
    assert all(one.stat().st_mode & 0o077 == 0 for one in (tmp_path / "back").rglob("*"))


def test_any_of_several_recovery_keys_opens_it(kept: Kept, tmp_path: Path) -> None:
    second = run("recovery-key", tmp_path / "second").strip()
    kept.back_up(kept.data, tmp_path / "both.backup", "--recovery-key", second)
    run("restore", tmp_path / "both.backup", "--key", tmp_path / "second", "--data", tmp_path / "back")


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(where=st.data())
def test_cut_off_anywhere(kept: Kept, where: st.DataObject) -> None:
    length = where.draw(st.integers(0, len(kept.sealed) - 1))
    assert kept.refused(kept.bytes(kept.sealed[:length])) == "backup-damaged"


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(where=st.data(), byte=st.integers(1, 255))
def test_any_byte_changed(kept: Kept, where: st.DataObject, byte: int) -> None:
    # The header is short: half of the examples are there.
    last = where.draw(st.sampled_from([300, len(kept.sealed) - 1]))
    place = where.draw(st.integers(0, last))
    changed = bytearray(kept.sealed)
    changed[place] ^= byte
    assert kept.refused(kept.bytes(bytes(changed))) in {"backup-damaged", "backup-key-wrong"}


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=2_000))
def test_what_somebody_else_sealed(kept: Kept, content: bytes) -> None:
    assert kept.refused(kept.seal(content)) == "backup-damaged"
    assert kept.refused(kept.bytes(content)) == "backup-damaged"


def test_another_recovery_key(kept: Kept, tmp_path: Path) -> None:
    run("recovery-key", tmp_path / "other")
    assert kept.refused(kept.file, key=tmp_path / "other") == "backup-key-wrong"
    (tmp_path / "none").write_text("AGE-SECRET-KEY-1NONE")
    assert kept.refused(kept.file, key=tmp_path / "none") == "recovery-key"
    assert kept.refused(kept.file, key=kept.file) == "recovery-key"
    # The public part was typed where the file belongs, and the other way round.
    assert kept.refused(kept.file, key=Path(kept.public)) == "file-unusable"
    said = run("backup", "--data", kept.data, "--to", tmp_path, "--recovery-key", str(kept.key), status=1)
    assert "recovery-key" in said


def test_a_place_that_is_not_empty(kept: Kept, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in kept.data.rglob("*") if path.is_file()}
    said = run("restore", kept.file, "--key", kept.key, "--data", kept.data, status=1)
    assert "restore-not-empty" in said
    assert {path: path.read_bytes() for path in kept.data.rglob("*") if path.is_file()} == before
    # What one that was killed has left is no hindrance, nor what a new disk brings.
    (tmp_path / "lost+found").mkdir()
    (tmp_path / ".restoring" / "keys").mkdir(parents=True)
    (tmp_path / ".restoring" / "keys" / "people.key").write_text("half")
    run("restore", kept.file, "--key", kept.key, "--data", tmp_path)


def archive(contents: dict[str, bytes], *, more: tuple[tarfile.TarInfo, ...] = (), **manifest: Any) -> bytes:
    """Put together what a backup might be."""
    listed = [
        {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in contents.items()
    ]
    said = {"format": 1, "release": "1", "made_at": "", "database": "sqlite", "schema": [], "keys": {}, "files": listed}
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w:gz") as tar:
        for name, content in {"manifest.json": msgspec.json.encode(said | manifest), **contents}.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
        for one in more:
            tar.addfile(one)
    return target.getvalue()


def _link(name: str, to: str) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = tarfile.SYMTYPE, to
    return info


DATABASE = {"database.sqlite": b"none"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (archive(DATABASE, format=2), "backup-version"),
        (archive(DATABASE, schema=["9999_later"]), "schema-newer"),
        (archive({"database.dump": b"none"}, database="postgresql"), "backup-kind"),
        (archive({}), "backup-damaged"),
        (archive(DATABASE | {"../outside": b""}), "backup-damaged"),
        (archive(DATABASE | {"keys/../../outside.key": b""}), "backup-damaged"),
        (archive(DATABASE, more=(_link("keys", "/tmp"),)), "backup-damaged"),  # noqa: S108 - not used
        (archive(DATABASE, files=[{"name": "database.sqlite", "size": 4, "sha256": "0"}]), "backup-damaged"),
        (archive(DATABASE, files=[{"name": "database.sqlite", "size": 5, "sha256": "0"}]), "backup-damaged"),
        (archive(DATABASE, files=[{"name": "database.sqlite", "size": -1, "sha256": "0"}]), "backup-damaged"),
        (archive(DATABASE, made_at=None), "backup-damaged"),
        (archive(DATABASE), "database-damaged"),
    ],
)
def test_what_its_manifest_does_not_say_or_this_release_does_not_know(kept: Kept, content: bytes, code: str) -> None:
    assert kept.refused(kept.seal(content)) == code
    assert not (kept.folder / "outside").exists()


UNFOUNDED = "INSERT INTO heads (stream, seq, at, hash) VALUES ('queue/demo/2026-01-05', 3, 0, '')"


def test_what_is_not_as_it_was_written(kept: Kept, tmp_path: Path) -> None:
    demo_folder(tmp_path / "data")
    with closing(sqlite3.connect(tmp_path / "data" / "queue.sqlite")) as db:
        db.execute(UNFOUNDED)
        db.commit()
    kept.back_up(tmp_path / "data", tmp_path / "bad.backup")
    assert kept.refused(tmp_path / "bad.backup") == "restore-unsound"


def test_a_backup_needs_a_database_with_these_keys(kept: Kept, tmp_path: Path) -> None:
    assert "database-empty" in kept.back_up(tmp_path, tmp_path / "none.backup", status=1)
    assert list(tmp_path.iterdir()) == []
    demo_folder(tmp_path / "data")
    (tmp_path / "data" / "keys" / "tickets.key").write_text("0" * 64)
    assert "keys-mismatch" in kept.back_up(tmp_path / "data", tmp_path / "none.backup", status=1)
    assert "file-unusable" in kept.back_up(kept.data, kept.file, status=1)


def test_a_full_disk(kept: Kept, tmp_path: Path) -> None:
    with small_disk(tmp_path, 64) as disk:
        assert "No space left" in kept.back_up(kept.data, disk / "new.backup", status=1)
        assert list(disk.iterdir()) == []
        said = run("restore", kept.file, "--key", kept.key, "--data", disk, status=1)
        assert "No space left" in said
        assert list(disk.iterdir()) == []


def copied(data: Path, to: Path, *changes: str) -> Path:
    """Copy the database of a folder, and change the copy."""
    with closing(sqlite3.connect(data / "queue.sqlite")) as there, closing(sqlite3.connect(to)) as copy:
        there.backup(copy)
        for change in changes:
            copy.execute(change)
        copy.commit()
    return to


def test_a_newer_copy_of_the_database_is_one_of_this_server(kept: Kept, tmp_path: Path) -> None:
    def refused(newer: Path) -> str:
        return kept.refused(kept.file, "--newer", newer)

    assert refused(tmp_path / "none") == "database-empty"
    (tmp_path / "empty").touch()
    assert refused(tmp_path / "empty") == "database-empty"
    (tmp_path / "text").write_text("none\n" * 4_000)
    assert refused(tmp_path / "text") == "database-damaged"
    later = "UPDATE alembic_version SET version_num = '9999_later'"
    assert refused(copied(kept.data, tmp_path / "later", later)) == "schema-newer"
    assert refused(copied(kept.data, tmp_path / "wrong", UNFOUNDED)) == "restore-unsound"
    run("init", "--demo", "--data", tmp_path / "other")
    assert refused(copied(tmp_path / "other", tmp_path / "others")) == "keys-mismatch"
    good = copied(kept.data, tmp_path / "good")
    before = good.read_bytes()
    run("restore", kept.file, "--key", kept.key, "--data", tmp_path / "back", "--newer", good)
    assert "ok: 0 events" in run("verify", "--data", tmp_path / "back")
    assert good.read_bytes() == before


def test_postgres_is_filled_where_it_is_empty_and_emptied_where_that_fails(
    kept: Kept, tmp_path: Path, postgres: Postgres, postgres_url: URL
) -> None:
    name = postgres.create_database()
    old = postgres_url.render_as_string(hide_password=False)
    new = postgres.url(name).render_as_string(hide_password=False)
    run("init", "--demo", "--data", tmp_path / "data", "--database", old)
    kept.back_up(tmp_path / "data", tmp_path / "good.backup", "--database", old)
    assert kept.refused(tmp_path / "good.backup", "--database", old) == "restore-not-empty"
    assert kept.refused(tmp_path / "good.backup") == "backup-kind"
    assert kept.refused(kept.file, "--database", new) == "backup-kind"
    postgres.sql(UNFOUNDED, str(postgres_url.database))
    kept.back_up(tmp_path / "data", tmp_path / "bad.backup", "--database", old)
    left = "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"
    assert kept.refused(tmp_path / "bad.backup", "--database", new) == "restore-unsound"
    assert postgres.sql(left, name) == "0"
    dump = {"database.dump": b"none"}
    assert kept.refused(kept.seal(archive(dump, database="postgresql")), "--database", new) == "backup-tool"
    newer = ("--database", new, "--newer", kept.data / "queue.sqlite")
    assert kept.refused(tmp_path / "good.backup", *newer) == "backup-kind"
    assert postgres.sql(left, name) == "0"
    run("restore", tmp_path / "good.backup", "--key", kept.key, "--data", tmp_path / "back", "--database", new)
    assert "ok: 0 events" in run("verify", "--data", tmp_path / "back", "--database", new)
    postgres.drop_database(name)
