"""The key of orders is changed while a bank is in use: it follows, and believes nobody but those that it knows."""

import asyncio
import json
import signal
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from peripherals.lockers.cabinet import Place
from queue_server.accounts.model import Role
from queue_server.framework.rooms import RoomCollection
from queue_server.lockers.settings import LockerRules
from queue_server.rooms import ROOMS
from queue_server.vault.keys import Keys
from queue_server.vault.model import KeyRules
from tests.queue_server.accounts.test_keys_change import keys, rotated_by_command, until
from tests.queue_server.conftest import data, template  # noqa: F401 - fixtures
from tests.queue_server.house import QUICK, House, house
from tests.queue_server.lockers.claim_room import ROOM
from tests.queue_server.lockers.scripted import CENTRE, claim_state, claimed
from tests.queue_server.lockers.whole_bank import WholeBank, whole

WATCHFUL = QUICK.but(LockerRules(poll_s=0.05), KeyRules(poll_s=1))
OPEN = partial(house, settings=WATCHFUL, rooms=RoomCollection((*ROOMS, ROOM)))


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let commands block: each has a loop of its own, in a thread of its own."""


async def known(bank: WholeBank) -> int:
    """Count the keys that the bank has on its disk."""
    kept = json.loads(await asyncio.to_thread((bank.data / "device.json").read_text))
    return len({kept["order_key"], *kept["further_keys"]})


async def collect(bank: WholeBank, item: dict[str, Any], place: Place) -> None:
    claim, answer = await claimed(bank.desk.client, item)
    assert answer.status == 200, answer
    await bank.until(lambda: claim_state(bank.desk.client, claim), "open")
    bank.cabinet.take(place)
    bank.cabinet.close(place)
    await bank.until(lambda: claim_state(bank.desk.client, claim), "shut-empty")
    assert (await bank.desk.item(item))["state"] == "handed-over"


async def let_go(here: House) -> None:
    """Let the key before count no more, because it was stolen."""
    await keys(here.server.place.data, "finish", "lockers")
    await until(lambda: len(here.server[Keys].order_keys) == 1)


async def test_a_bank_follows_the_key_of_orders(data: Path, tmp_path: Path) -> None:  # noqa: F811 - a fixture
    async with OPEN(data) as here, whole(here, "modbus+tcp", tmp_path) as bank:
        await bank.settled()
        items = [await bank.load((1, lock)) for lock in (1, 2, 3, 4)]
        await rotated_by_command(here, "lockers")
        await collect(bank, items[0], (1, 1))
        assert await known(bank) == 2
        # Off while it is changed once more, it believes the next on the word of one that it knows.
        await bank.end(signal.SIGKILL)
        await rotated_by_command(here, "lockers")
        await bank.start()
        await collect(bank, items[1], (1, 2))
        assert await known(bank) == 3
        await let_go(here)
        await bank.until(partial(known, bank), 1)
        await collect(bank, items[2], (1, 3))
        await bank.end(signal.SIGKILL)
        await bank.start()
        await collect(bank, items[3], (1, 4))
        assert len(bank.cabinet.pulses) == 8


async def test_a_bank_that_knows_none_that_counts_opens_nothing_and_says_so(data: Path, tmp_path: Path) -> None:  # noqa: F811 - a fixture
    async with OPEN(data) as here, whole(here, "modbus+tcp", tmp_path) as bank:
        await bank.settled()
        manager, _ = await here.staff(Role.MANAGER, None)
        item = await bank.load((1, 1))
        await bank.end()
        await rotated_by_command(here, "lockers")
        await let_go(here)
        await bank.start()
        pulses = len(bank.cabinet.pulses)
        await bank.until_state("1-1", "occupied")
        _, answer = await claimed(bank.desk.client, item)
        assert answer.status == 200, answer

        async def part() -> str:
            [device] = (await manager.get(f"{CENTRE}/devices")).body["devices"]
            return str(device["parts"][0]["code"])

        await bank.until(part, "locker-order-invalid")
        assert (await known(bank), len(bank.cabinet.pulses)) == (1, pulses)
