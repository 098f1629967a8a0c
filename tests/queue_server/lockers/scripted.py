"""A bank that says what the test has it say, and staff who work at it."""

from dataclasses import dataclass, field
from typing import Any

from queue_server.accounts.model import Role
from queue_server.domain.values import new_id
from tests.queue_server.house import Client, House, Reply

CENTRE = "/centres/demo"
NAMES = ("A1", "A2", "B1", "B2")
SIZES = {"A1": "small", "A2": "medium", "B1": "medium", "B2": "large"}


@dataclass
class ScriptedBank:
    client: Client
    id: str
    journal: str = field(default_factory=new_id)
    seq: int = 0
    acknowledged: int = 0

    async def describe(self, names: tuple[str, ...] = NAMES) -> Reply:
        compartments = [
            {"name": name, "size": SIZES.get(name, "small"), "column": 1 + "AB".index(name[0]), "row": int(name[1])}
            for name in names
        ]
        body = {"journal": self.journal, "compartments": compartments}
        answer = await self.client.post(f"{CENTRE}/locker-link/describe", body)
        if answer.status == 200:
            self.acknowledged = answer.body["acknowledged"]
        return answer

    async def tell(self, *events: dict[str, Any], after: int | None = None) -> Reply:
        """Tell events that happen now; each takes the next number of the journal."""
        told = []
        for event in events:
            self.seq += 1
            told.append({"seq": self.seq} | event)
        return await self.resend(told, self.acknowledged if after is None else after)

    async def resend(self, told: list[dict[str, Any]], after: int) -> Reply:
        until = told[-1]["seq"] if told else self.seq
        body = {"journal": self.journal, "after": after, "until": until, "events": told}
        answer = await self.client.post(f"{CENTRE}/locker-link/events", body)
        assert answer.status == 200, answer
        self.acknowledged = answer.body["acknowledged"]
        return answer


def accepted(order: dict[str, Any]) -> dict[str, Any]:
    return {"kind": "accepted", "order": order["id"]}


def opened(name: str) -> dict[str, Any]:
    return {"kind": "opened", "compartment": name}


def closed(name: str, contents: str) -> dict[str, Any]:
    return {"kind": "closed", "compartment": name, "contents": contents}


def blocked(name: str, reason: str) -> dict[str, Any]:
    return {"kind": "blocked", "compartment": name, "reason": reason}


def settled(name: str, item: str | None = None) -> dict[str, Any]:
    return {"kind": "settled", "compartment": name, "item": item}


@dataclass
class LockerDesk:
    """A member of staff at a bank."""

    client: Client
    bank: str

    async def order(self, verb: str, body: dict[str, Any], key: str = "") -> dict[str, Any]:
        answer = await self.try_(verb, body, key)
        assert answer.status == 200, answer
        found: dict[str, Any] = answer.body["order"]
        return found

    async def try_(self, verb: str, body: dict[str, Any], key: str = "") -> Reply:
        return await self.client.post(f"{CENTRE}/lockers/{self.bank}/{verb}", body, key)

    async def order_now(self, order: dict[str, Any]) -> dict[str, Any]:
        answer = await self.client.get(f"{CENTRE}/lockers/{self.bank}/orders/{order['id']}")
        assert answer.status == 200, answer
        found: dict[str, Any] = answer.body["order"]
        return found

    async def states(self) -> dict[str, str]:
        answer = await self.client.get(f"{CENTRE}/lockers/{self.bank}")
        assert answer.status == 200, answer
        return {one["name"]: one["state"] for one in answer.body["bank"]["compartments"]}

    async def item(self, item: dict[str, Any]) -> dict[str, Any]:
        answer = await self.client.get(f"{CENTRE}/custody/items/{item['id']}")
        found: dict[str, Any] = answer.body["item"]
        return found

    async def came_back(self) -> dict[str, Any]:
        """Give an item that has come back from its authority, and is in the hand of staff."""
        answer = await self.client.post(f"{CENTRE}/custody/items", {"kind": "passport", "government": "UTO"})
        item: dict[str, Any] = answer.body["item"]
        ready = await self.client.post(f"{CENTRE}/custody/items/{item['id']}/ready")
        assert ready.status == 200, ready
        return item

    async def settle(self, bank: ScriptedBank, *names: str, item: dict[str, Any] | None = None) -> None:
        body = {"compartments": list(names), "item": None if item is None else item["barcode"]}
        answer = await self.try_("settle", body)
        assert answer.status == 200, answer
        for order in answer.body["orders"]:
            await bank.tell(accepted(order), settled(order["compartment"], None if item is None else item["id"]))

    async def load(self, bank: ScriptedBank, name: str) -> dict[str, Any]:
        item = await self.came_back()
        order = await self.order("load", {"item": item["barcode"], "compartment": name})
        await bank.tell(accepted(order), opened(name), closed(name, "item"))
        assert (await self.item(item))["holder"] == "compartment"
        return item


async def begun(here: House, *, settled_too: bool = True) -> tuple[ScriptedBank, LockerDesk]:
    client, device = await here.device("locker")
    bank = ScriptedBank(client, device.id)
    assert (await bank.describe()).status == 200
    desk = LockerDesk((await here.staff(Role.CUSTODY, None))[0], device.id)
    if settled_too:
        await desk.settle(bank, *NAMES)
    return bank, desk


async def claimed(client: Client, item: dict[str, Any], claim: str | None = None) -> tuple[str, Reply]:
    claim = claim or new_id()
    return claim, await client.post(f"{CENTRE}/test-claims", {"item": item["id"], "claim": claim})


async def claim_state(client: Client, claim: str) -> str:
    state: str = (await client.get(f"{CENTRE}/test-claims/{claim}")).body["state"]
    return state
