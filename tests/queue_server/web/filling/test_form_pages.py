"""The public pages of forms in a browser of 360 px, with scripts and without: whole, readable, for everybody."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from queue_server.domain.forms import read_form_code
from queue_server.web.site import LANGUAGES
from tests.queue_server.web.booking.browser import go, looked_at, telephone
from tests.queue_server.web.filling.typed import FORM, PIN, TYPED
from tests.queue_server.web.server import Centre


def type_in(page: Page, **changed: str) -> None:
    """Type and touch what a person does."""
    for name, value in (TYPED | changed).items():
        field = page.locator(f'[name="{name}"]')
        kind = field.first.evaluate("one => one.type")
        if kind in {"radio", "checkbox"}:
            page.locator(f'[name="{name}"][value="{value}"]').check()
        else:
            field.fill(value)


def go_on(page: Page) -> None:
    page.locator("form button.filled").click()


@pytest.mark.parametrize("scripts", [False, True])
def test_a_form_is_filled_in_at_home(browser: Browser, centre: Centre, scripts: bool) -> None:
    with telephone(browser, scripts=scripts) as page:
        go(page, centre, f"/forms/{centre.id}?lang=en")
        page.locator(f'a[href*="/fill/{FORM}"]').click()
        type_in(page, **{"f-surname": ""})
        go_on(page)
        expect(page.locator(".wrong-ones a")).to_have_count(1)
        page.locator(".wrong-ones a").click()
        page.locator('[name="f-surname"]').fill("ERIKSSON")
        go_on(page)
        expect(page.locator("h1")).to_have_text("Look at it once more")
        page.locator("button[name=change]").click()
        expect(page.locator('[name="f-surname"]')).to_have_value("ERIKSSON")
        expect(page.locator('[name="f-lost"][value=stolen]')).to_be_checked()
        go_on(page)
        page.locator("#pin").fill(PIN)
        go_on(page)
        code = page.locator(".form-code").inner_text()
        assert read_form_code(code)
        page.locator('a[href*="/open"]').click()
        page.locator("#code").fill(code.lower())
        page.locator("#pin").fill(PIN)
        go_on(page)
        expect(page.locator('[name="f-given-names"]')).to_have_value("ANNA MARIA")
        page.locator('[name="f-destination"]').fill("Port Aldova")
        page.locator("#the-form button.filled").click()
        expect(page.locator("h1")).to_have_text("Your changes are saved")


def test_questions_of_a_no_are_put_away_without_a_script(browser: Browser, centre: Centre) -> None:
    with telephone(browser, scripts=False) as page:
        go(page, centre, f"/forms/{centre.id}/fill/{FORM}?lang=en")
        expect(page.locator('[name="f-police-report"]')).to_be_visible()
        page.locator('[name="c-police"][value=no]').check()
        expect(page.locator('[name="f-police-report"]')).to_be_hidden()
        page.locator('[name="c-police"][value=yes]').check()
        expect(page.locator('[name="f-police-report"]')).to_be_visible()


def test_a_form_belongs_to_the_appointment_from_which_it_was_opened(browser: Browser, centre: Centre) -> None:
    with telephone(browser) as page:
        go(page, centre, f"/book/{centre.id}/people?service=uto-passport-renewal&lang=en")
        page.select_option("#age-adult", "1")
        page.locator(".foot-bar button[type=submit]").click()
        page.locator("a.day").nth(2).click()
        page.locator(".time").first.click()
        expect(page.locator("#times-form")).to_have_attribute("data-proved", "yes")
        for _ in range(2):
            page.locator(".foot-bar button[type=submit]").click()
        expect(page.locator(".shown-code")).to_be_visible()
        page.locator('a[href*="/forms/"]').click()
        expect(page.locator("h1")).to_have_text("Fill in a form at home")
        # What is not for this appointment is not offered.
        expect(page.locator(".offer")).to_have_count(1)
        page.locator(".offer").click()
        typed = {
            **{f"f-{name}": "X" for name in ("surname", "given-names", "birth-place", "address", "city")},
            "f-nationality": "UTO",
            "f-birth-date-day": "12",
            "f-birth-date-month": "8",
            "f-birth-date-year": "1974",
        }
        for name, value in typed.items():
            page.locator(f'[name="{name}"]').fill(value)
        for name, value in (
            ("c-application", "yes"),
            ("c-emergency-contact", "no"),
            ("f-sex", "x"),
            ("f-reason", "ends"),
            ("f-name-changed", "no"),
        ):
            page.locator(f'[name="{name}"][value="{value}"]').check()
        go_on(page)
        page.locator("#pin").fill(PIN)
        go_on(page)
        expect(page.locator('.foot-bar a[href*="/b/"]')).to_be_visible()


def steps(page: Page, centre: Centre, language: str) -> Iterator[str]:
    """Go through every page; each is named as it stands."""
    go(page, centre, f"/forms?lang={language}")
    yield "centres"
    go(page, centre, f"/forms/{centre.id}?lang={language}")
    yield "list"
    page.locator(f'a[href*="/fill/{FORM}"]').click()
    yield "form"
    type_in(page, **{"f-surname": "", "f-leaves-on-month": "13"})
    go_on(page)
    yield "wrong"
    page.locator('[name="f-surname"]').fill("ERIKSSON")
    page.locator('[name="f-leaves-on-month"]').fill("1")
    go_on(page)
    yield "review"
    page.locator("#pin").fill("123456")
    go_on(page)
    yield "pin"
    page.locator("#pin").fill(PIN)
    go_on(page)
    yield "saved"
    code = page.locator(".form-code").inner_text()
    page.locator('a[href*="/open"]').click()
    yield "open"
    page.locator("#code").fill("2222222222")
    page.locator("#pin").fill(PIN)
    go_on(page)
    yield "not-opened"
    page.locator("#code").fill(code)
    page.locator("#pin").fill(PIN)
    go_on(page)
    page.locator("summary").click()
    yield "opened"
    page.locator("details button").click()
    yield "wiped"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_for_everybody(browser: Browser, centre: Centre, language: str) -> None:
    with telephone(browser) as page:
        found = looked_at(page, "forms", language, steps(page, centre, language))
        assert len(found) == 22
        assert {name: wrong for name, wrong in found.items() if wrong} == {}
