"""Hashes of the tests are quick; those of programs that start as in use are as strong as in use."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.profiles import RFC_9106_LOW_MEMORY

SERVER = Path(sys.executable).parent / "queue-server"


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let these tests wait for a program."""


def hash_of_a_new_account(folder: Path) -> str:
    """Set up a server and add somebody by the command line; give what is kept of the password."""
    data = folder / "data"
    subprocess.run([SERVER, "init", "--demo", "--data", data], check=True, capture_output=True)
    added = ("add", "amal.haddad", "--name", "Amal Haddad", "--centre", "demo")
    subprocess.run([SERVER, "staff", *added, "--data", data], check=True, capture_output=True)
    with closing(sqlite3.connect(data / "queue.sqlite")) as database:
        (kept,) = database.execute("SELECT password FROM staff WHERE login = 'amal.haddad'").fetchone()
    return str(kept)


def test_tests_and_programs_forked_for_them_hash_with_little_work(tmp_path: Path) -> None:
    for made in (PasswordHasher().hash("x"), hash_of_a_new_account(tmp_path)):
        parameters = extract_parameters(made)
        assert (parameters.memory_cost, parameters.time_cost, parameters.parallelism) == (8, 1, 1)


@pytest.mark.fresh
def test_programs_started_anew_hash_as_in_use(tmp_path: Path) -> None:
    for made in (PasswordHasher().hash("x"), hash_of_a_new_account(tmp_path)):
        assert extract_parameters(made) == RFC_9106_LOW_MEMORY
