"""A bank that is revoked tells nothing more: its orders end, and staff look for what lay in it."""

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from queue_server.domain.lockers import CompartmentId
from queue_server.eventlog.rebuild import bad_rows
from queue_server.lockers import store
from queue_server.lockers.model import BankRecord
from queue_server.lockers.store import BANKS, ORDERS
from tests.queue_server.house import House
from tests.queue_server.lockers.scripted import (
    CENTRE,
    LockerDesk,
    ScriptedBank,
    accepted,
    begun,
    claim_state,
    claimed,
    opened,
)


async def revoke(data: Path, bank: ScriptedBank) -> None:
    """Revoke it as a technician does."""
    command = str(Path(sys.executable).parent / "queue-server")
    ran = await asyncio.create_subprocess_exec(
        command, "revoke", bank.id, "--data", str(data), stdout=asyncio.subprocess.PIPE
    )
    said, _ = await ran.communicate()
    assert (ran.returncode, said) == (0, b"revoked\n")


async def until_missed(desk: LockerDesk, item: dict[str, Any]) -> None:
    async with asyncio.timeout(60):
        while (await desk.item(item))["holder"] != "unknown":  # noqa: ASYNC110 - the server looks by itself
            await asyncio.sleep(0.05)


async def read[T](here: House, work: Callable[[Connection], T]) -> T:
    return await here.server.log.run(work)


async def test_the_order_of_a_revoked_bank_ends_and_staff_look_for_what_lay_in_it(here: House, data: Path) -> None:
    bank, desk = await begun(here)
    taken, lying = await desk.load(bank, "A1"), await desk.load(bank, "B2")
    claim, answer = await claimed(desk.client, taken)
    assert answer.status == 200, answer
    (order,) = await read(here, lambda connection: [one for one in _orders(connection, bank) if one.claim == claim])
    await bank.tell({"kind": "accepted", "order": order.id}, opened("A1"))
    before = await claim_state(desk.client, claim)
    assert before == "open"
    await revoke(data, bank)
    await until_missed(desk, taken)
    assert await claim_state(desk.client, claim) == "given-up"
    # What lay behind another door cannot be had by an order any more either.
    await until_missed(desk, lying)
    record = await read(here, lambda connection: BANKS.load(connection, bank.id))
    assert {one.name for one in _unclear(record)} == {"A1", "B2"}
    chain = (await desk.client.get(f"{CENTRE}/custody/items/{taken['id']}/chain")).body["events"]
    assert (chain[-1]["type"], chain[-1]["by"]) == ("item-missed", "system")
    # Looking again and again adds nothing, and the tables are as the streams have them.
    events = len(chain)
    await asyncio.sleep(0.3)
    chain = (await desk.client.get(f"{CENTRE}/custody/items/{taken['id']}/chain")).body["events"]
    assert len(chain) == events
    for kind in (BANKS, ORDERS):
        assert not list(await read(here, lambda connection, kind=kind: list(bad_rows(connection, (kind,)))))  # type: ignore[misc]
    # A scan finds it, and what is being loaded is missed too.
    laid = await desk.client.post(f"{CENTRE}/custody/items/{taken['id']}/take")
    assert (laid.status, laid.body["item"]["holder"]) == (200, "desk")


async def test_what_was_to_be_laid_into_a_revoked_bank_is_looked_for(here: House, data: Path) -> None:
    bank, desk = await begun(here)
    item, other = await desk.came_back(), await desk.came_back()
    order = await desk.order("load", {"item": item["barcode"], "compartment": "A2"})
    await bank.tell(accepted(order))
    await revoke(data, bank)
    await until_missed(desk, item)
    assert (await desk.order_now(order))["state"] == "given-up"
    assert (await desk.item(other))["holder"] == "desk"
    record = await read(here, lambda connection: BANKS.load(connection, bank.id))
    assert [one.name for one in _unclear(record)] == [CompartmentId("A2")]


def _orders(connection: Connection, bank: ScriptedBank) -> tuple[Any, ...]:
    found = BANKS.load(connection, bank.id)
    assert found is not None
    return store.under_way(connection, found)


def _unclear(record: BankRecord | None) -> list[Any]:
    assert record is not None
    return [one for one in record.compartments if not one.is_clear]
