"""``queue-server catalogue``: the versions of a centre's catalogue, past and planned."""

from datetime import UTC, datetime
from typing import Annotated

import msgspec
import typer

from peripherals.command_line import CommandLine
from queue_server.catalogue import difference, planning, store, toml, versions
from queue_server.catalogue.errors import CentreNotSetUpError
from queue_server.command_line import Data, DatabaseUrl, Json, report_errors, run
from queue_server.database import Database
from queue_server.domain.values import CentreId, Micros, now_micros, to_datetime

app = CommandLine(no_args_is_help=True, help="The versions of a centre's catalogue, past and planned.")


class ListedVersion(msgspec.Struct, frozen=True):
    """A version of the history; ``differences`` are those from the one before it, None where that was not kept."""

    version: int
    at: datetime | None
    actor: str
    differences: tuple[difference.CatalogueDifference, ...] | None


@app.command("history")
def show_history(centre: str, data: Data, database: DatabaseUrl = None, *, as_json: Json = False) -> None:
    """Print what is planned, and every version with who, when and what differs from the one before; newest first."""
    ident = CentreId(centre)

    async def read(
        opened: Database,
    ) -> tuple[int | None, tuple[planning.CataloguePlan, ...], tuple[versions.CatalogueVersion, ...]]:
        return await opened.run(
            lambda connection: (
                store.version(connection, ident),
                planning.plans(connection, ident),
                versions.history(connection, ident),
            )
        )

    with report_errors():
        there, planned, kept = run(data, database, read)
        if there is None:
            raise CentreNotSetUpError(centre=centre)
        past = _with_differences(kept)
    if as_json:
        coming = [{"from_day": one.from_day, "at": to_datetime(one.at), "actor": one.actor} for one in planned]
        print(_json({"centre": ident, "planned": coming, "versions": past}))
        return
    for plan in planned:
        print(f"from {plan.from_day} on, planned {_moment(plan.at)} by {plan.actor}")
    for one, written in zip(past, kept, strict=True):
        print(f"version {one.version}, {_moment(written.at)} by {one.actor}")
        for each in one.differences or ():
            print(f"  {difference.line(each)}")


def _with_differences(kept: tuple[versions.CatalogueVersion, ...]) -> list[ListedVersion]:
    """Say of each version what differs from the one before; what this release cannot read is not compared."""
    setups = {one.version: toml.read(one.text) for one in kept}
    return [
        ListedVersion(
            one.version,
            None if one.at is None else to_datetime(one.at),
            one.actor,
            None
            if (before := setups.get(one.version - 1)) is None or (after := setups[one.version]) is None
            else difference.differences(before, after),
        )
        for one in kept
    ]


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _moment(at: Micros | None) -> str:
    return "at a time that was not kept" if at is None else to_datetime(at).astimezone(UTC).isoformat(" ", "seconds")


@app.command("show")
def show_version(centre: str, version: int, data: Data, database: DatabaseUrl = None) -> None:
    """Print a version as it was written."""
    with report_errors():
        text = run(
            data,
            database,
            lambda opened: opened.run(lambda connection: versions.get(connection, CentreId(centre), version).text),
        )
    print(text, end="")


@app.command("undo")
def undo(
    centre: str,
    data: Data,
    database: DatabaseUrl = None,
    *,
    version: Annotated[
        int | None, typer.Option(help="The version; the one before what is in force if left out.")
    ] = None,
) -> None:
    """Put an earlier version in force again, as a new one; what is undone can be undone."""
    with report_errors():
        stored = run(
            data,
            database,
            lambda opened: opened.write(
                lambda connection: store.undo(
                    connection, CentreId(centre), version, actor=versions.SYSTEM, at=now_micros()
                )
            ),
        )
    print(f"{stored.setup.centre.id}: version {stored.version}")


@app.command("withdraw")
def withdraw(
    centre: str,
    day: Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"], help="The day from which on it was to count.")],
    data: Data,
    database: DatabaseUrl = None,
) -> None:
    """Let a planned catalogue not count after all."""
    with report_errors():
        run(
            data,
            database,
            lambda opened: opened.write(
                lambda connection: planning.withdraw(
                    connection, CentreId(centre), day.date(), actor=versions.SYSTEM, at=now_micros()
                )
            ),
        )
    print(f"{centre}: nothing changes on {day.date()}")
