"""The journal: what was committed is there again, and what cannot be believed is used by nobody."""

import sqlite3
from pathlib import Path

import pytest

from peripherals.errors import LockerJournalError
from peripherals.lockers.agent import journal as journals
from peripherals.lockers.agent.events import ContentsSet, Event, PulseIntended, Reminded, Started
from peripherals.lockers.agent.evolve import replay
from peripherals.lockers.agent.journal import FILE, IntentEntry, Journal
from peripherals.lockers.agent.model import Bank
from queue_server.domain.lockers import Contents

SET = ContentsSet("A1", Contents.EMPTY, None)


def add(journal: Journal, bank: Bank, *events: Event) -> Bank:
    after = replay(bank, events)
    journal.append(events, after, 1000.0)
    return after


def test_what_was_committed_is_there_again(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        bank = add(journal, journal.bank(), Started(), SET)
        bank = add(journal, bank, Reminded("A1"))
    with Journal(tmp_path) as journal:
        assert journal.bank() == bank
        assert journal.after(1, 1) == [IntentEntry(2, 1000.0, SET)]
        assert [entry.seq for entry in journal.after(0, 10)] == [1, 2, 3]
        assert (tmp_path / FILE).stat().st_mode & 0o077 == 0


def test_a_long_journal_begins_at_its_checkpoint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journals, "_CHECKPOINT_EVERY", 5)
    with Journal(tmp_path) as journal:
        bank = journal.bank()
        for at in range(12):
            bank = add(journal, bank, ContentsSet(f"A{at}", Contents.EMPTY, None))
    with sqlite3.connect(tmp_path / FILE) as database:
        assert database.execute("SELECT seq FROM checkpoint").fetchone() == (10,)
        database.execute("DELETE FROM event WHERE seq <= 10")
    database.close()
    with Journal(tmp_path) as journal:
        assert journal.bank() == bank
        bank = add(journal, bank, SET)
        assert journal.after(12, 9) == [IntentEntry(13, 1000.0, SET)]


def test_one_process_has_it(tmp_path: Path) -> None:
    with Journal(tmp_path), pytest.raises(LockerJournalError):
        Journal(tmp_path)
    Journal(tmp_path).close()


@pytest.mark.parametrize(
    "harm",
    [
        "DELETE FROM event WHERE seq = 1",
        "UPDATE event SET payload = x'7b7d' WHERE seq = 2",
        "DROP TABLE event",
        "",
    ],
)
def test_what_cannot_be_believed_is_used_by_nobody(harm: str, tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        add(journal, journal.bank(), Started(), SET, PulseIntended("A1", 1, 0.0))
    if harm == "DROP TABLE event":
        (tmp_path / FILE).write_bytes(b"no database" * 1000)
    elif harm:
        with sqlite3.connect(tmp_path / FILE) as database:
            database.execute(harm)
        database.close()
    else:
        with (tmp_path / FILE).open("r+b") as file:
            file.seek(4096)
            file.write(b"\xff" * 4096)
    with pytest.raises(LockerJournalError), Journal(tmp_path) as journal:
        journal.bank()


def test_a_disk_that_takes_nothing_leaves_what_was_there(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        bank = add(journal, journal.bank(), Started())
        journal._db.execute("PRAGMA query_only = ON")
        with pytest.raises(LockerJournalError):
            add(journal, bank, SET, SET)
        journal._db.execute("PRAGMA query_only = OFF")
        add(journal, bank, Reminded("A1"))
        assert [entry.seq for entry in journal.after(0, 10)] == [1, 2]
