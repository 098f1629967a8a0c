"""Choose the tests that changed files can touch: Python files by their imports, others by the table ``READ_BY``.

For work between two commits. The nearest tests come first, those that import what was changed directly.
"""

import subprocess
from collections.abc import Iterable
from pathlib import Path

import grimp

ROOT = Path(__file__).parent.parent
PACKAGES = ("queue_server", "kiosk", "signage", "peripherals", "tests")
#: Which tests read a file that is not Python: the first pattern that fits counts, an empty place means all tests.
READ_BY = (
    ("queue_server/*/templates/*", ("tests/queue_server/web",)),
    ("queue_server/web/*", ("tests/queue_server/web", "tests/docs/test_words.py")),
    ("queue_server/catalogue/*.toml", ("tests/queue_server", "tests/docs", "tests/kiosk/app")),
    ("queue_server/*", ("tests/queue_server",)),
    ("kiosk/*", ("tests/kiosk", "tests/signage")),
    ("signage/*", ("tests/signage",)),
    ("peripherals/*", ("tests/peripherals",)),
    ("docs/*", ("tests/docs", "tests/test_failure_codes.py")),
    ("*.md", ("tests/docs",)),
    ("installer/*", ("tests/installer",)),
    ("tests/golden/*", ("tests/golden",)),
    ("tests/*", ()),
    ("*", ("",)),
)


def tracked(since: str = "HEAD") -> list[str]:
    """Name the files that differ from a commit."""
    return _git("diff", "--name-only", since)


def files(since: str = "HEAD") -> list[str]:
    """Name the files that differ from a commit, and those that git does not know yet."""
    return sorted({*tracked(since), *_git("ls-files", "--others", "--exclude-standard")})


def choose(since: str, *, tracked_only: bool = False) -> list[str]:
    """Name the test files and folders to run, the nearest first; ``["tests"]`` if a file of the whole project changed.

    The list is empty where nothing changed that a test can see.
    """
    graph, touched = grimp.build_graph(*PACKAGES), tracked(since) if tracked_only else files(since)
    modules = {module for file in touched if (module := _module(file)) in graph.modules}
    named = {place: 0 for file in touched if _module(file) not in modules for place in read_by(file)}
    distances = named | importers(graph, modules)
    return ["tests"] if "" in named else sorted(distances, key=lambda place: (distances[place], place))


def read_by(file: str) -> tuple[str, ...]:
    """Name the tests that read a file which is not Python."""
    return next(places for pattern, places in READ_BY if Path(file).full_match(_deep(pattern)))


def _deep(pattern: str) -> str:
    """Let a star stand for folders, too."""
    return pattern.replace("*", "**/*") if pattern != "*" else "**"


def importers(graph: grimp.ImportGraph, changed: Iterable[str]) -> dict[str, int]:
    """Return how many imports lie between each test file and the nearest of the changed modules."""
    near, distance = list(changed), 0
    distances = dict.fromkeys(near, 0)
    while near:
        distance += 1
        direct = {other for module in near for other in graph.find_modules_that_directly_import(module)}
        near = [module for module in direct if module not in distances]
        distances |= dict.fromkeys(near, distance)
    found = {_file(module): far for module, far in distances.items() if module.startswith("tests.")}
    # What all tests of a folder use, they do not import.
    folders = {str(Path(file).parent): far for file, far in found.items() if file.endswith("/conftest.py")}
    return folders | {file: far for file, far in found.items() if Path(file).name.startswith("test_")}


def _module(file: str) -> str:
    return file.removesuffix(".py").removesuffix("/__init__").replace("/", ".") if file.endswith(".py") else ""


def _file(module: str) -> str:
    return f"{module.replace('.', '/')}.py"


def _git(*arguments: str) -> list[str]:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.splitlines()
