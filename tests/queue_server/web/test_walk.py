"""A walk over the pages of staff, state by state: nothing is cut off, hidden, too small, or upon something else.

Each state is looked at in one language, which take turns, and in the two windows with the least room. In every language
and window, with axe-core, and at all pages, ``tests/journeys/pages`` looks.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from queue_server.domain.values import VisitId
from queue_server.web.site import LANGUAGES
from tests.queue_server.house import KNOWN
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.geometry import faults
from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.server import Centre
from tests.queue_server.web.succession import Succession
from tests.queue_server.web.walks.every_walk import LOOKED_AT_ELSEWHERE, WALKS
from tests.queue_server.web.walks.walk import LARGE_LETTERS, SMALLEST, Plan, Walk, Walker, faults_of

#: The longest words, then the other direction.
PLAN = Plan(("fr", "ar", "en"), (SMALLEST, LARGE_LETTERS), dialog_sizes=(LARGE_LETTERS,), many=24)


@pytest.fixture(scope="module")
def walker(browser: Browser, processes: Succession) -> Iterator[Walker]:
    server = processes.current()
    with Walker(browser, Centre(server, server.unused[0]), size=SMALLEST) as walker:
        yield walker


def test_every_page_of_staff_is_walked() -> None:
    """A page is what has an address without a parameter, and a part that is fetched anew."""
    parts = {page.path.removesuffix("/page") for page in KNOWN.pages if page.path.endswith("/page")}
    assert parts == {walk.path for walk in (*WALKS, *LOOKED_AT_ELSEWHERE)}
    assert set(PLAN.languages) == set(LANGUAGES)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("walk", WALKS, ids=str)
def test_nothing_is_cut_off_hidden_or_too_small(walker: Walker, centre: Centre, walk: Walk) -> None:
    found = faults_of(walk, PLAN, walker, centre)
    assert not found, "\n".join(found)


def test_signing_in_is_not_cut_off(browser: Browser, centre: Centre) -> None:
    found: list[str] = []
    with Desk(browser, centre, size=SMALLEST) as desk:
        for path in ("/sign-in", "/sign-in/counter"):
            for language in LANGUAGES:
                desk.go(f"{path}?lang={language}")
                for width, height in (SMALLEST, LARGE_LETTERS):
                    desk.page.set_viewport_size({"width": width, "height": height})
                    found += [f"{path}, {language}, {width}: {fault}" for fault in faults(desk.page)]
            if path == "/sign-in":
                desk.enter("ines.moreau")
    assert not found, "\n".join(found)


@pytest.mark.timeout(120)
def test_a_phone_shows_its_ticket_whole(browser: Browser, centre: Centre) -> None:
    """On phones of 320 to 430 pixels; who is called reads the counter before what is announced."""
    found: list[str] = []
    visit = centre.issue()
    with PageClient(centre) as manager, Desk(browser, centre, size=(360, 740)) as phone:
        manager.enter("elin.marsh")
        manager.api("notices", {"kind": "announcement", "text": "delay", "where": "boards", "minutes": 15})
        manager.api("counters/3/open")

        def look_at(state: str) -> None:
            for language in LANGUAGES:
                phone.go(f"/t/{centre.ticket(VisitId(visit.id))}?lang={language}")
                expect(phone.page.locator("[data-state]")).to_have_attribute("data-state", state)
                expect(phone.page.locator(".public-notice")).to_have_count(1)
                for width in (320, 360, 430):
                    phone.page.set_viewport_size({"width": width, "height": 740})
                    found.extend(f"{state}, {language}, {width}: {fault}" for fault in faults(phone.page))

        look_at("waiting")
        expect(phone.page.locator(".where")).to_be_visible()
        manager.api("counters/3/call-next")
        look_at("called")
        call, told = (phone.page.locator(one).bounding_box() for one in (".go-to", ".public-notice"))
        assert call is not None
        assert told is not None
        assert call["y"] + call["height"] <= told["y"]
        manager.api("counters/3/park", {"reason": "form", "minutes": 5})
        look_at("parked")
    assert not found, "\n".join(found)


def test_the_walk_sees_what_is_wrong(browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 720, "height": 450})
    page.set_content(
        "<body style='margin:0'><p style='width:2000px'>wide</p><p style='font-size:11px'>small</p>"
        "<p style='width:60px;overflow:hidden;white-space:nowrap'>longer than its place</p>"
        "<div style='position:relative'><span>first words</span>"
        "<span style='position:absolute;left:0'>second words</span></div>"
        "<button style='width:40px;white-space:nowrap;overflow:visible'>too long for it</button>"
        "<input style='width:80px' placeholder='what is to be typed here'>"
    )
    said = "\n".join(faults(page))
    for kind in (
        "wider than the window",
        "too small",
        "cut off: p",
        "upon each other",
        "cut off: button",
        "placeholder",
    ):
        assert kind in said, (kind, said)
    page.close()
