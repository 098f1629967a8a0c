"""Checks with axe-core, and of pages at twice their size, find what is wrong. ``test_walk`` walks past all pages."""

from playwright.sync_api import Browser

from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.geometry import unreachable


def test_axe_finds_what_is_wrong(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(
        '<html lang="en"><title>x</title><main><h1>x</h1><button></button><p style="color:#ccc">pale words</p>'
    )
    assert {found.split(":")[0] for found in violations(page)} >= {"button-name", "color-contrast"}
    page.close()


def test_of_rows_that_are_alike_two_are_judged_and_of_others_each(browser: Browser) -> None:
    """A row is like another one if they differ in words and addresses alone."""
    with browser.new_page() as page:
        rows = [f'<li id="row-{number}"><b>Row {number}</b> <a href="/{number}">go {number}</a>' for number in range(9)]
        page.set_content(f'<html lang="en"><title>x</title><main><h1>x</h1><ul>{"".join(rows)}</ul></main>')
        assert violations(page) == []
        page.locator("li:last-child b").evaluate("one => { one.style.color = '#ccc'; }")
        (found,) = violations(page)
        assert "Row 8" in found
        page.locator("li:last-child b").evaluate("one => { one.style.color = ''; }")
        page.locator("li:nth-child(5) a").evaluate("one => { one.textContent = ''; }")
        (found,) = violations(page)
        assert found.startswith("link-name: ")
        page.locator("li").evaluate_all(
            "all => all.forEach((one) => { one.className = 'a'; one.style.color = '#ccc'; })"
        )
        assert 4 <= len(violations(page)) <= 8


SIZES = ((1280, 720), (1440, 900), (1920, 1080))


def large_letters(desk: Desk) -> None:
    """Check the page at twice its size: it scrolls one way alone, and every control can be reached."""
    desk.page.set_viewport_size({"width": 720, "height": 450})
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= 720
    assert unreachable(desk.page) == []
    desk.page.set_viewport_size({"width": 1440, "height": 900})
