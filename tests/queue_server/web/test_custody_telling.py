"""How somebody is told, given or put right later: by scanner and keyboard, and nothing of it in an address."""

import re

from playwright.sync_api import Request, expect

from tests.queue_server.web.custodian import hand_in, ready
from tests.queue_server.web.custody_browser import CustodyBrowser

ADDRESS = "amina.example@example.org"
NUMBER = "33612345678"


def test_a_contact_given_later_is_written_down_by_scanner_and_keyboard(custody: CustodyBrowser) -> None:
    page, asked = custody.page, list[str]()

    def keep(request: Request) -> None:
        asked.append(request.url)

    page.on("request", keep)
    (item,) = hand_in(custody, 1)
    custody.press("Alt+Digit7")
    expect(page.locator("#waits-head")).to_have_text("No document is chosen")
    custody.scan(item["barcode"])
    expect(page.locator("#waits-head")).to_contain_text(item["label"])
    # Nothing is sent without a word of where to.
    custody.press("F2")
    expect(page.locator("dialog[open] [name=email]")).to_be_focused()
    custody.press("Enter")
    expect(page.locator("dialog[open]")).to_be_visible()
    page.keyboard.type("amina at example")
    custody.press("Enter")
    expect(page.locator("dialog[open] [data-error]")).to_contain_text("This is no e-mail address")
    page.locator("dialog[open] [name=email]").fill(ADDRESS)
    page.locator("dialog[open] [name=language]").select_option("ar")
    custody.press("Enter")
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(page.locator(".item-facts").first).to_contain_text("by e-mail, in Arabic")
    custody.is_at_field()
    # The same from the page of the document: the telephone alone will do.
    custody.press("F7")
    expect(page.locator(".sleeve")).to_contain_text(item["label"])
    custody.press("F9")
    custody.press("Digit8")
    expect(page.locator("dialog[open] [name=email]")).to_have_value("")
    custody.press("Tab")
    page.keyboard.type("+33 6 12 34 56 78")
    custody.press("Enter")
    expect(page.locator(".item-facts")).to_contain_text("by telephone, in Arabic")
    # Once it is ready they are called, and that is noted.
    ready(custody, item)
    custody.press("Alt+Digit7")
    custody.scan(item["barcode"])
    expect(page.locator("#act-notified")).not_to_have_attribute("aria-disabled", "true")
    custody.press("F4")
    expect(page.locator(".rail .custody-chain")).to_contain_text("told by us")
    # They ask to be told nothing any more.
    custody.press("F6")
    custody.press("Enter")
    expect(page.locator(".item-facts").first).to_contain_text("nobody knows how")
    expect(page.locator("#act-send")).to_have_attribute("aria-disabled", "true")
    # Whatever stands between the digits; ids are of random ones, so the whole number is looked for.
    assert not [url for url in asked if "amina" in url or NUMBER in re.sub(r"%..|[^0-9]", "", url)]
