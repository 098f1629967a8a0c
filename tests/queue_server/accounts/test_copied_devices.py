"""Two machines that are one device: noticed at the first request of the older one, and settled by a manager."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from queue_server.accounts.model import EnrolledDevice, Role
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
    await take(kiosk, one)
    assert (await take(kiosk, copy, one)).body == {"copied": False}, "it looks like any other start"
    ticket = made(device)
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


async def issue(client: Client, ticket: dict[str, Any], start: str | None) -> tuple[int, str]:
    answer = await client.post("/centres/demo/visits", ticket, **({} if start is None else {"Device-Start": start}))
    return answer.status, answer.code if answer.status != 201 else ""


REFUSED = (403, "device-copied")


async def test_new_tickets_of_two_machines_are_refused_until_one_was_chosen(here: House) -> None:
    (kiosk, device), (staff, _) = await here.device("kiosk"), await here.staff(Role.MANAGER, None)
    one, copy, again = drawn(), drawn(), drawn()
    await take(kiosk, one)
    # People hold these: one was given out by each, before anybody could know.
    early, late = made(device), made(device, 1)
    await take(kiosk, copy, one)
    assert (await take(kiosk, again, one)).body == {"copied": True}
    assert await issue(kiosk, early, again) == (201, "")
    assert await issue(kiosk, late, copy) == (201, "")
    # New ones go to neither, whether a machine says which it is or not.
    fresh, other = made(device, 2), made(device, 3)
    assert [await issue(kiosk, fresh, start) for start in (again, copy, None)] == [REFUSED] * 3
    assert await issue(kiosk, TICKET, copy) == REFUSED
    keep = f"/centres/demo/devices/{device.id}/resolve-copy"
    assert (await staff.post(keep, {"start": again})).status == 200
    # Nothing is lost: both deliver what they hold.
    assert await issue(kiosk, fresh, again) == (201, "")
    assert await issue(kiosk, other, copy) == (201, "")
    # From then on one gives numbers, and the other never.
    held = made(device, 5)
    assert await issue(kiosk, made(device, 4), again) == (201, "")
    assert [await issue(kiosk, held, start) for start in (copy, None)] == [REFUSED] * 2
    # One that was away meanwhile and gave numbers: chosen once more, the other may deliver them.
    assert (await staff.post(keep, {"start": again})).status == 200
    assert await issue(kiosk, held, copy) == (201, "")
    assert await issue(kiosk, made(device, 6), copy) == REFUSED


def made(device: EnrolledDevice, number: int = 0) -> dict[str, Any]:
    """Make a ticket as a kiosk does, which tells of it later."""
    assert device.series is not None
    code = f"{device.series.letter}{device.series.first + number:03}"
    return TICKET | {"id": new_id(), "code": code, "issued_at": datetime.now(UTC).isoformat()}


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
