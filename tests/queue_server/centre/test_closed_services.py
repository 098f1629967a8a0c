"""A service closed for today: told where it matters, on every server, over with the day; it takes nobody's place."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec import UNSET
from sqlalchemy import select

from queue_server.accounts.model import Role
from queue_server.centre.centres import Centres
from queue_server.domain.values import new_id
from queue_server.eventlog.snapshots import stream_snapshots
from queue_server.eventlog.tables import events
from queue_server.framework.settings import FeedSettings, HttpSettings, ServerSettings
from queue_server.writer import WriterSettings
from tests.queue_server.appointments.booked import (
    APPOINTMENTS,
    PASSPORT,
    SHORT,
    SetClock,
    booked,
    free_at,
    wanted,
)
from tests.queue_server.appointments.test_check_in import VISITS, at_kiosk, ticket
from tests.queue_server.framework.test_feeds import socket_of
from tests.queue_server.house import QUICK, TICKET, Client, House, house
from tests.queue_server.notices.told import until_so

pytestmark = pytest.mark.asyncio(loop_scope="module")

CLOSE, REOPEN = (f"/centres/demo/services/{PASSPORT}/{verb}" for verb in ("close", "reopen"))
#: Ten at the demo centre, on a Wednesday.
TEN = datetime(2027, 3, 3, 9, 0, tzinfo=UTC)


async def closed_of(client: Client) -> list[str]:
    found: list[str] = (await client.get("/centres/demo/queue")).body["queue"]["closed_services"]
    return found


async def until_closed(client: Client, *services: str) -> None:
    async def are_so() -> bool:
        return await closed_of(client) == list(services)

    await until_so(are_so)


async def test_kiosks_and_staff_are_told_at_once_and_it_is_given_again(here: House) -> None:
    manager, _ = await here.staff(Role.MANAGER, None)
    kiosk = await here.kiosk()
    async with socket_of(here, kiosk) as at_kiosk, socket_of(here, await here.manager()) as at_desk:
        for line in (at_kiosk, at_desk):
            first = await line.next()
            assert first.queue
            assert first.queue.closed_services == ()
        for path, kind, left in ((CLOSE, "service-closed", (PASSPORT,)), (REOPEN, "service-reopened", ())):
            answer = (await manager.post(path)).body
            assert answer["closed_services"] == list(left)
            for line in (at_kiosk, at_desk):
                frame = await line.next()
                assert (frame.type, frame.closed_services, frame.intake) == (kind, left, UNSET)
                assert frame.cursor == answer["cursor"]
    assert await closed_of(kiosk) == []


async def test_asked_again_it_changes_nothing_and_what_is_not_set_up_is_refused(own_house: House) -> None:
    manager, key = await own_house.manager(), new_id()
    first = await manager.post(CLOSE, key=key)
    assert (await manager.post(CLOSE, key=key)).body == first.body
    assert (await manager.post(CLOSE)).body == first.body
    unknown = await manager.post("/centres/demo/services/no-such/close")
    assert (unknown.status, unknown.code) == (409, "service-unknown")
    assert (await manager.post("/centres/demo/services/no-such/reopen")).body["closed_services"] == [PASSPORT]
    types = await own_house.server.log.run(lambda c: c.execute(select(events.c.type)).scalars().all())
    assert types.count("service-closed") == 1


@pytest.mark.parametrize("role", [Role.RECEPTION, Role.COUNTER, Role.CUSTODY])
async def test_only_managers_close_a_service(here: House, role: Role) -> None:
    client, _ = await here.staff(role, None)
    for who in (client, await here.kiosk()):
        for path in (CLOSE, REOPEN):
            assert (await who.post(path)).status == 403


async def test_no_ticket_is_refused_and_who_waits_is_called(here: House) -> None:
    """A kiosk without a line prints on; what it gave is a ticket, and reception may give one with open eyes."""
    (kiosk, device), manager = await here.device("kiosk"), await here.manager()
    assert device.series
    before = (await kiosk.post(VISITS, TICKET)).body["visit"]
    await manager.post(CLOSE)
    code = f"{device.series.letter}{device.series.first + 7:03}"
    assert (await kiosk.post(VISITS, TICKET | {"code": code})).status == 201
    desk, _ = await here.staff(Role.RECEPTION, None)
    assert (await desk.post(VISITS, TICKET)).status == 201
    counter, _ = await here.staff(Role.COUNTER, "1")
    assert (await counter.post("/centres/demo/counters/1/open")).status == 200
    called = (await counter.post("/centres/demo/counters/1/call-next")).body["visit"]
    assert called["id"] == before["id"]


async def test_nobody_books_it_for_today_and_what_is_booked_stands(data: Path) -> None:
    async with house(data, clock=SetClock(TEN)) as here:
        office = await here.manager()
        desk, _ = await here.staff(Role.RECEPTION, None)
        at, later = TEN + timedelta(hours=3), TEN + timedelta(days=1, hours=3)
        standing, moved = await booked(office, at, SHORT), await booked(office, later, SHORT)
        hold = {"services": [SHORT], "at": at.isoformat()}
        held = (await office.post(f"{APPOINTMENTS}/holds", hold)).body["hold"]["id"]
        assert await free_at(office, at, SHORT)
        other = await free_at(office, at, PASSPORT)
        assert (await office.post(f"/centres/demo/services/{SHORT}/close")).status == 200
        assert await free_at(office, at, SHORT) == []
        assert await free_at(office, at, PASSPORT) == other, "another service is as it was"
        for refused in (
            await office.post(f"{APPOINTMENTS}/holds", hold),
            await office.post(APPOINTMENTS, wanted(at, SHORT)),
            await office.post(APPOINTMENTS, wanted(at, SHORT, hold=held)),
            await office.post(APPOINTMENTS, wanted(at, PASSPORT, SHORT)),
            await desk.post(APPOINTMENTS, wanted(at, SHORT)),
            await office.post(f"{APPOINTMENTS}/{moved['id']}/move", {"at": at.isoformat()}),
        ):
            assert (refused.status, refused.code) == (409, "service-closed-today"), refused
        await booked(office, later, SHORT)
        token = (await office.get(f"{APPOINTMENTS}/{standing['id']}")).body["token"]
        kiosk, letter = await at_kiosk(here)
        issued = await kiosk.post(VISITS, ticket(f"{letter}001", token, services=[SHORT]))
        assert (issued.status, issued.body["visit"]["category"]) == (201, "appointment"), issued
        assert (await office.post(f"/centres/demo/services/{SHORT}/reopen")).body["closed_services"] == []
        assert await free_at(office, at, SHORT)
        await booked(office, at, SHORT, hold=held)


async def test_it_ends_with_the_day(data: Path) -> None:
    """The service day of the demo centre begins at four in the morning."""
    clock = SetClock(TEN)
    async with house(data, clock=clock) as here:
        manager, kiosk = await here.manager(), await here.kiosk()
        await manager.post(CLOSE)
        clock.now = datetime(2027, 3, 4, 2, 59, tzinfo=UTC)
        # Whatever is done in the last minute is of the same day.
        assert (await manager.post(f"/centres/demo/services/{SHORT}/close")).body["closed_services"] == [
            SHORT,
            PASSPORT,
        ]
        assert await closed_of(kiosk) == [SHORT, PASSPORT]
        clock.pass_time(minutes=2)
        await until_closed(kiosk)
        assert (await kiosk.get("/centres/demo/queue")).body["queue"]["day"] == "2027-03-04"


@pytest.mark.asyncio(loop_scope="function")
async def test_every_server_of_a_database_knows_it(two: tuple[House, House]) -> None:
    one, other = two
    manager = await one.manager()
    elsewhere = Client(other.http, other.address, manager.headers)
    await manager.post(CLOSE)
    await until_closed(elsewhere, PASSPORT)
    assert (await elsewhere.post(REOPEN)).body["closed_services"] == []
    await until_closed(manager)


async def test_a_server_that_starts_from_a_snapshot_knows_it(data: Path) -> None:
    """And one that starts after what came behind the snapshot."""
    settings = ServerSettings(QUICK[HttpSettings], QUICK[FeedSettings], WriterSettings(tick_ms=30, snapshot_events=1))
    async with house(data, settings) as here:
        manager = await here.manager()
        await manager.post(CLOSE)
        await here.server[Centres].find("demo").writer.take_snapshots()
        ends = await here.server.log.run(lambda c: c.execute(select(stream_snapshots.c.seq)).scalars().all())
        assert max(ends) == here.server[Centres].find("demo").state.seq
    async with house(data, settings) as here:
        assert await closed_of(await here.kiosk()) == [PASSPORT]
        assert (await (await here.manager()).post(f"/centres/demo/services/{SHORT}/close")).status == 200
    async with house(data, settings) as here:
        assert await closed_of(await here.kiosk()) == [SHORT, PASSPORT]
        assert (await (await here.manager()).post(REOPEN)).body["closed_services"] == [SHORT]
