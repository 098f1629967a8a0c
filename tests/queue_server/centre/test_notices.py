"""Notices and intake: shown where they belong, at once, on every server; what was typed lies in the vault alone."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from queue_server.accounts.model import Role
from queue_server.centre.centres import Centres
from queue_server.contract.feeds import BoardView
from queue_server.domain.values import new_id
from queue_server.eventlog.tables import events
from queue_server.vault.tables import people_rows
from tests.queue_server.framework.test_feeds import Line, socket_of
from tests.queue_server.house import Client, House, house

pytestmark = pytest.mark.asyncio(loop_scope="module")

NOTICES = "/centres/demo/notices"
TYPED = {"en": "The lift is out of order", "fr": "Ascenseur hors service"}
OWN = {"kind": "announcement", "text": "own", "own": TYPED}


async def notices_of(client: Client) -> list[dict[str, object]]:
    body = (await client.get("/centres/demo/queue")).body
    found: list[dict[str, object]] = (body.get("board") or body.get("queue"))["notices"]
    return found


async def test_each_place_gets_its_notices_and_kiosks_the_intake(here: House) -> None:
    manager, _ = await here.staff(Role.MANAGER, None)
    kiosk, screen = await here.kiosk(), (await here.device("screen"))[0]
    async with socket_of(here, kiosk) as at_kiosk, socket_of(here, screen) as at_board:
        await at_kiosk.next()
        await at_board.next()
        body = {"kind": "emergency", "text": "leave-building", "minutes": 10}
        shown = (await manager.post(NOTICES, body)).body["notice"]
        frame, board = await at_kiosk.next(), await at_board.next()
        assert (frame.type, [one.id for one in frame.notices or ()]) == ("notice-shown", [shown["id"]])
        assert board.board
        assert [one.text for one in board.board.notices] == ["leave-building"]
        lasts = datetime.fromisoformat(shown["until"]) - datetime.fromisoformat(shown["at"])
        assert timedelta(minutes=9) < lasts <= timedelta(minutes=10)
        await manager.post(NOTICES, {"kind": "announcement", "text": "delay", "where": "boards"})
        frame, board = await at_kiosk.next(), await at_board.next()
        assert ([one.text for one in frame.notices or ()], len(board.board.notices if board.board else ())) == (
            ["leave-building"],
            2,
        )
        assert (await manager.post(f"{NOTICES}/{shown['id']}/end")).body["notice"] is None
        frame = await at_kiosk.next()
        assert (frame.type, frame.notices) == ("notice-ended", ())
        answer = (await manager.post("/centres/demo/intake", {"intake": "full"})).body
        frame = await at_kiosk.next()
        assert (answer["intake"], frame.type, frame.intake) == ("full", "intake-changed", "full")
    assert (await kiosk.get("/centres/demo/queue")).body["queue"]["intake"] == "full"
    assert (await manager.post(f"{NOTICES}/{new_id()}/end")).status == 200


@pytest.mark.parametrize(
    "body",
    [
        OWN | {"own": {}},
        OWN | {"text": "delay"},
        OWN | {"own": {"en": ""}},
        OWN | {"own": {"en": "x" * 161}},
        OWN | {"own": {"en": " "}},
        OWN | {"own": {"en": "two\nlines"}},
        OWN | {"own": {"en": "turned \u202e round"}},
        OWN | {"own": {"en": "x" * 200_000 + "\n"}},
        OWN | {"own": {"nonsense!": "text"}},
        OWN | {"minutes": 0},
    ],
)
async def test_a_notice_says_what_it_says_it_says(here: House, body: object) -> None:
    refused = await (await here.manager()).post(NOTICES, body)
    assert (refused.status, refused.code) == (400, "body-invalid")


async def test_what_was_typed_is_shown_and_lies_in_the_vault_alone(own_house: House) -> None:
    manager, screen = await own_house.manager(), (await own_house.device("screen"))[0]
    async with socket_of(own_house, screen) as line:
        await line.next()
        shown = await manager.post(NOTICES, OWN, key=(key := new_id()))
        frame = await line.next()
        assert frame.board
        assert [one.own for one in frame.board.notices] == [TYPED]
    assert shown.body["notice"]["own"] == TYPED
    assert (await manager.post(NOTICES, OWN, key=key)).body == shown.body
    assert len(await notices_of(manager)) == 1
    stored = await own_house.server.log.run(
        lambda connection: connection.execute(select(events.c.payload)).scalars().all()
    )
    assert not [payload for payload in stored if b"lift" in payload]
    sealed = await own_house.server.log.run(lambda connection: connection.execute(select(people_rows)).all())
    assert len(sealed) == 1
    assert "lift" not in repr(sealed)


async def with_text(line: Line) -> BoardView:
    """Wait for the board on which what was typed can be read."""
    async with asyncio.timeout(60):
        while True:
            board = (await line.next()).board
            if isinstance(board, BoardView) and board.notices and board.notices[0].own:
                return board


@pytest.mark.asyncio(loop_scope="function")
async def test_another_server_reads_what_was_typed_and_shows_it(two: tuple[House, House]) -> None:
    one, other = two
    manager, (screen, _) = await one.manager(), await one.device("screen")
    elsewhere = Client(other.http, other.address, screen.headers)
    await other.server[Centres].refresh()
    async with socket_of(other, elsewhere) as line:
        await line.next()
        shown = (await manager.post(NOTICES, OWN)).body["notice"]
        board = await with_text(line)
        assert [(notice.id, notice.own) for notice in board.notices] == [(shown["id"], TYPED)]
    assert (await notices_of(elsewhere))[0]["own"] == TYPED


async def test_a_server_that_starts_knows_what_was_typed_before(data: Path) -> None:
    async with house(data) as here:
        await (await here.manager()).post(NOTICES, OWN)
    async with house(data) as here, socket_of(here, (await here.device("screen"))[0]) as line:
        assert (await with_text(line)).notices[0].own == TYPED


async def test_what_the_vault_has_forgotten_is_asked_for_once(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async with house(data) as here:
        await (await here.manager()).post(NOTICES, OWN)
        await here.server.log.write(lambda connection: connection.execute(people_rows.delete()))
    async with house(data) as here:
        screen = (await here.device("screen"))[0]
        async with socket_of(here, screen) as line, asyncio.timeout(60):
            while here.server[Centres].find(here.centre).untold:
                await line.next(beats=True)
            for _ in range(3):
                await line.next(beats=True)
        assert [notice["own"] for notice in await notices_of(screen)] == [{}]
    assert capsys.readouterr().out.count("notice-not-read") == 1
