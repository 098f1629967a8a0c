"""``queue-server people``: shred somebody, see who looked, delete what is over."""

from pathlib import Path
from typing import Annotated

import msgspec
import typer
from sqlalchemy import Connection

from peripherals.command_line import CommandLine
from queue_server.command_line import Data, DatabaseUrl, Json, report_errors, run
from queue_server.database import Database
from queue_server.domain.values import Actor, PersonId, VisitId, now_micros, to_datetime
from queue_server.eventlog.sqlalchemy_log import SqlEventLog
from queue_server.framework.commands import rooms_of
from queue_server.framework.rooms import RoomCollection
from queue_server.vault.keys import check_fingerprints, load_keys, people_file
from queue_server.vault.people_key import PeopleKeyHolder
from queue_server.vault.store import Vault, reads

app = CommandLine(no_args_is_help=True, help="What is known of people: shred it, see who looked.")

#: Whoever types commands on the server has no name here.
_ACTOR = Actor("system")


async def _keeper(rooms: RoomCollection, database: Database, data: Path) -> PeopleKeyHolder:
    settings, keys = rooms.settings(data), load_keys(data)
    await database.run(lambda connection: check_fingerprints(connection, keys))
    return PeopleKeyHolder(SqlEventLog(database), people_file(data), keys.people, rooms.tables, settings, now_micros)


@app.command()
def shred(
    context: typer.Context,
    who: Annotated[str, typer.Argument(help="Id of a visit, or of a person as the vault names them.")],
    data: Data,
    database: DatabaseUrl = None,
) -> None:
    """Destroy all that the vault holds of whoever came with a visit; no backup brings it back.

    Every other server destroys its own copy of the keys when it next looks, within seconds.
    """

    async def work(opened: Database) -> int:
        keeper = await _keeper(rooms_of(context), opened, data)
        vault, now = Vault(lambda: keeper.key), now_micros()

        def destroy(connection: Connection) -> int:
            persons = vault.shred_visit(connection, VisitId(who), actor=_ACTOR, now=now)
            return persons or int(vault.shred(connection, PersonId(who), actor=_ACTOR, now=now))

        persons = await opened.write(destroy)
        await keeper.settle()
        return persons

    with report_errors():
        persons = run(data, database, work)
    print(f"shredded: {persons}" if persons else "the vault holds nothing of them")
    raise typer.Exit(0 if persons else 1)


@app.command("reads")
def list_reads(
    data: Data,
    visit: Annotated[str | None, typer.Option(help="Only what was read of this visit.")] = None,
    database: DatabaseUrl = None,
    *,
    as_json: Json = False,
) -> None:
    """List who looked, at what and what for; newest first, at most a thousand."""
    with report_errors():
        found = run(
            data,
            database,
            lambda opened: opened.run(lambda connection: reads(connection, None if visit is None else VisitId(visit))),
        )
    if as_json:
        print(msgspec.json.encode(found).decode())
        return
    for one in found:
        when = to_datetime(one.at).isoformat(timespec="seconds")
        print(when, one.actor, one.purpose, one.centre, one.visit or "-", one.row or "-", sep="\t")


@app.command()
def ended(context: typer.Context, data: Data, database: DatabaseUrl = None) -> None:
    """Delete now what is over, and destroy its keys, as every server does by itself."""

    async def work(opened: Database) -> int:
        return await (await _keeper(rooms_of(context), opened, data)).settle()

    with report_errors():
        rows = run(data, database, work)
    print(f"ended: {rows}")
