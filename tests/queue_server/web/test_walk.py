"""A walk over the pages of staff, state by state: nothing is cut off, hidden, too small, or upon something else.

The main state of each page is looked at in Arabic in the smallest window, and in English with large letters, there by
axe-core too. ``tests/journeys/pages`` looks at all states, in every language and window.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.queue_server.house import KNOWN
from tests.queue_server.web.geometry import faults
from tests.queue_server.web.server import Centre
from tests.queue_server.web.succession import Succession
from tests.queue_server.web.walks.every_walk import LOOKED_AT_ELSEWHERE, WALKS
from tests.queue_server.web.walks.public import DESK_LOOKS, PHONE_LOOKS, sign_in_faults, ticket_faults
from tests.queue_server.web.walks.walk import LARGE_LETTERS, MANY, SMALLEST, Plan, Walk, Walker, faults_of

PLAN = Plan((SMALLEST, LARGE_LETTERS), dialog_sizes=(LARGE_LETTERS,), many=MANY)


@pytest.fixture(scope="module")
def walker(browser: Browser, processes: Succession) -> Iterator[Walker]:
    server = processes.current()
    with Walker(browser, Centre(server, server.unused[0]), size=SMALLEST) as walker:
        yield walker


def test_every_page_of_staff_is_walked() -> None:
    """A page is what has an address without a parameter, and a part that is fetched anew."""
    parts = {page.path.removesuffix("/page") for page in KNOWN.pages if page.path.endswith("/page")}
    assert parts == {walk.path for walk in (*WALKS, *LOOKED_AT_ELSEWHERE)}


@pytest.mark.timeout(300)
@pytest.mark.parametrize("walk", WALKS, ids=str)
def test_nothing_is_cut_off_hidden_or_too_small(walker: Walker, centre: Centre, walk: Walk) -> None:
    found = faults_of(walk, PLAN, walker, centre)
    assert not found, "\n".join(found)


def test_signing_in_is_not_cut_off_and_accessible(browser: Browser, centre: Centre) -> None:
    found = sign_in_faults(browser, centre, DESK_LOOKS)
    assert not found, "\n".join(found)


@pytest.mark.timeout(120)
def test_a_phone_shows_its_ticket_whole(browser: Browser, centre: Centre) -> None:
    """On phones of 320 to 430 pixels, in large letters, and as axe-core judges it."""
    found = ticket_faults(browser, centre, PHONE_LOOKS)
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
