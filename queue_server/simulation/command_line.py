"""``queue-server simulate``: a centre's days played through its own rules, to see what another one would do."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from statistics import fmean
from typing import Annotated

import msgspec
import typer

from peripherals.command_line import CommandLine
from queue_server.catalogue import store, toml
from queue_server.catalogue.errors import CentreNotSetUpError
from queue_server.catalogue.model import Stored
from queue_server.command_errors import FileUnusableError
from queue_server.command_line import DatabaseUrl, Json, report_errors, run
from queue_server.database import Database
from queue_server.domain.values import CentreId, Day
from queue_server.simulation.arrivals_file import days_of
from queue_server.simulation.chart import chart
from queue_server.simulation.comparison import LOADS, compared, drawn_days, loaded_days, mixed_days, split
from queue_server.simulation.demand import parse_demand
from queue_server.simulation.judge import judge_backlog, judge_day, learn_centre
from queue_server.simulation.judgement import judgement, report
from queue_server.simulation.model import SimulatedDay
from queue_server.simulation.past_log import past_days
from queue_server.simulation.policies import CallingPolicy
from queue_server.simulation.staffing import load, staffed_centre, work_of
from queue_server.simulation.table import table

app = CommandLine(no_args_is_help=True, help="Play days of a centre through its own rules. Nothing is stored.")

Catalogue = Annotated[Path | None, typer.Option(help="The centre's catalogue as a file; else --data and --centre.")]
DataFolder = Annotated[Path | None, typer.Option("--data", envvar="CONSULAR_DATA", help="Folder of the server.")]
Centre = Annotated[str | None, typer.Option(help="The centre whose stored catalogue is taken.")]
Loads = Annotated[
    list[float] | None,
    typer.Option("--load", min=0.05, max=5, help="Work over the time of counters; repeatable."),
]
SimulatedOn = Annotated[
    datetime | None,
    typer.Option("--day", formats=["%Y-%m-%d"], help="The date whose staffing plan is taken, as 2026-12-01."),
]
Days = Annotated[int, typer.Option(min=1, max=1000, help="How many days are drawn.")]
Seed = Annotated[int, typer.Option(help="The same seed draws the same days, on every machine.")]
Arrivals = Annotated[Path | None, typer.Option(help="Arrivals and service times (CSV), each day as it is.")]
Past = Annotated[int | None, typer.Option(min=1, max=400, help="So many of the centre's own last days.")]
DemandFile = Annotated[Path | None, typer.Option("--demand", help="Who wants to come (TOML).")]


def read(file: Path) -> str:
    """Read a file.

    Raises:
        FileUnusableError: it is not text.
        OSError: it cannot be read.
    """
    try:
        return file.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise FileUnusableError(file=str(file), reason="not UTF-8") from error


@app.command()
def policies(
    catalogue: Catalogue = None,
    data: DataFolder = None,
    centre: Centre = None,
    database: DatabaseUrl = None,
    *,
    demand: DemandFile = None,
    arrivals: Arrivals = None,
    past: Past = None,
    on: SimulatedOn = None,
    days: Days = 20,
    seed: Seed = 1,
    loads: Loads = None,
    policy: Annotated[list[CallingPolicy] | None, typer.Option(help="A policy; repeatable.")] = None,
    picture: Annotated[Path | None, typer.Option("--chart", help="Draw it, too (SVG).")] = None,
    as_json: Json = False,
) -> None:
    """Compare rules of calling: print a table of what each would come to at each load.

    Days are drawn from --demand at loads of 0.8 to 1.2, or are those of --arrivals or --past: as they were, or with
    service times that come to each --load.
    """
    _check_one(demand, arrivals, past)
    rounds: list[tuple[float, Sequence[SimulatedDay]]]
    with report_errors():
        if past is None:
            setup = _setup(catalogue, data, centre, database).setup
            if demand is not None:
                there = staffed_centre(setup, _day(on))
                wanted = parse_demand(read(demand), setup)
                rounds = [(at, drawn_days(there, wanted, at, days, seed)) for at in loads or LOADS]
            else:
                rounds = _at_loads(days_of(read(arrivals or Path()), setup), loads)
        else:
            rounds = _at_loads(_past(data, centre, database, past), loads)
        rows = list(compared(rounds, policy or list(CallingPolicy)))
        if picture is not None:
            picture.write_text(chart(rows, "Rules of calling, by load"), "utf-8")
    print(msgspec.json.encode(rows).decode() if as_json else table(rows), end="\n" if as_json else "")


@app.command()
def waits(
    catalogue: Catalogue = None,
    data: DataFolder = None,
    centre: Centre = None,
    database: DatabaseUrl = None,
    *,
    demand: DemandFile = None,
    arrivals: Arrivals = None,
    past: Past = None,
    on: SimulatedOn = None,
    days: Annotated[int, typer.Option(min=2, max=400, help="How many days are drawn to learn from.")] = 20,
    judged: Annotated[int, typer.Option(min=1, max=400, help="How many others the forecasts are judged on.")] = 10,
    low: Annotated[float, typer.Option(min=0.05, max=5, help="The load of the quietest day.")] = 0.85,
    high: Annotated[float, typer.Option(min=0.05, max=5, help="The load of the busiest day.")] = 1.15,
    every: Annotated[int, typer.Option(min=1, max=1000, help="Ask at every so many stops.")] = 3,
    seed: Seed = 1,
    as_json: Json = False,
) -> None:
    """Judge forecasts of waits: learn from some days, and look how right they are on days that they have not seen.

    Days are drawn from --demand with loads from --low to --high, or are those of --arrivals or --past, of which the
    last ones are judged.
    """
    if low > high:
        raise typer.BadParameter("not above --high", param_hint="--low")
    _check_one(demand, arrivals, past)
    with report_errors():
        setup = _setup(catalogue, data, centre, database).setup
        if demand is not None:
            there, wanted = staffed_centre(setup, _day(on)), parse_demand(read(demand), setup)
            known = mixed_days(there, wanted, (low, high), days, f"{seed}/learned")
            unseen = mixed_days(there, wanted, (low, high), judged, f"{seed}/judged")
        else:
            whole = _past(data, centre, database, past) if arrivals is None else days_of(read(arrivals), setup)
            known, unseen = split(whole, judged)
        learned = learn_centre(known, setup, every=every)
        found = judgement(
            [stop for day in unseen for stop in judge_day(day, learned, setup, every=every)],
            [judge_backlog(day, learned, setup) for day in unseen],
        )
    print(msgspec.json.encode(found).decode() if as_json else report(found), end="\n" if as_json else "")


def _check_one(*given: object) -> None:
    if sum(one is not None for one in given) != 1:
        raise typer.BadParameter("one of --demand, --arrivals and --past")


def _at_loads(
    found: Sequence[SimulatedDay], loads: Sequence[float] | None
) -> list[tuple[float, Sequence[SimulatedDay]]]:
    if loads:
        return [(at, loaded_days(found, at)) for at in loads]
    return [(fmean(load(day, work_of(day)) for day in found), found)] if found else []


def _day(said: datetime | None) -> Day:
    if said is None:
        raise typer.BadParameter("with --demand, the date whose staffing plan is taken", param_hint="--day")
    return Day(said.date().isoformat())


def _named(data: Path | None, centre: str | None) -> tuple[Path, CentreId]:
    if data is None or centre is None:
        raise typer.BadParameter("--catalogue, or --data and --centre")
    return data, CentreId(centre)


def _setup(catalogue: Path | None, data: Path | None, centre: str | None, database: str | None) -> Stored:
    """Find the set-up: in a file, or as the server has it.

    Raises:
        CatalogueError: the file is no catalogue.
        CentreNotSetUpError: the server knows no such centre.
    """
    if catalogue is not None:
        return Stored(toml.parse(read(catalogue)), 1)
    folder, named = _named(data, centre)
    return run(folder, database, lambda opened: _stored(opened, named))


async def _stored(database: Database, centre: CentreId) -> Stored:
    found = await database.run(lambda connection: store.load(connection, centre))
    if found is None:
        raise CentreNotSetUpError(centre=centre)
    return found


def _past(data: Path | None, centre: str | None, database: str | None, count: int | None) -> tuple[SimulatedDay, ...]:
    folder, named = _named(data, centre)

    async def work(opened: Database) -> tuple[SimulatedDay, ...]:
        return await past_days(opened, await _stored(opened, named), count or 1)

    return run(folder, database, work)
