"""Which tests a run has. A test's tier follows from its folder and its database: there is no marker to forget.

=========== ============================ ==========================================================================
tier        command                      tests
=========== ============================ ==========================================================================
default     ``installer/test``           all but those below
all         ``installer/test --all``     also the folders ``LATER``, and the tests on PostgreSQL that are not chosen
long        ``installer/test --long``    also those marked ``long``: hours, images, packages, fleets
=========== ============================ ==========================================================================
"""

from functools import cache
from pathlib import Path

import pytest

#: Names of folders whose tests run only in the tier ``all``. Those about whole programs are in ``tests``; those about
#: one part are inside its folder, and use its fixtures. ``tests/promises`` has a short test of each promise.
LATER = frozenset({"faults", "journeys"})
#: Tests on PostgreSQL that belong to the default tier: appending, the fence, turns of two servers, races, the promises.
CHOSEN_ON_POSTGRES = (
    "tests/promises/",
    "tests/queue_server/eventlog/test_log.py",
    "tests/queue_server/writer/test_race.py",
    "tests/queue_server/writer/test_turns.py",
)


def add_options(parser: pytest.Parser) -> None:
    parser.addoption("--all", action="store_true", help="run the faults, the journeys and all tests on PostgreSQL too")
    parser.addoption(
        "--strict-tier", action="store_true", help="leave tests of another tier out even if they are named"
    )
    parser.addoption("--long", action="store_true", help="multiply the load of the race tests, and run what is long")


def explores(config: pytest.Config) -> bool:
    """Tell whether seeds are drawn: the default tier finds the same in every run."""
    return bool(config.getoption("--all") or config.getoption("--long"))


def is_in(item: pytest.Item, config: pytest.Config) -> bool:
    """Tell whether a test belongs to the tier of this run.

    A test that the command line names always does, but with ``--strict-tier``.
    """
    if item.get_closest_marker("long") is not None and not config.getoption("--long"):
        return False
    if explores(config) or _is_named(item.path, config):
        return True
    return not _is_later_file(item.path, config.rootpath) and not (
        _on_postgres(item) and not item.nodeid.startswith(CHOSEN_ON_POSTGRES)
    )


def is_later(place: Path) -> bool:
    """Tell whether a path, relative to the root of the project, is inside a ``LATER`` folder."""
    return not LATER.isdisjoint(place.parts)


@cache
def _is_later_file(file: Path, root: Path) -> bool:
    return is_later(file.relative_to(root))


def leaves_out(folder: Path, config: pytest.Config) -> bool:
    """Tell whether nothing in a folder belongs to this run."""
    places = [config.rootpath / place for place in named(config)]
    is_on_the_way = any(place.is_relative_to(folder) for place in places)
    return folder.name in LATER and not explores(config) and not is_on_the_way and not _is_named(folder, config)


@cache
def _is_named(file: Path, config: pytest.Config) -> bool:
    """Tell whether the command line names this file or a folder above it, with no ``LATER`` folder between the two.

    With ``--strict-tier`` a name changes nothing.
    """
    if config.getoption("--strict-tier"):
        return False
    places = [config.rootpath / place for place in named(config)]
    return any(file.is_relative_to(place) and not is_later(file.relative_to(place)) for place in places)


def _on_postgres(item: pytest.Item) -> bool:
    """Tell whether a test asks for PostgreSQL, or is the one of two twins whose parameter has that id."""
    if not isinstance(item, pytest.Function):
        return False
    parameters = item.callspec.id.split("-") if hasattr(item, "callspec") else []
    return "postgres" in item.fixturenames or "postgres" in parameters


@cache
def named(config: pytest.Config) -> tuple[str, ...]:
    """Return the files and folders below ``tests`` that the command line names, relative to the root of the project."""
    root, here = config.rootpath, config.invocation_params.dir
    places = [(here / argument.partition("::")[0]).resolve() for argument in config.args]
    inside = [str(place.relative_to(root)) for place in places if place.is_relative_to(root)]
    return tuple(place for place in inside if place not in {".", "tests"})
