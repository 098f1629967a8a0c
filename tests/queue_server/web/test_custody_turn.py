"""Scans and keys of the custody desk that are faster than the page: each is done on what the one before it left."""

from playwright.sync_api import expect

from tests.queue_server.web.custodian import hand_in, state
from tests.queue_server.web.custody_browser import NOT_COME, QuickDesk


def is_ready(custody: QuickDesk, item: dict[str, str]) -> None:
    """Wait until the page shows this document, ready to be collected."""
    custody.shows(item)
    expect(custody.page.locator(".item-state")).to_contain_text("Ready to be collected")


def test_a_key_behind_a_scan_is_for_what_was_scanned(custody: QuickDesk) -> None:
    before, behind, on_the_way, *others = hand_in(custody, 6)
    custody.show(before)
    # The key comes right behind the scan.
    custody.hold()
    custody.scan(behind["barcode"])
    custody.press("F3")
    custody.is_held()
    custody.said(behind["label"])
    custody.shows(before)
    custody.let_come()
    is_ready(custody, behind)
    # The key comes while the page is on its way.
    custody.hold()
    custody.scan(on_the_way["barcode"])
    custody.is_held()
    custody.press("F3")
    custody.shows(behind)
    custody.let_come()
    is_ready(custody, on_the_way)
    assert state(custody, before) == "kept"
    # Scans and keys in turn, without a look at the page.
    for item in others:
        custody.scan(item["barcode"])
        custody.press("F3")
    is_ready(custody, others[-1])
    assert [state(custody, item) for item in others] == ["ready"] * len(others)


def test_on_a_page_from_before_nothing_is_done(custody: QuickDesk) -> None:
    page, sent = custody.page, list[str]()
    items, (clicked,) = hand_in(custody, 3), hand_in(custody, 1)
    custody.show(items[0])
    page.on("request", lambda request: sent.append(request.url) if request.url.endswith("/ready") else None)
    # A mouse does not press what stands there from before.
    custody.hold()
    custody.scan(clicked["barcode"])
    custody.is_held()
    page.click("#act-ready")
    custody.said(NOT_COME)
    custody.let_come()
    custody.shows(clicked)
    assert not sent
    page.click("#act-ready")
    is_ready(custody, clicked)
    assert state(custody, items[0]) == "kept"
    custody.show(items[0])
    sent.clear()
    # A page does not come. What was typed behind it was meant for a page that is not there either.
    custody.hold()
    for item in items[1:]:
        custody.scan(item["barcode"])
        custody.press("F3")
    custody.cut_off()
    custody.said(NOT_COME)
    custody.shows(items[0])
    assert not sent
    # The next press fetches it.
    custody.let_come()
    custody.press("F3")
    is_ready(custody, items[1])
    assert [state(custody, item) for item in items] == ["kept", "ready", "kept"]
