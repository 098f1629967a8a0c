"""An append to PostgreSQL: one statement, however many events it has and streams.

A busy centre appends many times a second, and its database may be another machine, so an append waits for one answer.
Within a transaction nothing in it fails: what another process has stored first is not stored again, and counts tell
that. By itself (``write_at_once``) it is all or nothing: where the counts do not fit, the statement fails.
"""

from collections.abc import Sequence
from operator import attrgetter
from typing import Final

from msgspec.structs import replace
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from queue_server.database.failures import LogConflictError
from queue_server.eventlog import positions, stream_turns
from queue_server.eventlog.ends import why_not
from queue_server.eventlog.port import Append, Event, TurnNotComeError
from queue_server.eventlog.stream_turns import MINE, Turn

#: The columns of an event but its position, with their types in an array.
_TYPES: Final = {
    "stream": "text",
    "seq": "bigint",
    "at": "bigint",
    "type": "text",
    "v": "integer",
    "command": "text",
    "actor": "text",
    "payload": "bytea",
    "hash": "bytea",
}
_NAMES: Final = ", ".join(_TYPES)
_ARRAYS: Final = ", ".join(f"CAST(:{name} AS {kind}[])" for name, kind in _TYPES.items())

# Where it is another's turn nothing is even tried. Positions are taken in the order of the events, once the lock for
# the horizon is held. A head moves if it is the one that was decided on, and the event that it names is there.
_DONE: Final = (
    f"WITH held AS MATERIALIZED (SELECT {positions.HOLD}, {MINE} FROM events_position), "  # noqa: S608 - our own
    f"new AS (SELECT one.* FROM held, unnest({_ARRAYS}) WITH ORDINALITY AS one ({_NAMES}, place) WHERE held.mine "
    "ORDER BY place), "
    f"stored AS (INSERT INTO events ({_NAMES}, position) SELECT {_NAMES}, nextval('events_position') FROM new "
    "ON CONFLICT (stream, seq) DO NOTHING RETURNING position), "
    "ends AS (SELECT one.* FROM held, unnest("
    "CAST(:streams AS text[]), CAST(:befores AS bigint[]), CAST(:digests AS bytea[]), "
    "CAST(:afters AS bigint[]), CAST(:moments AS bigint[]), CAST(:hashes AS bytea[])) "
    "AS one (stream, before, digest, after, at, hash) WHERE held.mine), "
    "begun AS (INSERT INTO heads (stream, seq, at, hash) SELECT stream, after, at, hash FROM ends WHERE before = 0 "
    "ON CONFLICT (stream) DO NOTHING RETURNING stream), "
    "moved AS (UPDATE heads SET seq = ends.after, at = ends.at, hash = ends.hash FROM ends "
    "WHERE heads.stream = ends.stream AND heads.seq = ends.before AND EXISTS (SELECT 1 FROM events "
    "WHERE events.stream = ends.stream AND events.seq = ends.before AND events.hash = ends.digest) "
    "RETURNING heads.stream), "
    "done AS (SELECT (SELECT array_agg(position) FROM stored) AS places, "
    "ARRAY(SELECT stream FROM begun UNION ALL SELECT stream FROM moved) AS ends, mine FROM held) "
)
_GIVE: Final = "SELECT places, ends, mine FROM done"
_APPEND: Final = text(f"{_DONE}{_GIVE}").bindparams(space=positions.SPACE)
# A text that is no number, made of what is known only once all is done: PostgreSQL then takes all of it back. Where it
# was another's turn nothing was done.
_APPEND_OR_FAIL: Final = text(
    f"{_DONE}SELECT places, ends, mine, CASE WHEN NOT mine THEN 0 "  # noqa: S608 - as above
    "WHEN cardinality(places) = cardinality(CAST(:stream AS text[])) "
    "AND cardinality(ends) = cardinality(CAST(:streams AS text[])) THEN 0 "
    "ELSE CAST('not all: ' || cardinality(ends) AS integer) END FROM done"
).bindparams(space=positions.SPACE)
#: PostgreSQL, appendix A: invalid_text_representation.
_NOT_ALL: Final = "22P02"


class NotAtOnceError(Exception):
    """An append by one statement does not fit what stands in the log."""


_COLUMNS: Final = {name: attrgetter(name) for name in _TYPES}


def write(
    connection: Connection, appends: Sequence[Append], chained: Sequence[Event], turn: Turn | None
) -> list[Event]:
    """Store events, which are those of ``appends`` in their order.

    Raises:
        TurnNotComeError: it is another's turn.
        LogConflictError: an end is not where it was expected.
        LogDamagedError: the stored head of a stream is not the end of its events.
    """
    found = connection.execute(_APPEND, _values(appends, chained) | stream_turns.values(turn)).one()
    if not found.mine:
        raise TurnNotComeError
    if len(found.places or ()) != len(chained):
        raise LogConflictError(streams=", ".join(wanted.stream for wanted in appends))
    for wanted in appends:
        if wanted.stream not in found.ends:
            raise why_not(connection, wanted)
    return _placed(chained, found.places)


def write_at_once(
    connection: Connection, appends: Sequence[Append], chained: Sequence[Event], turn: Turn | None
) -> list[Event]:
    """Store events by a statement that is a transaction of its own.

    Raises:
        TurnNotComeError: it is another's turn.
        NotAtOnceError: nothing is stored; within a transaction ``write`` finds out why.
    """
    try:
        found = connection.execute(_APPEND_OR_FAIL, _values(appends, chained) | stream_turns.values(turn)).one()
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) == _NOT_ALL:
            raise NotAtOnceError from error
        raise
    if not found.mine:
        raise TurnNotComeError
    return _placed(chained, found.places)


def _values(appends: Sequence[Append], chained: Sequence[Event]) -> dict[str, object]:
    last = {event.stream: event for event in chained}
    ends = [last[wanted.stream] for wanted in appends]
    return {
        **{name: [column(event) for event in chained] for name, column in _COLUMNS.items()},
        "streams": [wanted.stream for wanted in appends],
        "befores": [wanted.after.seq for wanted in appends],
        "digests": [wanted.after.hash for wanted in appends],
        "afters": [end.seq for end in ends],
        "moments": [end.at for end in ends],
        "hashes": [end.hash for end in ends],
    }


def _placed(chained: Sequence[Event], places: Sequence[int]) -> list[Event]:
    return [replace(event, position=place) for event, place in zip(chained, sorted(places), strict=True)]
