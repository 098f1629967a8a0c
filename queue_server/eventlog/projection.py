"""Tables that show where streams are: rows that follow from one entity alone, written in the commit of its events.

What the rows of an entity are is one pure function, so the same function writes them, builds them anew and finds one
that was deleted or altered (``rebuild``).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import JSON, ColumnElement, Connection, Table, and_, delete, select, update

from queue_server.eventlog.bulk import insert_rows
from queue_server.eventlog.tables import projections

Row = Mapping[str, Any]
Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Projection[S]:
    """``tables`` in the order in which they are written, each with the column that holds the id of the entity.

    ``rows`` gives all rows of an entity, by the name of their table; tables that it does not name have none. A changed
    ``rows`` gets a new ``version``: then the tables have to be built anew.

    Tables that follow after the commits, and not in them, say by ``reached`` up to which ``seq`` they show an entity;
    one that is not named is not shown yet. ``at_once`` streams are read together where all are read.

    ``values`` gives the same rows as ``rows``, each as values in the order of the columns: where there are hundreds of
    thousands, and nothing to compare them with, no mapping is made of each.
    """

    name: str
    version: int
    tables: Mapping[Table, str]
    rows: Callable[[S], Mapping[str, Sequence[Row]]]
    reached: Callable[[Connection, Sequence[str]], Mapping[str, int]] | None = None
    at_once: int = 200
    values: Callable[[S], Mapping[str, Sequence[tuple[Any, ...]]]] | None = None

    def apply(self, connection: Connection, before: S | None, after: S, position: int) -> None:
        """Bring the rows of an entity from where they are to where its stream now is, and the checkpoint with them."""
        self.show(connection, before, after)
        self.advance(connection, position)

    def show(self, connection: Connection, before: S | None, after: S) -> None:
        """Bring the rows of an entity from where they are to where its stream now is."""
        for one in self.changes(before, after):
            one.write(connection)

    def changes(self, before: S | None, after: S) -> "list[TableChange]":
        """Find what has to be written so that the rows of an entity are where its stream now is."""
        return self.differences({} if before is None else self.rows(before), self.rows(after))

    def differences(self, old: Mapping[str, Sequence[Row]], new: Mapping[str, Sequence[Row]]) -> "list[TableChange]":
        """Compare rows, by the name of their table."""
        return [
            difference(table, keyed(table, old.get(table.name, ())), keyed(table, new.get(table.name, ())))
            for table in self.tables
        ]

    def advance(self, connection: Connection, position: int) -> None:
        """Move the checkpoint on. Where another transaction is moving it, that one says enough: nobody waits."""
        p = projections.c
        behind = select(p.name).where(p.name == self.name, p.position < position).with_for_update(skip_locked=True)
        moved = update(projections).where(p.name.in_(behind)).values(position=position)
        connection.execute(moved)


def keyed(table: Table, rows: Iterable[Row]) -> dict[Key, Row]:
    """Give rows by their keys, with values as a database gives them back: in JSON there are no tuples."""
    names = [column.name for column in table.primary_key]
    values = itemgetter(*names) if len(names) > 1 else lambda row: (row[names[0]],)
    lists = [column.name for column in table.columns if isinstance(column.type, JSON)]
    if not lists:
        return {values(row): row for row in rows}
    return {values(row): _as_read(row, lists) for row in rows}


def _as_read(row: Row, lists: Sequence[str]) -> Row:
    tuples = {name: list(row[name]) for name in lists if isinstance(row.get(name), tuple)}
    return {**row, **tuples} if tuples else row


class TableChange(NamedTuple):
    """What has to be written in a table: rows to be deleted, by their keys, rows with other values, and new rows."""

    table: Table
    gone: Sequence[Key]
    other: Mapping[Key, Row]
    fresh: Sequence[Row]

    def write(self, connection: Connection) -> int:
        """Write it; gives how many rows were touched."""
        for key in self.gone:
            connection.execute(delete(self.table).where(_is(self.table, key)))
        for key, row in self.other.items():
            connection.execute(update(self.table).where(_is(self.table, key)).values(dict(row)))
        insert_rows(connection, self.table, self.fresh)
        return len(self.gone) + len(self.other) + len(self.fresh)


def difference(table: Table, old: Mapping[Key, Row], new: Mapping[Key, Row]) -> TableChange:
    """Compare the rows of a table with those that it should have."""
    return TableChange(
        table,
        gone=[key for key in old if key not in new],
        other={key: row for key, row in new.items() if key in old and old[key] != row},
        fresh=[row for key, row in new.items() if key not in old],
    )


def _is(table: Table, key: Key) -> ColumnElement[bool]:
    return and_(*(column == value for column, value in zip(table.primary_key, key, strict=True)))
