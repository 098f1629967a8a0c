"""Names that a newcomer can look up: one meaning for the name of a class, and verbs that say what changes."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGES = ("queue_server", "kiosk", "signage", "peripherals", "installer")
#: What is spoken and not done: a function stores, accepts, publishes, notifies, wakes, clears.
SPOKEN = re.compile(
    r"(^|_)(tell|tells|telling|hear|hears|heard|nudge|nudged|look|looks|looked|lay|lays|gave|gives"
    r"|keep|keeps|forget|forgets|forgot|evening)(_|$)"
)
#: What the field itself says.
OF_THE_FIELD = {"look_up", "_look_up"}
#: How limits begin.
LIMIT = re.compile(r"_?MOST(_|$)")


def trees() -> Iterator[tuple[str, ast.Module]]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text("utf-8"))


def functions(body: list[ast.stmt]) -> Iterator[str]:
    """List functions of a module and methods of its classes; what stands within a function is its own affair."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
        elif isinstance(node, ast.ClassDef):
            yield from functions(node.body)


def test_the_name_of_a_class_means_one_thing() -> None:
    files: defaultdict[str, set[str]] = defaultdict(set)
    for name, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                files[node.name].add(name)
    assert len(files) > 1000
    assert {name: sorted(where) for name, where in files.items() if len(where) > 1} == {}


def test_functions_are_named_after_what_they_change() -> None:
    spoken = {
        (name, function)
        for name, tree in trees()
        for function in functions(tree.body)
        if SPOKEN.search(function) and function not in OF_THE_FIELD
    }
    assert spoken == set()


def test_limits_begin_with_max_or_min() -> None:
    limits = {
        (name, target.id)
        for name, tree in trees()
        for node in tree.body
        for target in (node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)])
        if isinstance(target, ast.Name) and LIMIT.match(target.id)
    }
    assert limits == set()
