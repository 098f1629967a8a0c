"""Forms of a visit on a page of staff: filled in together, opened with code and PIN, read by whoever serves."""

from itertools import product

from playwright.sync_api import Browser, Page, expect

from queue_server.web.site import LANGUAGES
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.booking.phone import Phone
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.filling.typed import FORM, PIN, TYPED, code_of, save
from tests.queue_server.web.reception_desk import receive
from tests.queue_server.web.server import Centre
from tests.queue_server.web.test_counter_money import Till

SIZES = ((1440, 900), (720, 450))


def type_in(page: Page) -> None:
    for name, value in TYPED.items():
        field = page.locator(f'[name="{name}"]')
        if field.first.evaluate("one => one.type") in {"radio", "checkbox"}:
            page.locator(f'[name="{name}"][value="{value}"]').check()
        else:
            field.fill(value)


def serve(till: Till, centre: Centre) -> str:
    visit = centre.issue(FORM)
    till.fetch(visit.code)
    till.press("Enter")
    till.stage("serving")
    return visit.id


def test_a_form_is_filled_in_together_at_the_counter(browser: Browser, centre: Centre) -> None:
    with Till(browser, centre) as till:
        till.sit("ines.moreau")
        serve(till, centre)
        page = till.page
        expect(page.locator("#visit-forms")).to_have_text("Forms")
        page.locator("#visit-forms").click()
        page.locator(f'a[href*="form={FORM}"]').click()
        type_in(page)
        page.locator('[name="f-surname"]').fill("")
        page.locator("main form button.filled").click()
        expect(page.locator(".wrong-ones a")).to_have_text("Surname")
        page.locator('[name="f-surname"]').fill("ERIKSSON")
        page.locator("main form button.filled").click()
        page.locator('a[href*="filled="]').click()
        expect(page.locator('[name="f-surname"]')).to_have_value("ERIKSSON")
        expect(page.locator('[name="f-stolen-number"]')).to_have_value("L898902C3")
        page.locator('[name="f-surname"]').fill("SMITH")
        page.locator("main form button.filled").click()
        page.locator('a[href*="filled="]').click()
        expect(page.locator('[name="f-surname"]')).to_have_value("SMITH")
        page.keyboard.press("Escape")
        expect(page.locator("#visit-forms")).to_have_text("1 form filled in")
        page.locator("#visit-forms").click()
        page.locator('a[href*="filled="]').click()
        page.locator("summary").click()
        page.locator("details button").click()
        expect(page.locator('a[href*="filled="]')).to_have_count(0)


def test_what_is_being_typed_stays_while_the_day_goes_on(browser: Browser, centre: Centre) -> None:
    with Till(browser, centre) as till:
        till.sit("ines.moreau")
        visit = serve(till, centre)
        page = till.page
        till.go(f"/visit-forms?visit={visit}&form={FORM}")
        page.locator('[name="f-surname"]').fill("ERIKS")
        cursor = page.locator("#now").get_attribute("data-cursor")
        with page.expect_response("**/visit-forms/page?*"):
            centre.issue(FORM)
        expect(page.locator('[name="f-surname"]')).to_have_value("ERIKS")
        assert cursor is not None


def test_a_form_from_home_is_opened_at_the_reception(browser: Browser, centre: Centre, phone: Phone) -> None:
    code = code_of(save(phone))
    visit = centre.issue(FORM)
    with Desk(browser, centre) as reception:
        page = receive(reception)
        reception.go(f"/visit-forms?visit={visit.id}")
        page.locator("#code").fill(code)
        page.locator("#pin").fill("314159")
        page.locator(".visit-forms-open button").click()
        expect(page.locator("main .error")).to_contain_text("Code and PIN do not open a form.")
        page.locator("#code").fill(code.lower())
        page.locator("#pin").fill(PIN)
        page.locator(".visit-forms-open button").click()
        expect(page.locator('[name="f-surname"]')).to_have_value("ERIKSSON")
        assert code not in page.url


def test_every_page_of_it_is_for_everybody(browser: Browser, centre: Centre) -> None:
    with Till(browser, centre) as till:
        till.sit("ines.moreau")
        visit = serve(till, centre)
        page, found = till.page, []
        for query, language in product((f"visit={visit}", f"visit={visit}&form={FORM}"), LANGUAGES):
            till.go(f"/visit-forms?{query}&lang={language}")
            expect(page.locator("html")).to_have_attribute("lang", language)
            for width, height in SIZES:
                page.set_viewport_size({"width": width, "height": height})
                expect(page.locator("#head")).to_be_visible()
                wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
                if wide > 0:
                    found.append(f"{query}, {language}, {width}: {wide} px too wide")
                # The structure of a page is the same in all languages.
                if language == "ar":
                    found += [f"{query}, {width}: {broken}" for broken in violations(page)]
        assert not found
