"""A server with any file of its data folder damaged says one line with a code, or serves and says what is wrong."""

import asyncio
import json
import shutil
import sqlite3
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest
from _pytest.mark.structures import ParameterSet

from queue_server.vault.keys import KeysDamagedError, load_keys
from tests.faults.server_process import ENVIRONMENT, PROGRAM
from tests.kiosk.app.test_damaged import WAYS, damage

SETTINGS = '[http]\npublic_url = "https://localhost:1"\n'

ENDS = {
    **{
        f"keys/{name}.key": "keys"
        for name in ("signing", "tickets", "sessions", "requests", "documents", "lockers", "push")
    },
    "keys/people.key": "people-key",
    "tls/server.key": "tls",
    "tls/server.pem": "tls",
    "settings.toml": "settings",
}
SERVES = ("keys/people.lock", "tls/ca.key", "tls/ca.pem", "witness.json", "queue.sqlite", "queue.sqlite.lock")

#: What is another file's business, or none: without settings everything has its default, and a lock holds nothing.
CODES = {
    ("settings.toml", "empty"): "public-url-missing",
    ("settings.toml", "missing"): "public-url-missing",
    ("queue.sqlite.lock", "a folder"): "file-unusable",
}
QUICK = {("queue.sqlite", "cut"), ("queue.sqlite", "missing"), ("keys/signing.key", "missing")}
REASONS = {"empty": "database-empty", "missing": "database-empty", "a folder": "database-unavailable"}


#: Of files of one kind, one: all others are garbled at once.
ALONE = ("keys/signing.key", "keys/people.key", *(name for name in ENDS if "/keys" not in f"/{name}"), "witness.json")


def cases(names: Iterable[str]) -> list[ParameterSet]:
    """Pair each file with each way. Each is a start of a server, so most are tried where time is no matter."""

    def is_quick(name: str, how: str) -> bool:
        return (name, how) in QUICK or (how == "garbled" and name in (*ALONE, "queue.sqlite"))

    return [
        pytest.param(name, how, marks=() if is_quick(name, how) else pytest.mark.long) for name in names for how in WAYS
    ]


class Served(NamedTuple):
    """What ``serve`` printed where it listened, its exit status, and what it said on standard error."""

    said: dict[str, object] | None
    status: int
    errors: str


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give a data folder of a server that has served."""
    data = tmp_path_factory.mktemp("damaged") / "data"
    subprocess.run([PROGRAM, "init", "--demo", "--data", data], check=True, capture_output=True, env=ENVIRONMENT)
    (data / "settings.toml").write_text(SETTINGS)
    assert serve(data).said == {"ready": True}
    assert (data / "witness.json").exists()
    yield data
    shutil.rmtree(data)


def serve(data: Path) -> Served:
    async def inside() -> Served:
        # Other machines may reach it, so that its certificate is needed.
        process = await asyncio.create_subprocess_exec(
            PROGRAM,
            *("serve", "--data", data, "--port", "0", "--host", "0.0.0.0"),  # noqa: S104 - a test of a minute
            env=ENVIRONMENT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert process.stdout is not None
        async with asyncio.timeout(60):
            line = await process.stdout.readline()
            if line:
                process.terminate()
            _, errors = await process.communicate()
        said = json.loads(line) if line else None
        if said is not None:
            del said["listening"]
        assert process.returncode is not None
        return Served(said, process.returncode, errors.decode())

    return asyncio.run(inside())


def of(name: str, folder: Path, to: Path, how: str) -> Path:
    data = Path(shutil.copytree(folder, to / "data"))
    damage(data / name, how)
    if how == "a folder" and name.endswith(".key"):
        # What is wrong is that it is a folder, not that others may look into it.
        (data / name).chmod(0o700)
    return data


@pytest.mark.parametrize(("name", "how"), cases(ENDS))
def test_a_server_that_cannot_work_says_why_in_one_line(folder: Path, tmp_path: Path, name: str, how: str) -> None:
    found = serve(of(name, folder, tmp_path, how))
    first = found.errors.splitlines()[0]
    wanted = CODES.get((name, how)) or {
        "settings": "settings",
        "tls": "tls-missing" if (name, how) == ("tls/server.pem", "missing") else "tls-damaged",
    }.get(ENDS[name], f"{ENDS[name]}-{'missing' if how == 'missing' else 'damaged'}")
    assert (found.said, found.status, first.split()[1]) == (None, 1, wanted)
    assert "Traceback" not in found.errors


def test_every_key_that_cannot_be_read_is_found(folder: Path, tmp_path: Path) -> None:
    """What a start begins with, without the start."""
    for name in (name for name, code in ENDS.items() if code == "keys"):
        data = of(name, folder, tmp_path / Path(name).stem, "garbled")
        with pytest.raises(KeysDamagedError):
            load_keys(data)


def test_what_nobody_needs_for_a_start_may_be_damaged(folder: Path, tmp_path: Path) -> None:
    data = of("keys/people.lock", folder, tmp_path, "garbled")
    for name in ("tls/ca.key", "tls/ca.pem", "queue.sqlite.lock"):
        damage(data / name, "garbled")
    found = serve(data)
    assert (found.said, found.status) == ({"ready": True}, 0)
    assert "Traceback" not in found.errors
    assert "witness-damaged" not in found.errors


@pytest.mark.parametrize(("name", "how"), cases(SERVES))
def test_a_server_that_can_answer_does_and_says_what_is_wrong(
    folder: Path, tmp_path: Path, name: str, how: str
) -> None:
    found = serve(of(name, folder, tmp_path, how))
    assert "Traceback" not in found.errors
    if (name, how) in CODES:
        assert (found.status, found.errors.split()[1]) == (1, CODES[name, how])
        return
    if name == "queue.sqlite":
        reason = REASONS.get(how, "database-damaged")
        assert found.said == {"ready": False, "reason": reason}
    else:
        assert found.said == {"ready": True}
    assert found.status == 0
    assert ("witness-damaged" in found.errors) == (name == "witness.json" and how != "missing")


def test_a_damaged_page_is_found_also_where_a_start_reads_no_row_of_it(folder: Path, tmp_path: Path) -> None:
    data = Path(shutil.copytree(folder, tmp_path / "data"))
    with closing(sqlite3.connect(data / "queue.sqlite")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        ((size,),) = connection.execute("PRAGMA page_size")
        ((page,),) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'staff_roles'")
    with (data / "queue.sqlite").open("r+b") as file:
        file.seek((page - 1) * size)
        garbled = bytes(byte ^ 0xA5 for byte in file.read(size))
        file.seek((page - 1) * size)
        file.write(garbled)
    assert serve(data).said == {"ready": False, "reason": "database-damaged"}
    verified = subprocess.run(
        [PROGRAM, "verify", "--data", data], check=False, capture_output=True, text=True, env=ENVIRONMENT
    )
    assert (verified.returncode, verified.stdout) == (1, "")
    assert verified.stderr.startswith("queue-server: database-damaged")


@pytest.mark.parametrize("name", ["keys/documents.key", "keys/people.key"])
def test_no_key_is_made_in_the_place_of_one_that_has_sealed_something(folder: Path, tmp_path: Path, name: str) -> None:
    data = of(name, folder, tmp_path, "missing")
    said = subprocess.run(
        [PROGRAM, "init", "--data", data], check=False, capture_output=True, text=True, env=ENVIRONMENT
    )
    assert (said.returncode, said.stderr.split()[1]) == (1, "keys-missing")
    assert not (data / name).exists()
    shutil.copy(folder / name, data / name)
    assert serve(data).said == {"ready": True}, "brought back, it is as before"


def test_no_authority_is_made_beside_one_that_devices_trust(folder: Path, tmp_path: Path) -> None:
    data = of("tls/ca.key", folder, tmp_path, "missing")
    trusted = (data / "tls/ca.pem").read_bytes()
    subprocess.run([PROGRAM, "init", "--data", data], check=True, capture_output=True, env=ENVIRONMENT)
    assert (data / "tls/ca.pem").read_bytes() == trusted
    said = subprocess.run(
        [PROGRAM, "init", "--data", data, "--tls-name", "elsewhere.example"],
        check=False,
        capture_output=True,
        text=True,
        env=ENVIRONMENT,
    )
    assert (said.returncode, said.stderr.split()[1]) == (1, "tls-damaged")
