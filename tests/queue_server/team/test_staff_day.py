"""One's own day, messages and breaks through the front door, and that all of it ends with the service day."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import URL, Connection, func, select

from queue_server.accounts.model import Role, Session
from queue_server.accounts.tables import staff
from queue_server.domain.values import new_id
from queue_server.team.tables import staff_breaks, staff_message_reads, staff_messages, staff_notes
from queue_server.vault.people_key import PeopleKeyHolder
from queue_server.vault.tables import people_rows
from tests.queue_server.appointments.booked import SetClock
from tests.queue_server.house import Client, House, house

#: A Wednesday, 12:20 at the harbour, where papers have a break from 12:30 to 13:00 and the day ends at 03:00.
BEGIN = datetime(2026, 11, 25, 16, 20, tzinfo=UTC)
SECRET = "Bring the blue folder back"


class Desk(NamedTuple):
    """Somebody of staff, in a browser."""

    here: House
    client: Client
    session: Session

    async def see(self, path: str) -> str:
        async with self.here.http.get(self.here.address + path, headers=self.client.headers) as answer:
            text = await answer.text()
            assert answer.status == 200, text
            return text

    async def send(self, path: str, **fields: str) -> tuple[int, str]:
        """Send a form; gives status and where it leads."""
        form = {"csrf": self.session.csrf} | fields
        url = self.here.address + path
        async with self.here.http.post(url, headers=self.client.headers, data=form, allow_redirects=False) as answer:
            return answer.status, answer.headers.get("Location", "")

    async def press(self, path: str, **body: object) -> tuple[int, str]:
        """Do what a key of the counter page does; gives status and code of the refusal."""
        async with self.here.http.post(self.here.address + path, headers=self.client.headers, json=body) as answer:
            return answer.status, (await answer.json()).get("code", "")

    async def act(self, verb: str, **body: object) -> int:
        path = f"/centres/harbour/counters/{self.session.counter}/{verb}"
        return (await self.client.post(path, body or None)).status


class Harbour(NamedTuple):
    here: House
    clock: SetClock

    async def desk(self, role: Role = Role.COUNTER, counter: str | None = "3") -> Desk:
        return Desk(self.here, *(await self.here.staff(role, counter, "harbour")))

    async def again(self, desk: Desk) -> Desk:
        """Sign the same person in once more, after their session has ended."""

        name = await self.login(desk)
        return Desk(self.here, *(await self.here.signed_in(name, desk.session.counter, "harbour")))

    async def login(self, desk: Desk) -> str:
        def read(connection: Connection) -> str:
            return str(connection.execute(select(staff.c.login).where(staff.c.id == desk.session.staff)).scalar_one())

        return await self.here.server.log.run(read)

    async def held(self) -> dict[str, int]:
        """Count what is held of the day of staff."""

        def count(connection: Connection) -> dict[str, int]:
            tables = (staff_notes, staff_messages, staff_message_reads, staff_breaks)
            found = {one.name: connection.execute(select(func.count()).select_from(one)).scalar_one() for one in tables}
            sealed = select(func.count()).select_from(people_rows).where(people_rows.c.purpose == "working")
            return found | {"sealed": connection.execute(sealed).scalar_one()}

        return await self.here.server.log.run(count)


def written_in(data: Path, text: str) -> list[Path]:
    """List the files of a data folder in which a text stands as it was typed."""
    return [file for file in data.rglob("*") if file.is_file() and text.encode() in file.read_bytes()]


@pytest.fixture(params=["sqlite", "postgres"])
async def harbour(request: pytest.FixtureRequest, data: Path, shared: Path, shared_url: URL) -> AsyncIterator[Harbour]:
    clock, on_sqlite = SetClock(BEGIN), request.param == "sqlite"
    url = None if on_sqlite else shared_url.render_as_string(hide_password=False)
    async with house(data if on_sqlite else shared, clock=clock, url=url) as here:
        yield Harbour(here, clock)


async def write(lead: Desk, text: str, team: str = "") -> str:
    ident = new_id()
    assert await lead.send("/team/messages", message=ident, text=text, team=team) == (303, "/team?done=sent")
    return ident


async def test_a_note_is_its_owners_and_is_wiped_at_the_end_of_the_day(harbour: Harbour, data: Path) -> None:
    ines, samir = await harbour.desk(), await harbour.desk(counter="4")
    assert await ines.send("/my-day/note", text="first") == (303, "/my-day?done=noted")
    assert (await ines.send("/my-day/note", text=f"  {SECRET}\r\nand the key \r\n"))[0] == 303
    page = await ines.see("/my-day?done=noted")
    assert f"{SECRET}\nand the key</textarea>" in page
    assert "Nothing of visitors" in page
    assert "Wiped at 03:00" in page
    assert SECRET not in await samir.see("/my-day")
    assert SECRET not in await ines.see("/my-day/page"), "what is typed meanwhile stays as it is"
    assert (await harbour.held())["sealed"] == 1, "the first one is shredded"
    assert not await asyncio.to_thread(written_in, data, SECRET)
    harbour.clock.now = datetime(2026, 11, 26, 6, 59, 59, tzinfo=UTC)
    assert SECRET in await (await harbour.again(ines)).see("/my-day")
    harbour.clock.pass_time(seconds=1)
    assert SECRET not in await (await harbour.again(ines)).see("/my-day")
    harbour.clock.pass_time(hours=1)
    await harbour.here.server[PeopleKeyHolder].settle()
    assert set((await harbour.held()).values()) == {0}


async def test_nothing_written_clears_a_note_and_what_is_too_long_is_refused(harbour: Harbour) -> None:
    ines = await harbour.desk()
    assert (await ines.send("/my-day/note", text="x" * 1001))[0] == 422
    assert (await ines.send("/my-day/note", text="x" * 1000))[0] == 303
    assert (await ines.send("/my-day/note", text=" \r\n "))[0] == 303
    assert set((await harbour.held()).values()) == {0}
    assert (await ines.send("/my-day/note", csrf="forged", text="x"))[0] == 403


async def test_a_message_comes_between_two_visits_and_the_manager_sees_who_read_it(harbour: Harbour) -> None:
    ines, samir, lead = await harbour.desk(), await harbour.desk(counter="6"), await harbour.desk(Role.LEAD, None)
    kiosk = (await harbour.here.device("kiosk", centre="harbour"))[0]
    assert await ines.act("open") == 200
    ticket = {"services": ["uto-passport-renewal"], "category": "walk-in", "language": "en"}
    assert (await kiosk.post("/centres/harbour/visits", ticket)).status == 201
    reception = await harbour.desk(counter="1")
    assert await reception.act("open") == 200
    visit = (await reception.client.post("/centres/harbour/counters/1/call-next")).body["visit"]["id"]
    ident = await write(lead, "Form 12 is new from today")
    for verb in ("start", "finish"):
        assert "Form 12" not in await reception.see("/counter/page"), "somebody is there"
        assert "Form 12" not in await reception.see("/my-day")
        assert "1 message is shown when this visit is finished" in await reception.see("/my-day")
        assert await reception.act(verb, visit=visit) == 200
    assert "Form 12 is new from today" in await reception.see("/counter/page")
    assert "Form 12 is new from today" in await ines.see("/counter/page")
    assert "Nobody has read it yet" in await lead.see("/team")
    assert await ines.press("/my-day/read", message=ident) == (200, "")
    assert await ines.press("/my-day/read", message=ident) == (200, ""), "twice is once"
    assert "Form 12" not in await ines.see("/counter/page")
    assert "Form 12 is new from today" in await reception.see("/counter/page")
    page = await lead.see("/team")
    assert "Read by: Somebody, 12:20" in page
    assert "Not read yet: Somebody, Somebody" in page
    assert await samir.press("/my-day/read", message=new_id()) == (200, ""), "one that is gone changes nothing"
    assert (await harbour.held())["staff_message_reads"] == 1


async def test_a_message_to_a_team_is_for_its_counters_alone_and_can_be_taken_back(harbour: Harbour) -> None:
    papers, photo, manager = (
        await harbour.desk(),
        await harbour.desk(counter="6"),
        await harbour.desk(Role.MANAGER, None),
    )
    ident = await write(manager, "<b>Stamps</b> are in the safe", team="papers")
    again = await manager.send("/team/messages", message=ident, text="another", team="papers")
    assert again[0] == 303
    page = await papers.see("/counter/page")
    assert "&lt;b&gt;Stamps&lt;/b&gt; are in the safe" in page
    assert "another" not in page, "sent twice is one"
    assert "Stamps" not in await photo.see("/counter/page")
    assert (await manager.send("/team/messages", message=new_id(), text="x", team="nobody"))[0] == 400
    assert (await manager.send("/team/messages", message="x", text="x"))[0] == 400
    assert (await manager.send("/team/messages", message=new_id(), text=" "))[0] == 422
    assert (await manager.send("/team/messages", message=new_id(), text="x" * 301))[0] == 422
    assert await manager.send("/team/messages/take-back", message=ident) == (303, "/team?done=taken-back")
    assert "Stamps" not in await papers.see("/counter/page")
    assert set((await harbour.held()).values()) == {0}


async def test_a_planned_break_reminds_and_the_counter_stops_only_when_somebody_says_so(harbour: Harbour) -> None:
    ines, samir = await harbour.desk(), await harbour.desk(counter="4")
    assert await ines.act("open") == await samir.act("open") == 200
    day = await ines.see("/my-day")
    assert re.search(r"12:30.13:00</bdi></b> <span>in 10 min", day)
    assert re.search(r"10:30.10:45</bdi></b> <span>its time is over", day)
    starts_at = round(datetime(2026, 11, 25, 16, 30, tzinfo=UTC).timestamp()) * 1_000_000
    assert await ines.press("/my-day/break", starts_at=starts_at, take=True) == (409, "break-unknown")
    harbour.clock.pass_time(minutes=10)
    assert "Your planned break is due." in await ines.see("/counter/page")
    counters = {one["id"]: one for one in (await ines.client.get("/centres/harbour/counters")).body["counters"]}
    assert (counters["3"]["state"], counters["4"]["state"]) == ("open", "open"), "nothing stops by itself"
    assert await ines.press("/my-day/break", starts_at=starts_at, take=True) == (200, "")
    assert await samir.press("/my-day/break", starts_at=starts_at, take=False) == (200, "")
    counters = {one["id"]: one for one in (await ines.client.get("/centres/harbour/counters")).body["counters"]}
    assert (counters["3"]["state"], counters["4"]["state"]) == ("paused", "open")
    assert "Your planned break is due." not in await samir.see("/counter/page")
    assert "you have left it out" in await samir.see("/my-day")
    assert "you have taken it" in await ines.see("/my-day")
    assert await ines.act("open") == 200
    assert "Your planned break is due." not in await ines.see("/counter/page")


async def test_a_break_goes_with_whoever_moves_to_a_counter_of_another_team(harbour: Harbour) -> None:
    """Papers have a break at 10:30, which reception, at counters 1 and 2, has not."""
    papers, reception = await harbour.desk(), await harbour.desk(counter="2")
    kiosk = (await harbour.here.device("kiosk", centre="harbour"))[0]
    ticket = {"services": ["uto-passport-renewal"], "category": "walk-in", "language": "en"}
    for desk in (reception, papers):
        # One party, which goes on from reception to the papers.
        if desk is reception:
            assert (await kiosk.post("/centres/harbour/visits", ticket)).status == 201
        assert await desk.act("open") == 200
        called = await desk.client.post(f"/centres/harbour/counters/{desk.session.counter}/call-next")
        visit = called.body["visit"]["id"]
        assert await desk.act("start", visit=visit) == await desk.act("finish", visit=visit) == 200
        assert await desk.act("close") == 200
    moved = Desk(harbour.here, *(await harbour.here.signed_in(await harbour.login(papers), "1", "harbour")))
    other = Desk(harbour.here, *(await harbour.here.signed_in(await harbour.login(reception), "4", "harbour")))
    assert await moved.act("open") == await other.act("open") == 200
    assert re.search(r"10:30.10:45</bdi></b> <span>its time is over", await moved.see("/my-day"))
    assert re.search(r"12:30.13:00</bdi></b> <span>in 10 min", await moved.see("/my-day"))
    assert not re.search("10:30.10:45", await other.see("/my-day"))
    assert re.search(r"12:30.13:00</bdi></b> <span>in 10 min", await other.see("/my-day"))
    harbour.clock.pass_time(minutes=10)
    starts_at = round(datetime(2026, 11, 25, 16, 30, tzinfo=UTC).timestamp()) * 1_000_000
    assert "Your planned break is due." in await moved.see("/counter/page")
    assert await moved.press("/my-day/break", starts_at=starts_at, take=True) == (200, "")
    # What they have said goes with them too.
    back = Desk(harbour.here, *(await harbour.here.signed_in(await harbour.login(moved), "3", "harbour")))
    assert "you have taken it" in await back.see("/my-day")


async def test_a_break_cannot_begin_while_somebody_is_served(harbour: Harbour) -> None:
    papers, reception = await harbour.desk(), await harbour.desk(counter="2")
    assert await papers.act("open") == await reception.act("open") == 200
    kiosk = (await harbour.here.device("kiosk", centre="harbour"))[0]
    ticket = {"services": ["uto-passport-renewal"], "category": "walk-in", "language": "en"}
    assert (await kiosk.post("/centres/harbour/visits", ticket)).status == 201
    assert await reception.act("call-next") == 200
    harbour.clock.pass_time(minutes=10)
    starts_at = round(datetime(2026, 11, 25, 16, 30, tzinfo=UTC).timestamp()) * 1_000_000
    assert "Your planned break is due." not in await reception.see("/counter/page")
    status, code = await reception.press("/my-day/break", starts_at=starts_at, take=True)
    assert (status, code) == (409, "counter-busy")
    assert (await harbour.held())["staff_breaks"] == 0


async def test_what_others_send_is_refused(harbour: Harbour) -> None:
    ines = await harbour.desk()
    forged = {name: value for name, value in ines.client.headers.items() if name != "X-CSRF-Token"}
    url = f"{harbour.here.address}/my-day/read"
    async with harbour.here.http.post(url, headers=forged, json={"message": new_id()}) as answer:
        assert answer.status == 403
    for body in (b"{", b"[]", json.dumps({"message": 5}).encode(), b'{"starts_at":"x"}'):
        headers = ines.client.headers | {"Content-Type": "application/json"}
        async with harbour.here.http.post(url, headers=headers, data=body) as answer:
            assert answer.status == 400, body
