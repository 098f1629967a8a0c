"""An empty desk locks itself in Chromium, and goes on where it was; whatever a stranger does at it opens nothing."""

from playwright.sync_api import Browser, expect

from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.server import Centre
from tests.queue_server.web.test_account import person
from tests.queue_server.web.test_lock import is_locked, is_open, type_password
from tests.queue_server.web.walks.public import DESK_LOOKS, Looks, faults_in
from tests.queue_server.web.walks.walk import SMALLEST


def test_all_pages_of_a_browser_lock_together_and_when_nobody_is_at_the_keys(browser: Browser, centre: Centre) -> None:
    """The clock of the browser is driven in the end: ten minutes are over at once."""
    password = person(centre, "sami.khan", "manager")
    with Desk(browser, centre) as desk:
        desk.may_be_cut = True
        desk.enter("sami.khan", password)
        desk.is_live()
        other = desk.context.new_page()
        other.goto(centre.server.address + "/account")
        expect(other.locator("#page")).to_have_attribute("data-live", "on")
        desk.press("Shift+KeyL")
        is_locked(desk.page)
        is_locked(other)
        type_password(other, password)
        is_open(other)
        is_open(desk.page)
        other.close()
        desk.page.clock.install()
        desk.go("/account")
        desk.is_live()
        desk.page.clock.run_for(9 * 60_000)
        desk.page.mouse.move(200, 200)
        desk.page.clock.run_for(9 * 60_000)
        is_open(desk.page)
        desk.page.clock.run_for(2 * 60_000)
        is_locked(desk.page)


def lock_faults(browser: Browser, centre: Centre, looks: Looks) -> list[str]:
    """Lock one desk in one language after another: asleep, awake, and its own page; axe-core judges the Arabic one."""
    password, found = person(centre, "vera.ilic", "reception"), list[str]()
    with Desk(browser, centre, size=SMALLEST) as desk:

        def look(where: str, language: str) -> None:
            found.extend(faults_in(desk.page, f"{where}, {language}", looks[language]))
            if language == "ar":
                found.extend(f"{where}: {fault}" for fault in violations(desk.page))

        desk.may_be_cut = True
        desk.enter("vera.ilic", password)
        for language in looks:
            desk.go(f"/reception?lang={language}")
            desk.is_live()
            desk.page.locator("[data-lock-now]").click()
            is_locked(desk.page)
            look("asleep", language)
            desk.page.keyboard.press("x")
            expect(desk.page.locator("#lock-password")).to_be_focused()
            look("awake", language)
            desk.go(f"/locked?lang={language}")
            look("its own page", language)
            desk.page.fill("#password", password)
            desk.page.press("#password", "Enter")
            desk.page.wait_for_url("**/reception*")
    return found


def test_the_lock_is_whole_and_accessible(browser: Browser, centre: Centre) -> None:
    found = lock_faults(browser, centre, DESK_LOOKS)
    assert not found, "\n".join(found)
