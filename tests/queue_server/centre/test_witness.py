"""What was taken from a log together with all that names it is named by a file outside of the database."""

import asyncio
import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import URL
from typer.testing import CliRunner

from queue_server.centre.centres import Centres
from queue_server.centre.witness import DatabaseReplacedError, WitnessKeeper
from queue_server.cli import app
from queue_server.domain.values import CentreId
from queue_server.framework.settings import WitnessSettings
from tests.postgres import Postgres
from tests.queue_server.framework.test_conditions import manager_page
from tests.queue_server.house import QUICK, TICKET, House, copy_of, house

SETTINGS = QUICK.but(WitnessSettings(poll_s=1))


def verify(data: Path, status: int) -> dict[str, object]:
    ran = CliRunner().invoke(app, ["verify", "--json", "--data", str(data)])
    assert ran.exit_code == status, ran.output
    found: dict[str, object] = json.loads(ran.output.splitlines()[-1])
    return found


async def a_morning(here: House) -> None:
    """Issue three tickets and open an application."""
    manager = await here.manager()
    for _ in range(3):
        issued = await manager.post("/centres/demo/visits", TICKET)
    visit = issued.body["visit"]["id"]
    asked = {"service": "uto-passport-renewal"}
    assert (await manager.post(f"/centres/demo/visits/{visit}/applications", asked)).status == 200


@pytest.fixture(scope="module")
def served(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the data folder of a server that has served for a morning, to be copied."""

    async def serve(data: Path) -> None:
        async with house(data, SETTINGS) as here:
            await a_morning(here)

    data = copy_of(template, tmp_path_factory.mktemp("served") / "data")
    asyncio.run(serve(data))
    return data


@pytest.fixture
def over(served: Path, tmp_path: Path) -> Path:
    """Give the data folder of a server that has served for a morning."""
    return copy_of(served, tmp_path / "over")


def damage(data: Path, *statements: str) -> None:
    with closing(sqlite3.connect(data / "queue.sqlite")) as db:
        for statement in statements:
            db.execute(statement)
        db.commit()


#: Takes the last event of the day, and all of an application, each with what the database itself has to name it.
CUT = (
    """DELETE FROM events WHERE stream LIKE 'queue/demo/%'
        AND seq = (SELECT max(seq) FROM events WHERE stream LIKE 'queue/demo/%')""",
    """UPDATE heads SET (seq, hash) =
        (SELECT seq, hash FROM events e WHERE e.stream = heads.stream ORDER BY seq DESC LIMIT 1)
        WHERE stream LIKE 'queue/demo/%'""",
)
DROP = ("DELETE FROM events WHERE stream LIKE 'application/%'", "DELETE FROM heads WHERE stream LIKE 'application/%'")


@pytest.mark.parametrize(("taken", "named"), [(CUT, "queue/demo/"), (DROP, "application/")])
async def test_what_was_taken_with_its_head_is_named(over: Path, taken: tuple[str, ...], named: str) -> None:
    data = over
    assert (await asyncio.to_thread(verify, data, 0))["bad"] is None
    await asyncio.to_thread(damage, data, *taken)
    bad = (await asyncio.to_thread(verify, data, 1))["bad"]
    assert isinstance(bad, dict)
    assert bad["code"] == "missing"
    assert str(bad["stream"]).startswith(named)
    # Without the file no stream is missed; where a table shows one, its row stands there for nothing.
    await asyncio.to_thread((data / "witness.json").unlink)
    is_shown = named == "application/"
    after = await asyncio.to_thread(verify, data, int(is_shown))
    assert after["bad"] is None
    assert (after["row"] is not None) is is_shown


#: The last event of the day is another one, as where a server went on with the older copy.
ANOTHER = (
    """UPDATE events SET hash = x'00' WHERE stream LIKE 'queue/demo/%'
        AND seq = (SELECT max(seq) FROM events WHERE stream LIKE 'queue/demo/%')""",
    "UPDATE heads SET hash = x'00' WHERE stream LIKE 'queue/demo/%'",
)
#: And one more has followed it.
FURTHER = (
    *ANOTHER[:1],
    """UPDATE heads SET (seq, hash) = (heads.seq + 1, x'01') WHERE stream LIKE 'queue/demo/%'""",
)


@pytest.mark.parametrize(("taken", "poll_s"), [(CUT, 1), (DROP, 3600), (ANOTHER, 3600), (FURTHER, 3600)])
async def test_what_is_taken_from_a_running_server_ends_it(over: Path, taken: tuple[str, ...], poll_s: int) -> None:
    """Once it looks by itself, and otherwise when it is told to."""
    data, witness = over, over / "witness.json"
    async with house(data, QUICK.but(WitnessSettings(poll_s=poll_s))) as here:
        await (await here.manager()).post("/centres/demo/visits", TICKET)
        await here.server[WitnessKeeper].note()
        before = await asyncio.to_thread(witness.read_bytes)
        assert not here.server.ending.is_set()
        await asyncio.to_thread(damage, data, *taken)
        if poll_s > 1:
            with pytest.raises(DatabaseReplacedError):
                await here.server[WitnessKeeper].note()
        async with asyncio.timeout(60):
            await here.server.ending.wait()
        why = here.server.failure
        assert isinstance(why, DatabaseReplacedError)
        assert why.placeholders == {"amount": 1}
    assert await asyncio.to_thread(witness.read_bytes) == before, "it says what is lost"
    async with house(data, SETTINGS) as here:
        condition = here.server[WitnessKeeper].condition()
        assert condition is not None
        assert condition.code == "database-replaced"
        await here.server[WitnessKeeper].note()
        assert not here.server.ending.is_set(), "it goes on with what is there"


def confirm_copy(data: Path) -> str:
    ran = CliRunner().invoke(app, ["database", "confirm-copy", "--data", str(data)])
    assert ran.exit_code == 0, ran.output
    return ran.stdout.strip()


async def test_the_alarm_outlives_restarts_until_somebody_confirms_the_copy(over: Path) -> None:
    assert await asyncio.to_thread(confirm_copy, over) == "nothing to confirm"
    await asyncio.to_thread(damage, over, *CUT)
    for _ in range(3):
        async with house(over, SETTINGS) as here:
            condition = here.server[WitnessKeeper].condition()
            assert condition is not None
            assert (condition.code, condition.amount) == ("database-replaced", 1)
    async with house(over, SETTINGS) as here:
        said = await asyncio.to_thread(confirm_copy, over)
        assert said == "confirmed: streams that the older copy has lost: 1"
        # A server that is at work hears of it by itself.
        async with asyncio.timeout(60):
            while here.server[WitnessKeeper].condition() is not None:  # noqa: ASYNC110
                await asyncio.sleep(0.05)
    async with house(over, SETTINGS) as here:
        assert here.server[WitnessKeeper].condition() is None


async def test_a_file_that_cannot_be_understood_is_an_alarm(over: Path) -> None:
    await asyncio.to_thread((over / "database-replaced.txt").write_bytes, b"\xff")
    async with house(over, SETTINGS) as here:
        condition = here.server[WitnessKeeper].condition()
        assert condition is not None
        assert condition.amount == 1


#: Takes all of the newest application.
DROP_NEWEST = (
    """DELETE FROM events WHERE stream =
        (SELECT stream FROM heads WHERE stream LIKE 'application/%' ORDER BY at DESC LIMIT 1)""",
    "DELETE FROM heads WHERE NOT EXISTS (SELECT 1 FROM events WHERE events.stream = heads.stream)",
)


@pytest.mark.parametrize("taken", [CUT, ANOTHER, DROP_NEWEST])
async def test_what_was_not_written_down_yet_is_missed_too(data: Path, taken: tuple[str, ...]) -> None:
    async with house(data, QUICK.but(WitnessSettings(poll_s=3600))) as here:
        await here.server[WitnessKeeper].note()
        await a_morning(here)
        await asyncio.to_thread(damage, data, *taken)
        with pytest.raises(DatabaseReplacedError):
            await here.server[WitnessKeeper].note()
        assert here.server.ending.is_set()
    bad = (await asyncio.to_thread(verify, data, 1))["bad"]
    assert isinstance(bad, dict)
    async with house(data, SETTINGS) as here:
        condition = here.server[WitnessKeeper].condition()
        assert condition is not None
        assert condition.code == "database-replaced"


async def test_what_another_server_has_stored_is_missed_too(
    shared: Path, shared_url: URL, tmp_path: Path, postgres: Postgres
) -> None:
    """Two servers of a database have each a folder of their own; one has heard of what the other stored."""
    settings, url = QUICK.but(WitnessSettings(poll_s=3600)), shared_url.render_as_string(hide_password=False)
    folder = await asyncio.to_thread(copy_of, shared, tmp_path / "other")
    async with house(shared, settings, url=url) as here, house(folder, settings, url=url) as other:
        await here.server[WitnessKeeper].note()
        await (await other.manager()).post("/centres/demo/visits", TICKET)
        await here.server[Centres][CentreId("demo")].writer.catch_up()
        for statement in CUT:
            await asyncio.to_thread(postgres.sql, statement, str(shared_url.database))
        with pytest.raises(DatabaseReplacedError):
            await here.server[WitnessKeeper].note()
        assert here.server.ending.is_set()


@pytest.mark.parametrize("content", [b"", b"{}", b"garbage"])
async def test_a_witness_that_was_changed_is_no_witness(over: Path, content: bytes) -> None:
    data = over
    kept = await asyncio.to_thread((data / "witness.json").read_bytes)
    assert json.loads(kept)["heads"]
    forged = kept.replace(b'"seq":', b'"seq":1', 1)
    for changed in (content, forged):
        await asyncio.to_thread((data / "witness.json").write_bytes, changed)
        ran = await asyncio.to_thread(CliRunner().invoke, app, ["verify", "--data", str(data)])
        assert ran.exit_code == 1
        assert "witness-damaged" in ran.stderr
    # A server writes it anew.
    async with house(data, SETTINGS) as here:
        await a_morning(here)
    assert (await asyncio.to_thread(verify, data, 0))["bad"] is None


async def test_a_copy_on_another_machine_is_written_too_and_believed(data: Path, tmp_path: Path) -> None:
    share = tmp_path / "share.json"
    settings = QUICK.but(WitnessSettings(poll_s=1, copy=str(share)))
    older = tmp_path / "older"

    def copy() -> None:
        with closing(sqlite3.connect(data / "queue.sqlite")) as live, closing(sqlite3.connect(older)) as there:
            live.backup(there)

    async with house(data, settings) as here:
        await (await here.manager()).post("/centres/demo/visits", TICKET)
        await asyncio.to_thread(copy)
        await (await here.manager()).post("/centres/demo/visits", TICKET)
    assert await asyncio.to_thread(share.read_bytes) == await asyncio.to_thread((data / "witness.json").read_bytes)
    # Whoever puts back the database puts back the file beside it, too.
    await asyncio.to_thread((data / "witness.json").unlink)
    await asyncio.to_thread((data / "queue.sqlite").write_bytes, await asyncio.to_thread(older.read_bytes))
    async with house(data, settings) as here:
        found = here.server[WitnessKeeper].condition()
        assert found is not None
        assert found.code == "database-replaced"


async def silent(here: House, *, expected: bool) -> None:
    """Wait until figures and the manager's page say that the second machine is silent, or say it no more."""
    async with asyncio.timeout(60):
        while ('queue_condition{code="witness-silent"}' in await figures(here)) is not expected:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    assert ('id="alarm-witness-silent"' in await manager_page(here)) is expected
    answer = await here.anonymous().get("/readyz")
    assert answer.body["ready"], "it is no reason to give it no work"


async def figures(here: House) -> str:
    async with here.http.get(f"{here.address}/metrics") as answer:
        return await answer.text()


async def test_a_second_machine_that_is_away_is_an_alarm_until_it_is_back(data: Path, tmp_path: Path) -> None:
    share, away = tmp_path / "share", tmp_path / "away"
    await asyncio.to_thread(share.mkdir)
    copy = share / "witness.json"
    settings = QUICK.but(WitnessSettings(poll_s=1, copy=str(copy), silent_s=3))
    async with house(data, settings) as here:
        await (await here.manager()).post("/centres/demo/visits", TICKET)
        await silent(here, expected=False)
        await asyncio.to_thread(share.rename, away)
        # Though nothing happens that would have to be written.
        await silent(here, expected=True)
        await asyncio.to_thread(away.rename, share)
        await silent(here, expected=False)
        await asyncio.to_thread(copy.write_bytes, b"changed")
        async with asyncio.timeout(60):
            while await asyncio.to_thread(copy.read_bytes) == b"changed":  # noqa: ASYNC110 - a file is looked at
                await asyncio.sleep(0.05)


async def test_a_share_that_hangs_holds_up_nothing_else(data: Path, tmp_path: Path) -> None:
    """A file that is never written to an end: reading a pipe without a writer waits for ever, as a lost share does."""
    pipe = tmp_path / "pipe"
    await asyncio.to_thread(os.mkfifo, pipe)
    copy = tmp_path / "link"
    settings = QUICK.but(WitnessSettings(poll_s=1, copy=str(copy), silent_s=1))
    async with house(data, settings) as here:
        # Once it is written nothing is, as long as nothing happens: nobody replaces what is put there now.
        async with asyncio.timeout(60):
            while not await asyncio.to_thread(copy.exists):  # noqa: ASYNC110 - a file is looked at
                await asyncio.sleep(0.01)
        await asyncio.to_thread((tmp_path / "other").symlink_to, pipe)
        await asyncio.to_thread((tmp_path / "other").replace, copy)
        own = data / "witness.json"
        await silent(here, expected=True)
        before = await asyncio.to_thread(_content, own)
        await (await here.manager()).post("/centres/demo/visits", TICKET)
        async with asyncio.timeout(60):
            while await asyncio.to_thread(_content, own) == before:  # noqa: ASYNC110 - a file is looked at
                await asyncio.sleep(0.05)
        # Whoever waits for it is let go, so that this test ends.
        await asyncio.to_thread(copy.unlink)
        await asyncio.to_thread(_let_go, pipe)
        await silent(here, expected=False)


def _content(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def _let_go(pipe: Path) -> None:
    with pipe.open("wb"):
        pass
