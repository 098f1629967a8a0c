"""A whole kiosk asks its server how long people wait, and says nothing that it does not know."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from kiosk.kit import fonts
from queue_server.contract.problems import Problem
from queue_server.contract.waits import WaitView
from queue_server.domain.values import ServiceId
from tests.kiosk.app.centre import Centre, until
from tests.kiosk.app.stand import SETTINGS, Stand, stand
from tests.kiosk.app.test_app import enrol
from tests.queue_server.conftest import data, template  # noqa: F401 - fixtures

#: It asks its server all the time.
OFTEN = replace(SETTINGS, link=replace(SETTINGS.link, waits_s=0.05))
LATEST = datetime(2026, 11, 25, 12, 20, tzinfo=UTC)
RENEWAL = ServiceId("renewal-uto")
SHOWN = {"low": 20, "high": 35, "shut": False}


@pytest.fixture(autouse=True)
def _fonts(qapp: object) -> None:
    assert qapp is not None
    fonts.load()


async def test_a_range_is_said_before_a_ticket_is_asked_for_and_goes_with_the_server(folder: Path) -> None:
    async with Centre() as centre, stand(folder, centre.url, settings=OFTEN) as kiosk:
        centre.waits = {RENEWAL: WaitView(20, 35, LATEST)}
        await enrol(kiosk)
        await kiosk.walk_to_confirm()
        # The centre is in Cairo.
        await kiosk.shows("confirm", wait=SHOWN | {"latest": "14:20"})
        centre.waits = {RENEWAL: WaitView(25, 40, LATEST + timedelta(minutes=5))}
        await kiosk.shows("confirm", wait={"low": 25, "high": 40, "latest": "14:25", "shut": False})
        centre.waits = {RENEWAL: WaitView(not_before_closing=True)}
        await kiosk.shows("confirm", wait={"low": 0, "high": 0, "latest": "", "shut": True})
        centre.waits = {RENEWAL: WaitView(10, 20)}
        await kiosk.shows("confirm", wait={"low": 10, "high": 20, "latest": "", "shut": False})
        centre.waits = {}
        await kiosk.shows("confirm", wait=None)
        centre.waits = {RENEWAL: WaitView(20, 35, LATEST)}
        await kiosk.shows("confirm", wait=SHOWN | {"latest": "14:20"})
        # What was known is a guess once the server says it no more.
        centre.refuse["waits"] = Problem("about:blank", "broken", 500, "unforeseen")
        await kiosk.shows("confirm", wait=None)


async def test_a_server_that_foresees_nothing_is_no_fault(folder: Path) -> None:
    async with Centre() as centre, stand(folder, centre.url, settings=OFTEN) as kiosk:
        centre.refuse["waits"] = Problem("about:blank", "not found", 404, "not-found")
        await enrol(kiosk)
        await kiosk.walk_to_confirm()
        await kiosk.shows("confirm", wait=None)
        del centre.refuse["waits"]
        centre.waits = {RENEWAL: WaitView(20, 35, LATEST)}
        await kiosk.shows("confirm", wait=SHOWN | {"latest": "14:20"})


def said(kiosk: Stand) -> dict[str, Any]:
    """What stands beside each choice."""
    return {one["id"]: one["wait"] for one in kiosk.model.get("choices", ())}


async def test_each_service_says_its_own_and_changes_where_somebody_stands(folder: Path) -> None:
    async with Centre() as centre, stand(folder, centre.url, settings=OFTEN) as kiosk:
        centre.waits = {RENEWAL: WaitView(20, 35, LATEST)}
        await enrol(kiosk)
        kiosk.act("language", "en")
        await kiosk.shows("identify")
        kiosk.act("no-document")
        await kiosk.shows("government")
        kiosk.act("choose", "UTO")
        await kiosk.shows("kind")
        kiosk.act("choose", "passports")
        await kiosk.shows("service")
        await until(lambda: said(kiosk).get(RENEWAL) == SHOWN | {"latest": "14:20"})
        assert len(said(kiosk)) > 1
        assert [one for one in said(kiosk).values() if one is not None] == [said(kiosk)[RENEWAL]]
        centre.waits = {RENEWAL: WaitView(not_before_closing=True)}
        await until(lambda: (said(kiosk)[RENEWAL] or {}).get("shut") is True)
