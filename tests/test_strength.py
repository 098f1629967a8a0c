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


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a server with the demo centre."""
    data = tmp_path_factory.mktemp("strength") / "data"
    subprocess.run([SERVER, "init", "--demo", "--data", data], check=True, capture_output=True)
    return data


def hash_of_a_new_account(data: Path, login: str) -> str:
    """Add somebody by the command line; return what is kept of the password."""
    added = ("add", login, "--name", "Amal Haddad", "--centre", "demo")
    subprocess.run([SERVER, "staff", *added, "--data", data], check=True, capture_output=True)
    with closing(sqlite3.connect(data / "queue.sqlite")) as database:
        (kept,) = database.execute("SELECT password FROM staff WHERE login = ?", [login]).fetchone()
    return str(kept)


def test_tests_and_programs_forked_for_them_hash_with_little_work(server: Path) -> None:
    for made in (PasswordHasher().hash("x"), hash_of_a_new_account(server, "amal.haddad")):
        parameters = extract_parameters(made)
        assert (parameters.memory_cost, parameters.time_cost, parameters.parallelism) == (8, 1, 1)


@pytest.mark.fresh
def test_programs_started_anew_hash_as_in_use(server: Path) -> None:
    for made in (PasswordHasher().hash("x"), hash_of_a_new_account(server, "amal.khoury")):
        assert extract_parameters(made) == RFC_9106_LOW_MEMORY
