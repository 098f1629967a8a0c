"""How old lists are, and that who looks after them is told in time."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peripherals.documents.trust import files
from peripherals.documents.trust.ages import ListAge, ages, overdue
from peripherals.documents.trust.store import TrustStore
from tests.peripherals.trust.material import AT, specimen
from tests.peripherals.trust.test_cli import run

MONTHS = timedelta(days=180)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds


def test_a_folder_says_how_old_its_lists_are(tmp_path: Path) -> None:
    specimen("linked-listed").trust.write(tmp_path)
    found = ages(files.load(tmp_path), MONTHS)
    kinds = [each.kind for each in found]
    assert kinds == ["revocation-list", "revocation-list", "master-list"]
    assert [(each.due - each.made).days for each in found if each.due] == [90, 90, 180]
    assert overdue(found, AT) == ()
    assert len(overdue(found, AT + timedelta(days=91))) == 2
    assert len(overdue(found, AT + timedelta(days=200))) == 3
    assert ages(TrustStore(()), MONTHS) == ()


@given(st.lists(st.tuples(moments, st.one_of(st.none(), moments)), max_size=8), moments)
def test_what_is_due_is_told_and_nothing_else(each: list[tuple[datetime, datetime | None]], at: datetime) -> None:
    lists = [ListAge("revocation-list", "UTO", made, due) for made, due in each]
    assert [one.due for one in overdue(lists, at)] == [due for _, due in each if due is not None and due <= at]


def test_a_changed_folder_is_seen(tmp_path: Path) -> None:
    folder = tmp_path / "lists"
    assert files.mark(folder) is None
    folder.mkdir()
    marks = [files.mark(folder)]
    specimen("ordinary").trust.write(folder)
    marks.append(files.mark(folder))
    assert files.mark(folder) == marks[-1]
    next(folder.glob("*.cer")).unlink()
    marks.append(files.mark(folder))
    one = next(folder.glob("*.crl"))
    # A file is replaced by another one with the same name, size and time.
    shutil.copy2(one, folder / "new")
    (folder / "new").rename(one)
    marks.append(files.mark(folder))
    assert len(set(map(repr, marks))) == len(marks)


@pytest.mark.parametrize(("at", "code", "due"), [("2026-05-05", 0, 0), ("2026-08-15", 1, 1), ("2026-12-01", 1, 2)])
def test_the_command_says_which_are_due(tmp_path: Path, at: str, code: int, due: int) -> None:
    specimen("ordinary").trust.write(tmp_path)
    answer = run("trust-ages", "--trust", tmp_path, "--at", at, code=code)
    assert answer["due"] == due
    assert sum(each["overdue"] for each in answer["lists"]) == due
    assert {each["kind"] for each in answer["lists"]} == {"master-list", "revocation-list"}
    assert run("trust-ages", "--trust", tmp_path / "none", code=2)["error"] == "trust-invalid"
