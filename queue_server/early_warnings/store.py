"""Warnings in the database: their rows change in one place, one transaction after the other."""

from collections.abc import Callable, Mapping

from msgspec.structs import asdict
from sqlalchemy import Connection, delete, insert, select, update

from queue_server.database.serialising import serialise
from queue_server.domain.values import CentreId
from queue_server.early_warnings.model import Episode
from queue_server.early_warnings.tables import early_warnings

_COLUMNS = early_warnings.c

type Episodes = Mapping[str, Episode]


def episodes(connection: Connection, centre: CentreId) -> dict[str, Episode]:
    """Read the warnings of a centre by their names."""
    columns = (_COLUMNS[name] for name in Episode.__struct_fields__)
    rows = connection.execute(select(*columns).where(_COLUMNS.centre == centre)).mappings()
    return {row["warning"]: Episode(**row) for row in rows}


def all_episodes(connection: Connection) -> dict[CentreId, dict[str, Episode]]:
    """Read the warnings of all centres that have any, in one look."""
    columns = [_COLUMNS[name] for name in Episode.__struct_fields__]
    found: dict[CentreId, dict[str, Episode]] = {}
    for row in connection.execute(select(_COLUMNS.centre, *columns)).mappings():
        one = Episode(**{name: row[name] for name in Episode.__struct_fields__})
        found.setdefault(row["centre"], {})[one.warning] = one
    return found


def change(connection: Connection, centre: CentreId, decide: Callable[[Episodes], Episodes]) -> Episodes:
    """Store what becomes of the warnings of a centre; of several servers one after the other does."""
    serialise(connection, "early-warnings", (centre,))
    before = episodes(connection, centre)
    after = decide(before)
    for name in before.keys() - after.keys():
        connection.execute(delete(early_warnings).where(_COLUMNS.centre == centre, _COLUMNS.warning == name))
    for name, one in after.items():
        if name not in before:
            connection.execute(insert(early_warnings).values(centre=centre, **asdict(one)))
        elif one != before[name]:
            there = update(early_warnings).where(_COLUMNS.centre == centre, _COLUMNS.warning == name)
            connection.execute(there.values(**asdict(one)))
    return after
