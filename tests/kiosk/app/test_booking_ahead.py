"""Today is full: a time on another day is booked at a whole kiosk, on a real server, with a printer that prints."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from kiosk.kit import fonts
from tests.faults.lossy_proxy import LossyProxy
from tests.kiosk.app.centre import until
from tests.kiosk.app.stand import Stand, everything
from tests.kiosk.app.test_check_in import kiosk_at
from tests.queue_server.appointments.booked import APPOINTMENTS, NURSE, SetClock
from tests.queue_server.conftest import data, template  # noqa: F401 - fixtures
from tests.queue_server.house import Client, House, house

TEN = datetime(2027, 3, 3, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _fonts(qapp: object) -> None:
    assert qapp is not None
    fonts.load()


@pytest.fixture
def clock() -> SetClock:
    return SetClock(TEN)


@pytest.fixture
async def here(data: Path, clock: SetClock) -> AsyncIterator[House]:  # noqa: F811 - a fixture
    async with house(data, clock=clock) as running:
        yield running


@pytest.fixture
async def manager(here: House) -> Client:
    return await here.manager()


async def to_times(kiosk: Stand, manager: Client, service: str = NURSE, found: str = "choose") -> dict[str, Any]:
    """Have the day declared full, and come to the free times of a service of Utopia."""
    assert (await manager.post("/centres/demo/intake", {"intake": "full"})).status == 200
    await kiosk.shows("closed", reason="full", books=True)
    kiosk.act("book-ahead")
    await kiosk.shows("language")
    kiosk.act("language", "ar")
    await kiosk.shows("government")
    kiosk.act("choose", "UTO")
    catalogue = (await manager.get("/centres/demo/services")).body
    kind = next(one["kind"] for one in catalogue["services"] if one["id"] == service)
    group = next(one.get("group") for one in catalogue["kinds"] if one["id"] == kind)
    await kiosk.shows("kind")
    kiosk.act("choose", group or kind)
    # What has one answer is not asked.
    await until(lambda: kiosk.frame.page in {"service", "more"})
    if kiosk.frame.page == "service":
        kiosk.act("choose", service)
        await kiosk.shows("more")
    kiosk.act("go-on")
    return await kiosk.shows("times", found=found)


async def day_of(manager: Client, day: str) -> dict[str, Any]:
    answer = await manager.get(f"{APPOINTMENTS}/days/{day}")
    assert answer.status == 200, answer
    found: dict[str, Any] = answer.body
    return found


def service_day(day: str, clock: str) -> str:
    """The service day of a time: before four in the morning it is still the day before."""
    return day if clock >= "04:00" else (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def taken(day: dict[str, Any]) -> int:
    return sum(period["taken"] for pool in day["pools"] for period in pool["periods"])


async def test_a_time_on_another_day_is_held_booked_printed_and_forgotten(
    here: House, manager: Client, tmp_path: Path
) -> None:
    async with kiosk_at(here, tmp_path / "kiosk") as kiosk:
        await to_times(kiosk, manager)
        kiosk.act("other-times")
        days = await kiosk.shows("times", view="days")
        day = days["times"][1]["day"]
        kiosk.act("choose", day)
        hours = await kiosk.shows("times", view="times", day=day)
        wanted = hours["times"][0]
        counted_on = service_day(day, wanted["clock"])
        kiosk.act("choose", wanted["id"])
        held = await kiosk.shows("held", day=day, clock=wanted["clock"])
        assert held["until"]
        assert (await day_of(manager, counted_on))["booked"] == 0
        assert taken(await day_of(manager, counted_on)) > 0, "it is kept while they decide"
        kiosk.act("book")
        last = await kiosk.shows("reserved", paper="taken")
        address = urlsplit(await kiosk.paper(1))
        assert address.path.startswith("/b/")
        (one,) = (await manager.get(f"{APPOINTMENTS}?day={counted_on}")).body["appointments"]
        assert (one["through"], one["services"], one["language"]) == ("kiosk", [NURSE], "ar")
        assert one["code"] == last["code"].replace(" ", "")
        kiosk.act("done")
        await kiosk.shows("closed")
        assert (await day_of(manager, counted_on))["booked"] == 1, "what is booked is not let go with the person"
        assert one["code"] not in everything(kiosk.frames[-1:])


async def test_whoever_leaves_lets_go_what_was_kept_for_them(here: House, manager: Client, tmp_path: Path) -> None:
    async with kiosk_at(here, tmp_path / "kiosk") as kiosk:
        shown = await to_times(kiosk, manager)
        # The service day of today counts what is over as taken, so nothing could be read from it.
        days = {service_day(one["day"], one["clock"]): one for one in shown["times"]}
        (first_day, first), (second_day, second) = [
            found for found in days.items() if found[0] > TEN.date().isoformat()
        ][:2]
        kiosk.act("choose", first["id"])
        await kiosk.shows("held", clock=first["clock"])
        kiosk.act("back")
        await kiosk.shows("times", view="first")
        kiosk.act("choose", second["id"])
        await kiosk.shows("held", day=second["day"], clock=second["clock"])
        assert taken(await day_of(manager, first_day)) == 0, "one time is kept for one person"
        assert taken(await day_of(manager, second_day)) > 0
        kiosk.start_over()
        await kiosk.shows("closed")
        async with asyncio.timeout(60):
            while taken(await day_of(manager, second_day)):  # noqa: ASYNC110 - a real server
                await asyncio.sleep(0.05)


async def test_a_time_that_others_take_meanwhile_is_said_and_others_are_shown(
    here: House, manager: Client, clock: SetClock, tmp_path: Path
) -> None:
    async with kiosk_at(here, tmp_path / "kiosk") as kiosk:
        shown = await to_times(kiosk, manager)
        first = shown["times"][0]
        closed = {"kind": "close", "start": f"{first['day']}T00:30:00+00:00", "end": f"{first['day']}T22:00:00+00:00"}
        answer = await manager.post(f"{APPOINTMENTS}/days/{first['day']}/changes", closed)
        assert answer.status == 200, answer
        kiosk.act("choose", first["id"])
        again = await kiosk.shows("times", found="choose", lost=True)
        assert first["id"] not in {one["id"] for one in again["times"]}
        kiosk.act("choose", again["times"][0]["id"])
        held = await kiosk.shows("held")
        # They think it over for longer than it is kept.
        clock.now += timedelta(minutes=30)
        kiosk.act("book")
        await kiosk.shows("times", found="choose", lost=True)
        assert (await day_of(manager, service_day(held["day"], held["clock"])))["booked"] == 0


async def test_a_server_that_is_away_is_said_and_the_same_booking_is_asked_for_again(
    here: House, manager: Client, tmp_path: Path
) -> None:
    server = urlsplit(here.address)
    async with (
        LossyProxy(server.hostname or "", server.port or 0, seed=1) as line,
        kiosk_at(here, tmp_path / "kiosk", line.url) as kiosk,
    ):
        shown = await to_times(kiosk, manager)
        first = shown["times"][0]
        line.away = True
        kiosk.act("choose", first["id"])
        away = await kiosk.shows("times", found="away")
        assert urlsplit(away["link"]).path == "/book"
        line.away = False
        kiosk.act("again")
        await kiosk.shows("times", found="choose")
        kiosk.act("choose", first["id"])
        await kiosk.shows("held")
        line.away = True
        kiosk.act("book")
        await kiosk.shows("held", away=True, working=False)
        line.away = False
        kiosk.act("book")
        await kiosk.shows("reserved", paper="taken")
        assert (await day_of(manager, service_day(first["day"], first["clock"])))["booked"] == 1


async def test_what_nobody_books_is_a_page_with_a_next_step(here: House, manager: Client, tmp_path: Path) -> None:
    async with kiosk_at(here, tmp_path / "kiosk") as kiosk:
        await to_times(kiosk, manager, "uto-emergency-funds", "not-offered")
        kiosk.act("back")
        await kiosk.shows("more")
