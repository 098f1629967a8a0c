"""Writes many rows of a table at once: hundreds of thousands where tables are built anew. Synchronous."""

from collections.abc import Mapping, Sequence
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
    filled = list(zip(*_filled(prepared, rows), strict=True)) if prepared.converted else list(rows)
    connection.exec_driver_sql(prepared.sql, filled)


def _filled(prepared: _BulkInsert, rows: Sequence[tuple[Any, ...]]) -> list[Sequence[Any]]:
    """Give the columns of rows as the database wants them; what stands in one again and again is converted once."""
    columns: list[Sequence[Any]] = list(zip(*rows, strict=True))
    for place, convert in prepared.converted:
        column, known = columns[place], {}
        found = []
        for value in column:
            key = tuple(value) if isinstance(value, list) and all(isinstance(one, str) for one in value) else None
            if key is None:
                found.append(convert(value))
                continue
            if key not in known:
                known[key] = convert(value)
            found.append(known[key])
        columns[place] = found
    return columns
