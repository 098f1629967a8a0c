"""``docs/failure-codes.md`` has a line for every code of every package, and none for a code that is no more."""

import importlib
import inspect
import pkgutil
import re
from collections import Counter
from enum import StrEnum
from pathlib import Path
from types import ModuleType

import pytest

from queue_server.framework.rooms import RoomCollection
from queue_server.rooms import ROOMS

DOCUMENT = Path(__file__).parent.parent / "docs" / "failure-codes.md"
PACKAGES = ("queue_server", "kiosk", "signage", "peripherals")
#: Codes that are no exception: why the engine refuses, how a kiosk's journey ends, what a page finds out of the program
#: beside it, what is wrong with a row, why a bank of lockers does not open, or a device does not do what is
#: asked of it. What ails a server's machine the rooms list.
ENUMERATIONS = ("RefusalCode", "FailureCode", "DeskFault", "RowFault", "OrderRefusal", "DeviceCommandFault")
#: Run by alembic alone, within a migration.
NOT_IMPORTED = re.compile(r"queue_server\.migrations\.(env|versions)")


def modules() -> list[ModuleType]:
    roots = [(package, importlib.import_module(package).__path__) for package in PACKAGES]
    names = [info.name for package, path in roots for info in pkgutil.walk_packages(path, f"{package}.")]
    return [importlib.import_module(name) for name in names if not NOT_IMPORTED.match(name)]


def codes_of(module: ModuleType) -> set[str]:
    """List the codes of the exceptions and enumerations of a module."""
    found: set[str] = set()
    for name, value in vars(module).items():
        if not inspect.isclass(value) or not value.__module__.startswith(PACKAGES):
            continue
        if issubclass(value, Exception) and isinstance(code := getattr(value, "code", None), str):
            found.add(code)
        if name in ENUMERATIONS and issubclass(value, StrEnum):
            found.update(value)
    return found


def listed() -> Counter[str]:
    return Counter(re.findall(r"^\| `([a-z0-9-]+)` \|", DOCUMENT.read_text("utf-8"), re.MULTILINE))


def test_every_code_has_its_line() -> None:
    existing = {str(code) for module in modules() for code in codes_of(module)} | RoomCollection(
        ROOMS
    ).conditions.keys()
    assert len(existing) > 100
    assert existing - set(listed()) == set(), "codes without a line"
    assert set(listed()) - existing == set(), "lines without a code"


def test_no_code_stands_twice() -> None:
    assert [code for code, count in listed().items() if count > 1] == []


def test_a_line_says_what_happened_what_is_seen_and_what_to_do(subtests: pytest.Subtests) -> None:
    for line in [line for line in DOCUMENT.read_text("utf-8").splitlines() if line.startswith("| `")]:
        with subtests.test(line=line):
            assert len([cell for cell in line.strip("|").split("|") if cell.strip()]) == 4
