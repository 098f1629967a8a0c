"""Packages are built of a commit, or of the archive of a release, and in both of the same files."""

import os
import subprocess
import tarfile
from pathlib import Path

import pytest

from installer.packages import origin

ROOT = Path(__file__).parents[2]
CODE = ("kiosk", "queue_server", "pyproject.toml")


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let these tests wait for git."""


def test_an_archive_of_a_release_holds_what_its_commit_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = tmp_path / "release.tar"
    subprocess.run(["git", "archive", "-o", archive, "HEAD"], cwd=ROOT, check=True)
    subprocess.run(["git", "clone", "-q", ROOT, tmp_path / "commit"], check=True)
    with tarfile.open(archive) as found:
        found.extractall(tmp_path / "release", filter="data")
    release, commit = tmp_path / "release", tmp_path / "commit"
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert origin.version(release) == (origin.version(commit).written, "archive")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    assert origin.version(release).written == 1_790_000_000
    # What has been compiled beside it since then is not part of it.
    (release / "kiosk" / "__pycache__").mkdir()
    (release / "kiosk" / "__pycache__" / "app.cpython-313.pyc").write_bytes(b"")
    (release / "kiosk" / "ui" / "kiosk_ar.qm").write_bytes(b"")
    # An archive is built where there is no git.
    monkeypatch.setenv("PATH", os.fspath(tmp_path))
    kept = origin.files(release, CODE)
    monkeypatch.undo()
    assert kept == sorted(origin.files(commit, CODE))
    assert len(kept) > 500
