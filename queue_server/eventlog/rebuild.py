"""Projected tables beside the streams they show: which rows are not as they should be, and how they become so again."""

import gc
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Table, delete, func, insert, literal, select, text

from queue_server.domain.values import ConsularError
from queue_server.eventlog import positions
from queue_server.eventlog.aggregate import Aggregate
from queue_server.eventlog.bulk import insert_values
from queue_server.eventlog.projection import Key, Projection, Row, difference, keyed
from queue_server.eventlog.tables import events, heads, projections
from queue_server.eventlog.verify import BadRow, RowFault

type Values = tuple[Any, ...]


class StreamRange(NamedTuple):
    """Streams of a kind that are looked at together: behind ``after``, up to ``last``."""

    aggregate: Aggregate[Any]
    after: str
    last: str


Rows = dict[Table, dict[Key, Row]]


class ProjectionsOlderError(ConsularError):
    """The tables of streams of ``kind`` are those of another release: ``queue-server rebuild`` builds them anew."""

    code = "projections-older"


def _shown(aggregates: Sequence[Aggregate[Any]]) -> Iterator[tuple[Aggregate[Any], Projection[Any]]]:
    for aggregate in aggregates:
        if aggregate.projection is not None:
            yield aggregate, aggregate.projection


def check_versions(connection: Connection, aggregates: Sequence[Aggregate[Any]]) -> None:
    """Check that the tables are those of this release.

    Raises:
        ProjectionsOlderError: some are not.
    """
    for one in outdated(connection, aggregates):
        raise ProjectionsOlderError(kind=one.kind)


def outdated(connection: Connection, aggregates: Sequence[Aggregate[Any]]) -> list[Aggregate[Any]]:
    """List those whose tables have to be built anew before this release can work with them."""
    stored = connection.execute(select(projections.c.name, projections.c.version))
    found = {row.name: row.version for row in stored}
    return [one for one, projection in _shown(aggregates) if found.get(projection.name) != projection.version]


def bad_rows(connection: Connection, aggregates: Sequence[Aggregate[Any]]) -> Iterator[BadRow]:
    """Name the rows that are not as their streams have them, on one snapshot.

    Raises:
        UnknownEventError: a newer release wrote an event.
    """
    for one in ranges(connection, aggregates):
        yield from bad_rows_of(connection, one)
    yield from unfounded_rows(connection, aggregates)


def ranges(connection: Connection, aggregates: Sequence[Aggregate[Any]]) -> Iterator[StreamRange]:
    """Divide all streams that tables show, so that each part can be looked through by itself."""
    for aggregate, projection in _shown(aggregates):
        last = aggregate.prefix
        while names := _next(connection, aggregate.prefix, last, projection.at_once):
            yield StreamRange(aggregate, last, names[-1])
            last = names[-1]


def bad_rows_of(connection: Connection, part: StreamRange) -> Iterator[BadRow]:
    """Name the rows of some streams that are not as these have them.

    Raises:
        UnknownEventError: a newer release wrote an event.
    """
    projection = part.aggregate.projection
    if projection is None:
        return
    last = part.after
    # A stream that has begun since the parts were made may be one more than are looked at together.
    while last != part.last:
        names = _next(connection, part.aggregate.prefix, last, projection.at_once)
        names = [name for name in names if name <= part.last]
        if not names:
            return
        last = names[-1]
        yield from _bad_rows_of(connection, part.aggregate, projection, names)


def _bad_rows_of(
    connection: Connection, aggregate: Aggregate[Any], projection: Projection[Any], names: Sequence[str]
) -> Iterator[BadRow]:
    entities, stored = _beside(connection, aggregate, projection, projection.tables, names, as_shown=True)
    if projection.values is not None and not _differ(projection.tables, stored, map(projection.values, entities)):
        return
    for table, expected in _expected(projection, entities).items():
        yield from _differing(table, _keyed(table, stored[table]), expected)


def unfounded_rows(connection: Connection, aggregates: Sequence[Aggregate[Any]]) -> Iterator[BadRow]:
    """Name the rows of which there is no stream."""
    for aggregate, projection in _shown(aggregates):
        for table, owner in projection.tables.items():
            for key in _keyed(table, _stored(connection, table, _unfounded(aggregate, table, owner))):
                yield BadRow(str(table.name), _named(key), RowFault.UNFOUNDED)


def rebuild(connection: Connection, aggregate: Aggregate[Any], progress: Callable[[int], None]) -> int:
    """Bring every row of an aggregate's tables to where its streams are; gives how many had to be touched.

    Servers may work meanwhile: on PostgreSQL they wait with what goes into these tables, and go on from what is then
    there; on SQLite they wait for the whole transaction. ``progress`` is told the number of streams looked at.
    """
    projection = aggregate.projection
    if projection is None:
        return 0
    if connection.dialect.name == "postgresql":
        for table in projection.tables:
            connection.execute(text(f"LOCK TABLE {table.name} IN SHARE ROW EXCLUSIVE MODE"))
    until, touched, looked = positions.horizon(connection), 0, 0
    filled = [table for table in projection.tables if connection.execute(select(table).limit(1)).first() is not None]
    with uncollected():
        for entities, stored in _compared(connection, aggregate, projection, filled):
            if projection.values is not None and not any(stored.values()):
                touched += _fill(connection, projection.tables, map(projection.values, entities))
            elif projection.values is None or _differ(projection.tables, stored, map(projection.values, entities)):
                for table, expected in _expected(projection, entities).items():
                    touched += difference(table, _keyed(table, stored.get(table, ())), expected).write(connection)
            looked += projection.at_once
            progress(looked)
    # Where nothing was, all that is there now is of a stream: looking for each row's takes a thirtieth of the time.
    for table in filled:
        unfounded = _unfounded(aggregate, table, projection.tables[table])
        touched += connection.execute(delete(table).where(unfounded)).rowcount
    connection.execute(delete(projections).where(projections.c.name == projection.name))
    checkpoint = {"name": projection.name, "version": projection.version, "position": until}
    connection.execute(insert(projections).values(checkpoint))
    return touched


def _expected[S](projection: Projection[S], entities: Iterable[S]) -> Rows:
    shown = [projection.rows(one) for one in entities]
    return {
        table: keyed(table, (row for rows in shown for row in rows.get(table.name, ()))) for table in projection.tables
    }


def _fill(connection: Connection, tables: Iterable[Table], shown: Iterable[Mapping[str, Sequence[Values]]]) -> int:
    """Write rows where there are none, as after an update; gives how many."""
    filled = 0
    for values in shown:
        for table in tables:
            insert_values(connection, table, values[table.name])
            filled += len(values[table.name])
    return filled


def _differ(
    tables: Iterable[Table], stored: Mapping[Table, Sequence[Values]], shown: Iterable[Mapping[str, Sequence[Values]]]
) -> bool:
    """Tell whether rows are not as they should be. Nearly always all are, and no mapping is made of each."""
    listed = list(shown)
    for table in tables:
        rows, key = stored.get(table, ()), _key_of(table)
        expected = {key(row): row for values in listed for row in values[table.name]}
        if len(rows) != len(expected) or any(expected.get(key(row)) != row for row in rows):
            return True
    return False


def _key_of(table: Table) -> Callable[[Values], Any]:
    names = table.columns.keys()
    return itemgetter(*(names.index(column.name) for column in table.primary_key))


@contextmanager
def uncollected() -> Iterator[None]:
    """Let no cycles be looked for: rows and facts have none, and looking through all of them again takes an eighth."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def count(connection: Connection, aggregate: Aggregate[Any]) -> int:
    """Count the streams of a kind."""
    of_kind = heads.c.stream.startswith(aggregate.prefix, autoescape=True)
    return connection.execute(select(func.count()).select_from(heads).where(of_kind)).scalar_one()


def _compared(
    connection: Connection,
    aggregate: Aggregate[Any],
    projection: Projection[Any],
    tables: Collection[Table],
) -> Iterator[tuple[Sequence[Any], Mapping[Table, Sequence[Values]]]]:
    """Give, for some streams at a time, what they fold to, and the rows of ``tables`` as they are."""
    last = aggregate.prefix
    while True:
        names = _next(connection, aggregate.prefix, last, projection.at_once)
        if not names:
            return
        last = names[-1]
        yield _beside(connection, aggregate, projection, tables, names)


def _beside(
    connection: Connection,
    aggregate: Aggregate[Any],
    projection: Projection[Any],
    tables: Collection[Table],
    names: Sequence[str],
    *,
    as_shown: bool = False,
) -> tuple[Sequence[Any], Mapping[Table, Sequence[Values]]]:
    """Give what streams fold to, and their rows of ``tables`` as they are.

    ``as_shown``: what they fold to as far as they should be shown now, where tables follow after the commits.
    """
    idents, until = [name.removeprefix(aggregate.prefix) for name in names], None
    if as_shown and projection.reached is not None:
        until = {aggregate.stream(one): seq for one, seq in projection.reached(connection, idents).items()}
    streams = aggregate.replay_several(connection, names, until)
    entities = [one for one in streams if one is not None]
    stored = {table: _stored(connection, table, table.c[projection.tables[table]].in_(idents)) for table in tables}
    return entities, stored


def _stored(connection: Connection, table: Table, which: ColumnElement[bool]) -> Sequence[Values]:
    return list(map(tuple, connection.execute(select(table).where(which)).all()))


def _keyed(table: Table, rows: Iterable[Values]) -> dict[Key, Row]:
    names = table.columns.keys()
    return keyed(table, (dict(zip(names, row, strict=True)) for row in rows))


def _next(connection: Connection, prefix: str, after: str, most: int) -> list[str]:
    """Name the next streams. Each is looked for behind the one before it: a day's thousands of events are not read."""
    e, later = events.c, events.alias().c
    # The character after the slash that a prefix ends with: all names of a kind lie before it.
    end = f"{prefix.removesuffix('/')}0"
    first = select(func.min(e.stream).label("stream")).where(e.stream > after, e.stream < end)
    names = first.cte("names", recursive=True)
    following = select(func.min(later.stream)).where(later.stream > names.c.stream, later.stream < end)
    names = names.union_all(select(following.scalar_subquery()).where(names.c.stream.is_not(None)))
    found = connection.execute(select(names.c.stream).limit(most)).scalars()
    return [name for name in found if name is not None]


def _unfounded(aggregate: Aggregate[Any], table: Table, owner: str) -> ColumnElement[bool]:
    stream = literal(aggregate.prefix).concat(table.c[owner])
    return ~select(events.c.seq).where(events.c.stream == stream, events.c.seq == 1).exists()


def _differing(table: Table, stored: Mapping[Key, Row], expected: Mapping[Key, Row]) -> Iterator[BadRow]:
    for key in sorted({*stored, *expected}, key=_named):
        if key not in stored:
            yield BadRow(str(table.name), _named(key), RowFault.MISSING)
        elif key not in expected:
            yield BadRow(str(table.name), _named(key), RowFault.UNFOUNDED)
        elif dict(stored[key]) != dict(expected[key]):
            yield BadRow(str(table.name), _named(key), RowFault.ALTERED)


def _named(key: Key) -> str:
    return "/".join(map(str, key))
