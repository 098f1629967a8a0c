"""A whole kiosk at a real server, late on a crowded day: who is not reached comes another day, or takes a number."""

import asyncio
from pathlib import Path

import pytest
from msgspec.structs import replace

from kiosk.kit import fonts
from queue_server.catalogue.appointments import AppointmentRules
from queue_server.domain.values import HOUR, Micros
from queue_server.waiting.learner import Learner
from tests.kiosk.app.stand import Stand, stand
from tests.queue_server.conftest import data, template  # noqa: F401 - fixtures
from tests.queue_server.house import House
from tests.queue_server.waiting.past import NOW, town, with_counters

#: Three o'clock in the afternoon: an hour before closing, and half an hour before the last ticket.
THREE = Micros(NOW + 4 * HOUR)
PASSPORT = {"services": ["passport"], "category": "walk-in", "party_size": 1, "language": "en"}
#: More than all counters can serve in that hour.
CROWD = 150


@pytest.fixture(autouse=True)
def _fonts(qapp: object) -> None:
    assert qapp is not None
    fonts.load()


async def crowded(here: House) -> None:
    """Have the server learn what it has seen, and a crowd come."""
    await here.server[Learner].learn()
    reception, _ = await here.device("kiosk", centre="town")
    for _ in range(CROWD):
        assert (await reception.post("/centres/town/visits", PASSPORT)).status == 201


async def to_closing(kiosk: Stand, here: House) -> None:
    """Enrol the kiosk, and choose a passport."""
    await kiosk.shows("setup")
    for digit in await here.enrol_code("kiosk", centre="town"):
        kiosk.act("digit", digit)
    kiosk.act("submit")
    await to_passport(kiosk)


async def to_passport(kiosk: Stand) -> None:
    """Choose a passport, for which nobody is reached today."""
    await kiosk.shows("language")
    kiosk.act("language", "en")
    await kiosk.shows("identify")
    kiosk.act("no-document")
    await kiosk.shows("government")
    kiosk.act("choose", "UTO")
    kind = await kiosk.shows("kind")
    while not any((one["wait"] or {}).get("shut") for one in kind["choices"]):
        await asyncio.sleep(0.02)
        kind = await kiosk.shows("kind")
    kiosk.act("choose", "passport")
    await kiosk.shows("more")
    kiosk.act("go-on")


async def test_another_day_is_booked_in_place_of_waiting_in_vain_or_a_number_taken(data: Path, tmp_path: Path) -> None:  # noqa: F811 - a fixture
    booked = replace(with_counters(), appointments=AppointmentRules())
    async with town(data, until=THREE, stored=booked) as here, stand(tmp_path / "kiosk", here.address) as kiosk:
        await crowded(here)
        await to_closing(kiosk, here)
        shown = await kiosk.shows("closing", closes="16:00", books=True)
        while shown["free"] is None:
            await asyncio.sleep(0.02)
            shown = await kiosk.shows("closing")
        # It is a Friday, and nobody is there at the weekend.
        assert (shown["free"]["day"], shown["free"]["nights"]) == ("2026-12-14", 3)
        kiosk.act("book-ahead")
        times = await kiosk.shows("times", found="choose")
        first = next(one for one in times["times"] if one["day"] == shown["free"]["day"])
        assert first == shown["free"]
        kiosk.act("choose", first["id"])
        await kiosk.shows("held", day=first["day"], clock=first["clock"])
        kiosk.act("book")
        last = await kiosk.shows("reserved", paper="taken")
        manager, _ = await here.device("integration", "manager", centre="town")
        found = await manager.get(f"/centres/town/appointments?day={first['day']}")
        (one,) = found.body["appointments"]
        assert (one["services"], one["code"]) == (["passport"], last["code"].replace(" ", ""))
        kiosk.act("done")
        await kiosk.shows("language")
        # Whoever cannot come another day takes a number all the same.
        await to_passport(kiosk)
        await kiosk.shows("closing", closes="16:00")
        kiosk.act("number")
        confirm = await kiosk.shows("confirm")
        assert confirm["wait"]["shut"]
        kiosk.act("confirm")
        await kiosk.shows("ticket", paper="taken")
