"""The set-up in Chromium: a field is checked when it is left, and what was refused stays while the page is updated."""

from playwright.sync_api import Browser, expect

from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.geometry import faults
from tests.queue_server.web.server import Centre

_DRAWN_ANEW = """() => new Promise((drawn) => {
  const page = document.getElementById('page');
  page.addEventListener('htmx:after:swap', () => drawn(), { once: true });
  htmx.trigger(page, 'live:refresh');
})"""


def test_a_field_is_checked_when_it_is_left_and_what_was_refused_stays(browser: Browser, changed: Centre) -> None:
    with Desk(browser, changed) as desk:
        page = desk.page
        desk.enter("vera.lindqvist")
        page.wait_for_url("**/catalogue")
        page.locator('.catalogue-sections [href$="section=services"]').click()
        page.locator("#part-services-uto-passport-renewal summary").click()
        page.locator("#part-services-uto-passport-renewal a").click()
        page.wait_for_url("**/catalogue/edit?*")
        desk.is_live()
        found = violations(page) + faults(page)
        page.fill('[name="f.name.fr"]', "Passeport encore")
        # A field is checked by what checks an import.
        page.fill('[name="f.standard_minutes"]', "999")
        page.press('[name="f.standard_minutes"]', "Tab")
        expect(page.locator("#problem-standard_minutes")).to_have_text("Write here: a whole number from 0 to 239.")
        page.click("#store-part")
        expect(page.locator("#problem-standard_minutes")).to_be_visible()
        expect(page.locator('[name="f.name.fr"]')).to_have_value("Passeport encore")
        page.fill('[name="f.standard_minutes"]', "20")
        page.click("#store-part")
        page.wait_for_url("**/catalogue?section=services&done=saved")
        page.get_by_role("link", name="There is a draft").click()
        expect(page.locator(".kiosk-screen[lang=fr]")).to_contain_text("Passeport encore")
        found += violations(page)
        page.locator("#to-history").click()
        expect(page.locator(".catalogue-history > li").first).to_be_visible()
        found += violations(page)
        page.locator("#to-undo").click()
        page.fill("#undo-password", "something else")
        page.get_by_role("button", name="Put this version in force again").click()
        expect(page.locator("#refused")).to_have_text("The password is wrong.")
        desk.is_live()
        # It is not gone with the next event of the centre.
        page.evaluate(_DRAWN_ANEW)
        expect(page.locator("#refused")).to_have_text("The password is wrong.")
        found += violations(page)
        assert found == []
