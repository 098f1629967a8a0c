"""SQL statements, compiled once for all SQLite databases of a process.

SQLAlchemy compiles a statement once an engine, and an engine belongs to one database file: a server that runs for hours
compiles each statement twice, and a test process compiled it again for every server that it started. ``share`` gives
all SQLite engines of this process one dialect and one cache. The statements and their results are the same.
"""

from sqlalchemy import Engine
from sqlalchemy.util import LRUCache

from queue_server.database import SqliteDatabase

#: More statements than the whole product has.
_STATEMENTS = 5000

_make = SqliteDatabase._engine
_cache: LRUCache[object, object] = LRUCache(_STATEMENTS)
_first: list[Engine] = []


def _engine(database: SqliteDatabase, begin: str, pragmas: tuple[str, ...], connections: int) -> Engine:
    engine = _make(database, begin, pragmas, connections)
    # A dialect learns the version of the database at its first connection: one that never had any is of no use.
    if not _first or _first[0].dialect.server_version_info is None:
        _first[:] = [engine]
    # Compiled statements are found by the dialect that they were compiled for.
    engine.dialect = _first[0].dialect
    engine.update_execution_options(compiled_cache=_cache)
    return engine


def share() -> None:
    """Share compiled statements between all SQLite databases that this process opens from now on."""
    SqliteDatabase._engine = _engine  # type: ignore[assignment,method-assign]
