"""A kiosk whose printer is in trouble, and a real server behind a line that loses answers: a paper more counts once."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from kiosk.kit import fonts
from kiosk.tickets.outbox import Outbox
from tests.faults.lossy_proxy import LossyProxy
from tests.kiosk.app.centre import until
from tests.kiosk.app.stand import stand
from tests.kiosk.app.test_check_in import TEN, choose_whatever, kiosk_at, until_visits
from tests.queue_server.appointments.booked import SetClock
from tests.queue_server.centre.test_papers import papers
from tests.queue_server.conftest import data, template  # noqa: F401 - fixtures
from tests.queue_server.house import House, house


@pytest.fixture(autouse=True)
def _fonts(qapp: object) -> None:
    assert qapp is not None
    fonts.load()


@pytest.fixture
async def here(data: Path) -> AsyncIterator[House]:  # noqa: F811 - a fixture
    async with house(data, clock=SetClock(TEN)) as running:
        yield running


async def test_a_ticket_that_was_cut_off_and_printed_again_stands_in_the_log_once(here: House, tmp_path: Path) -> None:
    server = urlsplit(here.address)
    async with LossyProxy(server.hostname or "", server.port or 0, seed=3) as line:
        async with kiosk_at(here, tmp_path / "kiosk", line.url) as kiosk:
            kiosk.act("language", "en")
            await kiosk.shows("identify")
            kiosk.act("no-document")
            await kiosk.printer.set(rows_left=300)
            await choose_whatever(kiosk)
            cut = await kiosk.shows("ticket", paper="cut")
            (visit,) = await until_visits(here, 1)
            assert papers(here, visit["id"]) == []
            line.lose_answers = 1.0
            await kiosk.printer.set(paper="ok")
            await kiosk.shows("ticket", can_print=True)
            kiosk.act("print")
            await kiosk.shows("ticket", paper="taken")
            await until(lambda: papers(here, visit["id"]))
            assert await kiosk.on.box(Outbox.reprint), "its answer was lost: it is told until there is one"
        line.lose_answers = 0.0
        async with stand(tmp_path / "kiosk", line.url) as kiosk:
            await kiosk.shows("language")
            async with asyncio.timeout(60):
                while await kiosk.on.box(Outbox.reprint):  # noqa: ASYNC110 - it stands in a file
                    await asyncio.sleep(0.02)
    assert visit["code"] == cut["code"]
    (who,) = papers(here, visit["id"])
    assert who.startswith("device/")


async def test_a_first_paper_that_came_late_is_none_more(here: House, tmp_path: Path) -> None:
    async with kiosk_at(here, tmp_path / "kiosk") as kiosk:
        await kiosk.printer.set(paper="out")
        await kiosk.shows("language", no_paper=True)
        kiosk.act("language", "en")
        await kiosk.shows("identify")
        kiosk.act("no-document")
        await choose_whatever(kiosk)
        await kiosk.shows("ticket", paper="none")
        await kiosk.printer.set(paper="ok")
        await kiosk.shows("ticket", can_print=True)
        kiosk.act("print")
        await kiosk.shows("ticket", paper="taken")
        (visit,) = await until_visits(here, 1)
        assert await kiosk.on.box(Outbox.reprint) is None
        assert papers(here, visit["id"]) == []
