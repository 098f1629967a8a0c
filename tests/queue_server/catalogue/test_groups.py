"""What a kiosk asks for first: the groups of the catalogue, in the order in which they were used in the last days."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from queue_server.centre.centres import Centres
from queue_server.contract.catalogue import ServicesAnswer
from queue_server.domain.values import to_micros
from tests.queue_server.house import TICKET, Client, house

MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)


async def offered(kiosk: Client) -> ServicesAnswer:
    reply = await kiosk.get("/centres/demo/services")
    assert reply.status == 200
    return msgspec.convert(reply.body, ServicesAnswer)


async def issue(kiosk: Client, service: str, times: int) -> None:
    for _ in range(times):
        reply = await kiosk.post("/centres/demo/visits", TICKET | {"services": [service]})
        assert reply.status == 201, reply.body


async def test_the_most_used_of_the_last_days_stand_first_and_nothing_moves_during_a_day(data: Path) -> None:
    now = MONDAY
    async with house(data, clock=lambda: to_micros(now)) as here:
        kiosk = await here.kiosk()
        fresh = await offered(kiosk)
        groups = [one.id for one in fresh.groups]
        assert groups[:4] == ["passport-id", "help", "collection", "civil-records"], "in the order of the catalogue"
        by_kind = {one.id: one.group for one in fresh.kinds}
        assert (by_kind["identity-card"], by_kind["visa"]) == ("passport-id", "visa")
        await issue(kiosk, "uto-collection", 3)
        await issue(kiosk, "xal-visa-study", 2)
        await issue(kiosk, "uto-vaccination", 1)
        assert await offered(kiosk) == fresh, "today's tickets count from tomorrow on"
        now = MONDAY + timedelta(days=1)
        await here.server[Centres].refresh()
        used = await offered(kiosk)
        assert [one.id for one in used.groups] == [
            "collection",
            "visa",
            "help",
            "passport-id",
            *(one for one in groups if one not in {"collection", "visa", "help", "passport-id"}),
        ]
        assert [one.id for one in used.services[:3]] == ["uto-collection", "xal-visa-study", "uto-vaccination"]
        await issue(kiosk, "uto-information", 4)
        assert [one.id for one in (await offered(kiosk)).groups] == [one.id for one in used.groups]
        now = MONDAY + timedelta(days=9)
        await here.server[Centres].refresh()
        assert [one.id for one in (await offered(kiosk)).groups] == groups, "what is long ago no longer counts"


async def test_a_ticket_that_comes_late_moves_nothing_today(data: Path) -> None:
    now = MONDAY
    async with house(data, clock=lambda: to_micros(now)) as here:
        kiosk = await here.kiosk()
        await issue(kiosk, "uto-collection", 1)
        now = MONDAY + timedelta(days=1)
        await here.server[Centres].refresh()
        before = await offered(kiosk)
        late = (MONDAY + timedelta(hours=1)).isoformat()
        await kiosk.post("/centres/demo/visits", TICKET | {"services": ["uto-visa-visit"], "issued_at": late})
        # A server that starts now counts anew, and comes to the same.
    async with house(data, clock=lambda: to_micros(now)) as here:
        again = await offered(await here.kiosk())
        assert [one.id for one in again.groups] == [one.id for one in before.groups]
