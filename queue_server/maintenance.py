"""What the commands ``init``, ``verify`` and ``keys`` do to the log and its keys; each runs its own event loop."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from sqlalchemy import URL

from queue_server.database import Database, DatabaseSettings, open_database
from queue_server.domain.values import HOUR, Micros, now_micros
from queue_server.eventlog import witness
from queue_server.eventlog.verify import Report, verify
from queue_server.framework.settings import section_of
from queue_server.migrations import migrate
from queue_server.vault import read_chain
from queue_server.vault.keys import Keys, bind_fingerprints, check_fingerprints, init_keys, known_keys, load_keys
from queue_server.vault.model import PeopleRules

# One statement of ``verify`` reads a chunk, but counting a long log takes a while.
_SETTINGS = DatabaseSettings(command_timeout_ms=600_000)


async def _with[T](url: URL, work: Callable[[Database], Awaitable[T]]) -> T:
    async with open_database(url, _SETTINGS) as database:
        return await work(database)


def prepare(url: URL, data: Path, migrations: Iterable[Path] = ()) -> Keys:
    """Bring the schema to this release, make the keys that are missing and tie the database to them.

    Raises:
        DatabaseUnavailableError: nothing was changed.
        KeysMismatchError: the database is tied to other keys: bring those with ``keys import``.
        KeysMissingError: the database is tied to a key that is not there; no other was made.
        KeysDamagedError: a key that is there cannot be used.
    """
    migrate(url, migrations)
    keys = init_keys(data, asyncio.run(_with(url, lambda database: database.run(known_keys))))
    asyncio.run(_with(url, lambda database: database.write(lambda connection: bind_fingerprints(connection, keys))))
    return keys


def verify_log(url: URL, data: Path) -> Report:
    """Verify the log of a database, and the lists of those who looked at personal data, with the keys of a data folder.

    A progress bar is on standard error.

    Raises:
        DatabaseUnavailableError: it cannot be read.
        KeysMissingError: there are no keys.
        KeysMismatchError: they are those of another database.
        WitnessDamagedError: the file of the witness is not as it was written.
    """
    keys, people = load_keys(data), section_of(data, "people", PeopleRules)
    with Progress(
        TextColumn("verify"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        task = bar.add_task("", total=None)

        async def check(database: Database) -> Report:
            await database.run(lambda connection: check_fingerprints(connection, keys))
            kept_since = Micros(now_micros() - people.read_days * 24 * HOUR)
            verifier = keys.signer().verifier
            witnessed = await asyncio.to_thread(witness.load, data / witness.FILE, verifier)
            looked = [end for end in witnessed if end.stream.startswith(read_chain.PREFIX)]
            others = [end for end in witnessed if end not in looked]
            report = await verify(
                database, verifier, lambda read, total: bar.update(task, completed=read, total=total), others
            )
            bad = await database.run(lambda connection: read_chain.check(connection, looked, kept_since))
            return report.with_bad(bad)

        return asyncio.run(_with(url, check))
