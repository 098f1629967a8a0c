"""``queue-server keys``: bring the keys of a server to a further one, and change them while they serve."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final

import msgspec
import typer
from sqlalchemy import Connection

from peripherals.command_line import CommandLine
from queue_server.command_line import Data, DatabaseUrl, Json, existing, report_errors, run, write_secret
from queue_server.domain.values import Micros, now_micros, to_datetime
from queue_server.framework.settings import section_of
from queue_server.vault import rotation
from queue_server.vault.key_export import export_keys, import_keys
from queue_server.vault.key_ring import KeyPeriod
from queue_server.vault.key_status import KeyStatus, statuses
from queue_server.vault.keys import Keys, check_fingerprints, load_keys, periods_of, read_held
from queue_server.vault.model import KeyRules

app = CommandLine(no_args_is_help=True, help="Bring the keys of a server to a further one, and change them.")

#: Holds the passphrase of exported keys, where it is not typed in.
PASSPHRASE = "CONSULAR_KEYS_PASSPHRASE"  # noqa: S105 - the name of a variable

#: Letters of a fingerprint that people compare.
_SHOWN: Final = 16

Name = Annotated[str, typer.Argument(help="Which key, or all.")]


def _passphrase(*, confirm: bool) -> str:
    found = os.environ.get(PASSPHRASE)
    return found or str(typer.prompt("Passphrase", hide_input=True, confirmation_prompt=confirm, err=True))


@app.command("export")
def keys_export(file: Path, data: Data) -> None:
    """Write all keys into one file, sealed with a passphrase (typed in, or in CONSULAR_KEYS_PASSPHRASE)."""
    with report_errors():
        write_secret(file, export_keys(data, _passphrase(confirm=True)))
    print(f"written: {file}")


@app.command("import")
def keys_import(file: Path, data: Data) -> None:
    """Take over the keys of another server of the same database, also those that it has prepared."""
    with report_errors():
        import_keys(data, file.read_bytes(), _passphrase(confirm=False))
    print(f"imported into {data}")


@app.command()
def status(data: Data, database: DatabaseUrl = None, *, as_json: Json = False) -> None:
    """Say of each key since when it makes, what comes next, and until when the ones before count."""
    with report_errors():
        found = _read(data, database, lambda connection, keys: statuses(data, keys, connection, now_micros()))
    if as_json:
        print(msgspec.json.encode(found).decode())
        return
    for one in found:
        _print(one)


@app.command()
def prepare(name: Name, data: Data, database: DatabaseUrl = None) -> None:
    """Make the next key. It makes nothing yet: bring it to the other servers of the database by export and import."""
    with report_errors():
        names = rotation.choose(name)
        made = rotation.prepare(data, names, _read(data, database, lambda connection, _: periods_of(connection)))
    for one, fingerprint in made.items():
        print(one, "next", fingerprint[:_SHOWN], sep="\t")


@app.command()
def rotate(name: Name, data: Data, database: DatabaseUrl = None) -> None:
    """Let the next key make, two minutes from now; what the one before made counts until that has ended by itself.

    With SQLite the next key is made by this, too. Servers of one PostgreSQL must have it first (keys prepare).
    """
    with report_errors():
        names, is_alone = rotation.choose(name), existing(database, data).drivername == "sqlite"
        periods = _read(data, database, lambda connection, _: periods_of(connection))
        if not is_alone:
            _check_prepared(data, names, periods)
        following = rotation.prepare(data, names, periods)
        poll_s = section_of(data, "keys", KeyRules).poll_s

        def work(connection: Connection) -> Micros:
            if not is_alone:
                rotation.check_holders(connection, following, now_micros())
            return rotation.rotate(connection, following, now_micros(), poll_s)

        since = run(data, database, lambda opened: opened.write(work))
    for one, fingerprint in following.items():
        print(one, f"makes from {_moment(to_datetime(since))} on", fingerprint[:_SHOWN], sep="\t")


@app.command()
def finish(name: Name, data: Data, database: DatabaseUrl = None) -> None:
    """Let nothing count any more that the keys before have made, because one was stolen, or nobody needs it."""
    with report_errors():
        names = rotation.choose(name)
        ended = run(
            data,
            database,
            lambda opened: opened.write(lambda connection: rotation.finish(connection, names, now_micros())),
        )
    print(f"ended: {ended}")


def _read[T](data: Path, database: str | None, work: Callable[[Connection, Keys], T]) -> T:
    """Read something of a database with the keys that are its own."""
    keys = load_keys(data)

    def inside(connection: Connection) -> T:
        check_fingerprints(connection, keys)
        return work(connection, keys)

    return run(data, database, lambda opened: opened.run(inside))


def _check_prepared(data: Path, names: Iterable[str], periods: Mapping[str, Sequence[KeyPeriod]]) -> None:
    for name in names:
        if rotation.next_of(name, read_held(data, name), periods[name]) is None:
            raise rotation.KeysUnpreparedError(name=name)


def _print(one: KeyStatus) -> None:
    since = "as old as the database, or older" if one.since is None else f"since {_moment(one.since)}"
    print(one.name, "makes", since, one.fingerprint[:_SHOWN], sep="\t")
    if one.follows is not None:
        when = "prepared" if one.follows_at is None else f"from {_moment(one.follows_at)}"
        print(one.name, "next", when, one.follows[:_SHOWN], *(f"not at {name}" for name in one.behind), sep="\t")
    for old in one.before:
        until = "counts" if old.until is None else f"counts until {_moment(old.until)}"
        print(one.name, "before", until, old.fingerprint[:_SHOWN], "" if old.here else "is missing", sep="\t")


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S} UTC"
