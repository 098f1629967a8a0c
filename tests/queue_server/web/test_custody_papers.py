"""Papers of custody as the browser prints them: read back by a scanner's library, in every language; and the file."""

import csv
import io
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from queue_server.web.site import LANGUAGES
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.custodian import does, hand_in, send
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.manager.office import Office
from tests.queue_server.web.server import Centre
from tests.queue_server.web.test_custody import CustodyBrowser


@pytest.fixture
def custody(browser: Browser, centre: Centre) -> Iterator[CustodyBrowser]:
    with CustodyBrowser(browser, centre) as desk:
        desk.come()
        yield desk


@pytest.fixture
def office(browser: Browser, centre: Centre) -> Iterator[Office]:
    with Office(browser, centre) as opened:
        opened.look()
        yield opened


def paper(desk: Desk, path: str) -> Page:
    page = desk.context.new_page()
    page.goto(f"{desk.server.address}/custody/{path}")
    return page


def scanned(page: Page, part: str, picture: Path) -> list[tuple[str, str]]:
    """Read what a scanner reads of a part of the paper, at the density of a receipt printer."""
    page.locator(part).screenshot(path=picture)
    return [(str(one.format), one.text) for one in zxingcpp.read_barcodes(Image.open(picture))]


def test_a_label_is_read_back(custody: CustodyBrowser, tmp_path: Path) -> None:
    (item,) = hand_in(custody, 1)
    page = paper(custody, f"label/{item['barcode']}")
    assert [text for _, text in scanned(page, ".paper-bars", tmp_path / "label.png")] == [item["barcode"]]
    expect(page.locator(".paper-label")).to_have_text(item["label"])
    custody.scan(item["barcode"])
    expect(custody.page.locator("#print-label")).to_have_attribute("href", f"/custody/label/{item['barcode']}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_receipt_names_all_that_was_handed_in_together(office: Office, tmp_path: Path, language: str) -> None:
    visit = office.centre.issue().id
    opened = office.api(f"visits/{visit}/applications", {"service": "uto-passport-renewal"})
    reference = opened["application"]["reference"]
    items = hand_in(office, 2, visit=visit, application=reference, government=None)
    alone = hand_in(office, 1)[0]
    page = paper(office, f"receipt/{items[1]['barcode']}?lang={language}")
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator(".paper-number b")).to_have_text(reference)
    expect(page.locator(".paper li bdi")).to_have_text([one["label"] for one in items])
    assert [text for _, text in scanned(page, ".paper-qr", tmp_path / "receipt.png")] == [reference]
    assert violations(page) == []
    other = paper(office, f"receipt/{alone['barcode']}?lang={language}")
    expect(other.locator(".paper li")).to_have_count(1)
    assert [text for _, text in scanned(other, ".paper-qr", tmp_path / "alone.png")] == [alone["barcode"]]


def test_the_list_of_a_bag_is_on_paper_and_a_file_with_one_hash(custody: CustodyBrowser, tmp_path: Path) -> None:
    items = [one for one in hand_in(custody, 4) if one["government"] == "UTO"]
    bag = send(custody, "bags", {"government": "UTO"})["bag"]
    for item in items:
        send(custody, f"bags/{bag['id']}/add", {"item": item["label"]})
    unsealed = custody.context.request.get(f"{custody.server.address}/custody/list/{bag['id']}")
    assert unsealed.status == 409
    sealed = send(custody, f"bags/{bag['id']}/seal", {"seal": "S209447"})["bag"]
    send(custody, "bags/S209447/dispatch", {})
    custody.scan("S209447")
    expect(custody.page.locator("#print-list")).to_have_attribute("href", "/custody/list/S209447")
    page = paper(custody, "list/S209447")
    assert [text for _, text in scanned(page, ".paper-bars", tmp_path / "list.png")] == ["S209447"]
    assert (page.locator(".paper-digest").inner_text()).replace(" ", "") == f"SHA-256{sealed['manifest']}"
    # What becomes of an item afterwards changes nothing on the list that it left with.
    send(custody, "bags/S209447/acknowledge", {})
    back = send(custody, "bags", {"government": "UTO", "direction": "back", "seal": "UT-9"})["bag"]
    send(custody, f"bags/{back['id']}/unpack", {"item": items[0]["label"], "condition": ["wet"]})
    file = custody.context.request.get(f"{custody.server.address}/custody/list/S209447/file")
    assert sha256(file.body()).hexdigest() == sealed["manifest"]
    rows = list(csv.DictReader(io.StringIO(file.body().decode(), newline="")))
    assert [row["label"] for row in rows] == [one["barcode"] for one in items]
    assert rows[0]["condition"] == "torn photo-damaged"
    does(custody, items[0], "ready")


def test_nobody_prints_what_is_not_there(custody: CustodyBrowser) -> None:
    for path in ("label/D99999", "receipt/nothing", "list/S0000", "list/S0000/file"):
        assert custody.context.request.get(f"{custody.server.address}/custody/{path}").status == 404
