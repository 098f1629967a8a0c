"""What the kiosk knows of the hall, by the server's time, also without a line and after a restart."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kiosk.journey.availability import Availability
from kiosk.journey.events import AvailabilityChanged
from kiosk.kit import fonts
from kiosk.link import clock
from kiosk.link.availability import AvailabilityStore, ServerAvailability, StoredAvailability, hall_at
from kiosk.link.clock import Contact
from kiosk.store import uptime
from kiosk.store.data import DataFolder
from kiosk.store.uptime import Moment
from queue_server.contract.catalogue import Opening
from queue_server.contract.hall import NoticeView
from queue_server.domain.values import Intake, NoticeId, NoticeKind, NoticePlace, NoticeText, ServiceId
from tests.kiosk.app.centre import Centre, catalogue, until
from tests.kiosk.app.stand import stand
from tests.kiosk.app.test_app import enrol
from tests.kiosk.listeners import Posted

CAIRO = ZoneInfo("Africa/Cairo")
NOON = datetime(2026, 11, 25, 10, tzinfo=UTC)
CENTRE = replace(
    catalogue(date(2026, 11, 25)).centre,
    openings=(Opening(NOON - timedelta(hours=3), NOON + timedelta(hours=3), NOON + timedelta(hours=4)),),
)
YEARS = st.timedeltas(min_value=timedelta(days=-3650), max_value=timedelta(days=3650))
SPANS = st.timedeltas(min_value=timedelta(), max_value=timedelta(days=30))


def notice(text: NoticeText, kind: NoticeKind = NoticeKind.ANNOUNCEMENT, **changes: object) -> NoticeView:
    at = datetime.now(UTC)
    view = NoticeView(NoticeId(f"n-{text}"), kind, text, NoticePlace.EVERYWHERE, at)
    return replace(view, **changes)


@given(YEARS)
def test_between_two_contacts_seconds_are_counted_whatever_the_own_clock_shows(wrong: timedelta) -> None:
    contact = replace(clock.note_server_time(NOON), own=datetime.now(UTC) + wrong)
    assert abs(clock.server_now(contact) - NOON) < timedelta(seconds=5)


@given(YEARS, SPANS)
def test_after_a_new_start_the_own_clock_tells_how_long_it_was_off(wrong: timedelta, off: timedelta) -> None:
    off += timedelta(seconds=uptime.moment().seconds)
    shown_then = datetime.now(UTC) - off
    contact = Contact(NOON + wrong, shown_then, Moment("another start", 5.0))
    assert abs(clock.server_now(contact) - (NOON + wrong + off)) < timedelta(seconds=5)


def test_a_clock_without_a_battery_leads_nowhere_back_and_does_not_stand_still() -> None:
    """It begins in 1970 with each start."""
    contact = Contact(NOON, datetime.now(UTC) + timedelta(days=20_000), Moment("another start", 5.0))
    on = timedelta(seconds=uptime.moment().seconds)
    assert NOON + on <= clock.server_now(contact) < NOON + on + timedelta(seconds=5)
    assert abs(clock.server_now(None) - datetime.now(UTC)) < timedelta(seconds=5)


def test_a_contact_is_kept_when_it_says_something_new() -> None:
    first = Contact(NOON, NOON, Moment("this", 100.0))
    later = Contact(NOON + timedelta(seconds=60), NOON + timedelta(seconds=60), Moment("this", 160.0))
    assert clock.worth_keeping(None, first)
    assert not clock.worth_keeping(first, later)
    assert clock.worth_keeping(first, replace(later, server=later.server + timedelta(seconds=3)))
    assert clock.worth_keeping(first, replace(later, own=later.own - timedelta(days=1)))
    assert clock.worth_keeping(first, replace(later, moment=Moment("next", 160.0)))
    hour = timedelta(hours=1)
    assert clock.worth_keeping(first, Contact(NOON + hour, NOON + hour, Moment("this", 3700.0)))


def test_a_day_ends_when_the_servers_does_also_where_the_clocks_leave_its_start_out() -> None:
    """It starts at 02:30, which is 03:30 on the day when the clock jumps from 02:00 to 03:00."""
    brussels, start = replace(CENTRE, zone="Europe/Brussels", day_start=150), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    said = ServerAvailability(start - timedelta(hours=2), Intake.OPEN, (notice(NoticeText.DELAY),))
    before, until_then = hall_at(brussels, said, ZoneInfo(brussels.zone), start - timedelta(seconds=1))
    assert (len(before.notices), until_then) == (1, start)
    after, _ = hall_at(brussels, said, ZoneInfo(brussels.zone), start)
    assert after.notices == ()


def test_what_was_said_ends_with_its_day() -> None:
    said = ServerAvailability(NOON, Intake.FULL, (notice(NoticeText.DELAY),), (ServiceId("visa"),))
    shown, _ = hall_at(CENTRE, said, CAIRO, NOON)
    assert (shown.closed, len(shown.notices), shown.closed_services) == ("full", 1, ("visa",))
    tomorrow = replace(CENTRE, openings=tuple(Opening(*(at + timedelta(days=1) for at in times)) for times in (
        (CENTRE.openings[0].opens, CENTRE.openings[0].last_ticket, CENTRE.openings[0].closes),
    )))  # fmt: skip
    shown, _ = hall_at(tomorrow, said, CAIRO, NOON + timedelta(days=1))
    assert (shown.closed, shown.notices, shown.closed_services) == (None, (), ())


@given(SPANS, st.sampled_from(Intake), st.integers(0, 1440))
def test_a_hall_holds_until_the_moment_it_names(after: timedelta, intake: Intake, day_start: int) -> None:
    said = ServerAvailability(NOON, intake, closed_services=(ServiceId("visa"),))
    centre = replace(CENTRE, day_start=day_start % 1440)
    now = NOON - timedelta(days=1) + after
    shown, until_then = hall_at(centre, said, CAIRO, now)
    assert now < until_then
    for part in (0.001, 0.5, 0.999):
        assert hall_at(centre, said, CAIRO, now + (until_then - now) * part)[0] == shown


async def test_a_damaged_file_is_begun_anew(tmp_path: Path) -> None:
    data = await asyncio.to_thread(DataFolder, tmp_path)
    await asyncio.to_thread((tmp_path / "hall.json").write_text, "{")
    assert await AvailabilityStore(data, Posted()).load(None) == Availability()


async def test_it_tells_when_the_last_ticket_is_given(tmp_path: Path) -> None:
    """By the server's time, which is three years from what this machine's clock shows."""
    data = await asyncio.to_thread(DataFolder, tmp_path)
    told = Posted()
    keeper = AvailabilityStore(data, told)
    server = (datetime.now(UTC) + timedelta(days=1000)).replace(hour=9)
    last, closes, moment = server + timedelta(hours=1), server + timedelta(hours=2), timedelta(seconds=0.2)
    tomorrow = [at + timedelta(days=1) for at in (server, last, closes)]
    assert await keeper.load(replace(CENTRE, openings=())) == Availability()
    running = asyncio.create_task(keeper.task.run())
    keeper.server_seen(server)
    await keeper.accept(replace(CENTRE, openings=(Opening(server, last, closes), Opening(*tomorrow))))
    # An hour lies between the two, however long this machine takes for the moment before each.
    keeper.server_seen(last - moment)
    await until(lambda: len(told) == 1)
    keeper.server_seen(closes - moment)
    await until(lambda: len(told) == 2)
    running.cancel()
    await asyncio.wait({running})
    halls = [one.availability for one in told if isinstance(one, AvailabilityChanged)]
    assert [one.closed for one in halls] == ["last-ticket", "closed"]
    assert halls[-1].days == 1


@pytest.fixture(autouse=True)
def _fonts(qapp: object) -> None:
    assert qapp is not None
    fonts.load()


async def test_full_closed_and_notices_reach_the_screen_and_outlive_a_restart_without_a_line(tmp_path: Path) -> None:
    async with Centre() as centre:
        # This machine's clock is years wrong: only the centre's says that it is open now.
        centre.ahead = timedelta(days=900)
        now = centre.now()
        centre.openings = (Opening(now - timedelta(hours=1), now + timedelta(hours=1), now + timedelta(hours=2)),)
        async with stand(tmp_path, centre.url) as kiosk:
            await enrol(kiosk)
            await kiosk.shows("language", notice=None)
            await centre.say(notices=(notice(NoticeText.DELAY, at=now, where=NoticePlace.BOARDS),))
            await centre.say(notices=(notice(NoticeText.DELAY, at=now, until=now + timedelta(hours=1)),))
            await until(lambda: kiosk.model.get("notice") is not None)
            await centre.say(intake=Intake.FULL, closed_services=(ServiceId("renewal-uto"),))
            assert (await kiosk.shows("closed", reason="full"))["notice"] is not None
        kept = await asyncio.to_thread(lambda: DataFolder(tmp_path / "data").read("hall.json", StoredAvailability))
        assert kept is not None
        assert kept.contact is not None
        assert kept.announced is not None
        assert kept.announced.closed_services == ("renewal-uto",)
        assert kept.contact.moment.boot == uptime.moment().boot
    async with stand(tmp_path, "http://127.0.0.1:1") as kiosk:
        assert (await kiosk.shows("closed", reason="full"))["notice"] is not None


async def test_who_has_begun_may_finish_when_it_closes(tmp_path: Path) -> None:
    async with Centre() as centre, stand(tmp_path, centre.url) as kiosk:
        await enrol(kiosk)
        await kiosk.walk_to_confirm()
        await centre.say(intake=Intake.FULL)
        await asyncio.sleep(0.05)
        kiosk.act("confirm")
        await kiosk.shows("ticket", paper="taken")
        kiosk.act("done")
        await kiosk.shows("closed", reason="full")
        await centre.say(intake=Intake.OPEN)
        await kiosk.shows("language")
