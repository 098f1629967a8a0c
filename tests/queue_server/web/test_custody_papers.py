"""Papers of custody: what stands on them and in the file; in Chromium a scanner's library reads them back."""

import csv
import io
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, expect

from queue_server.web.site import LANGUAGES
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.custodian import document, does, fill_bag, hand_in, open_case, send
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.server import Centre


@pytest.fixture
def custodian(client: PageClient) -> PageClient:
    """Sign Jun Takeda in, who works at the custody desk."""
    client.enter("jun.takeda")
    return client


def handed_in_together(custodian: PageClient) -> tuple[str, list[Any]]:
    """Hand in two documents for a case, and one for another person; return the reference of the case, and all."""
    reference = open_case(custodian)
    together = hand_in(custodian, 2, application=reference, government=None)
    return reference, [*together, *hand_in(custodian, 1)]


def sealed_bag(custodian: PageClient, seal: str) -> tuple[list[Any], Any]:
    """Seal and dispatch a bag; return the documents in it, and the bag."""
    items = [item for item in hand_in(custodian, 4) if item["government"] == "UTO"]
    bag = fill_bag(custodian, items)
    custodian.get(f"/custody/list/{bag['id']}", 409)
    sealed = send(custodian, f"bags/{bag['id']}/seal", {"seal": seal})["bag"]
    send(custodian, f"bags/{seal}/dispatch", {})
    return items, sealed


def test_papers_are_read_back(browser: Browser, custodian: PageClient, tmp_path: Path) -> None:
    reference, items = handed_in_together(custodian)
    sealed_bag(custodian, "S209447")
    with Desk(browser, custodian.centre) as desk:
        desk.enter("jun.takeda")
        picture = tmp_path / "paper.png"

        def scanned(path: str, part: str) -> list[str]:
            """Read what a scanner reads of a part of the paper, at the density of a receipt printer."""
            desk.go(f"/custody/{path}")
            desk.page.locator(part).screenshot(path=picture)
            return [code.text for code in zxingcpp.read_barcodes(Image.open(picture))]

        assert scanned(f"label/{items[0]['barcode']}", ".paper-bars") == [items[0]["barcode"]]
        assert scanned("list/S209447", ".paper-bars") == ["S209447"]
        assert scanned(f"receipt/{items[2]['barcode']}", ".paper-qr") == [items[2]["barcode"]]
        for language in LANGUAGES:
            assert scanned(f"receipt/{items[1]['barcode']}?lang={language}", ".paper-qr") == [reference]
            expect(desk.page.locator("html")).to_have_attribute("lang", language)
            assert violations(desk.page) == [], language


def test_pages_of_the_desk_lead_to_their_papers(custodian: PageClient) -> None:
    (item,) = hand_in(custodian, 1)
    shown = custodian.get(f"/custody?{document(item)}")
    assert shown.one("#print-label")["href"] == f"/custody/label/{item['barcode']}"
    assert shown.one("#print-receipt")["href"] == f"/custody/receipt/{item['barcode']}"
    assert custodian.get(shown.one("#print-label")["href"]).one(".paper-label").text == item["label"]
    _, bag = sealed_bag(custodian, "S209447")
    shown = custodian.get(f"/custody?view=bag&bag={bag['id']}")
    assert shown.one("#print-list")["href"] == "/custody/list/S209447"
    assert shown.one("#list-file")["href"] == "/custody/list/S209447/file"


@pytest.fixture(params=LANGUAGES)
def reader(request: pytest.FixtureRequest, centre: Centre) -> Iterator[PageClient]:
    """Give a custodian who reads one of the languages."""
    with PageClient(centre, language=request.param) as custodian:
        custodian.enter("jun.takeda")
        yield custodian


def test_a_receipt_names_all_that_was_handed_in_together(reader: PageClient) -> None:
    reference, items = handed_in_together(reader)
    page = reader.get(f"/custody/receipt/{items[1]['barcode']}")
    assert page.one(".paper-number b").text == reference
    assert page.texts(".paper li bdi") == [item["label"] for item in items[:2]]
    assert page.has(".paper-qr svg")
    alone = reader.get(f"/custody/receipt/{items[2]['barcode']}")
    assert alone.texts(".paper li bdi") == [items[2]["label"]]
    assert not alone.has(".paper-number")


def test_the_list_of_a_bag_is_on_paper_and_a_file_with_one_hash(custodian: PageClient) -> None:
    items, bag = sealed_bag(custodian, "S209447")
    digest = bag["manifest"]
    page = custodian.get("/custody/list/S209447")
    assert page.one(".paper-digest").text.replace(" ", "") == f"SHA-256{digest}"
    # What becomes of an item afterwards changes nothing on the list that it left with.
    send(custodian, "bags/S209447/acknowledge", {})
    back = send(custodian, "bags", {"government": "UTO", "direction": "back", "seal": "UT-9"})["bag"]
    send(custodian, f"bags/{back['id']}/unpack", {"item": items[0]["label"], "condition": ["wet"]})
    file = custodian.get("/custody/list/S209447/file").html
    assert sha256(file.encode()).hexdigest() == digest
    rows = list(csv.DictReader(io.StringIO(file, newline="")))
    assert [row["label"] for row in rows] == [item["barcode"] for item in items]
    assert rows[0]["condition"] == "torn photo-damaged"
    does(custodian, items[0], "ready")


def test_nobody_prints_what_is_not_there(custodian: PageClient) -> None:
    for path in ("label/D99999", "receipt/nothing", "list/S0000", "list/S0000/file"):
        custodian.get(f"/custody/{path}", 404)
