"""The documents are true to the code: links lead somewhere, command lines exist, settings are all there as they are."""

import re
import shlex
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import Any

import msgspec
import pytest
import typer
from msgspec import inspect

import kiosk.cli
import kiosk.settings
import peripherals.cli
import peripherals.lockers.agent.settings
import peripherals.serve.settings
import queue_server.cli
import signage.cli
import signage.settings
from queue_server.catalogue.model import Rules
from queue_server.framework.rooms import RoomCollection
from queue_server.framework.settings import file_of
from queue_server.rooms import ROOMS

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PROGRAMS = {
    "queue-server": typer.main.get_command(queue_server.cli.app),
    "kiosk": typer.main.get_command(kiosk.cli.app),
    "signage": typer.main.get_command(signage.cli.app),
    "peripherals": typer.main.get_command(peripherals.cli.app),
}
#: A heading, and the struct whose keys the table under it lists.
TABLES: list[tuple[str, str, type[msgspec.Struct]]] = [
    ("settings.md", "## Server: `DATA/settings.toml`", file_of(RoomCollection(ROOMS).sections)),
    ("settings.md", "## Kiosk: the file named by `--settings`", kiosk.settings.KioskSettings),
    ("settings.md", "## Board: the file named by `--settings`", signage.settings.SignageSettings),
    (
        "settings.md",
        "## Desk of staff: the file named by `--settings` of `peripherals serve`",
        peripherals.serve.settings.DeskSettings,
    ),
    (
        "settings.md",
        "## Bank of lockers: the file named by `--settings` of `peripherals lockers serve`",
        peripherals.lockers.agent.settings.Settings,
    ),
    ("manager.md", "### Rules", Rules),
]

_FENCE = re.compile(r"^```[a-z]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"`([^`]+)`")
_LINK = re.compile(r"\]\(([^()\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def pages() -> list[Path]:
    """Every document of the repository; folders that begin with a dot hold other people's."""
    found = list(ROOT.glob("*.md"))
    for folder in ROOT.iterdir():
        if folder.is_dir() and not folder.name.startswith(".") and folder.name != "node_modules":
            found += folder.rglob("*.md")
    return sorted(found)


def name(page: Path) -> str:
    return str(page.relative_to(ROOT))


def prose(page: Path) -> str:
    return _FENCE.sub("", page.read_text(encoding="utf-8"))


# --- links ---------------------------------------------------------------------------------------------------------


def anchors(page: Path) -> set[str]:
    """Name the headings of a page as links do: lower case, hyphens for spaces, nothing else but letters and digits."""
    headings = (heading.lower().replace("`", "") for heading in _HEADING.findall(prose(page)))
    return {re.sub(r"[^\w\- ]", "", heading).replace(" ", "-") for heading in headings}


def broken_links(page: Path) -> Iterator[str]:
    for target in _LINK.findall(_SPAN.sub("", prose(page))):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = page if not path else page.parent / path
        if not file.exists() or (anchor and anchor not in anchors(file)):
            yield target


def test_links_lead_somewhere(subtests: pytest.Subtests) -> None:
    for page in pages():
        with subtests.test(page=page):
            assert list(broken_links(page)) == []


# --- command lines -------------------------------------------------------------------------------------------------


class WrongLineError(Exception):
    """A command line that the programs would not take."""


def find(program: str, words: list[str]) -> tuple[Any, list[str]]:
    """Follow the sub-commands; give the last one and the words behind it."""
    command: Any = PROGRAMS[program]
    while hasattr(command, "commands") and words and not words[0].startswith("-"):
        if words[0] not in command.commands:
            raise WrongLineError(f"{words[0]}: no such command")
        command, words = command.commands[words[0]], words[1:]
    return command, words


def read(command: Any, words: list[str], *, whole: bool) -> tuple[set[str], int]:
    """Give the names of the options that are set, and count the arguments."""
    options = {option: one for one in command.params for option in (*one.opts, *one.secondary_opts)}
    given, arguments = set(), 0
    waiting = iter(words)
    for word in waiting:
        if not word.startswith("-"):
            arguments += 1
            continue
        if word not in options:
            raise WrongLineError(f"{word}: no such option")
        given.add(options[word].name)
        if not options[word].is_flag and next(waiting, "--").startswith("--") and whole:
            raise WrongLineError(f"{word}: no value")
    return given, arguments


def check(line: str, *, whole: bool) -> None:
    """Check a command line: what stands in brackets may be left out, ``|`` parts choices.

    One that is not ``whole``, as in a sentence, may lack its arguments and all that must be given.

    Raises:
        WrongLineError: with what is wrong.
    """
    program, *words = shlex.split(re.sub(r"[\[\]|]", " ", line).replace("...", ""), comments=True)
    # What comes behind goes to the shell.
    words = list(takewhile(lambda word: word not in {"<", ">", "2>", "&"}, words))
    command, words = find(program, words)
    given, arguments = read(command, words, whole=whole)
    if not whole:
        return
    if hasattr(command, "commands"):
        raise WrongLineError("names no command")
    for one in command.params:
        if one.param_type_name == "option" and one.required and not one.envvar and one.name not in given:
            raise WrongLineError(f"{one.opts[0]} is missing")
    expected = sum(one.param_type_name == "argument" for one in command.params)
    if arguments != expected:
        raise WrongLineError(f"{arguments} arguments, not {expected}")


def wrong(line: str, *, whole: bool) -> str:
    """Say what is wrong with a command line, "" where nothing is."""
    try:
        check(line, whole=whole)
    except WrongLineError as error:
        return str(error)
    return ""


def command_lines(page: Path) -> Iterator[tuple[str, bool]]:
    """Give the command lines in blocks, which are whole, and those in sentences."""
    text = page.read_text(encoding="utf-8")
    for block in _FENCE.findall(text):
        for line in block.replace("\\\n", " ").splitlines():
            if line.split(" ", 1)[0] in PROGRAMS:
                yield line, True
    for span in _SPAN.findall(_FENCE.sub("", text)):
        words = span.split()
        # A lone word, or a path of the same name, is no command.
        if len(words) > 1 and words[0] in PROGRAMS:
            yield " ".join(words), False


def test_command_lines_exist(subtests: pytest.Subtests) -> None:
    for page in pages():
        with subtests.test(page=page):
            found = {line: problem for line, whole in command_lines(page) if (problem := wrong(line, whole=whole))}
            assert found == {}


def leaves(command: Any) -> Iterator[str]:
    """Name the commands below one, each with the names on the way to it."""
    for name, below in command.commands.items():
        yield from (f"{name} {leaf}" for leaf in leaves(below)) if hasattr(below, "commands") else [name]


def test_every_command_is_described() -> None:
    lines = [f"{line} " for page in pages() for line, _ in command_lines(page)]
    there = [f"{program} {leaf} " for program, command in PROGRAMS.items() for leaf in leaves(command)]
    assert len(there) > len(PROGRAMS)
    assert [command for command in there if not any(line.startswith(command) for line in lines)] == []


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("queue-server serve --data DATA --port 8080", ""),
        ("queue-server serve --data DATA --prot 8080", "--prot: no such option"),
        ("queue-server sevre --data DATA", "sevre: no such command"),
        ("queue-server keys", "names no command"),
        ("queue-server import --data DATA", "0 arguments, not 1"),
        ("kiosk enrol --code 12345678 --data DATA", "--server is missing"),
        ("kiosk run --printer", "--printer: no value"),
        ("peripherals simulate mrz-reader [--tcp PORT | --link PATH]", ""),
    ],
)
def test_a_wrong_command_line_is_seen(line: str, problem: str) -> None:
    assert wrong(line, whole=True) == problem


# --- settings ------------------------------------------------------------------------------------------------------


def number(value: float) -> str:
    return f"{value:.10g}"


def written(default: object) -> str:
    match default:
        case None:
            return "none"
        case bool():
            return str(default).lower()
        case str():
            return default or '""'
        case tuple():
            return "()" if not default else ", ".join(map(written, default))
        case int() | float():
            return number(default)
    raise TypeError(default)


def bounds(kind: inspect.Type) -> str:
    if not isinstance(kind, inspect.IntType | inspect.FloatType) or kind.le is None:
        return "-"
    low = number(kind.ge) if kind.ge is not None else f"over {number(kind.gt or 0)}"
    return f"{low} to {number(kind.le)}"


def rows_of(kind: type[msgspec.Struct], section: str = "") -> Iterator[tuple[str, str, str]]:
    """Give key, default and bounds of every setting, as a table should say them."""
    found = inspect.type_info(kind)
    assert isinstance(found, inspect.StructType)
    for field in found.fields:
        if isinstance(field.type, inspect.StructType):
            yield from rows_of(field.type.cls, f"{field.name}.")
        else:
            yield f"`{section}{field.name}`", written(field.default), bounds(field.type)


def rows_told(text: str, heading: str) -> list[tuple[str, str, str]]:
    """Read the first three columns of the table below a heading."""
    below = text.split(f"{heading}\n", 1)[1]
    below = re.split(r"^#", below, maxsplit=1, flags=re.MULTILINE)[0]
    cells = [[cell.strip() for cell in line.split("|")[1:4]] for line in below.splitlines() if line.startswith("| `")]
    return [(key, default, limits) for key, default, limits in cells]


@pytest.mark.parametrize(("page", "heading", "kind"), TABLES)
def test_every_setting_is_told_as_it_is(page: str, heading: str, kind: type[msgspec.Struct]) -> None:
    told = rows_told((DOCS / page).read_text(encoding="utf-8"), heading)
    there = list(rows_of(kind))
    assert len(there) > 1
    assert sorted(told) == sorted(there)


# --- the map of the code --------------------------------------------------------------------------------------------


def test_files_named_in_the_architecture_are_there() -> None:
    text = (DOCS / "architecture.md").read_text(encoding="utf-8")
    there = {
        path.name
        for package in ("kiosk", "queue_server", "peripherals", "signage")
        for path in (ROOT / package).rglob("*.py")
    }
    named = set(re.findall(r"(?<![\w*/])(\w+\.py)\b", text))
    assert len(named) > 100
    assert named - there == set()


def test_every_room_of_the_server_has_its_line_in_the_architecture() -> None:
    server = (
        (DOCS / "architecture.md")
        .read_text(encoding="utf-8")
        .partition("queue_server/ ")[2]
        .partition("peripherals/ ")[0]
    )
    rooms = {path.parent.name for path in (ROOT / "queue_server").glob("*/__init__.py")}
    assert len(rooms) > 20
    assert rooms - set(re.findall(r"^  (\w+)/", server, re.MULTILINE)) == set()
