"""A plain ``queue-server serve`` is begun without the parser of all commands; whatever else is said, that one reads."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from queue_server import cli
from queue_server.program import CREDENTIAL, FLAGS, VALUES, VARIABLES, plain_serve, take_credential

PROGRAM = Path(sys.executable).parent / "queue-server"
SERVE = typer.main.get_command(cli.app).commands["serve"]  # type: ignore[attr-defined] # a group


def test_it_knows_every_option_of_the_command() -> None:
    options = [one for one in SERVE.params if "--help" not in one.opts]
    assert {one.opts[0] for one in options if not one.is_flag} == set(VALUES)
    assert {one.opts[0] for one in options if one.is_flag} == set(FLAGS)
    assert {one.opts[0]: one.envvar for one in options if one.envvar} == VARIABLES


def test_a_plain_line_is_read() -> None:
    line = ["serve", "--data", "d", "--port=0", "--behind-proxy", "--public", "[::1]:80"]
    assert plain_serve(line, {}) == {"data": "d", "port": "0", "behind-proxy": "yes", "public": "[::1]:80"}
    environment = {"CONSULAR_DATA": "e", "CONSULAR_DATABASE": "sqlite:///f"}
    assert plain_serve(["serve"], environment) == {"data": "e", "database": "sqlite:///f"}
    assert plain_serve(["serve", "--data", "d"], environment) == {"data": "d", "database": "sqlite:///f"}


@pytest.mark.parametrize(
    "line",
    [
        "",
        "--help",
        "verify --data d",
        "serve",
        "serve --help",
        "serve --data",
        "serve --data=",
        "serve --data d --help",
        "serve --data --behind-proxy",
        "serve --data d --data e",
        "serve --data d --behind-proxy --behind-proxy",
        "serve --data d --behind-proxy=yes",
        "serve --data d --no-behind-proxy",
        "serve --data d --port 65536",
        "serve --data d --port x",
        "serve --data d more",
    ],
)
def test_any_other_line_is_left_to_the_parser(line: str) -> None:
    assert plain_serve(line.split(), {}) is None


@pytest.mark.fresh
def test_it_begins_without_the_parser_and_ends_with_what_is_wrong(tmp_path: Path) -> None:
    heavy = ("typer", "pydantic", "rich", "sqlalchemy.orm")
    looked = f"import sys, atexit; atexit.register(lambda: print([m for m in {heavy} if m in sys.modules])); "
    ran = subprocess.run(
        [
            *(sys.executable, "-c", looked + "from queue_server.program import main; main()"),
            *("serve", "--data", tmp_path, "--port", "0"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (1, "[]\n")
    assert "keys-missing" in ran.stderr


def test_a_plain_line_with_a_wrong_value_is_a_wrong_command(tmp_path: Path) -> None:
    line: list[str | Path] = [PROGRAM, "serve", "--data", tmp_path, "--public", "nowhere"]
    ran = subprocess.run(line, capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    assert "HOST:PORT" in ran.stderr


def test_a_credential_of_the_unit_says_where_the_database_is(tmp_path: Path) -> None:
    (tmp_path / CREDENTIAL).write_text("postgresql+asyncpg://c:secret@db/consular?sslmode=verify-full\n")
    environment = {"CREDENTIALS_DIRECTORY": str(tmp_path)}
    take_credential(environment)
    assert environment["CONSULAR_DATABASE"] == "postgresql+asyncpg://c:secret@db/consular?sslmode=verify-full"


def test_a_variable_that_somebody_set_goes_before_the_credential(tmp_path: Path) -> None:
    (tmp_path / CREDENTIAL).write_text("sqlite:///credential")
    environment = {"CREDENTIALS_DIRECTORY": str(tmp_path), "CONSULAR_DATABASE": "sqlite:///variable"}
    take_credential(environment)
    assert environment["CONSULAR_DATABASE"] == "sqlite:///variable"


def test_a_unit_without_the_credential_says_nothing(tmp_path: Path) -> None:
    for environment in ({}, {"CREDENTIALS_DIRECTORY": ""}, {"CREDENTIALS_DIRECTORY": str(tmp_path)}):
        before = dict(environment)
        take_credential(environment)
        assert environment == before


def test_a_program_of_the_unit_uses_its_credential(tmp_path: Path) -> None:
    data, database = tmp_path / "data", tmp_path / "elsewhere.sqlite"
    (tmp_path / CREDENTIAL).write_text(f"sqlite:///{database}\n")
    environment = {name: value for name, value in os.environ.items() if name not in VARIABLES.values()}
    environment["CREDENTIALS_DIRECTORY"] = str(tmp_path)
    subprocess.run([PROGRAM, "init", "--data", data], env=environment, check=True, capture_output=True)
    assert database.exists()
    assert not (data / "queue.sqlite").exists()


#: What is loaded when something is first asked that needs it: each takes 4 to 30 ms of a start, together 15 MiB.
#: ``holidays``, ``icalendar`` and ``iso4217`` read files when they are loaded, which no request may wait for.
LATER = (
    *("altcha", "email_validator", "fido2", "jsonschema_rs", "markdown_it", "nh3"),
    *("phonenumbers", "segno", "zxingcpp", "sqlalchemy.orm"),
)


@pytest.mark.fresh
def test_nothing_is_loaded_that_serving_needs_later() -> None:
    loading = (
        "import sys; from queue_server import serving; from queue_server.framework.rooms import RoomCollection; "
        "from queue_server.rooms import ROOMS; from queue_server.web.site import site_of; "
        "rooms = RoomCollection(ROOMS); rooms.load(); site_of(rooms.sites); "
        f"print([one for one in {LATER} if one in sys.modules])"
    )
    ran = subprocess.run((sys.executable, "-c", loading), capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"
