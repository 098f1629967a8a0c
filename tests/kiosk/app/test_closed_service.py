"""A service is closed for today: at a whole kiosk, on a real server, with and without a line between them."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from kiosk.kit import fonts
from tests.faults.lossy_proxy import LossyProxy
from tests.kiosk.app.centre import until
from tests.kiosk.app.stand import Stand
from tests.kiosk.app.test_check_in import kiosk_at, visits
from tests.queue_server.appointments.booked import SetClock
from tests.queue_server.centre.test_closed_services import TEN
from tests.queue_server.conftest import data, template  # noqa: F401 - fixtures
from tests.queue_server.house import Client, House, house
from tests.queue_server.notices.told import until_so

#: One of several services of its kind, and the only one of its kind.
PASSPORT = "uto-passport-renewal"


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


async def to_services(kiosk: Stand, manager: Client) -> dict[str, Any]:
    """Come to the page on which a service of its kind is chosen."""
    catalogue = (await manager.get("/centres/demo/services")).body
    kind = next(one["kind"] for one in catalogue["services"] if one["id"] == PASSPORT)
    group = next(one.get("group") for one in catalogue["kinds"] if one["id"] == kind)
    kiosk.act("language", "en")
    await kiosk.shows("identify")
    kiosk.act("no-document")
    await kiosk.shows("government")
    kiosk.act("choose", "UTO")
    await kiosk.shows("kind")
    kiosk.act("choose", group or kind)
    return await kiosk.shows("service")


def is_closed(page: dict[str, Any]) -> bool:
    return next(bool(one["closed"]) for one in page["choices"] if one["id"] == PASSPORT)


async def test_it_is_said_where_it_is_chosen_and_they_go_on_once_it_is_given_again(here: House, tmp_path: Path) -> None:
    manager = await here.manager()
    async with kiosk_at(here, tmp_path / "kiosk") as kiosk:
        assert not is_closed(await to_services(kiosk, manager))
        await manager.post(f"/centres/demo/services/{PASSPORT}/close")
        await until(lambda: is_closed(kiosk.model))
        kiosk.act("choose", PASSPORT)
        shown = await kiosk.shows("closedservice", books=True)
        assert shown["service"]
        while shown["free"] is None:
            await asyncio.sleep(0.02)
            shown = await kiosk.shows("closedservice")
        assert shown["free"]["nights"] > 0, "none of today"
        await manager.post(f"/centres/demo/services/{PASSPORT}/reopen")
        await kiosk.shows("more")


async def test_a_number_that_was_printed_without_a_line_stands(here: House, tmp_path: Path) -> None:
    """What the kiosk had not heard closed nothing for whoever stood there; it hears of it with the line."""
    manager, server = await here.manager(), urlsplit(here.address)
    async with (
        LossyProxy(server.hostname or "", server.port or 0, seed=1) as line,
        kiosk_at(here, tmp_path / "kiosk", line.url) as kiosk,
    ):
        await to_services(kiosk, manager)
        line.away = True
        await until(lambda: not kiosk.on.book.health.connected)
        await manager.post(f"/centres/demo/services/{PASSPORT}/close")
        kiosk.act("choose", PASSPORT)
        await kiosk.shows("more")
        kiosk.act("go-on")
        await kiosk.shows("confirm")
        kiosk.act("confirm")
        ticket = await kiosk.shows("ticket", paper="taken")
        line.away = False

        async def is_there() -> bool:
            return any(one["code"] == ticket["code"].replace(" ", "") for one in await visits(here))

        await until_so(is_there)
        kiosk.act("done")
        await kiosk.shows("language")
        await to_services(kiosk, manager)
        await until(lambda: is_closed(kiosk.model))


async def test_it_ends_with_the_day_of_the_server(here: House, clock: SetClock, tmp_path: Path) -> None:
    manager = await here.manager()
    async with kiosk_at(here, tmp_path / "kiosk") as kiosk:
        await manager.post(f"/centres/demo/services/{PASSPORT}/close")
        await to_services(kiosk, manager)
        await until(lambda: is_closed(kiosk.model))
        clock.pass_time(hours=24)
        await until(lambda: kiosk.model.get("choices", ()) != () and not is_closed(kiosk.model))
