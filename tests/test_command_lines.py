"""No command line of ours drops what was said: an option of one value that stands twice is refused, everywhere."""

from collections.abc import Iterator
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

import kiosk.cli
import peripherals.cli
import queue_server.cli
import signage.cli
from installer.demonstration import __main__ as demo

APPS = {
    "queue-server": queue_server.cli.app,
    "kiosk": kiosk.cli.app,
    "signage": signage.cli.app,
    "peripherals": peripherals.cli.app,
}


def options(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Walk the options of a program: the words before each, and the option."""
    for parameter in command.params:
        if parameter.param_type_name == "option" and "--help" not in parameter.opts:
            yield path, parameter
    for name, inner in getattr(command, "commands", {}).items():
        yield from options(inner, (*path, name))


ALL = [
    (program, path, option)
    for program, app in APPS.items()
    for path, option in options(typer.main.get_command(app))
    if not option.multiple
]


@pytest.mark.parametrize(
    ("program", "path", "option"), ALL, ids=["-".join((app, *path, one.opts[0])) for app, path, one in ALL]
)
def test_an_option_that_is_said_twice_is_refused_and_named(program: str, path: tuple[str, ...], option: Any) -> None:
    flag = option.opts[0]
    said = [flag] if option.is_flag else [flag, "1"]
    ran = CliRunner().invoke(APPS[program], [*path, *said, *said])
    assert ran.exit_code == 2, ran.output
    assert f"{flag} is said 2 times" in " ".join(ran.output.split()), ran.output


def test_there_are_options_that_take_several() -> None:
    several = {option.opts[0] for app in APPS.values() for _, option in options(typer.main.get_command(app))}
    assert {"--role", "--tls-name", "--dg"} <= several


def test_the_demo_refuses_a_second_folder(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.argv", ["demo", "--headless", "--out", "a", "--out", "b"])
    with pytest.raises(SystemExit):
        demo.main()
    assert "--out is said twice" in capsys.readouterr().err
