"""A bank as it is in use: the server over HTTP, the agent as its own process, a simulated cabinet on a line."""

import asyncio
import json
import shutil
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from peripherals.lockers.agent.journal import FILE
from queue_server.accounts.model import Role
from queue_server.domain.values import DeviceId, new_id
from queue_server.framework.rooms import RoomCollection
from queue_server.framework.settings import FeedSettings, HttpSettings, ServerSettings
from queue_server.lockers import store
from queue_server.lockers.settings import LockerRules
from queue_server.rooms import ROOMS
from queue_server.writer import WriterSettings
from tests.faults.lossy_proxy import LossyProxy
from tests.peripherals.lockers.conftest import SCHEMES
from tests.queue_server.device_commands import PATH, ask, becomes, reports
from tests.queue_server.house import House, house
from tests.queue_server.lockers.claim_room import ROOM
from tests.queue_server.lockers.scripted import CENTRE, claim_state, claimed
from tests.queue_server.lockers.whole_bank import whole


def last_in(data: Path) -> int:
    """Give the number of the last event in a journal."""
    with closing(sqlite3.connect(data / FILE)) as database:
        found: int = database.execute("SELECT max(seq) FROM event").fetchone()[0]
        return found


@pytest.fixture(params=SCHEMES)
def scheme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


async def test_loaded_and_collected(here: House, scheme: str, tmp_path: Path) -> None:
    async with whole(here, scheme, tmp_path) as bank:
        await bank.settled()
        item = await bank.load((1, 2))
        claim, answer = await claimed(bank.desk.client, item)
        assert answer.status == 200, answer
        await bank.until(lambda: claim_state(bank.desk.client, claim), "open")
        bank.cabinet.take((1, 2))
        bank.cabinet.close((1, 2))
        ended = await bank.until(lambda: claim_state(bank.desk.client, claim), "shut-empty", "shut-unknown")
        state = (await bank.desk.item(item))["state"]
        if ended == "shut-unknown":
            # No sensor inside: staff look, and find it empty.
            await bank.until(lambda: bank._settle(["1-2"]), 200)
            state = (await bank.desk.item(item))["state"]
        assert state == "handed-over"
        assert bank.cabinet.pulses == [(1, 2), (1, 2)]


async def test_left_inside_and_a_pried_door(here: House, tmp_path: Path) -> None:
    async with whole(here, "modbus+tcp", tmp_path) as bank:
        await bank.settled()
        item, other = await bank.load((1, 1)), await bank.load((1, 3))
        claim, _ = await claimed(bank.desk.client, item)
        await bank.until(lambda: claim_state(bank.desk.client, claim), "open")
        bank.cabinet.close((1, 1))
        await bank.until(lambda: claim_state(bank.desk.client, claim), "shut-with-item")
        assert (await bank.desk.item(item))["holder"] == "compartment"
        bank.cabinet.pry((1, 3))
        await bank.until_state("1-3", "blocked")
        assert (await bank.desk.item(other))["holder"] == "unknown"
        _, refused = await claimed(bank.desk.client, other)
        assert refused.status == 409


async def test_what_happened_while_the_network_was_cut_is_told_when_it_is_back(here: House, tmp_path: Path) -> None:
    port = int(here.address.rpartition(":")[2])
    async with LossyProxy("127.0.0.1", port, seed=1) as proxy, whole(here, "modbus+tcp", tmp_path, proxy.url) as bank:
        await bank.settled()
        item, other = await bank.load((1, 1)), await bank.load((1, 2))
        claim, _ = await claimed(bank.desk.client, item)
        await bank.until(lambda: claim_state(bank.desk.client, claim), "open")
        proxy.away = True
        bank.cabinet.take((1, 1))
        bank.cabinet.close((1, 1))
        pulses = len(bank.cabinet.pulses)
        # Another door is not even ordered: nobody knows yet that this one is shut.
        _, refused = await claimed(bank.desk.client, other)
        assert (refused.status, refused.code) == (409, "bank-busy")
        await asyncio.sleep(1)
        assert await claim_state(bank.desk.client, claim) == "open"
        proxy.away = False
        await bank.until(lambda: claim_state(bank.desk.client, claim), "shut-empty")
        assert (await bank.desk.item(item))["state"] == "handed-over"
        assert len(bank.cabinet.pulses) == pulses


async def test_answers_that_are_lost_change_nothing(here: House, tmp_path: Path) -> None:
    port = int(here.address.rpartition(":")[2])
    async with LossyProxy("127.0.0.1", port, seed=2) as proxy, whole(here, "modbus+tcp", tmp_path, proxy.url) as bank:
        await bank.settled()
        proxy.lose_answers = 0.3
        items = [await bank.load((1, lock)) for lock in (1, 2, 3)]
        proxy.lose_answers = 0.0
        assert proxy.lost
        for item in items:
            answer = await bank.desk.client.get(f"{CENTRE}/custody/items/{item['id']}/chain")
            assert [one["type"] for one in answer.body["events"]].count("item-loaded") == 1
        assert bank.cabinet.pulses == [(1, 1), (1, 2), (1, 3)]


async def test_killed_while_a_door_is_open(here: House, tmp_path: Path) -> None:
    async with whole(here, "modbus+tcp", tmp_path) as bank:
        await bank.settled()
        item = await bank.load((1, 1))
        claim, _ = await claimed(bank.desk.client, item)
        await bank.until(lambda: claim_state(bank.desk.client, claim), "open")
        assert bank.process is not None
        await bank.end(signal.SIGKILL)
        # Taken while nobody looks: only staff can say what became of it.
        bank.cabinet.take((1, 1))
        bank.cabinet.close((1, 1))
        pulses = len(bank.cabinet.pulses)
        await bank.start()
        await bank.until(lambda: claim_state(bank.desk.client, claim), "frozen")
        assert (await bank.desk.item(item))["holder"] == "unknown"
        assert len(bank.cabinet.pulses) == pulses


async def test_it_starts_anew_from_afar_once_no_door_is_open_and_sends_its_log(here: House, tmp_path: Path) -> None:
    manager, _ = await here.staff(Role.MANAGER, None)
    supervised = {"NOTIFY_SOCKET": str(tmp_path / "manager")}
    async with whole(here, "modbus+tcp", tmp_path) as bank:
        await bank.settled()
        item = await bank.load((1, 1))
        # Where nothing starts it anew, it does not end.
        refused = await manager.post(f"{CENTRE}/devices/{bank.desk.bank}/commands", {"kind": "restart"})
        assert refused.code == "device-command-not-taken"
        await bank.end()
        await bank.start(**supervised)
        claim, _ = await claimed(bank.desk.client, item)
        await bank.until(lambda: claim_state(bank.desk.client, claim), "open")
        restart = await ask(manager, bank.desk.bank, "restart")
        await reports(manager, 2)
        assert bank.process is not None
        assert bank.process.returncode is None
        bank.cabinet.take((1, 1))
        bank.cabinet.close((1, 1))
        async with asyncio.timeout(60):
            assert await bank.process.wait() == 0
        await bank.start(**supervised)
        await bank.until(lambda: claim_state(bank.desk.client, claim), "shut-empty")
        await becomes(manager, restart, "done")
        log = await ask(manager, bank.desk.bank, "send-log")
        await becomes(manager, log, "done")
        text = (await manager.get(f"{PATH}/{log}/log")).body["text"]
        events = [json.loads(line)["event"] for line in text.splitlines()]
        assert (events.count("restart-from-afar"), events.count("bank-described")) == (1, 3)
        assert bank.process.returncode is None


async def test_what_came_while_the_bank_was_away_is_refused_when_it_has_expired(data: Path, tmp_path: Path) -> None:
    settings = ServerSettings(HttpSettings(), FeedSettings(), WriterSettings(), LockerRules(order_s=15))
    async with (
        house(data, settings, rooms=RoomCollection((*ROOMS, ROOM))) as here,
        whole(here, "modbus+tcp", tmp_path) as bank,
    ):
        await bank.settled()
        item = await bank.load((1, 1))
        await bank.end(signal.SIGKILL)
        claim, answer = await claimed(bank.desk.client, item)
        assert answer.body["state"] == "ordered"
        pulses = len(bank.cabinet.pulses)

        async def is_silent() -> bool:
            return bool((await bank.desk.client.get(f"{CENTRE}/test-claims/{claim}")).body["is_silent"])

        await bank.until(is_silent, True)
        await bank.start()
        await bank.until(lambda: claim_state(bank.desk.client, claim), "not-opened")
        found = await bank.desk.item(item)
        assert (found["holder"], found["is_claimed"], len(bank.cabinet.pulses)) == ("compartment", False, pulses)


async def test_an_old_copy_of_the_journal_opens_nothing(here: House, tmp_path: Path) -> None:
    async with whole(here, "modbus+tcp", tmp_path) as bank:
        await bank.settled()
        await bank.end()
        await asyncio.to_thread(shutil.copytree, bank.data, tmp_path / "copy")
        await bank.start()
        await bank.load((1, 1))
        await bank.end()
        await asyncio.to_thread(shutil.rmtree, bank.data)
        await asyncio.to_thread(shutil.copytree, tmp_path / "copy", bank.data)
        await bank.start()
        assert bank.process is not None
        assert bank.process.stdout is not None
        said = json.loads(await bank.process.stdout.readline())
        assert said == {"error": "locker-journal", "reason": "old"}
        assert await bank.process.wait() == 2


async def test_an_old_copy_is_known_however_little_has_happened_since(here: House, tmp_path: Path) -> None:
    async with whole(here, "modbus+tcp", tmp_path) as bank:
        await bank.settled()
        await bank.end()
        await asyncio.to_thread(shutil.copytree, bank.data, tmp_path / "copy")
        held = await asyncio.to_thread(last_in, bank.data)
        await bank.start()

        async def heard_more() -> bool:
            found = await here.server.log.run(lambda connection: store.contact(connection, DeviceId(bank.desk.bank)))
            return found is not None and found.acknowledged > held

        # Nothing but that it has started; a copy that starts writes as much.
        await bank.until(heard_more, True)
        await bank.end()
        await asyncio.to_thread(shutil.rmtree, bank.data)
        await asyncio.to_thread(shutil.copytree, tmp_path / "copy", bank.data)
        await bank.start()
        assert bank.process is not None
        assert bank.process.stdout is not None
        async with asyncio.timeout(60):
            said = json.loads(await bank.process.stdout.readline())
        assert said == {"error": "locker-journal", "reason": "old"}


async def test_the_bank_learns_no_person(here: House, tmp_path: Path) -> None:
    async with whole(here, "modbus+tcp", tmp_path) as bank:
        await bank.settled()
        clerk = bank.desk.client
        given = {"kind": "passport", "government": "UTO", "document": "P1234567"}
        item = (await clerk.post(f"{CENTRE}/custody/items", given)).body["item"]
        assert (await clerk.post(f"{CENTRE}/custody/items/{item['id']}/ready")).status == 200
        order = await bank.desk.order("load", {"item": item["barcode"], "compartment": "1-1"})
        await bank.until_state("1-1", "open")
        bank.cabinet.put((1, 1))
        bank.cabinet.close((1, 1))
        await bank.until(lambda: bank._order_state(order), "shut-with-item", "shut-unknown")
        await claimed(bank.desk.client, item, new_id())
        await bank.door((1, 1), is_open=True)
        await bank.end()
        kept = await asyncio.to_thread(lambda: b"".join(one.read_bytes() for one in bank.data.iterdir()))
        assert b"P1234567" not in kept
        assert item["label"].replace(" ", "").encode() not in kept
