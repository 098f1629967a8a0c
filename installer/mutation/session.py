"""The parts of a mutation session that need cosmic-ray: what is mutated, and what came of it.

Runs in cosmic-ray's own environment, in the worktree: ``choose SESSION COUNT SEED PATH:LINE ...`` and
``report SESSION FILE``.
"""

import ast
import random
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from cosmic_ray.commands.init import _all_work_items
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator
from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import MutationSpec, TestOutcome, WorkItem, WorkResult


def choose(session: str, count: int, seed: str, lines: Iterable[str]) -> None:
    """Store ``count`` mutations, each on the next of the drawn lines that has any."""
    chance, chosen = random.Random(seed), []
    by_file: dict[str, dict[int, list[WorkItem]]] = {}
    for line in lines:
        path, _, number = line.partition(":")
        if path not in by_file:
            by_file[path] = _by_line(path)
        places = _places(by_file[path].get(int(number), []))
        if places and _compiles(item := chance.choice(chance.choice(places))):
            chosen.append(item)
        if len(chosen) == count:
            break
    with use_db(session) as database:
        database.add_work_items(chosen)
    print(f"{len(chosen)} mutations")


def _compiles(item: WorkItem) -> bool:
    """Tell whether a file is still Python once mutated: a star before arguments is taken for a product."""
    (mutation,) = item.mutations
    operator = get_operator(mutation.operator_name)(**mutation.operator_args)
    mutated = mutate_code(Path(mutation.module_path).read_text(), operator, mutation.occurrence)
    with suppress(SyntaxError):
        compile(mutated, mutation.module_path, "exec")
        return True
    return False


def _by_line(path: str) -> dict[int, list[WorkItem]]:
    silent, found = set(_unheard(ast.parse(Path(path).read_text()))), defaultdict(list)
    for item in _all_work_items([Path(path)], {}):
        (mutation,) = item.mutations
        if mutation.start_pos not in silent:
            found[mutation.start_pos[0]].append(item)
    return found


def _unheard(tree: ast.AST) -> Iterator[tuple[int, int]]:
    """Give the places of types: a mutation there is an error at once, or nothing."""
    for node in ast.walk(tree):
        for annotation in (getattr(node, "annotation", None), getattr(node, "returns", None)):
            if annotation is not None:
                for line in range(annotation.lineno, (annotation.end_lineno or annotation.lineno) + 1):
                    first = annotation.col_offset if line == annotation.lineno else 0
                    last = (annotation.end_col_offset or 0) if line == annotation.end_lineno else 200
                    yield from ((line, column) for column in range(first, last + 1))


def _places(items: list[WorkItem]) -> list[list[WorkItem]]:
    """Group mutations by place and family, so that an operator with many replacements is not drawn more often."""
    places = defaultdict(list)
    for item in items:
        (mutation,) = item.mutations
        places[mutation.start_pos, mutation.operator_name.split("_")[0]].append(item)
    return list(places.values())


def report(session: str, file: str) -> None:
    """Write what was found by which test, what survived, and what was not decided."""
    with use_db(session, WorkDB.Mode.open) as database:
        results = dict(database.results)
        items = {item.job_id: item.mutations[0] for item in database.work_items}
    groups: dict[str, list[str]] = {"survived": [], "not decided": [], "found": []}
    for job, mutation in items.items():
        kind = _kind(results.get(job))
        groups[kind].append(_entry(kind, mutation, results.get(job)))
    text = [f"# Mutations: {len(groups['found'])} of {len(items)} found\n"]
    for kind, entries in groups.items():
        text += [f"## {kind}: {len(entries)}\n", *sorted(entries)]
    Path(file).write_text("\n".join(text) + "\n")
    print(f"{text[0]}{len(groups['survived'])} survived, {len(groups['not decided'])} not decided: {file}")


def _kind(result: WorkResult | None) -> str:
    if result is None or result.output == "timeout" or result.test_outcome == TestOutcome.INCOMPETENT:
        return "not decided"
    return "survived" if result.test_outcome == TestOutcome.SURVIVED else "found"


def _entry(kind: str, mutation: MutationSpec, result: WorkResult | None) -> str:
    head = f"- {mutation.module_path}:{mutation.start_pos[0]} {mutation.operator_name.rpartition('/')[2]}"
    if kind == "found" and result is not None:
        failed = [line for line in (result.output or "").splitlines() if line.startswith(("FAILED", "ERROR"))]
        return f"{head}: {failed[0][:160] if failed else 'the test run ended with an error'}"
    changed = [
        line for line in ((result and result.diff) or "").splitlines() if line[:1] in "+-" and line[1:2] not in "+-"
    ]
    return "\n".join([head, *(f"      {line}" for line in changed)])


if __name__ == "__main__":
    if sys.argv[1] == "choose":
        choose(sys.argv[2], int(sys.argv[3]), sys.argv[4], sys.argv[5:])
    else:
        report(sys.argv[2], sys.argv[3])
