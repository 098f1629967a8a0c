"""``queue-server information``: the pages of a centre as a file, in and out."""

import sys
from pathlib import Path

import typer

from peripherals.command_line import CommandLine
from queue_server.command_line import Data, DatabaseUrl, report_errors, run
from queue_server.domain.values import Actor, CentreId, now_micros
from queue_server.information import store
from queue_server.information.errors import InformationUnreadableError

app = CommandLine(help="Pages of information for people.")

#: Whoever may use the command line of the server.
_ACTOR = Actor("system")


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InformationUnreadableError(file=str(file)) from error


@app.command("import")
def import_pages(file: Path, data: Data, database: DatabaseUrl = None) -> None:
    """Put a centre's pages (TOML) in place of what it had."""
    with report_errors():
        text = _read(file)
        centre, changed = run(
            data,
            database,
            lambda opened: opened.write(
                lambda connection: store.import_pages(connection, text, actor=_ACTOR, now=now_micros())
            ),
        )
    print(f"{centre}: {changed} pages changed")


@app.command("export")
def export_pages(centre: str, data: Data, database: DatabaseUrl = None) -> None:
    """Print a centre's pages as TOML."""
    with report_errors():
        text = run(
            data,
            database,
            lambda opened: opened.run(lambda connection: store.export_pages(connection, CentreId(centre))),
        )
    if text is None:
        print(f"queue-server: there is no centre {centre}", file=sys.stderr)
        raise typer.Exit(1)
    print(text, end="")
