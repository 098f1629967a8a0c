"""``queue-server``, catalogues: the set-up of a centre as a file, in and out."""

import sys
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from sqlalchemy import Connection

from peripherals.command_line import CommandLine
from queue_server.catalogue import difference, planning, removals, store, toml, versions
from queue_server.catalogue.errors import CatalogueUnreadableError, CentreNotSetUpError
from queue_server.catalogue.model import Stored
from queue_server.catalogue.set_up_events import SetUpPutInForce, record
from queue_server.command_line import Data, DatabaseUrl, Json, report_errors, run
from queue_server.database import Database
from queue_server.domain.values import CentreId, now_micros
from queue_server.eventlog.sqlalchemy_log import SqlEventLog

app = CommandLine()

#: What ``import --check`` exits with where the file is right, and says something else than what is in force.
DIFFERS = 3

FromDay = Annotated[
    datetime | None,
    typer.Option("--from", formats=["%Y-%m-%d"], help="The service day from which on it counts; at once if left out."),
]


class CheckReport(msgspec.Struct, frozen=True):
    """What an import would do; ``version`` is the one in force, None where the centre is new.

    ``planned`` are the days on which something else takes its place anyway.
    """

    centre: CentreId
    version: int | None
    differences: tuple[difference.CatalogueDifference, ...]
    in_use: tuple[removals.RemovalInUse, ...]
    planned: tuple[str, ...]


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueUnreadableError(file=str(file)) from error


@app.command("import")
def import_catalogue(
    file: Path,
    data: Data,
    database: DatabaseUrl = None,
    from_day: FromDay = None,
    *,
    check: Annotated[
        bool,
        typer.Option(
            "--check",
            help=f"Change nothing; print what differs from what is in force, and exit with {DIFFERS} where it does.",
        ),
    ] = False,
    as_json: Json = False,
) -> None:
    """Put a centre's catalogue (TOML) in place of what it had."""
    with report_errors():
        text = _read(file)
        if check:
            report = run(data, database, lambda opened: _checked(opened, text, from_day))
        elif from_day is None:
            stored = run(data, database, lambda opened: opened.write(lambda connection: _imported(connection, text)))
        else:
            planned = run(data, database, lambda opened: _planned(opened, text, from_day))
    if check:
        _print_report(report, as_json=as_json)
        raise typer.Exit(DIFFERS if report.differences else 0)
    if from_day is None:
        centre, said = stored.setup.centre.id, {"version": stored.version}
        print(_json({"centre": centre} | said) if as_json else f"{centre}: version {stored.version}")
    else:
        told = {"centre": planned.centre, "from_day": planned.from_day}
        print(_json(told) if as_json else f"{planned.centre}: from {planned.from_day} on")


def _imported(connection: Connection, text: str) -> Stored:
    stored = store.import_catalogue(connection, text)
    _record(connection, stored)
    return stored


def _made(connection: Connection, centre: str, name: str, zone: str) -> Stored:
    stored = store.new_centre(connection, centre, name, zone)
    _record(connection, stored)
    return stored


def _record(connection: Connection, stored: Stored) -> None:
    """Tell auditors of what was put in force by a command."""
    centre = stored.setup.centre.id
    record(connection, centre, SetUpPutInForce(centre, stored.version), actor=versions.SYSTEM, at=now_micros())


async def _checked(opened: Database, text: str, from_day: datetime | None) -> CheckReport:
    setup = toml.parse(text)
    centre = setup.centre.id
    stored = await opened.run(partial(store.load, centre=centre))
    if from_day is not None:
        if stored is None:
            raise CentreNotSetUpError(centre=centre)
        planning.check_day(stored, from_day.date(), now_micros())
    found = difference.differences(None if stored is None else stored.setup, setup)
    return CheckReport(
        centre=centre,
        version=None if stored is None else stored.version,
        differences=found,
        in_use=await removals.in_use(SqlEventLog(opened), centre, found),
        planned=tuple(one.from_day for one in await opened.run(partial(planning.plans, centre=centre))),
    )


async def _planned(opened: Database, text: str, from_day: datetime) -> planning.CataloguePlan:
    setup = toml.parse(text)
    return await opened.write(
        lambda connection: planning.plan(
            connection, setup, text, from_day=from_day.date(), actor=versions.SYSTEM, now=now_micros()
        )
    )


def _print_report(report: CheckReport, *, as_json: bool) -> None:
    if as_json:
        print(_json(report))
        return
    for one in report.differences:
        print(difference.line(one))
    for use in report.in_use:
        print(f"! {use.section} {use.part}: {use.visits} visits under way")
    for day in report.planned:
        print(f"! another catalogue counts from {day} on")
    there = "a new centre" if report.version is None else f"version {report.version}"
    print(f"{report.centre}: {len(report.differences)} differences from {there}")


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


@app.command("new-centre")
def new_centre(
    centre: Annotated[str, typer.Argument(help="Its id: lower-case letters, digits and hyphens. It stays for ever.")],
    name: Annotated[str, typer.Option(help="How people call it; further languages by export and import.")],
    zone: Annotated[str, typer.Option(help="Its time zone, such as Europe/Brussels.")],
    data: Data,
    database: DatabaseUrl = None,
) -> None:
    """Make a centre with a few services and three counters, open at all hours: something to begin with."""
    with report_errors():
        stored = run(
            data,
            database,
            lambda opened: opened.write(lambda connection: _made(connection, centre, name, zone)),
        )
    print(f"{stored.setup.centre.id}: version {stored.version}")


@app.command("export")
def export_catalogue(centre: str, data: Data, database: DatabaseUrl = None) -> None:
    """Print a centre's catalogue as TOML, as it was written."""
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
