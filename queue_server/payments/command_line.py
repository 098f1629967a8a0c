"""``queue-server payments``: what the accounts want to have."""

import sys
from datetime import date
from typing import Annotated

import typer
from sqlalchemy import Connection

from peripherals.command_line import CommandLine
from queue_server.catalogue import store as catalogue
from queue_server.catalogue.errors import CentreNotSetUpError
from queue_server.command_line import Data, DatabaseUrl, report_errors, run
from queue_server.domain.values import CentreId
from queue_server.payments.export import day_ledger

#: Beyond them the clocks of some zones cannot be told.
_YEARS = range(2000, 3000)

app = CommandLine(no_args_is_help=True, help="What was paid, waived and given back.")


@app.callback()
def payments() -> None:
    """Keep ``export`` a command of its own name, alone as it is."""


@app.command()
def export(
    centre: Annotated[str, typer.Option(help="Id of the centre.")],
    day: Annotated[str, typer.Option(help="The service day, as 2026-11-25.")],
    data: Data,
    database: DatabaseUrl = None,
) -> None:
    """Print what moved on a service day as CSV: payments, reversals, refunds, waivers; no names."""
    wanted = _day(day)

    def read(connection: Connection) -> str:
        stored = catalogue.load(connection, CentreId(centre))
        if stored is None:
            raise CentreNotSetUpError(centre=centre)
        return day_ledger(connection, stored, wanted)

    with report_errors():
        sys.stdout.write(run(data, database, lambda opened: opened.run(read)))


def _day(written: str) -> date:
    try:
        found = date.fromisoformat(written)
    except ValueError as error:
        raise typer.BadParameter("a day, as 2026-11-25", param_hint="--day") from error
    if found.year not in _YEARS:
        raise typer.BadParameter("a day of this time", param_hint="--day")
    return found
