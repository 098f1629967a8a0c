"""The public pages of forms in a browser of 360 px: whole, readable, for everybody."""

from collections.abc import Iterator

from playwright.sync_api import Browser, Page, expect

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


def questions_of_a_no_are_put_away(page: Page) -> None:
    """Say no and yes: the style sheet hides and shows what belongs to the answer, also without a script."""
    expect(page.locator('[name="f-police-report"]')).to_be_visible()
    page.locator('[name="c-police"][value=no]').check()
    expect(page.locator('[name="f-police-report"]')).to_be_hidden()
    page.locator('[name="c-police"][value=yes]').check()
    expect(page.locator('[name="f-police-report"]')).to_be_visible()


def steps(page: Page, centre: Centre, language: str) -> Iterator[str]:
    """Go through every page; each is named as it stands."""
    go(page, centre, f"/forms?lang={language}")
    yield "centres"
    go(page, centre, f"/forms/{centre.id}?lang={language}")
    yield "list"
    page.locator(f'a[href*="/fill/{FORM}"]').click()
    yield "form"
    questions_of_a_no_are_put_away(page)
    type_in(page, **{"f-surname": "", "f-leaves-on-month": "13"})
    go_on(page)
    expect(page.locator(".wrong-ones a")).to_have_count(2)
    page.locator(".wrong-ones a").first.click()
    expect(page.locator('[name="f-surname"]')).to_be_in_viewport()
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


def test_every_page_is_for_everybody(browser: Browser, centre: Centre) -> None:
    """No rule of axe is broken, nothing is cut off or too small, also with letters of twice the size.

    In other languages and without scripts ``tests/journeys/pages`` looks.
    """
    with telephone(browser) as page:
        found = looked_at(page, "forms", "ar", steps(page, centre, "ar"))
        assert {name: wrong for name, wrong in found.items() if wrong} == {}
        assert len(found) == 11
