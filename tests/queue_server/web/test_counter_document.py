"""The document of the visit at the counter, in Chromium against a real server."""

import sqlite3
from contextlib import closing

import msgspec
import pytest
from playwright.sync_api import Browser, expect

from queue_server.contract.base import People
from queue_server.contract.documents import DocumentReading, VerdictView
from queue_server.domain.values import VisitId
from queue_server.web.site import LANGUAGES
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.reader import (
    COPIED,
    DOUBTFUL,
    EXPIRED,
    FACELESS,
    GENUINE,
    OTHER,
    RESERVED,
    UNREVOKED,
    arrive,
)
from tests.queue_server.web.reception_desk import receive, scan, shows
from tests.queue_server.web.server import Centre


def reads(centre: Centre, visit: VisitId) -> int:
    """Count how often what was read of a visit's document was looked at, behind the server's back."""
    file = f"file:{centre.server.data / 'queue.sqlite'}?mode=ro"
    with closing(sqlite3.connect(file, uri=True)) as database:
        query = "SELECT count(*) FROM people_reads WHERE visit = ? AND purpose = 'serving'"
        return int(database.execute(query, (visit,)).fetchone()[0])


def call(desk: Desk, reading: DocumentReading | None) -> VisitId:
    """Take a ticket with what is on the reader, and call it."""
    visit = desk.centre.issue() if reading is None else arrive(desk.centre, reading)
    desk.waits(1)
    desk.press("Space")
    desk.stage("called")
    return visit.id


def line(desk: Desk, text: str) -> None:
    expect(desk.page.locator("#document .st").first).to_have_text(text)


def finish(desk: Desk) -> None:
    """Send the visit away, so that the next one comes."""
    for key in ("KeyP", "Enter"):
        desk.press(key)
    desk.stage("idle")


def test_the_line_says_what_it_came_to_and_d_says_why(desk: Desk) -> None:
    call(desk, COPIED)
    line(desk, "Document: look at it closely")
    desk.press("KeyD")
    shown = desk.page.locator("dialog[open]")
    expect(shown).to_contain_text("L898902C3")
    verdicts = shown.locator(".verdicts li")
    expect(verdicts).to_have_count(7)
    expect(verdicts.first).to_contain_text("Copy test of the chip (2)")
    expect(verdicts.first).to_contain_text(
        "The chip could not prove that it is no copy. Compare the photo with the person, then ask a supervisor."
    )
    expect(verdicts.last).to_contain_text("passed")
    expect(shown.locator(".button.filled")).to_be_focused()
    desk.press("Enter")
    expect(shown).to_have_count(0)


def test_an_expired_document_is_told_as_such(desk: Desk) -> None:
    call(desk, EXPIRED)
    line(desk, "Document read: it has expired")
    desk.press("KeyD")
    expect(desk.page.locator("dialog[open] .doc-do")).to_have_text("See whether the service takes expired documents.")


def test_where_the_chip_was_not_read_the_print_says_that_it_has_expired(desk: Desk) -> None:
    """Though it is usual for a card that its chip stays closed, its last day is what the clerk must know."""
    over = VerdictView("expiry", "failed", "document-expired")
    call(desk, msgspec.structs.replace(RESERVED, standing="refused", verdicts=(RESERVED.verdicts[0], over)))
    line(desk, "Document: by its printed lines it has expired")
    desk.press("KeyD")
    expect(desk.page.locator("dialog[open] .doc-do")).to_have_text(
        "Check the document by hand. See whether the service takes expired documents."
    )


def test_what_is_true_of_several_checks_is_said_once_and_what_to_do_stands_out(desk: Desk) -> None:
    nobody = [VerdictView(one, "not-checked", "issuer-unknown") for one in ("issuer", "validity", "issuing-state")]
    passed = VerdictView("content", "passed")
    call(desk, msgspec.structs.replace(GENUINE, standing="issuer-unknown", verdicts=(passed, *nobody)))
    line(desk, "Document read: nobody here knows its issuer")
    desk.press("KeyD")
    listed = desk.page.locator("dialog[open] .verdicts li")
    expect(listed.nth(0).locator("b")).to_have_text(
        "Authority behind the signature, Dates of the signature, State that signed it"
    )
    expect(listed.nth(0).locator("strong")).to_have_text(
        "Check the document by hand. Tell a technician: the lists of this centre may need an update."
    )
    # That no application is named yet says nothing of the document, and stands behind all that does.
    expect(listed.nth(1)).to_contain_text("The visit names no application yet.")
    expect(listed.nth(2)).to_contain_text("What was read is what was signed.")
    expect(listed).to_have_count(3)


def test_a_card_whose_chip_is_for_others_is_told_as_such(desk: Desk) -> None:
    call(desk, RESERVED)
    line(desk, "Document: its chip is for authorised devices alone")
    desk.press("KeyD")
    shown = desk.page.locator("dialog[open]")
    expect(shown.locator(".doc-do")).to_have_text(
        "That is usual for German identity cards and residence permits. Check the document by hand."
    )
    expect(shown.locator(".verdicts li")).to_have_count(3)


def test_what_was_not_read_is_not_part_of_the_line(desk: Desk) -> None:
    call(desk, FACELESS)
    line(desk, "Document read: signed, unchanged; face not read")
    desk.press("KeyD")
    expect(desk.page.locator("dialog[open] .verdicts")).to_contain_text(
        "The kiosk does not read the face in the chip. Compare the printed photo with the person."
    )


def test_what_nobody_could_look_up_is_a_degree_of_its_own(desk: Desk) -> None:
    """Without a list of what a state took back nobody knows, and the line has no tick."""
    call(desk, GENUINE)
    mark = desk.page.locator("#document .st").first
    expect(mark).to_have_class("st good")
    finish(desk)
    call(desk, UNREVOKED)
    line(desk, "Document read: signed, unchanged, no copy, signatures taken back: not checked")
    expect(mark).not_to_have_class("st good")
    desk.press("KeyD")
    expect(desk.page.locator("dialog[open] .verdicts")).to_contain_text(
        "The list of what this authority has taken back is an old one. Check the document by hand."
    )


def test_the_line_leads_to_what_to_do_and_a_number_is_put_right_first_only_where_it_is_in_doubt(desk: Desk) -> None:
    call(desk, GENUINE)
    button = desk.page.locator("#document button[data-code=KeyD]")
    expect(button).to_contain_text("Checks")
    finish(desk)
    below = """() => {
      const [form, list] = ['.doc-correct', '.verdicts'].map((one) => document.querySelector(`dialog[open] ${one}`));
      return form.getBoundingClientRect().top > list.getBoundingClientRect().top;
    }"""
    for reading, last in ((COPIED, True), (DOUBTFUL, False)):
        call(desk, reading)
        expect(button).to_contain_text("What to do")
        desk.press("KeyD")
        expect(desk.page.locator("dialog[open] .doc-correct")).to_be_attached()
        assert desk.page.evaluate(below) is last
        desk.press("Escape")
        finish(desk)


def test_a_wrong_character_of_the_number_is_put_right(desk: Desk) -> None:
    call(desk, DOUBTFUL)
    line(desk, "Document: a character of its number may be wrong")
    desk.press("KeyD")
    shown = desk.page.locator("dialog[open]")
    expect(shown.locator(".verdicts")).to_contain_text("A character in the printed lines was taken for another one.")
    shown.locator("input[name=number]").fill("l898902c3")
    desk.press("Enter")
    expect(shown).to_have_count(0)
    line(desk, "Document: only its printed lines were read")
    desk.press("KeyD")
    expect(shown).to_contain_text("L898902C3")
    expect(shown).to_contain_text("Number put right by")
    expect(shown).to_contain_text("Ines Moreau")
    expect(shown.locator(".verdicts")).to_contain_text("A character of the number was put right at this centre.")


def test_a_document_is_read_once_a_visit_and_not_at_every_redraw(desk: Desk) -> None:
    visit = call(desk, GENUINE)
    line(desk, "Document read: signed, unchanged, no copy")
    assert reads(desk.centre, visit) == 1
    for key, stage in (("Enter", "serving"), ("KeyU", "called"), ("Enter", "serving")):
        desk.press(key)
        desk.stage(stage)
    for _ in range(3):
        # Each ticket draws the page anew.
        waiting = int(desk.page.locator(".queue .count").inner_text())
        desk.centre.issue()
        desk.waits(waiting + 1)
    line(desk, "Document read: signed, unchanged, no copy")
    assert reads(desk.centre, visit) == 1


def test_without_a_document_there_is_nothing_to_open(desk: Desk) -> None:
    visit = call(desk, None)
    line(desk, "No document was read")
    desk.press("KeyD")
    expect(desk.page.locator("dialog[open]")).to_have_count(0)
    assert reads(desk.centre, visit) == 0


def test_that_of_the_visit_before_never_stands_beside_the_next(desk: Desk) -> None:
    call(desk, COPIED)
    line(desk, "Document: look at it closely")
    finish(desk)
    desk.page.route("**/counter/document", lambda route: route.fulfill(status=403, body="no"))
    call(desk, GENUINE)
    expect(desk.page.locator("#document")).to_have_text("What was read of the document cannot be shown now.")


def test_an_application_that_waits_for_the_holder_is_named_with_one_key(desk: Desk) -> None:
    call(desk, GENUINE)
    for key in ("KeyA", "Digit1", "Enter"):
        desk.press(key)
    line(desk, "Document read: signed, unchanged, no copy, the one that the application knows")
    for state in ("received", "at-authority", "returned", "ready"):
        desk.page.click("#applications summary")
        desk.page.select_option("#applications select", state)
        desk.page.click("#applications button")
        expect(desk.page.locator(f"#applications option[value={state}]")).to_have_count(0)
    finish(desk)
    call(desk, GENUINE)
    line(desk, "Document read: signed, unchanged, no copy, 1 application is ready for its holder")
    desk.press("KeyD")
    shown = desk.page.locator("dialog[open]")
    expect(shown).to_contain_text("Ready for the holder of this document")
    assert desk.page.evaluate("document.activeElement.name") == "reference"
    desk.press("Enter")
    expect(shown).to_have_count(0)
    line(desk, "Document read: signed, unchanged, no copy, the one that the application knows")
    reference = desk.page.locator("#applications b").inner_text()
    finish(desk)
    # Somebody else comes for it.
    call(desk, OTHER)
    line(desk, "Document read: signed, unchanged, no copy")
    desk.press("KeyA")
    desk.page.fill("dialog[open] input[name=reference]", reference)
    desk.press("Enter")
    line(desk, "Document read: signed, unchanged, no copy, not the one that the application knows")
    desk.press("KeyD")
    expect(desk.page.locator("dialog[open] .verdicts li").first).to_contain_text(
        "The application knows another document than this one. Ask whom they come for"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_and_nothing_is_cut_off(browser: Browser, centre: Centre, language: str) -> None:
    with Desk(browser, centre, language=language) as desk:
        desk.sign_in("ines.moreau", "3")
        desk.open()
        for reading in (COPIED, RESERVED, DOUBTFUL, FACELESS, GENUINE, None):
            call(desk, reading)
            expect(desk.page.locator("#document .st").first).to_be_visible()
            for width, height in ((1920, 1080), (1440, 900), (1280, 720)):
                desk.page.set_viewport_size({"width": width, "height": height})
                desk.fits()
                # One line in every window of a counter.
                assert (desk.page.locator("#document").bounding_box() or {"height": 99})["height"] < 48
            assert violations(desk.page) == []
            if reading is not None:
                look_at_the_dialog(desk)
            finish(desk)


def look_at_the_dialog(desk: Desk) -> None:
    desk.press("KeyD")
    shown = desk.page.locator("dialog[open]")
    expect(shown).to_be_visible()
    for opener in shown.locator("summary").all():
        opener.click()
    assert violations(desk.page) == []
    for width, height in ((1280, 720), (720, 450)):
        desk.page.set_viewport_size({"width": width, "height": height})
        box = shown.bounding_box()
        assert box is not None
        assert 0 <= box["x"] <= box["x"] + box["width"] <= width
        assert 0 <= box["y"] <= box["y"] + box["height"] <= height
        assert desk.page.evaluate("document.documentElement.scrollWidth") <= width
    desk.page.set_viewport_size({"width": 1280, "height": 720})
    desk.press("Escape")
    expect(shown).to_have_count(0)


#: Two adults, a child and a small child: the child had nothing with it, and the first adult's chip is a copy.
FAMILY = (People("adult", 2), People("child", 1), People("small-child", 1))


def come_as_a_family(desk: Desk, *more: DocumentReading) -> VisitId:
    read = (
        of(COPIED, "L898902C3", 0, "adult"),
        of(GENUINE, "D23145890", 1, "adult"),
        of(GENUINE, "K01234567", 3, "small-child"),
        *more,
    )
    visit = arrive(desk.centre, *read, people=FAMILY)
    desk.waits(1)
    desk.press("Space")
    desk.stage("called")
    return visit.id


def of(reading: DocumentReading, number: str, person: int, band: str) -> DocumentReading:
    return msgspec.structs.replace(reading, number=number, person=person, band=band)


def test_a_family_is_one_line_and_d_shows_each_document_in_turn(desk: Desk) -> None:
    visit = come_as_a_family(desk)
    line(desk, "Documents read: 3 of 4, 1 to look at")
    assert reads(desk.centre, visit) == 3
    desk.press("KeyD")
    shown = desk.page.locator("dialog[open]")
    expect(shown.locator("h2")).to_contain_text("Documents of")
    expect(shown.locator("summary > b, p > b")).to_have_text(
        ["Adults, 1 of 2", "Adults, 2 of 2", "Children", "Small children"]
    )
    expect(shown.locator(".doc-of .st").nth(0)).to_have_text("Document: look at it closely")
    expect(shown.locator("p.doc-of .st")).to_have_text("No document was read")
    # Everybody is seen at once; the one to look at is a key away, and each other one behind it.
    expect(shown.get_by_text("L898902C3")).to_be_hidden()
    desk.press("Enter")
    expect(shown.get_by_text("L898902C3")).to_be_visible()
    expect(shown.get_by_text("K01234567")).to_be_hidden()
    small = shown.locator("summary", has_text="Small children")
    small.focus()
    desk.page.keyboard.press("Enter")
    expect(shown.get_by_text("K01234567")).to_be_visible()
    desk.press("Escape")
    expect(shown).to_have_count(0)
    assert reads(desk.centre, visit) == 3


def test_whoever_is_older_than_was_said_is_a_matter_of_the_fee_and_of_no_blame(desk: Desk) -> None:
    older = msgspec.structs.replace(
        GENUINE, verdicts=(*GENUINE.verdicts, VerdictView("zone", "noted", "older-than-said"))
    )
    read = (of(GENUINE, "L898902C3", 0, "adult"), of(older, "K01234567", 1, "child"))
    arrive(desk.centre, *read, people=(People("adult", 1), People("child", 1)))
    desk.waits(1)
    desk.press("Space")
    desk.stage("called")
    line(desk, "Documents read: 2 of 2, 1 is older than was said")
    desk.press("KeyD")
    shown = desk.page.locator("dialog[open]")
    expect(shown.locator("summary").nth(1)).to_have_text(
        "Children Document read: signed, unchanged, no copy, older than was said"
    )
    desk.press("Enter")
    expect(shown.locator("details[open]")).to_contain_text(
        "By the date of birth the person is older than was said at the kiosk. Ask which fee is right."
    )


def test_in_a_family_the_number_of_the_one_that_is_meant_is_put_right(desk: Desk) -> None:
    come_as_a_family(desk, of(DOUBTFUL, "D23145891", 2, "child"))
    line(desk, "Documents read: 4 of 4, 1 to look at")
    desk.press("KeyD")
    shown = desk.page.locator("dialog[open]")
    child = shown.locator("details", has_text="Children").filter(has_not_text="Small")
    child.locator("summary").click()
    child.locator("input[name=number]").fill("D23145892")
    child.get_by_role("button", name="Put it right").click()
    expect(shown).to_have_count(0)
    # The line says the same before and after: what is opened too soon is what was there before.
    expect(desk.page.locator("[data-form=document] details").nth(2)).to_contain_text("D23145892")
    desk.press("KeyD")
    expect(shown.locator("details").nth(2)).to_contain_text("D23145892")
    expect(shown.locator("details").nth(2)).to_contain_text("Number put right by")
    expect(shown.locator("details").nth(1)).to_contain_text("D23145890")


def test_a_ticket_that_is_merged_brings_its_document_to_the_page(desk: Desk, browser: Browser) -> None:
    come_as_a_family(desk)
    line(desk, "Documents read: 3 of 4, 1 to look at")
    code = desk.page.locator(".code.big").first.inner_text()
    aunt = arrive(desk.centre, of(EXPIRED, "AUNT12345", 0, ""))
    desk.waits(1)
    with Desk(browser, desk.centre) as other:
        page = receive(other)
        scan(other, aunt.code)
        shows(other, aunt.code)
        page.click("#act-merge")
        scan(other, code.replace("\N{NO-BREAK SPACE}", ""))
        expect(page.locator("#family li")).to_have_count(2)
        page.locator("#family input").nth(1).check()
        page.click("#merge-now")
        # A page that is closed before its answer has come may not even have asked.
        shows(other, code.replace("\N{NO-BREAK SPACE}", ""))
    line(desk, "Documents read: 4 of 5, 2 to look at")
    desk.press("KeyD")
    ages = ["Adults, 1 of 3", "Adults, 2 of 3", "Adults, 3 of 3", "Children", "Small children"]
    expect(desk.page.locator("dialog[open]").locator("summary > b, p > b")).to_have_text(ages)
    expect(desk.page.locator("dialog[open] details").nth(2)).to_contain_text("AUNT12345")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_family_fits_and_axe_finds_nothing(browser: Browser, centre: Centre, language: str) -> None:
    with Desk(browser, centre, language=language) as desk:
        desk.sign_in("ines.moreau", "3")
        desk.open()
        come_as_a_family(desk)
        expect(desk.page.locator("#document .st").first).to_be_visible()
        for width, height in ((1920, 1080), (1280, 720)):
            desk.page.set_viewport_size({"width": width, "height": height})
            desk.fits()
            assert (desk.page.locator("#document").bounding_box() or {"height": 99})["height"] < 48
        look_at_the_dialog(desk)
        finish(desk)


def test_a_seal_that_was_shown_with_a_passport_stands_beside_it(desk: Desk) -> None:
    verdicts = tuple(VerdictView(one, "passed") for one in ("signature", "content", "issuer", "revocation"))
    seal = msgspec.structs.replace(
        GENUINE,
        kind="V",
        issuer="NOR",
        number="S12345678",
        standing="unchanged",
        verdicts=verdicts,
        seal="visa",
        person=1,
    )
    arrive(desk.centre, GENUINE, seal)
    desk.waits(1)
    desk.press("Space")
    desk.stage("called")
    line(desk, "Documents read: 2 of 2")
    desk.press("KeyD")
    listed = desk.page.locator("dialog[open] details.doc-of > summary")
    expect(listed).to_have_count(2)
    expect(listed.nth(0)).to_contain_text("Document read: signed, unchanged, no copy")
    expect(listed.nth(1).locator("b")).to_have_text("Visa")
    expect(listed.nth(1)).to_contain_text("Seal read: a state signed it, and nothing was changed")
