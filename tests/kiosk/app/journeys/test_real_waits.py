"""A whole kiosk shows what a real server has learned of how long people wait."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kiosk.kit import fonts
from queue_server.waiting.learner import Learner
from tests.kiosk.app.centre import until
from tests.kiosk.app.stand import stand
from tests.kiosk.app.test_waits import said
from tests.queue_server.conftest import data, template  # noqa: F401 - fixtures
from tests.queue_server.waiting.past import town


@pytest.fixture(autouse=True)
def _fonts(qapp: object) -> None:
    assert qapp is not None
    fonts.load()


async def test_what_a_real_server_foresees_stands_beside_each_service(data: Path, tmp_path: Path) -> None:  # noqa: F811 - a fixture
    async with town(data) as here, stand(tmp_path / "kiosk", here.address) as kiosk:
        await here.server[Learner].learn()
        await kiosk.shows("setup")
        for digit in await here.enrol_code("kiosk", centre="town"):
            kiosk.act("digit", digit)
        kiosk.act("submit")
        await kiosk.shows("language")
        kiosk.act("language", "en")
        await kiosk.shows("identify")
        kiosk.act("no-document")
        await kiosk.shows("government")
        kiosk.act("choose", "UTO")
        # Each kind has one service, which is not asked for.
        await until(lambda: kiosk.frame.page == "kind" and all(one["wait"] for one in kiosk.model["choices"]))
        waits = said(kiosk)
        assert waits.keys() == {"passport", "civil-records"}
        device, _ = await here.device("kiosk", centre="town")
        told = (await device.get("/centres/town/waits")).body["services"]
        for kind, service in (("passport", "passport"), ("civil-records", "record")):
            wait = waits[kind]
            assert (wait["low"], wait["high"]) == (told[service]["low_min"], told[service]["high_min"])
            latest = datetime.fromisoformat(told[service]["latest"]).astimezone(ZoneInfo("Europe/Malta"))
            assert wait["latest"] == f"{latest:%H:%M}", "what the clock of the town shows, from the first answer on"
        kiosk.act("choose", "passport")
        await kiosk.shows("more")
        kiosk.act("go-on")
        shown = await kiosk.shows("confirm")
        assert shown["wait"] == waits["passport"]
