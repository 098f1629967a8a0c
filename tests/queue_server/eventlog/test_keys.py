import asyncio
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import URL

from queue_server.database import Database
from queue_server.maintenance import prepare, verify_log
from queue_server.vault.key_export import KeysExistError, KeysPassphraseError, export_keys, import_keys
from queue_server.vault.key_ring import KeysMismatchError
from queue_server.vault.key_tables import key_fingerprints
from queue_server.vault.keys import (
    KeysDamagedError,
    KeysMissingError,
    bind_fingerprints,
    check_fingerprints,
    init_keys,
    load_keys,
    people_file,
)
from queue_server.vault.puncturable import leaf


def test_keys_are_made_once_for_their_owner_alone(tmp_path: Path) -> None:
    keys = init_keys(tmp_path)
    assert init_keys(tmp_path) == keys == load_keys(tmp_path)
    secrets = (keys.signing, keys.tickets, keys.sessions, keys.requests, keys.documents, *keys.people.nodes.values())
    assert len(set(secrets)) == 6
    files = [*(tmp_path / "keys").iterdir()]
    ours = ("signing", "tickets", "sessions", "requests", "documents", "lockers", "push", "people")
    names = {*(f"{name}.key" for name in ours), "people.lock"}
    assert {file.name for file in files} == names
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700
    for key in secrets:
        assert key.hex() not in f"{keys!r}{keys.fingerprints()}"


async def test_a_folder_of_an_older_release_gets_the_new_key_by_init(database: Database, tmp_path: Path) -> None:
    before = await asyncio.to_thread(init_keys, tmp_path)
    await database.write(lambda connection: bind_fingerprints(connection, before))
    await database.write(
        lambda connection: connection.execute(key_fingerprints.delete().where(key_fingerprints.c.name == "documents"))
    )
    await asyncio.to_thread((tmp_path / "keys" / "documents.key").unlink)
    with pytest.raises(KeysMissingError):
        await asyncio.to_thread(load_keys, tmp_path)
    after = await asyncio.to_thread(init_keys, tmp_path)
    assert after.documents != before.documents
    assert after.rings | {"documents": before.rings["documents"]} == before.rings
    with pytest.raises(KeysMismatchError):
        await database.run(lambda connection: check_fingerprints(connection, after))
    await database.write(lambda connection: bind_fingerprints(connection, after))
    await database.run(lambda connection: check_fingerprints(connection, after))


def test_keys_that_cannot_be_used_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(KeysMissingError):
        load_keys(tmp_path)
    init_keys(tmp_path)
    file = tmp_path / "keys" / "tickets.key"
    file.chmod(0o640)
    with pytest.raises(KeysDamagedError, match="others"):
        load_keys(tmp_path)
    file.chmod(0o600)
    for damaged in ("00" * 31, "no hexadecimal", "é" * 64):
        file.write_text(damaged)
        with pytest.raises(KeysDamagedError):
            load_keys(tmp_path)


async def test_a_database_is_tied_to_its_keys(database: Database, tmp_path: Path) -> None:
    keys, other = [await asyncio.to_thread(init_keys, tmp_path / name) for name in "ab"]
    with pytest.raises(KeysMismatchError):
        await database.run(lambda connection: check_fingerprints(connection, keys))
    for _ in range(2):
        await database.write(lambda connection: bind_fingerprints(connection, keys))
    await database.run(lambda connection: check_fingerprints(connection, keys))
    with pytest.raises(KeysMismatchError):
        await database.run(lambda connection: check_fingerprints(connection, other))
    with pytest.raises(KeysMismatchError):
        await database.write(lambda connection: bind_fingerprints(connection, other))


def test_an_export_brings_the_keys_to_a_further_server(tmp_path: Path) -> None:
    keys = init_keys(tmp_path / "a")
    sealed = export_keys(tmp_path / "a", "correct horse")
    assert not any(key.hex().encode() in sealed for key in (keys.signing, keys.tickets, keys.sessions))
    with pytest.raises(KeysPassphraseError):
        import_keys(tmp_path / "b", sealed, "wrong horse")
    assert not (tmp_path / "b").exists()
    for _ in range(2):
        assert import_keys(tmp_path / "b", sealed, "correct horse") == keys
    assert load_keys(tmp_path / "b") == keys
    other = init_keys(tmp_path / "c")
    with pytest.raises(KeysExistError):
        import_keys(tmp_path / "c", sealed, "correct horse")
    assert load_keys(tmp_path / "c") == other


def test_what_was_destroyed_on_either_side_stays_destroyed(tmp_path: Path) -> None:
    """An export is as old as it is: what it brings is cut down by what is there, and the other way round."""
    whole = init_keys(tmp_path / "a")
    first, second, kept = (
        leaf(500_000, "person", "one"),
        leaf(500_000, "person", "two"),
        leaf(500_000, "person", "three"),
    )
    people_file(tmp_path / "a").change(lambda key: key.puncture(first))
    sealed = export_keys(tmp_path / "a", "p")
    brought = import_keys(tmp_path / "b", sealed, "p").people
    assert brought == load_keys(tmp_path / "a").people
    assert brought.id == whole.people.id
    people_file(tmp_path / "a").change(lambda key: key.puncture(second))
    met = import_keys(tmp_path / "a", sealed, "p").people
    for key in (met, people_file(tmp_path / "a").load()):
        assert (key.derive(first), key.derive(second)) == (None, None)
        assert key.derive(kept) == whole.people.derive(kept)
    assert load_keys(tmp_path / "a").fingerprints() == whole.fingerprints()


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_changed_export_is_refused(tmp_path: Path, data: st.DataObject) -> None:
    if not (tmp_path / "sealed").exists():
        init_keys(tmp_path / "a")
        (tmp_path / "sealed").write_bytes(export_keys(tmp_path / "a", "p"))
    sealed = bytearray((tmp_path / "sealed").read_bytes())
    place = data.draw(st.integers(0, len(sealed) - 1))
    sealed[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(KeysPassphraseError):
        import_keys(tmp_path / "b", bytes(sealed), "p")


@given(st.binary(max_size=43))
def test_garbage_is_no_export(garbage: bytes) -> None:
    with pytest.raises(KeysPassphraseError):
        import_keys(Path("/nonexistent"), garbage, "p")


def test_prepare_and_verify_work_on_an_empty_folder(database_url: URL, tmp_path: Path) -> None:
    keys = prepare(database_url, tmp_path / "data")
    assert prepare(database_url, tmp_path / "data").fingerprints() == keys.fingerprints()
    report = verify_log(database_url, tmp_path / "data")
    assert (report.ok, report.streams, report.events, report.bad) == (True, 0, 0, None)
    with pytest.raises(KeysMissingError):
        verify_log(database_url, tmp_path / "other")
    init_keys(tmp_path / "other")
    with pytest.raises(KeysMismatchError):
        verify_log(database_url, tmp_path / "other")
