"""Rows of the vault: sealed where they stand, read by purpose, found blind, recorded, ended, shredded."""

import asyncio
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, func, insert, select, text, update

from queue_server.domain.values import HOUR, CentreId, Micros, NoticeId, VisitId
from queue_server.vault import store
from queue_server.vault.errors import (
    KeyOfRowError,
    PeopleError,
    PersonShreddedError,
    PurposeError,
    RowChangedError,
    RowTruncatedError,
    RowUnknownError,
)
from queue_server.vault.key_file import KeyFile, PeopleKeyDamagedError, PeopleKeyMissingError, PeopleKeyUnwritableError
from queue_server.vault.model import ReadPurpose, RowKind, normalised
from queue_server.vault.people_key import destroyed
from queue_server.vault.puncturable import hour_of, leaf
from queue_server.vault.sealing import seal, unseal
from queue_server.vault.store import NewRow
from queue_server.vault.tables import people_reads, people_rows, people_shredded
from tests.queue_server.vault.room import DEMO, NOON, OTHER, SOMEBODY, TEXT, Room, make_folder


async def test_what_was_put_is_read_and_who_looked_is_known(any_room: Room) -> None:
    row = await any_room.put()
    assert await any_room.get(row) == TEXT
    reads = await any_room.database.run(lambda connection: store.reads(connection, VisitId("visit-1")))
    (read,) = reads
    assert (read.actor, read.at, read.row, read.purpose) == (SOMEBODY, NOON, row, ReadPurpose.SERVING)
    assert await any_room.database.run(lambda connection: store.reads(connection, OTHER)) == []


async def test_no_record_no_text(room: Room) -> None:
    """Where who looked cannot be stored, nothing is read: the record stands before the answer."""
    row = await room.put()
    await room.database.write(lambda connection: connection.execute(text("DROP TABLE people_reads")))
    with pytest.raises(Exception, match="people_reads"):
        await room.get(row)


async def test_a_read_in_a_transaction_that_cannot_write_fails(any_room: Room) -> None:
    row = await any_room.put()

    def read(connection: Connection) -> str:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET TRANSACTION READ ONLY")
        return any_room.vault.get(connection, row, purpose=ReadPurpose.SERVING, actor=SOMEBODY, now=NOON).text

    with pytest.raises(Exception, match=r"read.?only|unavailable"):
        await any_room.database.run(read)


async def test_a_visit_is_one_person_and_another_visit_another(room: Room) -> None:
    one, same, other = (
        await room.put(),
        await room.put(kind=RowKind.DOCUMENT, text="L898902C3"),
        await room.put(visit=OTHER),
    )
    alone, apart = await room.put(visit=None), await room.put(visit=None)

    def persons(connection: Connection) -> dict[str, str]:
        found = connection.execute(select(people_rows.c.id, people_rows.c.person))
        return {row.id: row.person for row in found}

    found = await room.database.run(persons)
    assert found[one] == found[same]
    assert len({found[one], found[other], found[alone], found[apart]}) == 4


async def test_what_is_not_there_or_over_is_unknown(room: Room) -> None:
    row = await room.put(hours=1)
    with pytest.raises(RowUnknownError):
        await room.get("nothing")
    room.now = Micros(NOON + HOUR)
    with pytest.raises(RowUnknownError):
        await room.get(row)


async def test_a_row_is_read_for_its_purpose_alone(room: Room) -> None:
    row = await room.put()
    with pytest.raises(PurposeError):
        await room.get(row, RowKind.DOCUMENT)


def _set(row: str, **values: Any) -> Callable[[Connection], object]:
    return lambda connection: connection.execute(update(people_rows).where(people_rows.c.id == row).values(values))


def _sealed(row: str) -> Callable[[Connection], bytes]:
    return lambda connection: connection.execute(
        select(people_rows.c.sealed).where(people_rows.c.id == row)
    ).scalar_one()


async def test_a_torn_row_is_told_as_torn(room: Room) -> None:
    row = await room.put()
    whole = await room.database.run(_sealed(row))
    for torn in (b"", whole[:1], whole[:-1], whole[:20], whole + b"\0", b"\x02" + whole[1:]):
        await room.database.write(_set(row, sealed=torn))
        with pytest.raises(RowTruncatedError):
            await room.get(row)


#: Each of them is bound to what the row says. The first two ends lie in the same hour of the key and in the next.
CHANGES: tuple[dict[str, Any], ...] = (
    {"visit": OTHER},
    {"visit": None},
    {"centre": "harbour"},
    {"kind": "document"},
    {"kind": "diary"},
    {"at": NOON - 1},
    {"actor": "staff/another"},
    {"ends_at": NOON + 24 * HOUR + 1},
    {"ends_at": NOON + 25 * HOUR},
    {"person": "another"},
)


async def test_a_changed_column_is_refused(room: Room) -> None:
    for change in CHANGES:
        row = await room.put()
        assert await room.get(row) == TEXT
        await room.database.write(_set(row, **change))
        with pytest.raises(RowChangedError):
            await room.get(row)


async def test_a_changed_purpose_is_refused_whoever_asks(room: Room) -> None:
    row = await room.put()
    await room.database.write(_set(row, purpose="showing"))
    with pytest.raises(PurposeError):
        await room.get(row)
    with pytest.raises(RowChangedError):
        await room.get(row, RowKind.ANNOUNCEMENT)


async def test_swapped_rows_are_refused(room: Room) -> None:
    """Of one person, with one data key: only where they stand tells them apart."""
    one, other = await room.put("one"), await room.put("other")
    sealed = {row: await room.database.run(_sealed(row)) for row in (one, other)}
    await room.database.write(_set(one, sealed=sealed[other]))
    await room.database.write(_set(other, sealed=sealed[one]))
    for row in (one, other):
        with pytest.raises(RowChangedError):
            await room.get(row)


async def test_a_row_of_another_table_is_refused(room: Room) -> None:
    row = await room.put()

    def move(connection: Connection) -> None:
        found = connection.execute(select(people_rows).where(people_rows.c.id == row)).one()
        head = store._row(found)
        key = store._data_key(room.keeper.key, head)
        elsewhere = seal(key, TEXT, head.associated("items"))
        connection.execute(update(people_rows).where(people_rows.c.id == row).values(sealed=elsewhere))

    await room.database.write(move)
    with pytest.raises(RowChangedError):
        await room.get(row)


async def test_another_key_is_told_as_such(room: Room, tmp_path: Path) -> None:
    row = await room.put()
    other = await Room.enter(room.database, await asyncio.to_thread(make_folder, tmp_path / "other"))
    with pytest.raises(KeyOfRowError):
        await other.get(row)
    # Even where somebody writes the other key's name into the row.
    await room.database.write(_set(row, key_id=other.keeper.key.id))
    with pytest.raises(RowChangedError):
        await other.get(row)
    with pytest.raises(KeyOfRowError):
        await room.get(row)


@settings(deadline=None)
@given(st.text(max_size=60), st.binary(max_size=20), st.data())
def test_any_text_comes_back_and_any_change_is_seen(text: str, where: bytes, data: st.DataObject) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        return
    key = bytes(range(32))
    sealed = bytearray(seal(key, text, where))
    assert unseal(key, bytes(sealed), where) == text
    place = data.draw(st.integers(0, len(sealed) - 1))
    sealed[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises((RowTruncatedError, RowChangedError)):
        unseal(key, bytes(sealed), where)


@settings(deadline=None)
@given(st.binary(max_size=80))
def test_garbage_is_refused(garbage: bytes) -> None:
    with pytest.raises(PeopleError):
        unseal(bytes(32), garbage, b"")


# --- found blind ---------------------------------------------------------------------------------------------------


async def test_a_document_is_found_as_it_was_typed_and_recorded(any_room: Room) -> None:
    first = await any_room.put("L898902C3", RowKind.DOCUMENT)
    await any_room.put("L898902C3", RowKind.DOCUMENT, OTHER)
    await any_room.put("D23145890", RowKind.DOCUMENT, VisitId("visit-3"))
    await any_room.put("L898902C3", RowKind.DOCUMENT, VisitId("visit-4"), centre=CentreId("harbour"))
    assert await any_room.find("l898902c3<<") == ("visit-1", OTHER)
    assert await any_room.find("D231458907") == ()
    reads = await any_room.database.run(store.reads)
    assert {read.purpose for read in reads} == {ReadPurpose.ONE_TICKET}
    assert [read.row for read in reads].count(None) == 1
    assert {read.row for read in reads} >= {first, None}


async def test_documents_with_other_ends_are_found_too(room: Room) -> None:
    await room.put("L898902C3", RowKind.DOCUMENT, hours=3)
    await room.put("L898902C3", RowKind.DOCUMENT, OTHER, hours=48)
    assert await room.find("L898902C3") == ("visit-1", OTHER)
    room.now = Micros(NOON + 4 * HOUR)
    assert await room.find("L898902C3") == (OTHER,)


async def test_equal_documents_of_two_days_cannot_be_told_as_equal(room: Room) -> None:
    await room.put("L898902C3", RowKind.DOCUMENT, hours=3)
    await room.put("L898902C3", RowKind.DOCUMENT, OTHER, hours=27)
    await room.put("L898902C3", RowKind.DOCUMENT, VisitId("v3"), hours=3, centre=CentreId("harbour"))
    finders = await room.database.run(
        lambda connection: connection.execute(select(people_rows.c.finder)).scalars().all()
    )
    assert len(set(finders)) == 3


async def test_a_moved_finder_leads_to_nobody_else(room: Room) -> None:
    one, other = await room.put("L898902C3", RowKind.DOCUMENT), await room.put("D23145890", RowKind.DOCUMENT, OTHER)

    def swap(connection: Connection) -> None:
        finder = select(people_rows.c.finder).where(people_rows.c.id == one).scalar_subquery()
        connection.execute(update(people_rows).where(people_rows.c.id == other).values(finder=finder))

    await room.database.write(swap)
    with pytest.raises(RowChangedError):
        await room.find("L898902C3")


@settings(deadline=None)
@given(st.text(max_size=40))
def test_a_number_has_one_form(typed: str) -> None:
    assert normalised(normalised(typed)) == normalised(typed)
    assert normalised(" ab-12<3<") == "AB123"


async def test_the_text_of_a_notice_comes_back_by_language(room: Room) -> None:
    own = {"en": "The lift is closed", "ar": "المصعد مغلق"}

    def write(connection: Connection) -> dict[str, str]:
        end = Micros(NOON + HOUR)
        notice = NoticeId("n1")
        room.vault.put_announcement(connection, notice, own, centre=DEMO, actor=SOMEBODY, at=NOON, ends_at=end)
        return room.vault.announcement(connection, notice, actor=SOMEBODY, now=NOON)

    assert await room.database.write(write) == own


# --- ended and shredded --------------------------------------------------------------------------------------------


async def test_what_is_over_is_deleted_and_its_key_destroyed(room: Room) -> None:
    over, living = await room.put(hours=1), await room.put(hours=200)
    document = await room.put("L898902C3", RowKind.DOCUMENT, hours=1)
    room.now = Micros(NOON + 2 * HOUR)
    assert await room.keeper.settle() == 2
    assert await room.get(living) == TEXT
    for row in (over, document):
        with pytest.raises(RowUnknownError):
            await room.get(row)
    on_disk = await asyncio.to_thread(room.file.load)
    assert on_disk.nodes == room.keeper.key.nodes
    assert not on_disk.reaches_before(hour_of(Micros(NOON + HOUR)) + 1)
    assert await room.keeper.settle() == 0


async def test_what_has_ended_is_gone_from_a_backup_too(room: Room) -> None:
    row = await room.put(hours=1)
    document = await room.put("L898902C3", RowKind.DOCUMENT, hours=1)
    backup = await dump(room)
    room.now = Micros(NOON + 3 * HOUR)
    await room.keeper.settle()
    await restore(room, backup)
    # With a clock that was set back, so that the row is not over by it.
    room.now = NOON
    with pytest.raises(PersonShreddedError):
        await room.get(row)
    # Whether a number was there cannot be tried any more either.
    assert await room.find("L898902C3") == ()
    with pytest.raises(PersonShreddedError):
        await room.get(document, RowKind.DOCUMENT)


async def dump(room: Room) -> list[dict[str, Any]]:
    def read(connection: Connection) -> list[dict[str, Any]]:
        return [dict(row) for row in connection.execute(select(people_rows)).mappings()]

    return await room.database.run(read)


async def restore(room: Room, backup: list[dict[str, Any]]) -> None:
    """Put the database back to what it was, the list of the shredded too."""

    def write(connection: Connection) -> None:
        for table in (people_rows, people_shredded):
            connection.execute(table.delete())
        connection.execute(insert(people_rows), backup)

    await room.database.write(write)


async def test_a_shredded_person_is_gone_from_a_backup_restored_with_the_present_keys(any_room: Room) -> None:
    note, later = await any_room.put(hours=30), await any_room.put(hours=60)
    document = await any_room.put("L898902C3", RowKind.DOCUMENT, hours=5)
    other = await any_room.put("of somebody else", visit=OTHER, hours=30)
    backup = await dump(any_room)
    assert await any_room.forget() == 1
    await any_room.keeper.settle()
    await restore(any_room, backup)
    for row, kind in ((note, RowKind.NOTE), (later, RowKind.NOTE), (document, RowKind.DOCUMENT)):
        with pytest.raises(PersonShreddedError):
            await any_room.get(row, kind)
    assert await any_room.get(other) == "of somebody else"
    assert await any_room.find("L898902C3") == ()
    # A server that starts anew on the restored database reads no more.
    again = await Room.enter(any_room.database, any_room.file)
    with pytest.raises(PersonShreddedError):
        await again.get(note)
    assert await again.get(other) == "of somebody else"


async def test_forgetting_takes_every_row_of_the_person_and_of_nobody_else(any_room: Room) -> None:
    await any_room.put()
    await any_room.put("L898902C3", RowKind.DOCUMENT)
    other = await any_room.put(visit=OTHER)
    assert await any_room.forget() == 1
    assert await any_room.forget() == 0
    assert await any_room.rows() == 1
    assert await any_room.get(other) == TEXT
    assert await any_room.find("L898902C3") == ()
    # Whoever comes back with the same visit is somebody new to the vault.
    fresh = await any_room.put("later")
    await any_room.keeper.settle()
    assert await any_room.get(fresh) == "later"


@pytest.mark.parametrize("order", ["row-first", "file-first"])
async def test_whichever_half_of_a_shredding_was_stored_the_other_follows(any_room: Room, order: str) -> None:
    """As after kill -9 between the two: a process that starts anew finds one half and does the other."""
    row, other = await any_room.put(hours=30), await any_room.put(visit=OTHER, hours=30)
    if order == "row-first":
        await any_room.forget()
    else:
        backup = await dump(any_room)
        person = next(one["person"] for one in backup if one["id"] == row)
        gone = leaf(hour_of(Micros(NOON + 30 * HOUR)), "person", person)
        await asyncio.to_thread(any_room.file.change, lambda key: destroyed(key, [gone], NOON))
    again = await Room.enter(any_room.database, any_room.file)
    with pytest.raises((PersonShreddedError, RowUnknownError)):
        await again.get(row)
    assert await again.forget() == (0 if order == "row-first" else 1)
    await again.keeper.settle()
    assert await again.rows() == 1
    assert await again.get(other) == TEXT
    key = await asyncio.to_thread(any_room.file.load)
    persons = await again.database.run(
        lambda connection: connection.execute(select(people_shredded.c.person)).scalars().all()
    )
    assert len(persons) == 1
    assert not key.reaches(leaf(hour_of(Micros(NOON + 30 * HOUR)), "person", persons[0]))


async def test_another_server_destroys_its_own_copy(any_room: Room, tmp_path: Path) -> None:
    """Two servers with a copy of the keys each: shredded on one, refused on the other at once, destroyed soon."""
    second_file = KeyFile(tmp_path / "second")
    await asyncio.to_thread((tmp_path / "second").mkdir, mode=0o700)
    await asyncio.to_thread(second_file.bring, await asyncio.to_thread(any_room.file.load))
    second = await Room.enter(any_room.database, second_file)
    row, other = await any_room.put(hours=30), await second.put(visit=OTHER, hours=30)
    assert await second.get(row) == TEXT
    backup = await dump(any_room)
    await any_room.forget()
    await any_room.keeper.settle()
    # The other has not looked yet, and somebody brings the row back by hand: the list refuses it.
    await any_room.database.write(
        lambda connection: connection.execute(insert(people_rows), [one for one in backup if one["id"] == row])
    )
    with pytest.raises(PersonShreddedError):
        await second.get(row)
    await second.keeper.settle()
    await restore(second, backup)
    with pytest.raises(PersonShreddedError):
        await second.get(row)
    assert await second.get(other) == await any_room.get(other) == TEXT


async def test_a_row_that_came_while_its_person_was_shredded_goes_too(room: Room) -> None:
    await room.put(hours=30)
    backup = await dump(room)
    await room.forget()
    late = [one | {"id": "late"} for one in backup]
    await room.database.write(lambda connection: connection.execute(insert(people_rows), late))
    await room.keeper.settle()
    assert await room.rows() == 0


async def test_the_lists_are_ended_too(any_room: Room) -> None:
    row = await any_room.put(hours=30)
    await any_room.get(row)
    await any_room.get(row)
    await any_room.forget()
    await any_room.keeper.settle()

    async def count(table: Any) -> int:
        return await any_room.database.run(
            lambda connection: connection.execute(select(func.count()).select_from(table)).scalar_one()
        )

    assert (await count(people_reads), await count(people_shredded)) == (2, 1)
    any_room.now = Micros(NOON + 32 * HOUR)
    await any_room.keeper.settle()
    assert (await count(people_reads), await count(people_shredded)) == (2, 0)
    any_room.now = Micros(NOON + 366 * 24 * HOUR)
    await any_room.keeper.settle()
    # The newest line stays: it is the end of the chain.
    assert await count(people_reads) == 1


async def test_nothing_is_stored_for_a_time_that_is_over(room: Room) -> None:
    await room.keeper.settle()
    with pytest.raises(PersonShreddedError):
        await room.put(hours=-1)
    assert await room.rows() == 0


async def test_many_at_once_on_one_visit_lose_nothing(any_room: Room) -> None:
    rows = await asyncio.gather(*(any_room.put(f"note {number}") for number in range(20)))
    assert [await any_room.get(row) for row in rows] == [f"note {number}" for number in range(20)]


async def test_forgetting_while_others_write_leaves_nothing_that_can_be_read_of_the_forgotten(any_room: Room) -> None:
    await any_room.put()
    results = await asyncio.gather(
        *(any_room.put(f"note {number}") for number in range(6)),
        any_room.forget(),
        any_room.forget(),
        return_exceptions=True,
    )
    assert not [one for one in results if isinstance(one, Exception)]
    await any_room.keeper.settle()
    shredded = await any_room.database.run(
        lambda connection: connection.execute(
            select(func.count()).where(people_rows.c.person.in_(select(people_shredded.c.person)))
        ).scalar_one()
    )
    assert shredded == 0


async def test_a_key_that_cannot_be_replaced_is_told_and_tried_again(room: Room) -> None:
    await room.put(hours=30)
    await room.forget()
    # A folder stands where the new file would be written: whoever runs this, root too, cannot write it.
    obstacle = room.file.path.with_name(".people.key.new")
    await asyncio.to_thread(obstacle.mkdir)
    before = room.keeper.key
    with pytest.raises(PeopleKeyUnwritableError):
        await room.keeper.settle()
    assert room.keeper.key == before
    await asyncio.to_thread(obstacle.rmdir)
    await room.keeper.settle()
    assert room.keeper.key.nodes != before.nodes
    assert await asyncio.to_thread(room.file.load) == room.keeper.key


async def test_a_key_file_that_was_cut_short_is_told(room: Room) -> None:
    content = await asyncio.to_thread(room.file.path.read_bytes)
    await asyncio.to_thread(room.file.path.write_bytes, content[: len(content) // 2])
    room.now = Micros(NOON + HOUR)
    with pytest.raises(PeopleKeyDamagedError):
        await room.keeper.settle()
    await asyncio.to_thread(room.file.path.unlink)
    with pytest.raises(PeopleKeyMissingError):
        await room.keeper.settle()


def test_texts_are_not_printed() -> None:
    row = NewRow("r", RowKind.NOTE, DEMO, TEXT, NOON, SOMEBODY, NOON)
    assert TEXT not in f"{row!r}{row}"


def test_the_key_file_is_the_owners_alone_and_replaced_whole(tmp_path: Path) -> None:
    file = make_folder(tmp_path / "keys")
    before = file.path.stat().st_ino
    file.change(lambda key: key.puncture(1))
    assert file.path.stat().st_ino != before
    assert file.path.stat().st_mode & 0o777 == 0o600
    assert sorted(os.listdir(tmp_path / "keys")) == ["people.key", "people.lock"]  # noqa: PTH208 - names alone
