"""What a new server has: no account, and no secret that another one has (OWASP ASVS 5, 6.3.2 and 13.2.3)."""

import hashlib
import json
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from tests.faults.server_process import ENVIRONMENT, PROGRAM


def init(data: Path, *options: str) -> Path:
    subprocess.run([PROGRAM, "init", *options, "--data", data], check=True, capture_output=True, env=ENVIRONMENT)
    return data


def test_it_has_no_account_unless_those_of_the_demonstration_are_asked_for(tmp_path: Path) -> None:
    data = init(tmp_path / "data")
    with closing(sqlite3.connect(data / "queue.sqlite")) as db:
        for table in ("staff", "sessions", "devices", "enrolment_codes"):
            assert db.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table  # noqa: S608 - constants


def test_two_servers_share_no_key_and_no_password(tmp_path: Path) -> None:
    kept: list[set[str]] = []
    for name in ("one", "two"):
        data = init(tmp_path / name, "--demo")
        keys = [*(data / "keys").glob("*.key"), *(data / "tls").glob("*.key")]
        assert len(keys) == 10
        accounts = json.loads((data / "demo-accounts.json").read_bytes())
        passwords = {one["password"] for one in accounts}
        assert len(passwords) == len(accounts), "nor two people of one"
        kept.append(passwords | {hashlib.sha256(key.read_bytes()).hexdigest() for key in keys})
    assert not kept[0] & kept[1]
