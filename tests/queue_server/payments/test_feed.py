"""The feed of payments that need somebody: the same on every server, whichever of them heard of it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest

from queue_server.accounts.model import Role
from queue_server.contract.cashier import PaymentFrame
from queue_server.framework import entity_feeds
from queue_server.framework.entity_feeds import EntityFeeds
from queue_server.payments.feed import FEED
from tests.queue_server.framework.test_feeds import events_of
from tests.queue_server.house import DEMO, QUICK, Client, House, house
from tests.queue_server.payments.telling import (
    issued,
    paid,
    refund_of,
    report,
    request_refund,
    tell,
)
from tests.queue_server.payments.test_two_servers import Two, at

PATH = "/api/v1/centres/demo/feeds/payments"
#: Left to staff.
DOUBT = ("created", "preflight-ok", "sent", "in-doubt", "needs-staff")


class Line:
    def __init__(self, frames: AsyncIterator[PaymentFrame]) -> None:
        self._frames = frames

    async def next(self, kind: str = "") -> PaymentFrame:
        """Give the next frame, beats aside; or the next of a kind."""
        async with asyncio.timeout(60):
            async for frame in self._frames:
                if frame.type == kind or (not kind and frame.type != "beat"):
                    return frame
        raise AssertionError("the line ended")

    async def until(self, payment: str, *, here: bool) -> PaymentFrame:
        """Give the frame by which a payment is on the feed, or has left it."""
        while True:
            frame = await self.next()
            if payment in frame.entities and (frame.entities[payment] is not None) is here:  # type: ignore[index]
                return frame


@asynccontextmanager
async def following(here: House, client: Client, last: str | None = None) -> AsyncIterator[Line]:
    """Follow as a browser does."""
    headers = client.headers | {"Accept": "text/event-stream"} | ({} if last is None else {"Last-Event-ID": last})
    async with here.http.get(f"{here.address}{PATH}", headers=headers) as response:
        assert response.status == 200, await response.text()
        assert response.headers["Content-Type"].startswith("text/event-stream")

        async def frames() -> AsyncIterator[PaymentFrame]:
            async for line in response.content:
                name, _, value = line.decode().rstrip("\n").partition(": ")
                if name == "data":
                    yield msgspec.json.decode(value, type=PaymentFrame)

        yield Line(frames())


async def test_a_snapshot_then_what_changes_until_it_needs_nobody(here: House) -> None:
    kiosk, cashier = await here.kiosk(), (await here.staff(Role.CASHIER, None))[0]
    settled, doubtful = await paid(kiosk), report(await issued(kiosk), *DOUBT)
    await tell(kiosk, doubtful)
    async with following(here, cashier) as line:
        first = await line.next()
        assert (first.type, list(first.entities)) == ("snapshot", [doubtful["id"]])
        # A payment that is as it should be is nobody's business here; a refund that is asked for is.
        await paid(kiosk)
        refund = await refund_of(cashier, settled, 100)
        frame = await line.next()
        assert (frame.type, list(frame.entities)) == ("change", [settled])
        shown = frame.entities[settled]  # type: ignore[index]
        assert shown is not None
        assert [one.state for one in shown.refunds] == ["requested"]
        assert (await cashier.post(f"{refund}/reject")).status == 200
        assert (await line.next()).entities == {settled: None}


async def test_what_another_server_heard_is_told_here_and_so_are_pages(two: Two) -> None:
    one, other = two
    kiosk, cashier = await one.kiosk(), (await one.staff(Role.CASHIER, None))[0]
    async with following(other, at(cashier, other)) as line, events_of(other, at(cashier, other)) as page:
        assert (await line.next()).entities == {}
        await page.next()
        told = report(await issued(kiosk), *DOUBT)
        await tell(kiosk, told)
        await line.until(told["id"], here=True)
        # The line that every page of staff has: so it draws anew what it shows of payments.
        async with asyncio.timeout(60):
            while (await page.next()).type != "payments":
                pass


@pytest.mark.parametrize("most", [entity_feeds.MAX_CHANGED, 0])
async def test_the_first_thing_that_happens_after_a_start_is_told(
    most: int, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody had asked for the list yet, and nothing was read on: pages hear of it, however much happens at once."""
    monkeypatch.setattr(entity_feeds, "MAX_CHANGED", most)
    told: list[str] = []
    async with house(data, QUICK) as here:
        kiosk = await here.kiosk()
        here.server[EntityFeeds].watch(FEED, told.append)
        payment = report(await issued(kiosk), *DOUBT)
        await tell(kiosk, payment)
        async with asyncio.timeout(60):
            while not told:  # noqa: ASYNC110 - it is told a list
                await asyncio.sleep(0.01)
    assert set(told) == {DEMO} or (most == 0 and DEMO in told)


async def test_whoever_comes_back_goes_on_where_they_were_on_any_server(two: Two) -> None:
    one, other = two
    kiosk, cashier = await one.kiosk(), (await one.staff(Role.CASHIER, None))[0]
    payments = [await paid(kiosk) for _ in range(3)]
    async with following(one, cashier) as line, following(other, at(cashier, other)) as kept:
        await line.next()
        await kept.next()
        await request_refund(cashier, payments[0], 100)
        cursor = (await line.until(payments[0], here=True)).cursor
    # Nobody follows; the list is kept for a while.
    await request_refund(cashier, payments[1], 100)
    for place in two:
        async with following(place, at(cashier, place), cursor) as line:
            frame = await line.until(payments[1], here=True)
            assert frame.type == "change"
            assert payments[0] not in frame.entities
    for wrong in ("", "x", f"other:{cursor.partition(':')[2]}", cursor + "0000", cursor.partition(":")[0] + ":-1"):
        async with following(one, cashier, wrong) as line:
            assert (await line.next()).type == "snapshot"


async def test_only_those_who_may_see_payments_follow_them(here: House) -> None:
    kiosk, auditor = await here.kiosk(), (await here.staff(Role.AUDITOR, None))[0]
    counter = (await here.staff(Role.COUNTER, "1"))[0]
    for client, status in ((here.anonymous(), 401), (kiosk, 403), (counter, 403)):
        assert (await client.get("/centres/demo/feeds/payments")).status == status
    assert (await auditor.get("/centres/nowhere/feeds/payments")).status == 404
    async with following(here, auditor) as line:
        assert (await line.next()).type == "snapshot"


async def test_where_too_much_has_changed_the_list_is_read_anew(here: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entity_feeds, "MAX_CHANGED", 2)
    kiosk, cashier = await here.kiosk(), (await here.staff(Role.CASHIER, None))[0]
    payments = [await paid(kiosk) for _ in range(4)]
    feeds = here.server[EntityFeeds]
    async with following(here, cashier) as line:
        assert (await line.next()).entities == {}
        await feeds.task.stop()
        for one in payments:
            await request_refund(cashier, one, 100)
        await feeds.read_on()
        frame = await line.next()
        assert (frame.type, set(frame.entities)) == ("snapshot", set(payments))
        feeds.task.start()


async def test_a_list_that_nobody_follows_is_let_go(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entity_feeds, "_IDLE_S", 0.0)
    async with house(data, QUICK) as here:
        feeds = here.server[EntityFeeds]
        # Pages are told of it for ever: here nobody is.
        feeds._watchers.clear()
        cashier = (await here.staff(Role.CASHIER, None))[0]
        async with following(here, cashier) as line:
            await line.next()
            hub: Any = feeds._hubs["payments", DEMO]
            await feeds.read_on()
            await feeds.read_on()
            assert feeds._hubs["payments", DEMO] is hub
        async with asyncio.timeout(60):
            while feeds._hubs:
                await feeds.read_on()
                await asyncio.sleep(0.01)
