"""Two machines that are one device: noticed at the first request of the older one, and settled by a manager."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from queue_server.accounts.model import Role
from queue_server.centre.centres import Centres
from queue_server.domain.values import new_id
from tests.queue_server.accounts.test_devices import SELF as STATUS
from tests.queue_server.accounts.test_devices import WELL, devices_of
from tests.queue_server.house import TICKET, Client, House

START = "/centres/demo/devices/self/start"


def drawn() -> str:
    return secrets.token_hex(8)


async def take(client: Client, start: str, *before: str) -> Any:
    return await client.post(START, {"start": start, "before": list(before)}, key=None)


async def ask(client: Client, start: str) -> Any:
    return await client.post(STATUS, WELL, key=None, **{"Device-Start": start})


@asynccontextmanager
async def _blind(house: House) -> AsyncIterator[None]:
    """Keep a server from looking for access that has ended until it is started again."""
    await house.server.feeds.task.stop()
    try:
        yield
    finally:
        house.server.feeds.task.start()


async def test_an_honest_start_takes_over_and_says_so_with_each_request(here: House) -> None:
    kiosk, first, second = await here.kiosk(), drawn(), drawn()
    assert (await ask(kiosk, first)).code == "device-start-superseded", "nobody has heard of it"
    assert (await take(kiosk, first)).body == {"copied": False}
    assert (await ask(kiosk, first)).headers["Device-Copied"] == "no"
    assert (await take(kiosk, second, first)).body == {"copied": False}
    assert (await take(kiosk, second, first)).body == {"copied": False}, "told twice"
    assert (await take(kiosk, first)).code == "device-start-superseded", "what was sent before came late"
    assert (await ask(kiosk, second)).headers["Device-Copied"] == "no"


async def test_both_hear_of_it_both_deliver_and_one_goes_on(here: House) -> None:
    (kiosk, device), (staff, _) = await here.device("kiosk"), await here.staff(Role.MANAGER, None)
    manager = await here.manager()
    one, copy, again = drawn(), drawn(), drawn()
    assert device.series is not None
    await take(kiosk, one)
    assert (await take(kiosk, copy, one)).body == {"copied": False}, "it looks like any other start"
    ticket = TICKET | {"id": new_id(), "code": f"{device.series.letter}{device.series.first:03}"}
    stale = await kiosk.post("/centres/demo/visits", ticket, **{"Device-Start": one})
    assert (stale.status, stale.code) == (409, "device-start-superseded")
    assert (await take(kiosk, again, one)).body == {"copied": True}
    delivered = await kiosk.post("/centres/demo/visits", ticket, **{"Device-Start": again})
    assert (delivered.status, delivered.headers["Device-Copied"]) == (201, "yes")
    assert (await ask(kiosk, copy)).headers["Device-Copied"] == "yes"
    shown = (await devices_of(manager))[device.id]
    assert shown["machines"] == [copy, again]
    assert shown["copied"] is not None
    page = await here.http.get(f"{here.address}/manager", headers=staff.headers)
    assert f"{again[:4].upper()}" in await page.text()
    keep = f"/centres/demo/devices/{device.id}/resolve-copy"
    assert (await staff.post(keep, {"start": one})).code == "device-machine-unknown"
    assert (await manager.post(keep, {"start": again})).code == "not-permitted", "a person decides"
    assert (await staff.post(keep, {"start": again})).status == 200
    assert (await staff.post(keep, {"start": again})).status == 200, "said twice"
    assert (await ask(kiosk, again)).headers["Device-Copied"] == "no"
    assert (await ask(kiosk, copy)).headers["Device-Copied"] == "yes", "and it still may tell what it holds"
    assert (await take(kiosk, drawn(), one, copy)).body == {"copied": True}
    assert (await devices_of(manager))[device.id]["machines"] == [], "which is no news"


async def test_devices_of_other_centres_are_not_for_this_manager(here: House) -> None:
    (other, device), (staff, _) = await here.device("kiosk", centre="harbour"), await here.staff(Role.MANAGER, None)
    first = drawn()
    start = "/centres/harbour/devices/self/start"
    await other.post(start, {"start": first}, key=None)
    assert (await other.post(start, {"start": drawn()}, key=None)).body == {"copied": True}
    assert (await staff.post(f"/centres/demo/devices/{device.id}/resolve-copy", {"start": first})).code == "not-found"


async def test_two_servers_judge_alike_at_once(two: tuple[House, House]) -> None:
    one, other = two
    (kiosk, device), (staff, _) = await one.device("kiosk"), await one.staff(Role.MANAGER, None)
    there = Client(other.http, other.address, kiosk.headers)
    await other.server[Centres].refresh()
    first, copy, again = drawn(), drawn(), drawn()
    await take(kiosk, first)
    assert (await ask(there, first)).headers["Device-Copied"] == "no"
    await take(there, copy, first)
    assert (await ask(kiosk, first)).code == "device-start-superseded"
    assert (await take(kiosk, again, first)).body == {"copied": True}
    assert (await ask(there, copy)).headers["Device-Copied"] == "yes"
    await staff.post(f"/centres/demo/devices/{device.id}/resolve-copy", {"start": copy})
    assert (await ask(there, copy)).headers["Device-Copied"] == "no"
    assert (await ask(there, again)).headers["Device-Copied"] == "yes"


async def test_a_feed_ends_when_another_start_takes_over_on_whichever_server(two: tuple[House, House]) -> None:
    one, other = two
    kiosk, _ = await one.device("kiosk")
    there = Client(other.http, other.address, kiosk.headers)
    first, second = drawn(), drawn()
    await take(kiosk, first)
    headers = kiosk.headers | {"Device-Start": first}
    async with one.http.ws_connect(f"{one.address}/api/v1/centres/demo/events", headers=headers) as feed:
        assert (await feed.receive(60)).type.name == "TEXT"
        await take(there, second, first)
        while (await feed.receive(60)).type.name == "TEXT":
            pass
        assert feed.close_code == 1008


async def test_every_feed_of_two_machines_ends_once_one_was_chosen(two: tuple[House, House]) -> None:
    one, other = two
    (kiosk, device), (staff, _) = await other.device("kiosk"), await other.staff(Role.MANAGER, None)
    here = Client(one.http, one.address, kiosk.headers)
    await one.server[Centres].refresh()
    first, copy, again = drawn(), drawn(), drawn()
    await take(kiosk, first)
    await take(kiosk, copy, first)
    await take(kiosk, again, first)
    address = f"{one.address}/api/v1/centres/demo/events"
    async with (
        one.http.ws_connect(address, headers=kiosk.headers | {"Device-Start": copy}) as before,
        # What that server knows of the choice it learns by a feed that is opened behind it, and not by looking.
        _blind(one),
    ):
        await staff.post(f"/centres/demo/devices/{device.id}/resolve-copy", {"start": copy})
        assert (await ask(here, again)).headers["Device-Copied"] == "yes"
        async with one.http.ws_connect(address, headers=kiosk.headers | {"Device-Start": again}):
            one.server.feeds.task.start()
            async with asyncio.timeout(60):
                while (await before.receive()).type.name == "TEXT":
                    pass
    assert before.close_code == 1008
