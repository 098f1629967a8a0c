"""Somebody has an appointment, at whole kiosks with scanners and a real server: one ticket, also without the server."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from kiosk.kit import fonts
from queue_server.accounts.model import Role
from tests.faults.lossy_proxy import LossyProxy
from tests.kiosk.app.centre import until
from tests.kiosk.app.stand import SETTINGS, Stand, everything, stand
from tests.queue_server.appointments.booked import APPOINTMENTS, PASSPORT, SetClock, booked
from tests.queue_server.conftest import data, template  # noqa: F401 - fixtures
from tests.queue_server.house import House, house

#: Two stops: the reception is the first.
TRAVEL = "uto-travel-help"
TEN = datetime(2027, 3, 3, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _fonts(qapp: object) -> None:
    assert qapp is not None
    fonts.load()


@pytest.fixture
def clock() -> SetClock:
    return SetClock(TEN - timedelta(hours=1))


@pytest.fixture
async def here(data: Path, clock: SetClock) -> AsyncIterator[House]:  # noqa: F811 - a fixture
    async with house(data, clock=clock) as running:
        yield running


@asynccontextmanager
async def kiosk_at(server: House, folder: Path, address: str = "") -> AsyncIterator[Stand]:
    """Run a kiosk that is enrolled at this server, as a technician does it."""
    code = await server.enrol_code("kiosk")
    await asyncio.to_thread(folder.mkdir)
    async with stand(folder, address or server.address, settings=SETTINGS) as kiosk:
        await kiosk.shows("setup")
        for digit in code:
            kiosk.act("digit", digit)
        kiosk.act("submit")
        await kiosk.shows("language", scanner=True)
        yield kiosk


async def made(server: House, at: datetime = TEN, **more: Any) -> tuple[dict[str, Any], str]:
    """Book at the reception; gives the appointment, and what the picture of its link says."""
    desk, _ = await server.staff(Role.RECEPTION, None)
    one = await booked(desk, at, TRAVEL, **more)
    answer = await (await server.manager()).get(f"{APPOINTMENTS}/{one['id']}")
    return one, f"https://queue.example/b/{answer.body['token']}"


async def visits(server: House) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await (await server.manager()).get("/centres/demo/queue")).body["queue"]["visits"]
    return found


async def until_visits(server: House, count: int) -> list[dict[str, Any]]:
    async with asyncio.timeout(60):
        while len(found := await visits(server)) < count:  # noqa: ASYNC110 - a real server
            await asyncio.sleep(0.05)
    return found


async def test_a_code_under_the_scanner_gives_the_ticket_of_the_appointment(
    here: House, tmp_path: Path, clock: SetClock
) -> None:
    one, link = await made(here)
    async with kiosk_at(here, tmp_path / "kiosk") as kiosk:
        clock.now = TEN - timedelta(minutes=5)
        await kiosk.scanner.scan(link)
        shown = await kiosk.shows("ticket", paper="taken", came="on-time")
        assert shown["booked"] == one["clock"]
        assert shown["stops"][0]["place"] == "Entrance hall"
        assert "/t/" in await kiosk.paper(1)
        (visit,) = await visits(here)
        assert (visit["code"], visit["category"], visit["appointment"]) == (shown["code"], "appointment", one["id"])
        kiosk.act("done")
        await kiosk.shows("language")
        # The scanner passes over a code that still lies there: another one comes first.
        await kiosk.scanner.scan("https://elsewhere.example/")
        await kiosk.shows("status", found="unknown")
        # The same code again: nobody gets a second number.
        await kiosk.scanner.scan(link)
        await kiosk.shows("booking", found="checked-in", code=shown["code"])
        assert len(await visits(here)) == 1
        assert one["code"] not in everything(kiosk.frames)


async def test_two_kiosks_with_one_code_at_the_same_moment_print_one_ticket(
    here: House, tmp_path: Path, clock: SetClock
) -> None:
    _, link = await made(here)
    async with kiosk_at(here, tmp_path / "one") as one, kiosk_at(here, tmp_path / "other") as other:
        clock.now = TEN
        await asyncio.gather(one.scanner.scan(link), other.scanner.scan(link))

        def is_told(kiosk: Stand) -> bool:
            model = kiosk.model
            return (kiosk.frame.page, model.get("paper")) == ("ticket", "taken") or model.get("found") == "checked-in"

        await until(lambda: is_told(one) and is_told(other))
        (visit,) = await visits(here)
        assert sorted(kiosk.frame.page for kiosk in (one, other)) == ["booking", "ticket"]
        assert {kiosk.model["code"] for kiosk in (one, other)} == {visit["code"]}
        assert len(one.printer.tickets) + len(other.printer.tickets) == 1


async def test_a_typed_code_of_a_party_and_one_that_is_early(here: House, tmp_path: Path, clock: SetClock) -> None:
    one, _ = await made(here, party_size=3)
    async with kiosk_at(here, tmp_path / "kiosk") as kiosk:
        clock.now = TEN - timedelta(minutes=40)
        kiosk.act("language", "ar")
        await kiosk.shows("identify", books=True)
        kiosk.act("check-in")
        await kiosk.shows("appointment", scanner=True)
        kiosk.act("code")
        await kiosk.shows("signs")
        for sign in one["code"]:
            kiosk.act("sign", sign)
        kiosk.act("submit")
        await kiosk.shows("early", clock=one["clock"])
        kiosk.act("wait")
        await kiosk.shows("company", people=3)
        kiosk.act("count")
        kiosk.act("minus", "adult")
        kiosk.act("people")
        await kiosk.shows("ticket", paper="taken", came="early")
        (visit,) = await visits(here)
        assert (visit["category"], visit["party_size"], visit["language"]) == ("appointment", 2, "ar")
        assert datetime.fromisoformat(visit["counts_from"]) == TEN, "nobody goes before others by coming early"


#: Two adults at 82.50 and a child at 41.25.
FAMILY = [{"band": "adult", "count": 2}, {"band": "child", "count": 1}]


async def test_a_booked_family_owes_and_brings_what_its_ages_do(here: House, tmp_path: Path, clock: SetClock) -> None:
    manager = await here.manager()
    booking = await booked(manager, TEN, PASSPORT, party_size=3, people=FAMILY)
    link = (await manager.get(f"{APPOINTMENTS}/{booking['id']}")).body["token"]
    async with kiosk_at(here, tmp_path / "kiosk") as kiosk:
        clock.now = TEN
        await kiosk.scanner.scan(f"https://queue.example/b/{link}")
        await kiosk.shows("company", people=3)
        kiosk.act("all")
        await kiosk.shows("ticket", paper="taken", came="on-time")
    (visit,) = await visits(here)
    assert (visit["appointment"], visit["people"]) == (booking["id"], FAMILY)
    checklist = (await manager.get(f"/centres/demo/visits/{visit['id']}/checklist")).body
    assert "both-parents" in {one["requirement"] for one in checklist["items"]}
    cashier, _ = await here.staff(Role.CASHIER, None)
    take = {"services": [PASSPORT], "amount": 2 * 8250 + 4125, "currency": "EUR", "slip": "T-1"}
    taken = await cashier.post(f"/centres/demo/visits/{visit['id']}/manual-payments", take)
    assert taken.status == 200, taken


async def test_on_a_wrong_day_it_is_printed_and_a_number_is_taken(here: House, tmp_path: Path, clock: SetClock) -> None:
    one, link = await made(here, TEN + timedelta(days=1))
    async with kiosk_at(here, tmp_path / "kiosk") as kiosk:
        clock.now = TEN
        await kiosk.scanner.scan(link)
        shown = await kiosk.shows("day", number=True, can_print=True, can_choose=True)
        assert (shown["day"], shown["clock"], shown["ahead"]) == ("2027-03-04", one["clock"], 0)
        kiosk.act("print")
        await kiosk.shows("day", paper="taken")
        address = await kiosk.paper(1)
        assert urlsplit(address).path == urlsplit(link).path
        kiosk.act("choose-day")
        assert (await kiosk.shows("day", link=address))["paper"] == "taken"
        kiosk.act("back")
        kiosk.act("number")
        await kiosk.shows("ticket", paper="taken", came="")
        (visit,) = await visits(here)
        assert (visit["category"], visit["appointment"]) == ("walk-in", None)
        kept = await (await here.manager()).get(f"{APPOINTMENTS}/{one['id']}")
        assert kept.body["appointment"]["state"] == "booked"


async def test_without_the_server_a_number_is_printed_and_becomes_an_appointment(
    here: House, tmp_path: Path, clock: SetClock
) -> None:
    one, link = await made(here)
    server = urlsplit(here.address)
    async with (
        LossyProxy(server.hostname or "", server.port or 0, seed=1) as line,
        kiosk_at(here, tmp_path / "kiosk", line.url) as kiosk,
    ):
        clock.now = TEN - timedelta(minutes=5)
        # The kiosk hears once more what time it is.
        kiosk.act("language", "en")
        await kiosk.shows("identify")
        line.away = True
        await until(lambda: not kiosk.on.book.health.connected)
        await kiosk.scanner.scan(link)
        await kiosk.shows("booking", found="away", number=True)
        kiosk.act("number")
        await kiosk.shows("identify")
        kiosk.act("no-document")
        await choose_whatever(kiosk)
        shown = await kiosk.shows("ticket", paper="taken")
        assert await visits(here) == []
        line.away = False
        (visit,) = await until_visits(here, 1)
        assert (visit["code"], visit["category"]) == (shown["code"], "appointment")
        assert visit["appointment"] == one["id"]


async def choose_whatever(kiosk: Stand) -> None:
    """Choose whatever is offered first, until the ticket is asked for."""
    seen = ""
    async with asyncio.timeout(60):
        while kiosk.frame.page != "ticket":
            page, model = kiosk.frame.page, kiosk.model
            mark = page + str(sorted(map(str, model.items())))
            if mark != seen:
                seen = mark
                if model.get("choices"):
                    kiosk.act("choose", model["choices"][0]["id"])
                elif page == "more":
                    kiosk.act("go-on")
                elif page == "documents":
                    kiosk.act("leave")
                elif page == "confirm":
                    kiosk.act("confirm")
                elif page == "fee":
                    kiosk.act("pay-later")
            await asyncio.sleep(0.02)
