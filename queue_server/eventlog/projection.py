"""Tables that show where streams are: rows that follow from one entity alone, written in the commit of its events.

What the rows of an entity are is one pure function, so the same function writes them, builds them anew and finds one
that was deleted or altered.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, and_, delete, insert, update

Row = Mapping[str, Any]
Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Projection[S]:
    """``tables`` in the order in which they are written, each with the column that holds the id of the entity.

    ``rows`` gives all rows of an entity, by the name of their table; tables that it does not name have none. A changed
    ``rows`` gets a new ``version``: then the tables have to be built anew.
    """

    name: str
    version: int
    tables: Mapping[Table, str]
    rows: Callable[[S], Mapping[str, Sequence[Row]]]

    def apply(self, connection: Connection, before: S | None, after: S) -> None:
        """Bring the rows of an entity from where they are to where its stream now is."""
        old, new = ({} if before is None else self.rows(before)), self.rows(after)
        for table in self.tables:
            _change(connection, table, keyed(table, old.get(table.name, ())), keyed(table, new.get(table.name, ())))


def key_of(table: Table, row: Row) -> Key:
    return tuple(row[column.name] for column in table.primary_key)


def keyed(table: Table, rows: Sequence[Row]) -> dict[Key, Row]:
    return {key_of(table, row): row for row in rows}


def _change(connection: Connection, table: Table, old: Mapping[Key, Row], new: Mapping[Key, Row]) -> None:
    for key in old.keys() - new.keys():
        connection.execute(delete(table).where(_is(table, key)))
    for key, row in new.items():
        if key in old and old[key] != row:
            connection.execute(update(table).where(_is(table, key)).values(dict(row)))
    fresh = [dict(row) for key, row in new.items() if key not in old]
    if fresh:
        connection.execute(insert(table), fresh)


def _is(table: Table, key: Key) -> Any:
    return and_(*(column == value for column, value in zip(table.primary_key, key, strict=True)))
