from typing import Annotated

import typer

from peripherals.command_line import CommandLine
from queue_server.command_line import Data, DatabaseUrl, report_errors, run
from queue_server.domain.values import CentreId
from tests.queue_server.rooms.toy import store

app = CommandLine(no_args_is_help=True, help="What people left behind.")


@app.callback()
def begin() -> None:
    """What people left behind."""


@app.command("list")
def list_found(
    centre: Annotated[str, typer.Option(help="Id of the centre.")], data: Data, database: DatabaseUrl = None
) -> None:
    """List what lies at a centre."""
    with report_errors():
        found = run(
            data, database, lambda opened: opened.run(lambda connection: store.listed(connection, CentreId(centre)))
        )
    for ident, what, _ in found:
        print(ident, what, sep="\t")
