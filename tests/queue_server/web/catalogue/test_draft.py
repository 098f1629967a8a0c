"""Administrators write a draft of the set-up, are told what is wrong where it stands, and put it in force."""

import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Browser, expect

from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.geometry import faults
from tests.queue_server.web.reader import arrive
from tests.queue_server.web.server import PASSWORD, Centre

#: The day after tomorrow is to come in every time zone.
DAY = (datetime.now(UTC).date() + timedelta(days=2)).isoformat()
SERVICE = "uto-passport-renewal"


def edit(desk: Desk, section: str, ident: str) -> None:
    """Go to the form of a part, as people do."""
    desk.page.locator(f'.catalogue-sections [href$="section={section}"]').click()
    desk.page.locator(f"#part-{section}-{ident} summary").click()
    desk.page.locator(f"#part-{section}-{ident} a").click()
    desk.page.wait_for_url("**/catalogue/edit?*")
    desk.is_live()


def auditors_see(browser: Browser, centre: Centre) -> None:
    """Look at what was done as an auditor does."""
    with Desk(browser, centre) as auditor:
        auditor.enter("omar.sayed")
        auditor.go("/audit?view=acted")
        acts = auditor.page.locator(".audit-table tbody tr").filter(has_text="Vera Lindqvist")
        expect(acts).to_have_count(2)
        expect(acts.nth(0)).to_contain_text("Withdrew a planned set-up")
        expect(acts.nth(1)).to_contain_text("Planned a set-up")
        expect(acts.nth(1)).to_contain_text(f"from {DAY} on")


def test_a_draft_is_written_refused_put_in_force_and_undone(browser: Browser, centre: Centre) -> None:
    arrive(centre, service=SERVICE)
    with Desk(browser, centre) as desk:
        page = desk.page
        desk.enter("vera.lindqvist")
        edit(desk, "services", SERVICE)
        assert violations(page) == []
        assert faults(page) == []
        page.fill('[name="f.name.en"]', "Passport again")
        page.fill('[name="f.name.fr"]', "Passeport encore")
        # A field is checked when it is left, by what checks an import.
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
        told = page.locator(".catalogue-differences li")
        expect(told).to_have_count(3)
        expect(told.nth(0)).to_contain_text("then: Passport again")
        expect(page.locator(".kiosk-screen[lang=fr]")).to_contain_text("Passeport encore")
        expect(page.locator(".kiosk-screen[lang=ar][dir=rtl] .kiosk-tiles li").first).to_be_visible()
        assert violations(page) == []
        # What other sections name cannot go alone, and who waits for it is counted.
        edit(desk, "services", SERVICE)
        page.get_by_role("button", name="Take it out").click()
        page.wait_for_url("**/catalogue?section=services&done=saved")
        page.get_by_role("link", name="There is a draft").click()
        expect(page.locator(".catalogue-main p.st.bad")).to_contain_text("names something that is not set up")
        expect(page.locator(".catalogue-uses")).to_contain_text("1 visit is under way for Renew a passport")
        expect(page.locator("#put-in-force")).to_have_count(0)
        page.get_by_role("button", name="Throw the draft away").click()
        page.wait_for_url("**/catalogue?done=dropped")
        edit(desk, "services", SERVICE)
        page.fill('[name="f.name.en"]', "Passport again")
        page.click("#store-part")
        page.wait_for_url("**/catalogue?section=services&done=saved")
        page.get_by_role("link", name="There is a draft").click()
        page.check('#put-in-force [value="day"]')
        page.fill("#from-day", DAY)
        page.fill("#force-password", PASSWORD)
        page.get_by_role("button", name="Put the draft in force").click()
        page.wait_for_url("**/catalogue?done=planned")
        page.get_by_role("link", name="Another one counts from").click()
        expect(told).to_have_count(1)
        page.get_by_role("button", name="Withdraw it").click()
        page.wait_for_url("**/catalogue?done=withdrawn")
    auditors_see(browser, centre)


def test_a_second_administrator_is_told_and_forms_are_changed_as_text(browser: Browser, centre: Centre) -> None:
    with Desk(browser, centre) as desk, Desk(browser, centre) as other:
        page = desk.page
        for one in (desk, other):
            one.enter("vera.lindqvist")
            one.go("/catalogue/edit?section=counters&part=0")
            one.is_live()
        page.fill('[name="f.name"]', "77")
        page.click("#store-part")
        page.wait_for_url("**/catalogue?section=counters&done=saved")
        other.page.fill('[name="f.name"]', "78")
        other.page.click("#store-part")
        expect(other.page.locator("#refused")).to_contain_text("Somebody else has changed the draft")
        expect(other.page.locator('[name="f.name"]')).to_have_value("78")
        page.get_by_role("link", name="There is a draft").click()
        page.fill("#force-password", PASSWORD)
        page.get_by_role("button", name="Put the draft in force").click()
        page.wait_for_url("**/catalogue?done=put-back")
        expect(page.locator("#in-force")).to_contain_text("Version 2 is in force")
        # What no form is good for is changed as text, with its comments.
        desk.go("/catalogue/edit?section=forms")
        text = page.input_value("#section-text")
        page.fill("#section-text", text.replace("[[forms]]", "[[forms]]\nnonsense = 1", 1))
        page.click("#store-part")
        expect(page.locator("#refused")).to_contain_text("nonsense")
        page.fill("#section-text", f"# looked through\n{text}")
        page.click("#store-part")
        page.wait_for_url(re.compile("section=forms"))
        page.get_by_role("link", name="There is a draft").click()
        expect(page.locator(".catalogue-main")).to_contain_text("It says the same as what is in force.")
