"""An auditor has every event looked at, in another process; whatever comes of it is told, and nobody waits for it."""

import asyncio
import fcntl
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from queue_server.accounts.model import Role
from queue_server.audit.verification import Verification
from queue_server.domain.values import now_micros
from queue_server.eventlog.tables import events
from queue_server.payments.tables import payments
from tests.queue_server.house import TICKET, Client, House
from tests.queue_server.payments.telling import paid

PATH = "/centres/demo/verification"


async def until(condition: Callable[[], object]) -> None:
    """Wait for something that happens by itself; the bound is patience alone."""
    async with asyncio.timeout(120):
        while not condition():  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.02)


@pytest.fixture
async def auditor(here: House) -> Client:
    return (await here.staff(Role.AUDITOR, None))[0]


@pytest.mark.timeout(180)
async def test_the_record_is_found_whole_and_after_an_edit_it_is_not(here: House, auditor: Client) -> None:
    kiosk = await here.kiosk()
    await kiosk.post("/centres/demo/visits", TICKET)
    assert (await auditor.get(PATH)).body == {
        "running": False,
        "failed": False,
        "checked_at": None,
        "ok": None,
        "streams": 0,
        "events": 0,
        "bad": None,
        "row": None,
    }
    begun = [(await auditor.post(PATH)).body["running"] for _ in range(3)]
    assert begun == [True, True, True]
    # Meanwhile the server does what it is for.
    assert (await kiosk.post("/centres/demo/visits", TICKET)).status == 201
    found = here.server[Verification]
    await until(lambda: found.state.report is not None)
    whole = (await auditor.get(PATH)).body
    assert (whole["running"], whole["ok"], whole["bad"]) == (False, True, None)
    assert whole["events"] >= 2
    await here.server.log.write(
        lambda connection: connection.execute(
            update(events).where(events.c.type == "visit-issued", events.c.seq == 2).values(actor="staff/somebody-else")
        )
    )
    before = found.state.at
    await auditor.post(PATH)
    await until(lambda: found.state.at != before)
    told = (await auditor.get(PATH)).body
    assert told["ok"] is False
    assert (told["bad"]["seq"], told["bad"]["code"]) == (2, "hash")
    assert told["bad"]["stream"].startswith("queue/demo/")


@pytest.mark.timeout(180)
async def test_a_list_that_does_not_fit_the_record_is_named(here: House, auditor: Client) -> None:
    payment = await paid(await here.kiosk())
    await here.server.log.write(lambda connection: connection.execute(delete(payments)))
    await auditor.post(PATH)
    await until(lambda: here.server[Verification].state.report is not None)
    told = (await auditor.get(PATH)).body
    assert (told["ok"], told["bad"]) == (False, None)
    assert told["row"] == {"table": "payments", "key": payment, "code": "row-missing"}


@pytest.mark.timeout(180)
@pytest.mark.parametrize("script", ["raise SystemExit(3)", "print('no report')", "print('{\"ok\": 1}')"])
async def test_a_look_that_comes_to_nothing_is_told_and_may_be_begun_again(script: str) -> None:
    found = Verification((sys.executable, "-c", script), now_micros)
    found.start()
    await until(lambda: found.state.running_since is None)
    assert found.state.failed
    assert found.state.report is None
    assert found.start().running_since is not None
    await found.stop()


@pytest.mark.timeout(180)
async def test_a_command_that_is_not_there_is_told_too() -> None:
    found = Verification(("/nowhere/queue-server",), now_micros)
    found.start()
    await until(lambda: found.state.running_since is None)
    assert found.state.failed


@pytest.mark.timeout(180)
async def test_a_server_that_stops_leaves_nobody_reading(tmp_path: Path) -> None:
    held = tmp_path / "held"
    script = (
        f"import fcntl,time; f=open({str(held)!r}, 'w'); fcntl.flock(f, 2); f.write('held'); f.flush(); time.sleep(60)"
    )
    found = Verification((sys.executable, "-c", script), now_micros)
    found.start()
    try:
        async with asyncio.timeout(60):
            while not await asyncio.to_thread(lambda: held.exists() and held.read_text() == "held"):  # noqa: ASYNC110
                await asyncio.sleep(0.02)
    finally:
        await found.stop()
    # Nobody holds it any more.
    with await asyncio.to_thread(held.open) as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


async def test_nobody_else_has_it_looked_at(here: House) -> None:
    manager, _ = await here.staff(Role.MANAGER, None)
    for answer in (await manager.get(PATH), await manager.post(PATH)):
        assert (answer.status, answer.code) == (403, "not-permitted")
