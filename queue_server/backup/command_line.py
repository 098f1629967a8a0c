"""``queue-server recovery-key | backup | restore``."""

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from peripherals.command_line import CommandLine
from queue_server.backup import making, restoring
from queue_server.backup.recovery_key import identities, make, recipients
from queue_server.command_line import Data, DatabaseUrl, Json, existing, report_errors
from queue_server.database import find_url
from queue_server.framework.commands import rooms_of

app = CommandLine()

#: Holds the public part of the recovery key, where it is not said.
RECOVERY_KEY = "CONSULAR_RECOVERY_KEY"


@app.command("recovery-key")
def recovery_key(
    file: Annotated[Path, typer.Argument(help="File that is not there yet; its private part opens every backup.")],
) -> None:
    """Make the pair of keys for backups: the private part goes into a file, the public part is printed.

    Do it on a machine that is not the server, and keep the file away from it.
    """
    with report_errors():
        print(make(file))


@app.command()
def backup(
    data: Data,
    to: Annotated[Path, typer.Option("--to", help="File that is not there yet, or a folder: then named by its time.")],
    recovery_key: Annotated[
        list[str], typer.Option(envvar=RECOVERY_KEY, help="Public part (age1...) of who may restore; repeatable.")
    ],
    database: DatabaseUrl = None,
    *,
    as_json: Json = False,
) -> None:
    """Seal database, keys, certificates and settings into one file, which this server cannot open. It may go on."""
    with report_errors():
        written = making.make(existing(database, data), data, to, recipients(recovery_key))
    if as_json:
        print(msgspec.json.encode(written).decode())
    else:
        print(f"written: {written.file} ({written.files} files, {written.bytes} bytes)")


@app.command()
def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The backup.")],
    key: Annotated[Path, typer.Option("--key", help="File of the recovery key, with its private part.")],
    data: Data,
    database: DatabaseUrl = None,
    *,
    newer: Annotated[
        Path | None,
        typer.Option("--newer", help="A newer copy of its SQLite database, as Litestream keeps it: it counts instead."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Restore a backup into an empty folder (and an empty PostgreSQL database), and verify it before it says done."""
    with report_errors():
        url = find_url(database, data)
        done = restoring.restore(file, identities(key), url, data, rooms_of(context), newer=newer)
    if as_json:
        print(msgspec.json.encode(done).decode())
    else:
        print(f"ok: {done.events} events in {done.streams} streams, as of {done.made_at}")
        print(f"signed by {done.signing}")
