"""A counter whose browser fell silent, in Chromium: a colleague gives back whom it has."""

from pathlib import Path

from playwright.sync_api import Browser

from tests.queue_server.web.desk import Desk
from tests.queue_server.web.server import CENTRES, Centre, Server

SETTINGS = "[accounts]\ntouch_after_s = 1\nhand_back_after_s = 2\n"


def test_a_silent_counter_gives_back_whom_it_has(browser: Browser, tmp_path: Path) -> None:
    with Server(tmp_path / "data", SETTINGS, CENTRES[:1]) as server:
        centre = Centre(server, CENTRES[0])
        with Desk(browser, centre) as desk:
            with Desk(browser, centre) as gone:
                gone.sign_in("samir.nasser", "4")
                gone.open()
                visit = centre.issue()
                gone.waits(1)
                gone.press("Space")
                gone.stage("called")
            desk.sign_in("ines.moreau", "3")
            desk.open()
            silent = desk.page.locator(".colleagues .silent")
            # The page finds out when it is next drawn: at the latest with the minute, here with what happens.
            while not silent.count():
                centre.issue()
                desk.page.wait_for_timeout(100)
            silent.get_by_role("button").click()
            silent.wait_for(state="detached")
            desk.press("Space")
            desk.stage("called")
            assert desk.code() == visit.code
            assert centre.events("visit-handed-back") == 1
