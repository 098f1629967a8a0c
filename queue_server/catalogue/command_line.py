"""``queue-server``, catalogues: the set-up of a centre as a file, in and out."""

import sys
from pathlib import Path

import typer

from peripherals.command_line import CommandLine
from queue_server.catalogue import store
from queue_server.catalogue.errors import CatalogueUnreadableError
from queue_server.command_line import Data, DatabaseUrl, report_errors, run
from queue_server.domain.values import CentreId

app = CommandLine()


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueUnreadableError(file=str(file)) from error


@app.command("import")
def import_catalogue(file: Path, data: Data, database: DatabaseUrl = None) -> None:
    """Put a centre's catalogue (TOML) in place of what it had."""
    with report_errors():
        text = _read(file)
        stored = run(
            data, database, lambda opened: opened.write(lambda connection: store.import_catalogue(connection, text))
        )
    print(f"{stored.setup.centre.id}: version {stored.version}")


@app.command("export")
def export_catalogue(centre: str, data: Data, database: DatabaseUrl = None) -> None:
    """Print a centre's catalogue as TOML."""
    with report_errors():
        text = run(
            data,
            database,
            lambda opened: opened.run(lambda connection: store.export_catalogue(connection, CentreId(centre))),
        )
    if text is None:
        print(f"queue-server: there is no centre {centre}", file=sys.stderr)
        raise typer.Exit(1)
    print(text, end="")
