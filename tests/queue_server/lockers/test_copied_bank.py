"""Two agents that are one bank, by a copy of its disk: both stay shut until a manager has said which of them stays."""

import asyncio
import json
import shutil
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from peripherals.lockers.cabinet import Cabinet
from queue_server.accounts.model import Role
from queue_server.contract.release import RUNNING
from queue_server.domain.values import DeviceId
from queue_server.lockers import store
from tests.peripherals.lockers.conftest import started
from tests.queue_server.house import Client, House
from tests.queue_server.lockers.scripted import CENTRE
from tests.queue_server.lockers.whole_bank import ANSWER_MS, WholeBank, whole


async def copied(bank: WholeBank, folder: Path) -> WholeBank:
    """Copy the disk of a bank to a machine with a cabinet of its own."""
    data, file = folder / "copy", folder / "copy.toml"
    await asyncio.to_thread(shutil.copytree, bank.data, data)
    made = await started("modbus+tcp", folder, Cabinet(boards=1, locks=4), answer_ms=ANSWER_MS)
    written = await asyncio.to_thread(bank.file.read_text)
    await asyncio.to_thread(file.write_text, written.replace(bank.made.url, made.url))
    return replace(bank, made=made, data=data, file=file, process=None)


async def device(manager: Client, bank: WholeBank) -> dict[str, Any]:
    found = (await manager.get(f"{CENTRE}/devices")).body["devices"]
    return next(one for one in found if one["id"] == bank.desk.bank)


async def newest(bank: WholeBank) -> str:
    """Name the start as which a machine runs, from its disk."""
    known = json.loads(await asyncio.to_thread((bank.data / "start.json").read_text))
    start: str = known["ids"][-1]
    return start


async def said(bank: WholeBank, event: str) -> bool:
    return event in await asyncio.to_thread(bank.log.read_text)


async def inspected(bank: WholeBank) -> int:
    return (await bank.desk.try_("inspect", {"compartment": "1-4"})).status


async def is_copied(manager: Client, bank: WholeBank) -> bool:
    return (await device(manager, bank))["copied"] is not None


async def version(manager: Client, bank: WholeBank) -> str:
    said: str = (await device(manager, bank))["version"]
    return said


async def acknowledged(here: House, bank: WholeBank) -> int:
    found = await here.server.log.run(lambda connection: store.contact(connection, DeviceId(bank.desk.bank)))
    assert found is not None
    return found.acknowledged


async def heard_after(here: House, bank: WholeBank, held: int) -> bool:
    return await acknowledged(here, bank) > held


async def stays(manager: Client, bank: WholeBank) -> None:
    """Say that this machine stays, by what its disk has."""
    start = await newest(bank)
    assert start in (await device(manager, bank))["machines"]
    resolved = await manager.post(f"{CENTRE}/devices/{bank.desk.bank}/resolve-copy", {"start": start})
    assert resolved.status == 200, resolved


@asynccontextmanager
async def two_machines(here: House, folder: Path) -> AsyncIterator[tuple[Client, WholeBank, WholeBank]]:
    """Run a bank on two machines, each with its own cabinet, until that is noticed."""
    async with whole(here, "modbus+tcp", folder) as bank:
        await bank.settled()
        manager, _ = await here.staff(Role.MANAGER, None)
        await bank.until(lambda: version(manager, bank), RUNNING)
        assert not await is_copied(manager, bank)
        await asyncio.to_thread((folder / "other").mkdir)
        # While it runs, and has told all that has happened: its journal alone does not show that it is a copy.
        other = await copied(bank, folder / "other")
        held, process = await acknowledged(here, bank), bank.process
        assert process is not None
        # It hesitates, so that the copy tells something before it is noticed.
        process.send_signal(signal.SIGSTOP)
        try:
            await other.start()
            await other.until(lambda: heard_after(here, bank, held), True)
            process.send_signal(signal.SIGCONT)
            await bank.until(lambda: is_copied(manager, bank), True)
            yield manager, bank, other
        finally:
            await other.end()
            await other.made.simulator.stop()


async def test_both_stay_shut_until_one_of_them_is_chosen(here: House, tmp_path: Path) -> None:
    async with two_machines(here, tmp_path) as (manager, bank, other):
        # Nothing is ordered of either, and managers are told.
        answer = await bank.desk.try_("inspect", {"compartment": "1-4"})
        assert (answer.status, answer.code) == (409, "bank-silent")
        assert bank.cabinet.pulses == other.cabinet.pulses == []
        async with manager.http.get(f"{manager.address}/manager/page", headers=manager.headers) as page:
            assert "All its doors stay shut" in await page.text()
        for one in (bank, other):
            await one.until(lambda one=one: said(one, "device-copied"), True)  # type: ignore[misc]
        # A manager says which stays, by the sign in its log: that one alone opens a door.
        await stays(manager, other)
        await bank.until(lambda: inspected(bank), 200)
        await other.door((1, 4), is_open=True)
        await bank.until(lambda: said(bank, "order-of-a-copy"), True)
        assert (bank.cabinet.pulses, other.cabinet.pulses) == ([], [(1, 4)])
        # It stays out, also when it is started again: it ends, or does nothing.
        await other.until_state("1-4", "open")
        other.cabinet.close((1, 4))
        await bank.end()
        await bank.start()
        await bank.until(lambda: inspected(bank), 200)
        await other.door((1, 4), is_open=True)
        assert (bank.cabinet.pulses, other.cabinet.pulses) == ([], [(1, 4), (1, 4)])
        assert not await is_copied(manager, bank)


async def test_one_that_stays_ends_where_the_copy_has_told_in_its_name(here: House, tmp_path: Path) -> None:
    async with two_machines(here, tmp_path) as (manager, bank, _):
        await stays(manager, bank)
        assert bank.process is not None
        assert bank.process.stdout is not None
        async with asyncio.timeout(60):
            said_last = json.loads(await bank.process.stdout.readline())
        assert said_last == {"error": "locker-journal", "reason": "old"}
        assert bank.cabinet.pulses == []
