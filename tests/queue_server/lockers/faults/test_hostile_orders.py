"""Orders that a bank's server has not just given: replayed, of another bank, forged. The real agent, a hostile line.

No door opens, the bank says by which code it refused, and managers see where somebody must have had a hand in it.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from queue_server.accounts.model import Role
from queue_server.contract.lockers import SignedOrder, sign, verify
from queue_server.domain.values import new_id
from queue_server.vault.keys import Keys
from tests.queue_server.house import Client, House
from tests.queue_server.lockers.hostile_line import HostileLine, hostile_line
from tests.queue_server.lockers.scripted import CENTRE, begun, claim_state, claimed
from tests.queue_server.lockers.test_alarms import seen
from tests.queue_server.lockers.whole_bank import WholeBank, whole

STRANGE = "was sent orders that are not its server's"


@pytest.fixture
async def line(here: House) -> AsyncIterator[HostileLine]:
    async with hostile_line(here.address, here.http) as held:
        yield held


@pytest.fixture
async def manager(here: House) -> Client:
    return (await here.staff(Role.MANAGER, None))[0]


async def refused(bank: WholeBank, code: str, before: int = 0) -> int:
    """Wait until the bank has written that it refused something by this code; how often it has by now."""
    async with asyncio.timeout(60):
        while (times := (await asyncio.to_thread(bank.log.read_text)).count(code)) <= before:  # noqa: ASYNC110 - a file
            await asyncio.sleep(0.05)
    return times


async def collected(bank: WholeBank, item: dict[str, Any]) -> None:
    claim, answer = await claimed(bank.desk.client, item)
    assert answer.status == 200, answer
    await bank.until(lambda: claim_state(bank.desk.client, claim), "open")
    bank.cabinet.take((1, 2))
    bank.cabinet.close((1, 2))
    await bank.until(lambda: claim_state(bank.desk.client, claim), "shut-empty")


async def test_an_order_that_was_recorded_opens_nothing_once_more(
    here: House, line: HostileLine, manager: Client, tmp_path: Path
) -> None:
    async with whole(here, "modbus+tcp", tmp_path, line.url) as bank:
        await bank.settled()
        item = await bank.load((1, 2))
        await collected(bank, item)
        pulses = list(bank.cabinet.pulses)
        recorded = [frame for frame in line.orders if _verbs(here, frame) & {"load", "collect"}]
        assert len(recorded) >= 2
        times = 0
        for frame in recorded:
            await line.send(frame)
            times = await refused(bank, "locker-order-used", times)
        # A bank that was started anew has not forgotten them.
        await bank.end()
        await bank.start()
        await bank.until_state("1-2", "free")
        for frame in recorded:
            await line.send(frame)
            times = await refused(bank, "locker-order-used", times)
        assert bank.cabinet.pulses == pulses
        assert (await bank.desk.item(item))["state"] == "handed-over"
        # Its own server says an order again after every cut line: that is no alarm.
        assert STRANGE not in await seen(manager)
        await bank.load((1, 2))


async def test_an_order_of_another_bank_opens_nothing_and_managers_see_it(
    here: House, line: HostileLine, manager: Client, tmp_path: Path
) -> None:
    async with whole(here, "modbus+tcp", tmp_path, line.url) as bank:
        await bank.settled()
        other, desk = await begun(here)
        item = await desk.came_back()
        await desk.order("load", {"item": item["barcode"], "compartment": "A1"})
        frame = await _first_frame(here, other.client)
        assert frame["entities"]
        await line.send(frame)
        await refused(bank, "locker-other-bank")
        await _until_seen(manager)
        assert bank.cabinet.pulses == []
        # Nothing is said of an order that is another bank's, and its own are carried out.
        assert len(await desk.states()) == 4
        await bank.load((1, 2))


async def test_a_forged_order_opens_nothing_and_managers_see_it(
    here: House, line: HostileLine, manager: Client, tmp_path: Path
) -> None:
    async with whole(here, "modbus+tcp", tmp_path, line.url) as bank:
        await bank.settled()
        item = await bank.load((1, 2))
        frame = line.orders[-1]
        view = _views(frame)[-1]
        order = verify(SignedOrder(**view["order"]), here.server[Keys].order_key().public_key())
        changed = type(order)(
            id=new_id(),
            bank=order.bank,
            compartment="1-2",
            verb=type(order.verb)("collect"),
            claim=new_id(),
            issued_at=order.issued_at,
            expires_at=order.expires_at,
            item=item["id"],
        )
        forged = sign(changed, Ed25519PrivateKey.generate())
        moved = SignedOrder(forged.order, view["order"]["signature"])
        pulses, times = len(bank.cabinet.pulses), 0
        for one in (forged, moved):
            entities = {new_id(): {"bank": view["bank"], "order": {"order": one.order, "signature": one.signature}}}
            await line.send(frame | {"entities": entities})
            times = await refused(bank, "order-not-signed", times)
        await _until_seen(manager)
        assert len(bank.cabinet.pulses) == pulses
        # A frame that is none cuts the line, and the bank asks anew.
        await line.send({"entities": 1})
        await collected(bank, item)


def _views(frame: dict[str, Any]) -> list[dict[str, Any]]:
    return [view for view in frame["entities"].values() if view is not None]


def _verbs(here: House, frame: dict[str, Any]) -> set[str]:
    key = here.server[Keys].order_key().public_key()
    return {verify(SignedOrder(**view["order"]), key).verb.value for view in _views(frame)}


async def _first_frame(here: House, client: Client) -> dict[str, Any]:
    url = f"{here.address}/api/v1{CENTRE}/feeds/locker-orders"
    async with here.http.ws_connect(url, headers=client.headers) as feed:
        frame: dict[str, Any] = json.loads(await feed.receive_str())
    return frame


async def _until_seen(manager: Client) -> None:
    async with asyncio.timeout(60):
        while STRANGE not in await seen(manager):  # noqa: ASYNC110 - a real server
            await asyncio.sleep(0.1)
