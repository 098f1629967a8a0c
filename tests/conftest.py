"""What every test may use: databases, real ones, and the guard against calls that block the loop."""

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy.ext.asyncio  # noqa: F401 - loaded with the first database on PostgreSQL, and in a test it must not block
import structlog
from blockbuster import BlockBuster, blockbuster_ctx
from hypothesis import settings
from sqlalchemy import URL

from queue_server.database import parse_url
from queue_server.migrations import migrate
from tests import costs, once, stalls, strength, tiers, timed_out, warm
from tests.postgres import Postgres

#: Where files lie in memory, and how much of it must be free, in bytes.
MEMORY, ENOUGH = "/dev/shm", 8 << 30  # noqa: S108 - folders of random names are made in it


def _in_memory() -> bool:
    """Tell whether there is room in memory for the files of the tests, from where programs can be started too."""
    if "TMPDIR" in os.environ or not Path(MEMORY).is_dir():
        return False
    there = os.statvfs(MEMORY)
    return there.f_bavail * there.f_frsize >= ENOUGH and not there.f_flag & os.ST_NOEXEC


if _in_memory():
    # Databases sync at every commit, as in use. That they do is a test of its own: the others need not wait for a disk.
    os.environ["TMPDIR"], tempfile.tempdir = MEMORY, MEMORY

#: What takes longest begins first, so that no worker goes on alone at the end.
LONGEST_FIRST = (
    "tests/journeys/",
    "tests/faults/",
    "tests/peripherals/contract/",
    "tests/promises/",
    "tests/queue_server/web/",
    "tests/kiosk/app/",
    "tests/peripherals/lockers/",
    "tests/docs/",
)
#: The PostgreSQL that all workers of a run share: a folder of the run, in which its address is written.
SHARED_POSTGRES = "postgres"

warm.install()
strength.weaken()
stalls.install()

# A deadline would measure the machine; every test has a time-out of its own. Generated examples are the same in every
# run of the default tier, so that it fails for what was changed and for nothing else; the others look for new ones.
settings.register_profile("any-machine", deadline=None, derandomize=True)
settings.register_profile("exploring", deadline=None, print_blob=True)
settings.load_profile("any-machine")

#: Seconds.
_LONG_S = 3600
#: Thresholds of ``gc.set_threshold``: the tests have memory enough, and each collection costs time.
_GARBAGE = (100_000, 30, 100)


def pytest_addoption(parser: pytest.Parser) -> None:
    tiers.add_options(parser)


def pytest_configure(config: pytest.Config) -> None:
    if tiers.explores(config):
        settings.load_profile("exploring")
    config.pluginmanager.register(costs.Meter())
    config.pluginmanager.register(timed_out)


def pytest_sessionstart(session: pytest.Session) -> None:
    once.begin(session.config)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Stop the PostgreSQL that the workers shared, once all of them have ended."""
    if not hasattr(session.config, "workerinput"):
        address = once.begin(session.config) / SHARED_POSTGRES / "at"
        if address.exists():
            Postgres(Path(address.read_text())).stop_shared()


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave folders alone whose tests would be left out one by one: reading them takes seconds of every worker."""
    return True if tiers.leaves_out(collection_path, config) else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the tests of this run's tier, the longest files first unless some are named.

    With ``--long`` each may take an hour at least.
    """
    if not tiers.named(config):
        items.sort(key=lambda item: not item.nodeid.startswith(LONGEST_FIRST))
    if config.getoption("--long"):
        for item in items:
            own = item.get_closest_marker("timeout")
            if own is None or own.args[0] < _LONG_S:
                item.add_marker(pytest.mark.timeout(_LONG_S), append=False)
    left_out = [item for item in items if not tiers.is_in(item, config)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in set(left_out)]


def pytest_collection_finish() -> None:
    """Spare the garbage collector what lasts as long as the run: all tests, and all modules."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_GARBAGE)


@pytest.fixture(scope="session")
def load(request: pytest.FixtureRequest) -> int:
    """Give the factor by which the race tests multiply their load."""
    return 10 if request.config.getoption("--long") else 1


@pytest.fixture(autouse=True)
def blockbuster() -> Iterator[BlockBuster]:
    """Fail a test in which the code of this repository blocks the event loop."""
    with blockbuster_ctx() as guard:
        for function in guard.functions.values():
            # Migrations run on a loop of their own, in a command line tool.
            function.can_block_in("queue_server/migrations/running.py", {"_upgrade"})
            # As a start of any other program does.
            function.can_block_in("tests/warm.py", {"_execute_child"})
            # asyncpg looks for the user's password file and certificates each time it connects.
            function.can_block_in("asyncpg/connect_utils.py", {"_parse_connect_arguments"})
            # Where PySide6 is loaded, as it is by pytest-qt, it reads the source of every module at its first import.
            function.can_block_in("shibokensupport/feature.py", {"_mod_uses_pyside"})
        yield guard


@pytest.fixture(autouse=True)
def _fresh(request: pytest.FixtureRequest) -> Iterator[None]:
    """Start our programs anew, and hash as in use, where a test is marked ``fresh``."""
    if request.node.get_closest_marker("fresh"):
        with warm.started_anew(), strength.in_use():
            yield
    else:
        yield


def _log_plainly() -> None:
    """Log as structlog does by itself, but with plain tracebacks: those of ``rich`` take tens of milliseconds each."""
    structlog.reset_defaults()
    *processors, _ = structlog.get_config()["processors"]
    plain = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[*processors, plain])


_log_plainly()


@pytest.fixture(autouse=True)
def _log_of_its_own() -> Iterator[None]:
    """Undo what a command line called within a test made of the log: it would write to that test's standard error."""
    yield
    _log_plainly()


@pytest.fixture(scope="session")
def postgres() -> Postgres:
    """Give the PostgreSQL of this run, shared by all workers. Tests that kill theirs import ``tests.own_postgres``."""

    def start(folder: Path) -> None:
        server = Postgres()
        server.start_shared()
        (folder / "at").write_text(str(server.folder))

    return Postgres(Path((once.made_once(SHARED_POSTGRES, start) / "at").read_text()))


@pytest.fixture(scope="session")
def empty_sqlite() -> Path:
    """Give a file with this release's schema, to be copied: a hundred times faster than to migrate anew."""
    folder = once.made_once("schema", lambda folder: migrate(parse_url(None, folder)))
    return Path(str(parse_url(None, folder).database))


@pytest.fixture
def sqlite_url(empty_sqlite: Path, tmp_path: Path) -> URL:
    """Give a new SQLite database with this release's schema."""
    url = parse_url(None, tmp_path)
    shutil.copyfile(empty_sqlite, str(url.database))
    return url


@pytest.fixture(scope="session")
def empty_postgres(postgres: Postgres) -> str:
    """Name a database with this release's schema, of which copies are made: faster than to migrate anew."""

    def make(folder: Path) -> None:
        name = postgres.create_database()
        migrate(postgres.url(name))
        (folder / "name").write_text(name)

    return (once.made_once("postgres-schema", make) / "name").read_text()


@pytest.fixture
def postgres_url(postgres: Postgres, empty_postgres: str) -> Iterator[URL]:
    """Give a new PostgreSQL database with this release's schema."""
    name = postgres.create_database(empty_postgres)
    yield postgres.url(name)
    postgres.drop_database(name)


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> URL:
    """Run the test on both databases, each new and with this release's schema."""
    url: URL = request.getfixturevalue(f"{request.param}_url")
    return url
