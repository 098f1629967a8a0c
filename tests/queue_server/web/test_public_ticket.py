"""A phone at the address that phones have for themselves: its ticket is whole, and live, and nothing is missing."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from queue_server.domain.values import VisitId
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.server import CENTRES, Centre, Server


class TwoDoors(Server):
    options = ("--public", "127.0.0.1:0")


@pytest.fixture(scope="module")
def apart(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    with TwoDoors(tmp_path_factory.mktemp("apart") / "data", centres=CENTRES[:1]) as server:
        yield Centre(server, CENTRES[0])


def test_a_phone_follows_its_ticket_there(browser: Browser, apart: Centre) -> None:
    phones = json.loads(apart.server.said)["public"]
    visit = apart.issue()
    with Desk(browser, apart, size=(360, 740)) as phone, Desk(browser, apart) as desk:
        phone.page.goto(f"{phones}/t/{apart.ticket(VisitId(visit.id))}")
        expect(phone.page.locator("[data-state]")).to_have_attribute("data-state", "waiting")
        expect(phone.page.locator("#on")).to_be_visible()
        desk.sign_in("ines.moreau", "3")
        desk.open()
        desk.press("Space")
        desk.stage("called")
        expect(phone.page.locator("[data-state]")).to_have_attribute("data-state", "called")
        # Staff find the page of a ticket at their own address too.
        desk.go(f"/t/{apart.ticket(VisitId(visit.id))}")
        expect(desk.page.locator("[data-state]")).to_have_attribute("data-state", "called")
