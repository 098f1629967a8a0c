"""A plain ``kiosk run`` is begun without the parser of all commands; whatever else is said, that one reads."""

import subprocess
import sys
from pathlib import Path

import pytest
import typer

from kiosk import cli
from kiosk.program import FLAGS, VALUES, plain_run

RUN = typer.main.get_command(cli.app).commands["run"]  # type: ignore[attr-defined] # a group


def test_it_knows_every_option_of_the_command() -> None:
    options = [one for one in RUN.params if "--help" not in one.opts]
    assert {one.opts[0] for one in options if not one.is_flag} == set(VALUES)
    assert {one.opts[0] for one in options if one.is_flag} == set(FLAGS)


def test_a_plain_line_is_read() -> None:
    line = ["run", "--data", "d", "--printer=escpos+tcp://h:1?width=576", "--fullscreen"]
    assert plain_run(line, "") == {"data": "d", "printer": "escpos+tcp://h:1?width=576", "fullscreen": "yes"}
    assert plain_run(["run"], "from-the-environment") == {"data": "from-the-environment"}
    assert plain_run(["run", "--data", "said"], "from-the-environment") == {"data": "said"}


@pytest.mark.parametrize(
    "line",
    [
        "",
        "--help",
        "enrol --data d",
        "run",
        "run --help",
        "run --data",
        "run --data=",
        "run --data d --help",
        "run --data --fullscreen",
        "run --data d --data e",
        "run --data d --fullscreen --fullscreen",
        "run --data d --fullscreen=yes",
        "run --data d --no-fullscreen",
        "run --data d --prin x",
        "run --data d more",
    ],
)
def test_any_other_line_is_left_to_the_parser(line: str) -> None:
    assert plain_run(line.split(), "") is None


@pytest.mark.fresh
def test_it_begins_without_the_parser_and_ends_with_what_is_wrong(tmp_path: Path) -> None:
    settings = tmp_path / "kiosk.toml"
    settings.write_text("[journey]\nidle_s = 0\n")
    looked = "import sys, atexit; atexit.register(lambda: print('typer' in sys.modules, 'rich' in sys.modules)); "
    ran = subprocess.run(
        [
            *(sys.executable, "-c", looked + "from kiosk.program import main; main()"),
            *("run", "--data", tmp_path / "data", "--settings", settings),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1
    assert "section=journey, key=idle_s" in ran.stderr
    assert ran.stdout == "False False\n"
