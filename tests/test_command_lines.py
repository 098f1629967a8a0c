"""No command line of ours drops what was said: an option of one value that stands twice is refused, everywhere."""

import contextlib
import io
from collections.abc import Iterator
from typing import Any

import pytest
import typer

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


def run(command: Any, words: list[str]) -> tuple[object, str]:
    """Return the exit code of a command line, and all that it wrote on one line."""
    written = io.StringIO()
    with contextlib.redirect_stdout(written), contextlib.redirect_stderr(written):
        try:
            command.main(words)
        except SystemExit as ended:
            return ended.code, " ".join(written.getvalue().split())
    return None, written.getvalue()


def test_an_option_that_is_said_twice_is_refused_and_named() -> None:
    tried, taken = 0, []
    for program, app in APPS.items():
        # One tree of commands a program: making it takes longer than the test.
        command = typer.main.get_command(app)
        for path, option in options(command):
            if option.multiple:
                continue
            flag = option.opts[0]
            said = [flag] if option.is_flag else [flag, "1"]
            code, written = run(command, [*path, *said, *said])
            tried += 1
            if code != 2 or f"{flag} is said 2 times" not in written:
                taken.append((program, *path, flag, code, written))
    assert tried > 300
    assert taken == []


def test_there_are_options_that_take_several() -> None:
    several = {option.opts[0] for app in APPS.values() for _, option in options(typer.main.get_command(app))}
    assert {"--role", "--tls-name", "--dg"} <= several


def test_the_demo_refuses_a_second_folder(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.argv", ["demo", "--headless", "--out", "a", "--out", "b"])
    with pytest.raises(SystemExit):
        demo.main()
    assert "--out is said twice" in capsys.readouterr().err
