"""Appointments by telephone and video: booked, their ticket by itself at their time, and the way to them."""

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy import URL, Connection, select

from queue_server.accounts.model import Role
from queue_server.appointments.link import video_link
from queue_server.appointments.settings import AppointmentSettings
from queue_server.catalogue import store as catalogue
from queue_server.centre.centres import Centres
from queue_server.domain.appointments import AppointmentId
from queue_server.domain.values import CentreId, Micros
from queue_server.vault.tables import people_reads
from tests.queue_server.appointments.booked import APPOINTMENTS, SetClock, wanted
from tests.queue_server.house import QUICK, Client, House, house

TEN = datetime(2027, 3, 3, 10, 0, tzinfo=UTC)
CALLED, SEEN = "uto-advice-call", "uto-advice-video"
NUMBER = "+33 6 39 98 00 01"
REACHED = {"language": "en", "telephone": NUMBER}
STEPS = """
[[steps]]
id = "advice-call"
name = { en = "Advice by telephone" }
remote = "telephone"

[[steps]]
id = "advice-video"
name = { en = "Advice by video" }
remote = "video"
remote_link = "https://video.example/a/{room}"
"""
SERVICE = """
[[services]]
id = "%s"
government = "UTO"
kind = "information"
name = { en = "Advice" }
steps = ["%s"]
"""


@pytest.fixture
def clock() -> SetClock:
    return SetClock(TEN - timedelta(hours=2))


@pytest.fixture
async def here(data: Path, clock: SetClock) -> AsyncIterator[House]:
    settings = QUICK.but(AppointmentSettings(remote_s=0.03))
    async with house(data, settings, clock=clock) as running:
        await with_remote_services(running)
        yield running


async def with_remote_services(here: House) -> None:
    """Give the demo centre two services of which nobody comes; wait until the server knows."""

    def work(connection: Connection) -> None:
        exported = catalogue.export_catalogue(connection, CentreId("demo"))
        assert exported is not None
        if CALLED in exported:
            return
        more = STEPS + SERVICE % (CALLED, "advice-call") + SERVICE % (SEEN, "advice-video")
        catalogue.import_catalogue(connection, exported + more)

    await here.server.log.write(work)
    async with asyncio.timeout(60):
        while CALLED not in {one.id for one in here.server[Centres][CentreId("demo")].setup.setup.services}:  # noqa: ASYNC110 - a real server
            await asyncio.sleep(0.02)


async def book(office: Client, service: str, **more: Any) -> tuple[dict[str, Any], str]:
    answer = await office.post(APPOINTMENTS, wanted(TEN, service, **more))
    assert answer.status == 201, answer
    return answer.body["appointment"], answer.body["token"]


async def page(here: House, path: str, client: Client | None = None) -> tuple[int, str]:
    headers = {} if client is None else client.headers
    async with here.http.get(here.address + path, headers=headers) as response:
        return response.status, await response.text()


async def visits(here: House) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await (await here.manager()).get("/centres/demo/queue")).body["queue"]["visits"]
    return found


async def until_visits(here: House, count: int) -> list[dict[str, Any]]:
    async with asyncio.timeout(60):
        while len(found := await visits(here)) < count:  # noqa: ASYNC110 - a real server
            await asyncio.sleep(0.05)
    return found


async def test_who_is_called_says_at_which_number_and_nobody_else_has_to(here: House) -> None:
    office = await here.manager()
    for more in ({}, {"contact": {"language": "en", "email": "somebody@example.org"}}):
        answer = await office.post(APPOINTMENTS, wanted(TEN, CALLED, **more))
        assert (answer.status, answer.code) == (422, "telephone-needed")
    desk, _ = await here.staff(Role.RECEPTION, None)
    answer = await desk.post(APPOINTMENTS, wanted(TEN, CALLED))
    assert answer.code == "telephone-needed", "staff have to ask for it too"
    kiosk = await here.kiosk()
    assert (await kiosk.post(APPOINTMENTS, wanted(TEN, CALLED))).code == "telephone-needed"
    waiting = {"services": [CALLED], "first_day": "2027-03-03", "last_day": "2027-03-05", "language": "en"}
    refused = await office.post(
        f"{APPOINTMENTS}/waitlist", waiting | {"contact": {"language": "en", "email": "somebody@example.org"}}
    )
    assert refused.code == "waitlist-invalid"
    one, _ = await book(office, CALLED, contact=REACHED)
    assert one["remote"] == "telephone"
    seen, _ = await book(office, SEEN)
    assert seen["remote"] == "video"
    offered = {one["id"]: one for one in (await office.get("/centres/demo/services")).body["services"]}
    assert offered[CALLED]["steps"][0]["remote"] == "telephone"


async def test_at_its_time_and_not_before_it_becomes_a_visit_by_itself_once(here: House, clock: SetClock) -> None:
    office = await here.manager()
    one, _ = await book(office, CALLED, contact=REACHED)
    gone, _ = await book(office, CALLED, contact={"language": "en", "telephone": "+33 6 39 98 00 02"})
    assert (await office.post(f"{APPOINTMENTS}/{gone['id']}/cancel")).status == 200
    clock.now = TEN - timedelta(seconds=1)
    assert await visits(here) == []
    # The server looks late: it counts from the booked time all the same.
    clock.now = TEN + timedelta(hours=1)
    (visit,) = await until_visits(here, 1)
    assert (visit["appointment"], visit["category"]) == (one["id"], "appointment")
    assert not visit["asks_priority"]
    assert datetime.fromisoformat(visit["counts_from"]) == TEN
    kept = (await office.get(f"{APPOINTMENTS}/{one['id']}")).body["appointment"]
    assert (kept["state"], kept["visit"]) == ("checked-in", visit["id"])
    await asyncio.sleep(0.2)
    assert len(await visits(here)) == 1


async def test_who_has_come_all_the_same_has_one_ticket(here: House, clock: SetClock) -> None:
    office = await here.manager()
    one, token = await book(office, CALLED, contact=REACHED)
    clock.now = TEN - timedelta(minutes=5)
    desk, _ = await here.staff(Role.RECEPTION, None)
    ticket = {"services": [CALLED], "category": "walk-in", "language": "en", "appointment": token}
    answer = await desk.post("/centres/demo/visits", ticket)
    assert answer.status == 201, answer
    clock.now = TEN + timedelta(minutes=1)
    await asyncio.sleep(0.2)
    (visit,) = await visits(here)
    assert (visit["id"], visit["appointment"]) == (answer.body["visit"]["id"], one["id"])


async def test_two_servers_make_one_visit(shared: Path, shared_url: URL, clock: SetClock) -> None:
    url, settings = shared_url.render_as_string(hide_password=False), QUICK.but(AppointmentSettings(remote_s=0.03))
    async with house(shared, settings, clock, url) as first, house(shared, settings, clock, url) as other:
        for one in (first, other):
            await with_remote_services(one)
        office = await first.manager()
        booked = [(await book(office, CALLED, contact=REACHED | {"telephone": f"+3363998000{n}"}))[0] for n in range(3)]
        clock.now = TEN
        found = await until_visits(other, 3)
        await asyncio.sleep(0.2)
        assert len(await visits(first)) == 3
        assert {one["appointment"] for one in found} == {one["id"] for one in booked}
        assert len({one["code"] for one in found}) == 3


async def test_the_page_says_what_to_do_and_shows_the_video_shortly_before(here: House, clock: SetClock) -> None:
    office = await here.manager()
    _, called = await book(office, CALLED, contact=REACHED)
    seen, token = await book(office, SEEN)
    status, text = await page(here, f"/b/{called}?lang=en")
    assert status == 200
    assert "we call you on the number that you gave" in text
    assert "kiosk" not in text.split("<main")[1].split("</main>")[0]
    assert NUMBER.replace(" ", "") not in text, "whoever has the link is not told the number"
    link = video_link(here.server, "https://video.example/a/{room}", AppointmentId(seen["id"]), Micros(0))
    assert re.fullmatch(r"https://video\.example/a/[0-9a-f]{32}", link)
    _, text = await page(here, f"/b/{token}?lang=en")
    assert link not in text
    clock.now = TEN - timedelta(minutes=10)
    _, text = await page(here, f"/b/{token}?lang=en")
    assert f'href="{link}"' in text
    clock.now = TEN + timedelta(minutes=1)
    await until_visits(here, 2)
    _, text = await page(here, f"/b/{token}?lang=fr")
    assert f'href="{link}"' in text
    assert "Restez dans la vidéo" in text
    _, text = await page(here, f"/b/{called}?lang=ar")
    assert "ابقَ قرب هاتفك" in text


async def test_the_calendar_has_no_place_but_the_way(here: House) -> None:
    office = await here.manager()
    _, called = await book(office, CALLED, contact=REACHED)
    _, token = await book(office, SEEN)
    for path, place in ((called, "By telephone"), (token, "By video")):
        status, text = await page(here, f"/b/{path}/calendar?lang=en")
        assert status == 200
        (event,) = Calendar.from_ical(text).walk("VEVENT")
        assert event["location"] == place
        assert "kiosk" not in str(event["description"])
        assert "video.example" not in text, "calendars are shared"


async def test_the_counter_sees_the_way_and_that_the_number_was_read_is_recorded(here: House, clock: SetClock) -> None:
    office = await here.manager()
    await book(office, CALLED, contact=REACHED)
    clock.now = TEN
    (visit,) = await until_visits(here, 1)
    clerk, _ = await here.staff(Role.COUNTER, "1")
    stranger, _ = await here.staff(Role.COUNTER, "2")
    status, _ = await page(here, f"/counter/remote/{visit['id']}", clerk)
    assert status == 404, "it is at no counter yet"
    assert (await clerk.post("/centres/demo/counters/1/open")).status == 200
    called = await clerk.post("/centres/demo/counters/1/call-next")
    assert called.status == 200, called
    status, text = await page(here, "/counter", clerk)
    assert status == 200
    assert f"/counter/remote/{visit['id']}" in text
    assert NUMBER.replace(" ", "") not in text
    before = await reads(here)
    status, text = await page(here, f"/counter/remote/{visit['id']}", clerk)
    assert status == 200
    # Whoever works without a mouse calls with one key.
    assert re.search(rf'<a [^>]*href="tel:\{NUMBER.replace(" ", "")}"[^>]* autofocus>', text)
    assert await reads(here) == before + 1
    for other in (stranger, (await here.staff(Role.RECEPTION, None))[0]):
        status, text = await page(here, f"/counter/remote/{visit['id']}", other)
        assert status in {403, 404}
        assert NUMBER.replace(" ", "") not in text
    assert await reads(here) == before + 1


async def test_the_counter_opens_the_same_video(here: House, clock: SetClock) -> None:
    office = await here.manager()
    seen, _ = await book(office, SEEN)
    clock.now = TEN
    await until_visits(here, 1)
    clerk, _ = await here.staff(Role.COUNTER, "1")
    assert (await clerk.post("/centres/demo/counters/1/open")).status == 200
    assert (await clerk.post("/centres/demo/counters/1/call-next")).status == 200
    _, text = await page(here, "/counter", clerk)
    assert (
        f'href="{video_link(here.server, "https://video.example/a/{room}", AppointmentId(seen["id"]), Micros(0))}"'
        in text
    )


async def reads(here: House) -> int:
    return len(await here.server.log.run(lambda connection: connection.execute(select(people_reads)).all()))
