"""Names that a newcomer can look up: one meaning for the name of a class, and verbs that say what changes.

So are the names that others rely on: types of events, settings, paths and fields of the API, permissions, problems.
"""

import ast
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from msgspec import inspect

import kiosk.settings
import peripherals.serve.settings
import signage.settings
from queue_server.framework.openapi import document
from queue_server.framework.rooms import RoomCollection
from queue_server.framework.settings import file_of
from queue_server.rooms import ROOMS
from tests.docs.events_page import STREAMS

ROOT = Path(__file__).parent.parent
PACKAGES = ("queue_server", "kiosk", "signage", "peripherals", "installer")
#: What is spoken and not done: a function stores, accepts, publishes, notifies, wakes, clears.
SPOKEN = re.compile(
    r"(^|_)(tell|tells|telling|hear|hears|heard|nudge|nudged|look|looks|looked|lay|lays|gave|gives"
    r"|keep|keeps|forget|forgets|forgot|evening)(_|$)"
)
MAY_BE_SPOKEN = re.compile(rf"def \w*{SPOKEN.pattern.replace('(^|_)', '')}".replace("(_|$)", ""))
#: What the field itself says.
OF_THE_FIELD = {"look_up", "_look_up"}
#: In what is stored, or relied on by others: what was said, and pictures for what the field has a noun for.
DIALECT = re.compile(
    r"(^|[-_/{])(tells?|told|telling|says?|said|saying|words?|hears?|heard|nudged?|looks?|looked|lays?|laid|gave"
    r"|keeps?|kept|forgets?|forgot|forgotten|mends?|mended|wish|wishes|brake|evening)(?=[-_/}]|$)"
)
#: How limits begin.
LIMIT = re.compile(r"_?MOST(_|$)")
MAY_BE_LIMIT = re.compile(r"^_?MOST", re.MULTILINE)
#: The names of classes, also of those within others.
CLASS = re.compile(r"^ *class (\w+)[(:[]", re.MULTILINE)


def texts() -> Iterator[tuple[str, str]]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8")


def trees(named: re.Pattern[str]) -> Iterator[tuple[str, ast.Module]]:
    """Parse the files that have what is looked for somewhere: parsing all of them takes seconds."""
    for name, text in texts():
        if named.search(text):
            yield name, ast.parse(text)


def functions(body: list[ast.stmt]) -> Iterator[str]:
    """List functions of a module and methods of its classes; what stands within a function is its own affair."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
        elif isinstance(node, ast.ClassDef):
            yield from functions(node.body)


def test_the_name_of_a_class_means_one_thing() -> None:
    files: defaultdict[str, set[str]] = defaultdict(set)
    for name, text in texts():
        for kind in CLASS.findall(text):
            files[kind].add(name)
    assert len(files) > 1000
    assert {name: sorted(where) for name, where in files.items() if len(where) > 1} == {}


def test_functions_are_named_after_what_they_change() -> None:
    spoken = {
        (name, function)
        for name, tree in trees(MAY_BE_SPOKEN)
        for function in functions(tree.body)
        if SPOKEN.search(function) and function not in OF_THE_FIELD
    }
    assert spoken == set()


def test_limits_begin_with_max_or_min() -> None:
    limits = {
        (name, target.id)
        for name, tree in trees(MAY_BE_LIMIT)
        for node in tree.body
        for target in (node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)])
        if isinstance(target, ast.Name) and LIMIT.match(target.id)
    }
    assert limits == set()


def events() -> Iterator[str]:
    for stream in STREAMS:
        yield stream.name.partition("/")[0]
        for name, kind in stream.events.items():
            yield name
            yield from (f"{name}/{field.encode_name}" for field in msgspec.structs.fields(kind))


def settings() -> Iterator[str]:
    files = (
        file_of(RoomCollection(ROOMS).sections),
        kiosk.settings.KioskSettings,
        signage.settings.SignageSettings,
        peripherals.serve.settings.DeskSettings,
    )
    for file in files:
        for section in msgspec.structs.fields(file):
            kind = inspect.type_info(section.type)
            assert isinstance(kind, inspect.StructType)
            yield from (f"{section.encode_name}/{field.encode_name}" for field in kind.fields)


def contract() -> Iterator[str]:
    """List paths and the names of their operations, fields of bodies, and what may be permitted."""
    rooms = RoomCollection(ROOMS)
    described = json.loads(document(rooms))
    for path, operations in described["paths"].items():
        yield path
        yield from (one["operationId"] for one in operations.values() if "operationId" in one)
    for name, schema in described["components"]["schemas"].items():
        yield from (f"{name}/{field}" for field in schema.get("properties", {}))
    yield from rooms.permissions


def problems() -> Iterator[str]:
    page = (ROOT / "docs/failure-codes.md").read_text("utf-8")
    yield from re.findall(r"^\| `([a-z0-9-]+)` \|", page, re.MULTILINE)


@pytest.mark.parametrize("listed", [events, settings, contract, problems])
def test_what_others_rely_on_is_named_as_the_field_names_it(listed: Callable[[], Iterator[str]]) -> None:
    names = list(listed())
    assert len(names) > 50
    assert [name for name in names if DIALECT.search(name)] == []
    # The rule is one: what it was made against would be found.
    assert DIALECT.search("staff-said")
    assert DIALECT.search("/devices/{device}/keep")
    assert DIALECT.search("payment/keep_days")
