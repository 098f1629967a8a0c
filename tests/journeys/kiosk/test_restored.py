"""A server goes back to a backup: what kiosks gave and took since then is told again, and is there once."""

import asyncio
import json
import sqlite3
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from kiosk.kit import fonts
from queue_server.centre.witness import WitnessKeeper
from queue_server.eventlog import epoch
from queue_server.framework.settings import WitnessSettings
from tests.faults.lossy_proxy import LossyProxy
from tests.kiosk.app.journeys.test_end_of_day import pay, soon, taking
from tests.kiosk.app.stand import Stand
from tests.kiosk.app.terminals import Zvt
from tests.queue_server.house import QUICK, House, house

SETTINGS = QUICK.but(WitnessSettings(poll_s=1))


@pytest.fixture(autouse=True)
def _fonts(qapp: object) -> None:
    assert qapp is not None
    fonts.load()


def back_up(data: Path, to: Path) -> None:
    """Copy the database as SQLite's own backup does, while a server works on it."""
    with closing(sqlite3.connect(data / "queue.sqlite")) as live, closing(sqlite3.connect(to)) as copy:
        live.backup(copy)


def restore(data: Path, kept: Path) -> None:
    for ending in ("-wal", "-shm"):
        (data / f"queue.sqlite{ending}").unlink(missing_ok=True)
    (data / "queue.sqlite").write_bytes(kept.read_bytes())


def judge(data: Path) -> dict[str, Counter[str]]:
    """Count in the events alone, by code of the ticket and by payment."""
    found: dict[str, Counter[str]] = {"tickets": Counter(), "payments": Counter()}
    with closing(sqlite3.connect(data / "queue.sqlite")) as db:
        for stream, kind, payload in db.execute("SELECT stream, type, payload FROM events ORDER BY stream, seq"):
            body: dict[str, Any] = json.loads(payload)
            if kind == "visit-issued":
                found["tickets"][body["code"]] += 1
            elif stream.startswith("payment/") and kind == "payment-initiated":
                found["payments"][stream] += 1
    return found


async def tickets(kiosk: Stand, count: int) -> None:
    for _ in range(count):
        for page, action, argument in (
            ("language", "language", "en"),
            ("identify", "no-document", ""),
            ("government", "choose", "UTO"),
            ("kind", "choose", "help"),
            ("service", "choose", "uto-evacuation"),
            ("more", "go-on", ""),
        ):
            await kiosk.shows(page)
            kiosk.act(action, argument)
        await kiosk.shows("confirm")
        kiosk.act("confirm")
        await kiosk.shows("ticket")
        kiosk.act("done")
        await kiosk.shows("language")


async def eventually(found: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(60):
        while not await found():  # noqa: ASYNC110 - a server is asked
            await asyncio.sleep(0.02)


async def all_there(here: House, codes: int, payments: int) -> None:
    """Wait until managers see so many visits, and that many of them paid."""
    manager = await here.manager()

    async def known() -> bool:
        visits = (await manager.get("/centres/demo/queue")).body["queue"]["visits"]
        return (len(visits), sum(len(one["payments"]) for one in visits)) == (codes, payments)

    await eventually(known)


async def test_what_happened_after_the_backup_is_there_once(data: Path, folder: Path, tmp_path: Path) -> None:
    terminal = Zvt(folder)
    await terminal.start()
    kept = tmp_path / "backup.sqlite"
    try:
        async with LossyProxy("127.0.0.1", 0, seed=3) as line:
            async with house(data, SETTINGS) as first:
                line.lead_to(urlsplit(first.address).port or 0)
                async with taking(folder, first, line.url, terminal, soon()) as kiosk:
                    await tickets(kiosk, 2)
                    await pay(kiosk)
                    await all_there(first, 3, 1)
                    await asyncio.to_thread(back_up, data, kept)
                    await tickets(kiosk, 3)
                    await pay(kiosk)
                    await all_there(first, 7, 2)
            before = await asyncio.to_thread(judge, data)
            await asyncio.to_thread(restore, data, kept)
            assert (await asyncio.to_thread(judge, data))["tickets"].total() == 3
            async with house(data, SETTINGS) as second:
                found = second.server[WitnessKeeper].condition()
                assert found is not None
                assert (found.code, found.is_unready) == ("database-replaced", False)
                life = await second.server.log.run(epoch.read)
                line.lead_to(urlsplit(second.address).port or 0)
                async with taking(folder, second, line.url, terminal, soon()) as kiosk:
                    await all_there(second, 7, 2)
                    await tickets(kiosk, 1)
                    await all_there(second, 8, 2)
            after = await asyncio.to_thread(judge, data)
            assert set(after["tickets"].values()) == {1}
            assert set(before["tickets"]) < set(after["tickets"])
            assert after["tickets"].total() == 8
            assert after["payments"] == before["payments"]
            # A start on what is there tells nothing again: the alarm lasts, the life of the database too.
            async with house(data, SETTINGS) as third:
                assert third.server[WitnessKeeper].condition() == found
                assert await third.server.log.run(epoch.read) == life
    finally:
        await terminal.stop()
