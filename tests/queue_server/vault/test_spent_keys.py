"""Spent keys are destroyed, and nothing that is made meanwhile is lost."""

import re
import threading
from pathlib import Path

import pytest

from queue_server import files
from queue_server.domain.values import Micros
from queue_server.vault.key_ring import KeyPeriod, KeyRing, fingerprint_of
from queue_server.vault.keys import FOLDER, read_held, write_held
from queue_server.vault.rotation import prepare, remove_spent

A, B, C = (bytes([number]) * 32 for number in (1, 2, 3))
SPENT = {"tickets": KeyRing(B, spent=(A,))}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Give a data folder with two keys for tickets."""
    (tmp_path / FOLDER).mkdir(mode=0o700)
    write_held(tmp_path, "tickets", (A, B))
    return tmp_path


def waits_for(folder: Path) -> bool:
    """Tell whether somebody waits for the lock of a folder (proc_locks(5))."""
    waiting = rf"-> FLOCK .*:{folder.stat().st_ino} "
    return re.search(waiting, Path("/proc/locks").read_text()) is not None


def test_only_spent_keys_are_destroyed(data: Path) -> None:
    write_held(data, "tickets", (A, B, C))
    remove_spent(data, SPENT)
    assert read_held(data, "tickets") == (B, C)


def test_the_last_key_of_a_file_is_never_destroyed(data: Path) -> None:
    write_held(data, "tickets", (A,))
    remove_spent(data, SPENT)
    assert read_held(data, "tickets") == (A,)


@pytest.mark.parametrize("work", ["remove", "prepare"])
def test_whoever_changes_keys_waits_for_whoever_does(data: Path, work: str) -> None:
    """Without the lock one of them writes what it read before the other wrote: a key is lost, or comes back."""

    made: dict[str, str] = {}

    def change() -> None:
        if work == "remove":
            remove_spent(data, SPENT)
        else:
            known = [KeyPeriod(fingerprint_of("tickets", key), Micros(0), None) for key in (A, B)]
            made.update(prepare(data, ("tickets",), {"tickets": known}))

    with files.locked(data / FOLDER):
        held = read_held(data, "tickets")
        other = threading.Thread(target=change)
        other.start()
        while other.is_alive() and not waits_for(data / FOLDER):
            other.join(0.001)
        write_held(data, "tickets", (*held, C))
    other.join()
    assert read_held(data, "tickets") == ((B, C) if work == "remove" else (A, B, C))
    # The second gives the key that the first has made, not one that nobody has.
    assert made == ({} if work == "remove" else {"tickets": fingerprint_of("tickets", C)})
