"""Somebody reads at a whole kiosk: from a real server, and from what is kept once that is away."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from kiosk.kit import fonts
from queue_server.accounts.model import Role
from tests.kiosk.app.centre import until
from tests.kiosk.app.stand import SETTINGS, stand
from tests.queue_server.conftest import data, template  # noqa: F401 - fixtures
from tests.queue_server.house import house

#: It asks its server all the time.
OFTEN = replace(SETTINGS, link=replace(SETTINGS.link, refresh_s=0.2))


@pytest.fixture(autouse=True)
def _fonts(qapp: object) -> None:
    assert qapp is not None
    fonts.load()


async def test_what_was_read_is_read_without_the_server_and_says_from_when_it_is(data: Path, tmp_path: Path) -> None:  # noqa: F811 - a fixture
    folder = tmp_path / "kiosk"
    async with house(data) as server, stand(folder, server.address, settings=OFTEN) as kiosk:
        office, _ = await server.staff(Role.MANAGER, None)
        code = await server.enrol_code("kiosk")
        await kiosk.shows("setup")
        for digit in code:
            kiosk.act("digit", digit)
        kiosk.act("submit")
        await kiosk.shows("language", can_inform=True)
        kiosk.act("information")
        listed = await kiosk.shows("topics", time="")
        assert [one["id"] for one in listed["choices"]][:3] == ["emergency", "what-happens-next", "opening-hours"]
        kiosk.act("choose", "emergency")
        shown = await kiosk.shows("topic", title="Emergency contacts", time="", paper="offered")
        assert (shown["lines"][0]["kind"], shown["lines"][0]["value"]) == ("contact", "+32 2 555 01 42")
        kiosk.act("print-topic")
        await kiosk.shows("topic", paper="taken")
        await until(lambda: kiosk.printer.tickets)
        kiosk.start_over()
        await kiosk.shows("language")
        # A page that managers change is another one here, without a restart.
        page = {
            "version": 0,
            "kind": "other",
            "owner": "Front of house",
            "reviewed": "2026-11-02",
            "texts": {"en": {"title": "Toilets", "text": "Behind the stairs."}},
        }
        stored = await office.post("/centres/demo/information/pages/toilets", page)
        assert stored.status == 200
        kiosk.act("information")
        await kiosk.shows("topics")
        await until(lambda: "toilets" in [one["id"] for one in kiosk.model["choices"]])
    async with stand(folder, server.address, settings=OFTEN) as kiosk:
        await kiosk.shows("language", can_inform=True)
        kiosk.act("information")
        away = await kiosk.shows("topics")
        assert away["day"]
        assert away["time"]
        assert "toilets" in [one["id"] for one in away["choices"]]
        kiosk.act("choose", "fees")
        read = await kiosk.shows("topic", title="Fees", time=away["time"])
        assert any("EUR" in one["value"] for one in read["lines"])
