"""Versions of a catalogue: tried before they count, planned for a day, listed with who and when, and put back."""

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from queue_server.catalogue.set_up_events import (
    SET_UPS,
    SetUpPlanned,
    SetUpPlanWithdrawn,
    SetUpPutBack,
    SetUpPutInForce,
    SetUpRecord,
)
from queue_server.cli import app
from queue_server.database import open_database, parse_url
from queue_server.domain.values import CentreId, Day
from queue_server.eventlog import statements
from queue_server.eventlog.port import Event

DEMO = CentreId("demo")
NAME = 'en = "Renew a passport"'
type Command = Callable[..., Any]


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let the commands block: each has a loop of its own."""


@pytest.fixture
def command(data: Path) -> Command:
    def run(*words: str | Path, status: int = 0) -> str:
        ran = CliRunner().invoke(app, [*map(str, words), "--data", str(data)])
        assert ran.exit_code == status, (ran.output, ran.exception)
        return ran.output

    return run


@pytest.fixture
def file(command: Command, tmp_path: Path) -> Path:
    """Give the catalogue of the centre as a file, with a comment in it."""
    path = tmp_path / "demo.toml"
    path.write_text(f"# Agreed with Utopia in spring.\n{command('export', 'demo')}")
    return path


def renamed(file: Path, name: str) -> Path:
    text = file.read_text()
    assert NAME in text
    other = file.with_name("other.toml")
    other.write_text(text.replace(NAME, f'en = "{name}"', 1))
    return other


def test_a_check_says_what_differs_and_changes_nothing(command: Command, file: Path) -> None:
    assert command("import", file, "--check") == "demo: 0 differences from version 1\n"
    other = renamed(file, "A new passport")
    said = command("import", other, "--check", status=3)
    assert 'name.en: "Renew a passport" -> "A new passport"' in said
    assert said.endswith("demo: 1 differences from version 1\n")
    told = json.loads(command("import", other, "--check", "--json", status=3))
    assert told["differences"][0]["before"] == "Renew a passport"
    other.write_text("[centre]\nid = 5\n")
    assert "catalogue-invalid" in command("import", other, "--check", status=1)
    assert command("import", file, "--check") == "demo: 0 differences from version 1\n"


def test_a_check_of_a_new_centre_says_so(command: Command, file: Path) -> None:
    file.write_text(file.read_text().replace('id = "demo"', 'id = "elsewhere"', 1))
    said = command("import", file, "--check", status=3)
    assert "+ services uto-passport-renewal" in said
    assert said.endswith("differences from a new centre\n")
    assert "there is no centre" in command("export", "elsewhere", status=1)


def test_what_was_written_is_kept_and_can_be_put_back(command: Command, file: Path) -> None:
    first = command("export", "demo")
    assert command("import", file) == "demo: version 2\n"
    assert command("export", "demo") == file.read_text()
    command("import", renamed(file, "A new passport"))
    listed = command("catalogue", "history", "demo").splitlines()
    assert [one.split(",")[0] for one in listed if one.startswith("version")] == ["version 3", "version 2", "version 1"]
    assert "by system" in listed[0]
    assert '"Renew a passport" -> "A new passport"' in listed[1]
    assert command("catalogue", "undo", "demo") == "demo: version 4\n"
    assert command("export", "demo") == file.read_text()
    # What is undone can be undone.
    assert command("catalogue", "undo", "demo") == "demo: version 5\n"
    assert '"A new passport"' in command("export", "demo")
    assert command("catalogue", "undo", "demo", "--version", "1") == "demo: version 6\n"
    assert command("export", "demo") == first == command("catalogue", "show", "demo", "1")
    told = json.loads(command("catalogue", "history", "demo", "--json"))
    assert [one["version"] for one in told["versions"]] == [6, 5, 4, 3, 2, 1]
    assert told["versions"][-1]["differences"] is None
    for words in (("undo", "demo", "--version", "9"), ("show", "demo", "9")):
        assert "catalogue-version-unknown" in command("catalogue", *words, status=1)
    for verb in ("undo", "history"):
        assert "centre-not-set-up" in command("catalogue", verb, "nowhere", status=1)


def ahead(days: int) -> str:
    return (datetime.now(UTC).date() + timedelta(days=days)).isoformat()


def test_a_plan_is_withdrawn(command: Command, file: Path) -> None:
    command("import", file, "--from", ahead(2))
    assert f"from {ahead(2)} on, planned" in command("catalogue", "history", "demo")
    assert command("catalogue", "withdraw", "demo", ahead(2)) == f"demo: nothing changes on {ahead(2)}\n"
    assert "catalogue-plan-unknown" in command("catalogue", "withdraw", "demo", ahead(2), status=1)
    assert "planned" not in command("catalogue", "history", "demo")
    file.write_text(file.read_text().replace('id = "demo"', 'id = "elsewhere"', 1))
    for words in ((), ("--check",)):
        assert "centre-not-set-up" in command("import", file, "--from", ahead(2), *words, status=1)


def test_every_act_is_an_event_in_the_transaction_of_what_it_does(command: Command, data: Path, file: Path) -> None:
    day = ahead(9)
    command("import", renamed(file, "A new passport"))
    command("import", file, "--from", day)
    command("catalogue", "withdraw", "demo", day)
    command("catalogue", "undo", "demo")
    command("catalogue", "undo", "demo", "--version", "9", status=1)

    async def read() -> list[Event]:
        async with open_database(parse_url(None, data)) as database:
            return await database.run(lambda connection: statements.read(connection, SET_UPS.stream(DEMO), 0, None))

    found = asyncio.run(read())
    assert [SET_UPS.codec.decode(one.type, one.v, one.payload) for one in found] == [
        SetUpPutInForce(DEMO, 2),
        SetUpPlanned(DEMO, Day(day)),
        SetUpPlanWithdrawn(DEMO, Day(day)),
        SetUpPutBack(DEMO, 3, 1),
    ]
    assert {one.actor for one in found} == {"system"}
    assert SET_UPS.replay(found) == SetUpRecord(DEMO, 4, found[-1].at, 3)
    assert '"ok":true' in command("verify", "--json").replace(" ", "")
