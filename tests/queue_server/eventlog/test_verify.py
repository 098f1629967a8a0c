"""``verify`` finds whatever is done to the stored log, and says where."""

from collections.abc import Iterator

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, StaticPool, create_engine, delete, update

from queue_server.database import Database
from queue_server.eventlog.codec import encode
from queue_server.eventlog.port import Event, NewEvent, StreamHead
from queue_server.eventlog.tables import events, heads
from queue_server.eventlog.verify import Bad, Report, verify, verify_snapshot
from queue_server.signing import EventSigner
from queue_server.tables import metadata
from tests.queue_server.eventlog.conftest import event
from tests.queue_server.eventlog.days import APPLICATION, DAYS, STREAMS, all_events, closing, rehash, write_days

SIGNER = EventSigner(Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
OTHER = EventSigner(Ed25519PrivateKey.from_private_bytes(bytes(32)))
# (stream, seq) of every event, in order.
PLACES = tuple(
    (stream, seq)
    for stream, end in zip((APPLICATION, *STREAMS), (3, 6, 6, 4), strict=True)
    for seq in range(1, end + 1)
)
COLUMNS = ("at", "type", "v", "command", "actor", "payload", "hash")
no_fixture_check = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def written() -> Iterator[Connection]:
    """Give the log in a database in memory; a test changes it in a transaction and rolls back."""
    engine = create_engine("sqlite://", poolclass=StaticPool)
    with engine.connect() as connection:
        metadata.create_all(connection)
        write_days(connection, SIGNER)
        connection.commit()
        yield connection
    engine.dispose()


@pytest.fixture
def connection(written: Connection) -> Iterator[Connection]:
    yield written
    written.rollback()


def bad(connection: Connection) -> Bad | None:
    report = verify_snapshot(connection, SIGNER.verifier)
    connection.rollback()
    assert report.ok == (report.bad is None)
    return report.bad


def found_place(connection: Connection) -> tuple[str, int] | None:
    found = bad(connection)
    return None if found is None else (found.stream, found.seq)


def at(place: tuple[str, int]) -> object:
    return (events.c.stream == place[0]) & (events.c.seq == place[1])


def test_an_untouched_log_is_whole(connection: Connection) -> None:
    steps: list[tuple[int, int]] = []
    report = verify_snapshot(connection, SIGNER.verifier, lambda read, total: steps.append((read, total)))
    assert report == Report(ok=True, streams=4, events=len(PLACES), bad=None)
    assert steps[-1] == (len(PLACES), len(PLACES))
    assert [(one.stream, one.seq) for one in all_events(connection)] == list(PLACES)


@no_fixture_check
@given(
    st.sampled_from(PLACES),
    st.sampled_from(COLUMNS),
    st.one_of(st.integers(-(2**63), 2**63 - 1), st.text(max_size=5), st.binary(max_size=40)),
)
def test_an_edit_of_any_column_is_found_where_it_was_made(
    connection: Connection, place: tuple[str, int], column: str, value: object
) -> None:
    """SQLite keeps a value of any type in any column: so does this test."""
    query = f"SELECT {column} FROM events WHERE stream = ? AND seq = ?"  # noqa: S608
    before = connection.exec_driver_sql(query, place).scalar()
    connection.exec_driver_sql(f"UPDATE events SET {column} = ? WHERE stream = ? AND seq = ?", (value, *place))  # noqa: S608
    after = connection.exec_driver_sql(query, place).scalar()
    changed = (type(before), before) != (type(after), after)
    assert found_place(connection) == (place if changed else None)


@no_fixture_check
@given(st.sampled_from(PLACES), st.booleans())
def test_a_lost_event_and_a_cut_tail_are_found_at_their_first(
    connection: Connection, place: tuple[str, int], tail: bool
) -> None:
    lost = events.c.seq >= place[1] if tail else events.c.seq == place[1]
    connection.execute(delete(events).where(events.c.stream == place[0], lost))
    assert found_place(connection) == place


@no_fixture_check
@given(st.sampled_from([place for place in PLACES if place[0] != STREAMS[2]]))
def test_a_tail_cut_together_with_its_head_is_found_in_a_closed_day(
    connection: Connection, place: tuple[str, int]
) -> None:
    """But for what came after the close: that only ``heads`` holds."""
    stream, seq = place
    if seq == 6:
        return
    connection.execute(delete(events).where(events.c.stream == stream, events.c.seq >= seq))
    last = [one for one in all_events(connection) if one.stream == stream][-1:]
    connection.execute(delete(heads).where(heads.c.stream == stream))
    for one in last:
        connection.execute(heads.insert().values(stream=stream, seq=one.seq, at=one.at, hash=one.hash))
    assert found_place(connection) == place


@pytest.mark.parametrize("stream", [APPLICATION, *STREAMS[:2]])
def test_a_stream_dropped_with_its_head_is_found(connection: Connection, stream: str) -> None:
    connection.execute(delete(events).where(events.c.stream == stream))
    connection.execute(delete(heads).where(heads.c.stream == stream))
    assert bad(connection) == Bad(stream, 1, "missing")


@no_fixture_check
@given(st.sampled_from(PLACES), st.sampled_from(PLACES))
def test_two_swapped_events_are_found_at_the_first(
    connection: Connection, one: tuple[str, int], other: tuple[str, int]
) -> None:
    rows = {(row.stream, row.seq): row for row in all_events(connection)}
    if one == other:
        return
    for place, source in ((one, rows[other]), (other, rows[one])):
        values = {name: getattr(source, name) for name in COLUMNS}
        connection.execute(update(events).where(at(place)).values(values))  # type: ignore[arg-type]
    assert found_place(connection) == min(one, other)


@no_fixture_check
@given(st.sampled_from([place for place in PLACES if place[0] != STREAMS[2] and place[1] < 6]))
def test_a_stream_hashed_anew_is_found_by_what_names_it(connection: Connection, place: tuple[str, int]) -> None:
    stream, seq = place
    rehash(connection, stream, {seq: event("forged")})
    found = bad(connection)
    assert found is not None
    assert found.stream == stream
    assert found.seq >= seq
    # Once the closing event itself is forged nothing is closed any more.
    assert found.code in ("link", "not-closed")


def test_a_day_hashed_anew_and_closed_with_another_key_is_found(connection: Connection) -> None:
    stream = STREAMS[0]
    rehash(connection, stream, {2: event("forged")})
    head = next(one for one in all_events(connection) if (one.stream, one.seq) == (stream, 4))
    body = closing(DAYS[0], stream, [StreamHead(stream, head.seq, head.hash)], OTHER)
    old = next(one for one in all_events(connection) if (one.stream, one.seq) == (stream, 5))
    forged = NewEvent(old.at, old.type, old.v, old.command, old.actor, encode(body))
    rehash(connection, stream, {5: forged})
    assert found_place(connection) == (stream, 5)


def test_a_closing_event_that_does_not_name_its_own_stream_closes_nothing(connection: Connection) -> None:
    """Signed by this server, of this day: but whatever was in the stream, nothing of it is in what was signed."""
    stored = {(one.stream, one.seq): one for one in all_events(connection)}
    application, old = stored[APPLICATION, 3], stored[STREAMS[1], 5]
    body = closing(DAYS[1], STREAMS[1], [StreamHead(APPLICATION, 3, application.hash)], SIGNER)
    rehash(connection, STREAMS[1], {5: NewEvent(old.at, old.type, old.v, old.command, old.actor, encode(body))})
    assert bad(connection) == Bad(STREAMS[1], 5, "closing")


def test_a_log_written_anew_from_its_first_event_is_found_by_the_signature(connection: Connection) -> None:
    connection.execute(delete(events))
    connection.execute(delete(heads))
    write_days(connection, OTHER)
    assert bad(connection) == Bad(STREAMS[0], 5, "signature")


def test_a_signature_of_another_day_does_not_close_this_one(connection: Connection) -> None:
    stored = {(one.stream, one.seq): one for one in all_events(connection)}
    first, second = stored[STREAMS[0], 5], stored[STREAMS[1], 5]
    rehash(connection, STREAMS[1], {5: _as_new(first)})
    assert second.payload != first.payload
    found = bad(connection)
    assert found is not None
    assert (found.stream, found.seq) == (STREAMS[1], 5)


def test_a_renamed_stream_is_missed_under_its_name(connection: Connection) -> None:
    for table in (events, heads):
        connection.execute(update(table).where(table.c.stream == APPLICATION).values(stream="application/a2"))
    assert bad(connection) == Bad(APPLICATION, 1, "missing")


def test_the_open_day_hashed_anew_by_the_owner_of_the_database_is_not_found(connection: Connection) -> None:
    """The limit that ``verify`` states: nothing signed names the open day yet."""
    rehash(connection, STREAMS[2], {3: event("forged")})
    assert bad(connection) is None


async def test_both_databases_are_verified_alike(database: Database) -> None:
    await database.write(lambda connection: write_days(connection, SIGNER))
    assert await verify(database, SIGNER.verifier) == Report(ok=True, streams=4, events=len(PLACES), bad=None)
    assert (await verify(database, OTHER.verifier)).bad == Bad(STREAMS[0], 5, "signature")
    await database.write(
        lambda connection: connection.execute(update(events).where(events.c.command == "b").values(actor="x"))
    )
    assert (await verify(database, SIGNER.verifier)).bad == Bad(STREAMS[0], 3, "hash")


def _as_new(one: Event) -> NewEvent:
    return NewEvent(*(getattr(one, name) for name in NewEvent.__struct_fields__))
