"""Kill -9 while kiosks tell of payments: what was acknowledged is there, and all of it told again makes one of each."""

import asyncio
import random
from collections import Counter
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from queue_server.database import open_database, parse_url
from queue_server.domain.values import new_id
from queue_server.eventlog.sqlalchemy_log import SqlEventLog
from queue_server.payments import store
from tests.faults.server_process import Installation
from tests.queue_server.house import TICKET, Client
from tests.queue_server.payments.telling import GOOD, PAYMENTS, report
from tests.queue_server.vault.premises import Premises

MANY = 24


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let this test wait: the server is another process."""


class Kiosk:
    """Tells its journals row by row, and remembers what was acknowledged."""

    def __init__(self, client: Client, chance: random.Random) -> None:
        self.client = client
        self.told = [report(new_id(), *GOOD, receipts=_receipts()) for _ in range(MANY)]
        self.acknowledged: Counter[str] = Counter()
        chance.shuffle(self.told)

    async def tell_until_cut(self, told: dict[str, Any]) -> None:
        """Tell one payment in pieces, issue its ticket in between, and stop when the line is cut."""
        for last in (2, 4, 6, 7):
            try:
                if last == 6:
                    await self.client.post("/centres/demo/visits", TICKET | {"id": told["visit"]})
                answer = await self.client.post(PAYMENTS, told | {"rows": told["rows"][:last]})
            except (aiohttp.ClientError, OSError):
                return
            if answer.status == 200:
                self.acknowledged[told["id"]] = answer.body["row"]

    async def tell_all_again(self) -> None:
        for told in self.told:
            assert (await self.client.post("/centres/demo/visits", TICKET | {"id": told["visit"]})).status == 201
            assert (await self.client.post(PAYMENTS, told)).body["row"] == len(GOOD)


def _receipts() -> list[dict[str, object]]:
    return [{"number": 1, "kind": "customer", "lines": ["SPECIMEN"]}]


async def stored(data: Path, told: list[dict[str, Any]]) -> dict[str, list[str]]:
    async with open_database(parse_url(None, data)) as database, SqlEventLog(database) as log:
        return {one["id"]: [event.type for event in await log.read(store.PAYMENTS.stream(one["id"]))] for one in told}


@pytest.mark.parametrize("seed", range(2))
async def test_what_was_acknowledged_outlives_the_server(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    installation = Installation(tmp_path / "data")
    await installation.init()
    server = installation.server()
    await server.start()
    try:
        async with aiohttp.ClientSession() as http:
            kiosk = Kiosk(await Premises(installation, http).device("kiosk"), chance)
            telling = [asyncio.create_task(kiosk.tell_until_cut(told)) for told in kiosk.told]
            wanted = chance.randrange(MANY, 3 * MANY)
            while sum(kiosk.acknowledged.values()) < wanted:
                await asyncio.wait(telling, timeout=0.005)
            await server.kill()
            await asyncio.gather(*telling)
            before = await stored(installation.data, kiosk.told)
            for ident, row in kiosk.acknowledged.items():
                assert before[ident].count("journal-row-reported") >= row
            print(f"seed {seed}: {sum(map(len, before.values()))} events at the kill")
            await server.start()
            assert server.url is not None
            kiosk.client.address = server.url
            await kiosk.tell_all_again()
            after = await stored(installation.data, kiosk.told)
            whole = Counter({"payment-initiated": 1, "journal-row-reported": 7, "receipt-stored": 1})
            assert all(Counter(types) == whole for types in after.values())
            visits = [
                (await kiosk.client.get(f"/centres/demo/visits/{one['visit']}")).body["visit"] for one in kiosk.told
            ]
            assert [visit["payments"] for visit in visits] == [[one["id"]] for one in kiosk.told]
            assert (await installation.verify())["bad"] is None
    finally:
        if server.running:
            await server.stop()
