"""Managers write what people read: the editor in Chromium, and on rendered HTML what became of each page."""

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from queue_server.information import store
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.html_page import Element, HtmlPage
from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.server import Centre

ROWS = ".information-table tbody tr"
DIRECTIONS, HOURS = "how-to-get-here", "opening-hours"


# --- in a browser --------------------------------------------------------------------------------------------------


@contextmanager
def manager(browser: Browser, centre: Centre) -> Iterator[Desk]:
    with Desk(browser, centre) as desk:
        desk.enter("elin.marsh")
        desk.page.get_by_role("link", name="Information").click()
        desk.page.wait_for_url("**/information")
        yield desk


def text(language: str) -> str:
    return f'[data-language="{language}"] [data-part="text"]'


REDRAWN = """() => new Promise((done) => {
  const page = document.querySelector("[data-live]");
  page.addEventListener("htmx:after:swap", () => done(), {once: true});
  htmx.trigger(page, "live:refresh");
})"""


def test_a_page_is_written_changed_taken_out_and_put_back(browser: Browser, written: Centre) -> None:
    with manager(browser, written) as desk:
        page = desk.page
        row = page.locator(ROWS).filter(has_text="Toilets")
        page.get_by_role("link", name="Write a new page").click()
        page.locator('[name="topic"]').fill("toilets")
        page.locator('[name="owner"]').fill("Front of house")
        for language, title, words in (("en", "Toilets", "Behind the stairs."), ("fr", "Toilettes", "Au fond.")):
            page.locator(f'[data-language="{language}"] [data-part="title"]').fill(title)
            page.locator(text(language)).fill(words)
        page.locator('[data-contact] [data-part="telephone"]').last.fill("112")
        page.locator('[data-contact] [data-name="en"]').last.fill("Porter")
        page.get_by_role("button", name="Store the page").click()
        expect(page.locator("#editor-said")).to_contain_text("no telephone number")
        page.locator('[data-contact] [data-part="telephone"]').last.fill("+32 2 555 01 42")
        page.get_by_role("button", name="Store the page").click()
        page.wait_for_url("**/information?done=saved")
        expect(page.locator(".done")).to_be_visible()
        expect(row.locator(".st.bad")).to_have_count(1)
        row.get_by_role("link").click()
        expect(page.locator("#editor")).to_contain_text("stored by Elin Marsh")
        # Keys alone store it. The other language is behind, until somebody says that it is not.
        page.locator(text("en")).fill("In front of the stairs.")
        page.locator(text("en")).press("Control+Enter")
        page.wait_for_url("**/information?done=saved")
        expect(row.locator(".st.bad")).to_have_count(2)
        row.get_by_role("link").click()
        page.locator('[data-part="confirmed"]').check()
        page.get_by_role("button", name="Store the page").click()
        page.wait_for_url("**/information?done=saved")
        expect(row.locator(".st.bad")).to_have_count(1)
        row.get_by_role("link").click()
        page.get_by_text("Take this page out").click()
        page.get_by_role("button", name="Take it out").click()
        page.wait_for_url("**/information?done=removed")
        expect(row).to_have_count(0)
        page.locator("#taken-out summary").click()
        # Whatever happens at the centre draws the page anew; what was unfolded stays so.
        page.evaluate(REDRAWN)
        page.locator("#taken-out a").click()
        page.get_by_role("button", name="Store the page").click()
        page.wait_for_url("**/information?done=saved")
        expect(row).to_have_count(1)


# --- without a browser ---------------------------------------------------------------------------------------------


def opened(client: PageClient, topic: str, version: str = "") -> HtmlPage:
    return client.get(f"/information/edit?topic={topic}{version}")


def put(client: PageClient, topic: str, page: HtmlPage, language: str = "", words: str = "", **changed: Any) -> None:
    """Store a page of the demo as the editor does, with another text in one language."""
    (demo,) = (one for one in tomllib.loads(store.demo_pages()[0])["pages"] if one["topic"] == topic)
    texts = demo["texts"] | ({language: demo["texts"][language] | {"text": words}} if language else {})
    facts = {name: page.one("#editor").fields()[name] for name in ("kind", "owner", "reviewed")}
    version = int(page.one("#editor")["data-version"])
    client.api(f"information/pages/{topic}", {"version": version, "texts": texts} | facts | changed)


def row_of(page: HtmlPage, title: str) -> Element:
    return page.with_text(ROWS, title)


def states(row: Element) -> tuple[int, int]:
    """Count the languages of a page that are up to date, and those that are not."""
    return len(row.all(".language-state .st.good")), len(row.all(".language-state .st.bad"))


@pytest.fixture
def office(written: Centre, client: PageClient) -> PageClient:
    """Give a manager of a centre with pages."""
    assert client.centre is written
    page = client.enter("elin.marsh")
    assert client.get(page.role("link", "Information")["href"]).address.endswith("/information")
    return client


def test_a_language_that_was_left_is_behind_until_somebody_says_it_is_not(office: PageClient) -> None:
    row = row_of(office.get("/information"), "Opening hours")
    assert states(row) == (3, 0)
    page = office.get(row.one("a")["href"])
    assert page.all("[data-part=confirmed]") == []
    put(office, HOURS, page, "en", "{{hours}}\n\nWe never sleep.")
    page = office.get("/information?done=saved")
    assert page.one(".done").text
    assert states(row_of(page, "Opening hours")) == (1, 2)
    page = opened(office, HOURS)
    assert [
        column["data-language"] for column in page.all("[data-language]") if column.has("[data-part=confirmed]")
    ] == [
        "fr",
        "ar",
    ]
    put(office, HOURS, page, "en", "{{hours}}\n\nWe never sleep.", confirmed=["fr", "ar"])
    assert states(row_of(office.get("/information"), "Opening hours")) == (3, 0)
    shown = office.get(f"/info/opening-hours?centre={office.centre.id}&lang=en")
    assert "We never sleep." in shown.one(".information-text").text


def test_what_became_of_a_page_is_seen_and_an_earlier_version_comes_back(office: PageClient) -> None:
    page = opened(office, DIRECTIONS)
    before = page.one('[data-language="en"] [data-part="text"]').text
    # Of a page that was stored once there is nothing to compare.
    assert not page.has(".information-past")
    put(office, DIRECTIONS, page, "en", "Tram 5.")
    put(office, DIRECTIONS, opened(office, DIRECTIONS), "en", "Tram 5.", owner="Hall")
    page = opened(office, DIRECTIONS)
    assert page.one('[data-language="en"] [data-part="text"]').text == "Tram 5."
    versions = page.all(".information-past li")
    assert len(versions) == 3
    assert "Elin Marsh · Changed: owner, days or contacts" in versions[0].text
    assert "Changed: English" in versions[1].text
    assert "Written new" in versions[2].text
    old = office.get(versions[2].one("a")["href"])
    assert old.has("#old-version")
    assert old.one('[data-language="en"] [data-part="text"]').text == before
    # It is stored in the place of the newest one.
    put(office, DIRECTIONS, old)
    page = opened(office, DIRECTIONS)
    assert not page.has("#old-version")
    assert page.one('[data-language="en"] [data-part="text"]').text == before
    assert len(page.all(".information-past li")) == 4
    office.get("/information/edit?topic=fees&version=9", 404)


def test_a_page_that_was_taken_out_comes_back(office: PageClient) -> None:
    page = opened(office, DIRECTIONS)
    assert page.has("#remove-page")
    assert not office.get("/information").has("#taken-out")
    version = int(page.one("#editor")["data-version"])
    office.api(f"information/pages/{DIRECTIONS}/remove", {"version": version})
    page = office.get("/information?done=removed")
    assert page.one(".done").text
    assert "How to get here" not in page.one(".information-table").text
    page = office.get(page.one("#taken-out a")["href"])
    assert not page.has("#remove-page")
    put(office, DIRECTIONS, page)
    page = office.get("/information")
    assert states(row_of(page, "How to get here")) == (3, 0)
    assert not page.has("#taken-out")


def test_only_managers_write(clerk: PageClient) -> None:
    for path in ("/information", "/information/edit"):
        clerk.get(path, 403)
