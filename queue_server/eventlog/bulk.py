"""Writes many rows of a table at once: hundreds of thousands where tables are built anew. Synchronous."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Boolean, Connection, Dialect, Table, insert


class _BulkInsert(NamedTuple):
    """A statement, the columns in the order of its places, and what the database wants of the values of some."""

    sql: str
    columns: tuple[str, ...]
    converted: tuple[tuple[int, Any], ...]


@lru_cache(maxsize=256)
def _prepared(table: Table, dialect: Dialect, columns: tuple[str, ...]) -> _BulkInsert:
    compiled = insert(table).compile(dialect=dialect, column_keys=list(columns))
    places = tuple(compiled.positiontup or ())
    # Every driver takes True and False as they are; what SQLAlchemy has for them only looks whether they are that.
    kinds = [table.c[name].type for name in places]
    processors = [
        None if isinstance(kind, Boolean) else kind.dialect_impl(dialect).bind_processor(dialect) for kind in kinds
    ]
    converted = tuple((place, one) for place, one in enumerate(processors) if one is not None)
    return _BulkInsert(str(compiled), places, converted)


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all name the same columns.

    What SQLAlchemy works out of each row again and again is worked out once: half of the time of an insert was that.

    Raises:
        KeyError: a row lacks a column that the first one names.
    """
    if not rows:
        return
    prepared = _prepared(table, connection.dialect, tuple(rows[0]))
    values = itemgetter(*prepared.columns)
    _insert(connection, prepared, [values(row) for row in rows])


def insert_values(connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows that have a value for each column, in the order of the table."""
    if rows:
        _insert(connection, _prepared(table, connection.dialect, tuple(table.columns.keys())), rows)


def _insert(connection: Connection, prepared: _BulkInsert, rows: Sequence[tuple[Any, ...]]) -> None:
    columns: list[Sequence[Any]] = list(zip(*rows, strict=True)) if prepared.converted else []
    for place, convert in prepared.converted:
        columns[place] = _converted(columns[place], convert)
    connection.exec_driver_sql(prepared.sql, list(zip(*columns, strict=True)) if columns else list(rows))


def _converted(column: Iterable[Any], convert: Callable[[Any], Any]) -> list[Any]:
    """Give a column as the database wants it; texts that stand in it together again and again are converted once."""
    known: dict[tuple[str, ...], Any] = {}
    found = []
    for value in column:
        # Whatever is no text may equal what is written otherwise: 1 and True.
        if type(value) is list and {*map(type, value)} == {str}:
            key = tuple(value)
            if key not in known:
                known[key] = convert(value)
            found.append(known[key])
        else:
            found.append(convert(value))
    return found
