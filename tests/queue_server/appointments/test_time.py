"""What time brings: holds end, places come back, nobody came; and what was seen of that lets more book."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from queue_server.appointments import booking
from queue_server.appointments.booking import Booker
from queue_server.appointments.engine import AppointmentEngine
from queue_server.appointments.missed import MissedAppointments
from queue_server.appointments.noshows import MIN_SEEN, NOTHING_SEEN, NoShowShares, SeenShare, shares
from queue_server.appointments.settings import AppointmentSettings
from queue_server.appointments.store import DAYS, seen_shares
from queue_server.centre.centres import Centres
from queue_server.database.settings import DatabaseSettings
from queue_server.domain.appointments import BookedThrough
from queue_server.domain.values import HOUR, Actor, CentreId, Micros, ServiceId, VisitId, new_id
from queue_server.eventlog.tables import events
from queue_server.vault.tables import people_rows
from tests.queue_server.appointments.booked import (
    APPOINTMENTS,
    NURSE,
    PASSPORT,
    SetClock,
    booked,
    free_at,
    soon,
    until_full,
    wanted,
)
from tests.queue_server.house import QUICK, House, house

PATIENT = DatabaseSettings(connect_timeout_ms=60_000, command_timeout_ms=60_000, patience_ms=60_000)
BEGIN = datetime(2026, 6, 10, 8, tzinfo=UTC)
SERVICE = ServiceId(NURSE)


@asynccontextmanager
async def centre(data: Path, clock: SetClock) -> AsyncIterator[House]:
    async with house(data, QUICK.but(PATIENT, AppointmentSettings(poll_s=3600)), clock=clock) as here:
        yield here


def shown(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


async def test_a_hold_ends_by_itself_to_the_minute(data: Path) -> None:
    clock = SetClock(BEGIN)
    async with centre(data, clock) as here:
        office = await here.manager()
        at = soon(here)
        held = await office.post(f"{APPOINTMENTS}/holds", {"services": [NURSE], "at": shown(at)})
        hold = held.body["hold"]
        assert datetime.fromisoformat(hold["until"]) == BEGIN + timedelta(minutes=10)
        await until_full(office, at, NURSE)
        clock.pass_time(minutes=9, seconds=59)
        assert shown(at) not in await free_at(office, at, NURSE)
        assert (await office.post(APPOINTMENTS, wanted(at, NURSE))).code == "time-taken"
        clock.pass_time(seconds=1)
        assert shown(at) in await free_at(office, at, NURSE)
        late = await office.post(APPOINTMENTS, wanted(at, NURSE, hold=hold["id"]))
        assert (late.status, late.code) == (409, "hold-over")
        assert (await office.post(APPOINTMENTS, wanted(at, NURSE))).status == 201


async def test_what_is_cancelled_comes_back_at_the_instant_that_was_stored(data: Path) -> None:
    clock = SetClock(BEGIN)
    async with centre(data, clock) as here:
        office = await here.manager()
        at = soon(here)
        found, _ = await until_full(office, at, NURSE)
        await office.post(f"{APPOINTMENTS}/{found[0]}/cancel")
        book = await here.server.log.run(lambda connection: DAYS.load(connection, f"demo/{at.date()}"))
        assert book is not None
        (back,) = book.returning
        release_at = datetime.fromtimestamp(back.release_at / 1e6, UTC)
        # The demo centre gives them back within half an hour.
        assert BEGIN <= release_at <= BEGIN + timedelta(minutes=30)
        if release_at > BEGIN:
            clock.now = release_at - timedelta(seconds=1)
            assert shown(at) not in await free_at(office, at, NURSE)
            assert (await office.post(APPOINTMENTS, wanted(at, NURSE))).code == "time-taken"
        clock.now = release_at
        assert shown(at) in await free_at(office, at, NURSE)
        assert (await office.post(APPOINTMENTS, wanted(at, NURSE))).status == 201


async def test_release_is_at_random(data: Path) -> None:
    clock = SetClock(BEGIN)
    async with centre(data, clock) as here:
        office = await here.manager()
        at = soon(here)
        for hour in range(8):
            one = await booked(office, at + timedelta(hours=hour))
            await office.post(f"{APPOINTMENTS}/{one['id']}/cancel")
        book = await here.server.log.run(lambda connection: DAYS.load(connection, f"demo/{at.date()}"))
        assert book is not None
        # Eight that are alike by chance: once in 10 to the power of 22.
        assert len({one.release_at for one in book.returning}) > 1


async def test_who_does_not_come_has_missed_it_once_the_day_is_over(data: Path) -> None:
    clock = SetClock(BEGIN)
    async with centre(data, clock) as here:
        office, missed = await here.manager(), here.server[MissedAppointments]
        at = soon(here, 1)
        one, other = await booked(office, at, document="L898902C3"), await booked(office, at + timedelta(days=2))
        clock.now = at + timedelta(hours=12)
        await missed.note()
        path = f"{APPOINTMENTS}/{one['id']}"
        assert (await office.get(path)).body["appointment"]["state"] == "booked"
        clock.pass_time(hours=12)
        for _ in range(2):
            await missed.note()
        assert (await office.get(path)).body["appointment"]["state"] == "missed"
        assert (await office.get(f"{APPOINTMENTS}/{other['id']}")).body["appointment"]["state"] == "booked"
        refused = await office.post(f"{path}/move", {"at": shown(at + timedelta(days=3))})
        assert (refused.status, refused.code) == (409, "appointment-state")
        actors = select(events.c.actor).where(events.c.type == "appointment-missed")
        assert await here.server.log.run(lambda connection: list(connection.execute(actors).scalars())) == ["system"]

        def living(connection: Connection) -> list[int]:
            return list(connection.execute(select(people_rows.c.ends_at)).scalars())

        # The number of the document went with the day.
        assert all(end <= here.server.clock() for end in await here.server.log.run(living))


async def test_two_servers_note_it_once(shared: Path, shared_url: object) -> None:
    clock = SetClock(BEGIN)
    url = shared_url.render_as_string(hide_password=False)  # type: ignore[attr-defined]
    settings = QUICK.but(PATIENT, AppointmentSettings(poll_s=3600))
    async with house(shared, settings, clock, url) as one, house(shared, settings, clock, url) as other:
        office = await one.manager()
        at = soon(one, 1)
        for _ in range(3):
            await booked(office, at)
        clock.now = at + timedelta(days=1)
        await asyncio.gather(*(here.server[MissedAppointments].note() for here in (one, other)))
        found = select(events.c.seq).where(events.c.type == "appointment-missed")
        assert len(await one.server.log.run(lambda connection: list(connection.execute(found).scalars()))) == 3


async def test_an_appointment_that_was_come_to_is_not_missed(data: Path) -> None:
    clock = SetClock(BEGIN)
    async with centre(data, clock) as here:
        office = await here.manager()
        at = soon(here, 1)
        one = await booked(office, at)
        booker = Booker(here.server, here.server[Centres].find("demo"), Actor("system"), new_id(), BookedThrough.KIOSK)
        visit = VisitId(new_id())
        for _ in range(2):
            done = await here.server.log.write(
                lambda connection: booking.check_in(connection, booker, one["id"], visit)
            )
            assert (done.state.value, done.visit) == ("checked-in", visit)
        clock.now = at + timedelta(days=1)
        await here.server[MissedAppointments].note()
        view = (await office.get(f"{APPOINTMENTS}/{one['id']}")).body["appointment"]
        assert (view["state"], view["visit"]) == ("checked-in", visit)


async def test_what_was_seen_lets_more_book(data: Path) -> None:
    """Where half of them did not come, a fifth more is given away, as the centre allows, and not one more."""
    clock = SetClock(BEGIN)
    async with centre(data, clock) as here:
        office, engine = await here.manager(), here.server[AppointmentEngine]
        at = soon(here)
        before, _ = await until_full(office, at, PASSPORT)
        seen = NoShowShares({}, {ServiceId(PASSPORT): 50})
        engine._shares[CentreId("demo")] = (here.server.clock() // HOUR, seen)
        other = at + timedelta(days=1)
        after, _ = await until_full(office, other, PASSPORT)
        assert len(after) >= len(before)
        taken = [
            sum(period["taken"] for pool in day["pools"] for period in pool["periods"]) / day["booked"]
            for day in [(await office.get(f"{APPOINTMENTS}/days/{one.date()}")).body for one in (at, other)]
        ]
        assert taken[0] / taken[1] == pytest.approx(1.2, abs=0.01)


def to_hour(at: datetime) -> int:
    return int(at.timestamp()) // 3600


async def test_shares_are_counted_by_service_and_hour(data: Path) -> None:
    clock = SetClock(BEGIN)
    async with centre(data, clock) as here:
        office = await here.manager()
        at = soon(here, 1)
        for hour in (0, 0, 1):
            await booked(office, at + timedelta(hours=hour), NURSE)
        clock.now = at + timedelta(days=1)
        await here.server[MissedAppointments].note()
        now = here.server.clock()

        def counted(connection: Connection) -> tuple[SeenShare, ...]:
            return seen_shares(connection, CentreId("demo"), Micros(now - 60 * 24 * HOUR), now)

        found = sorted(await here.server.log.run(counted), key=lambda one: one.hour)
        assert found == [SeenShare(SERVICE, to_hour(at), 2, 2), SeenShare(SERVICE, to_hour(at) + 1, 1, 1)]


def test_of_few_nothing_is_said() -> None:
    few = shares([SeenShare(SERVICE, 494_000, MIN_SEEN - 1, MIN_SEEN - 1)], "UTC")
    assert few.percent(SERVICE, 494_000 % 24) == NOTHING_SEEN.percent(SERVICE, 0) == 0
    seen = [SeenShare(SERVICE, 494_000 + 24 * day, 10, 1 + day % 2) for day in range(6)]
    enough = shares(seen, "UTC")
    assert enough.percent(SERVICE, 494_000 % 24) == 15
    # At an hour of which nothing was seen the rest of the day counts; of another service nothing.
    assert enough.percent(SERVICE, (494_000 + 5) % 24) == 15
    assert enough.percent(ServiceId("other"), 494_000 % 24) == 0
    # By the wall clock, over a change of the offset: 09:00 is 09:00.
    hours = [to_hour(datetime(2026, month, 10, utc, tzinfo=UTC)) for month, utc in ((1, 8), (7, 7))]
    paris = shares([SeenShare(SERVICE, hour, MIN_SEEN, 6) for hour in hours], "Europe/Paris")
    assert set(paris.at_hour) == {(SERVICE, 9)}
