"""The picture from a chip beside the visit at the counter, in Chromium against a real server."""

import re
import sqlite3
from contextlib import closing

import msgspec
import pytest
from playwright.sync_api import Browser, FloatRect, Locator, expect

from queue_server.contract.base import People
from queue_server.contract.documents import DocumentReading, VerdictView
from queue_server.domain.values import VisitId
from queue_server.web.site import LANGUAGES
from tests.queue_server.people.sealed import drawn
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.reader import COPIED, FACED, FACELESS, GENUINE, UNREVOKED, arrive
from tests.queue_server.web.server import Centre
from tests.queue_server.web.test_counter_document import finish, line, of, reads


def call(
    desk: Desk, reading: DocumentReading, *, face: bytes | None = None, service: str = "uto-passport-renewal"
) -> VisitId:
    """Let somebody come with a document, and call them."""
    visit = arrive(desk.centre, reading, service=service, faces={} if face is None else {0: face})
    desk.waits(1)
    desk.press("Space")
    desk.stage("called")
    expect(desk.page.locator("#document .st").first).to_be_visible()
    return visit.id


def start(desk: Desk) -> None:
    desk.press("Enter")
    desk.stage("serving")


def rows(centre: Centre, visit: VisitId) -> list[str]:
    """List what the vault holds of a visit, behind the server's back."""
    with closing(sqlite3.connect(f"file:{centre.server.data / 'queue.sqlite'}?mode=ro", uri=True)) as database:
        query = "SELECT kind FROM people_rows WHERE visit = ? ORDER BY kind"
        return [kind for (kind,) in database.execute(query, (visit,))]


def told(desk: Desk, text: str) -> None:
    expect(desk.page.locator("#faces")).to_contain_text(text)


def test_it_stands_there_while_the_visit_is_served_and_at_no_other_time(desk: Desk) -> None:
    asked: list[str] = []
    desk.page.on("request", lambda request: asked.append(request.url) if "/counter/face/" in request.url else None)
    visit = call(desk, FACED, face=drawn(1))
    line(desk, "Document read: signed, unchanged, no copy")
    # Who was called does not stand there yet: nothing is shown, and nothing was asked for.
    expect(desk.page.locator("#faces > *")).to_have_count(0)
    assert (asked, reads(desk.centre, visit)) == ([], 1)
    start(desk)
    picture = desk.page.locator("#faces img")
    expect(picture).to_be_visible()
    expect(picture).to_have_js_property("complete", value=True)
    assert picture.evaluate("one => one.naturalWidth") > 100
    told(desk, "The picture is as the state signed it.")
    told(desk, "Compare this picture and the printed one with the person.")
    told(desk, "It goes when this visit ends.")
    # Each ticket draws the page anew, and the picture is looked at once.
    for _ in range(2):
        waiting = int(desk.page.locator(".queue .count").inner_text())
        desk.centre.issue()
        desk.waits(waiting + 1)
    assert (len(asked), reads(desk.centre, visit)) == (1, 2)
    desk.press("KeyU")
    desk.stage("called")
    expect(desk.page.locator("#faces > *")).to_have_count(0)
    start(desk)
    expect(picture).to_be_visible()
    assert rows(desk.centre, visit) == ["document", "face", "reading"]
    finish(desk)
    # Put aside, it is not looked at; it stays until the visit ends.
    assert desk.page.locator("img").count() == 0
    assert rows(desk.centre, visit) == ["document", "face", "reading"]


def test_it_goes_when_the_visit_ends_and_what_is_undone_says_so(desk: Desk) -> None:
    visit = call(desk, FACED, face=drawn(2), service="uto-collection")
    start(desk)
    expect(desk.page.locator("#faces img")).to_be_visible()
    desk.press("KeyF")
    desk.stage("idle")
    assert desk.page.locator("img").count() == 0
    assert rows(desk.centre, visit) == ["document", "reading"]
    desk.press("KeyU")
    desk.stage("serving")
    told(desk, "The picture from the chip is gone.")
    told(desk, "Compare the printed photo with the person.")
    expect(desk.page.locator("#faces img")).to_have_count(0)


def test_that_of_one_visit_never_stands_beside_the_next(desk: Desk) -> None:
    call(desk, FACED, face=drawn(1))
    start(desk)
    expect(desk.page.locator("#faces img")).to_be_visible()
    finish(desk)
    call(desk, msgspec.structs.replace(GENUINE, number="D23145890"))
    start(desk)
    line(desk, "Document read: signed, unchanged, no copy")
    expect(desk.page.locator("#faces > *")).to_have_count(0)


@pytest.mark.parametrize(
    ("verdict", "standing", "words"),
    [
        (VerdictView("face", "not-checked", "face-slow"), "face-unread", "Face not read."),
        (VerdictView("face", "unsupported", "no-face"), "genuine", "There is no face in the chip."),
        (VerdictView("face", "noted", "face-not-shown"), "genuine", "The picture in the chip cannot be shown here."),
        (VerdictView("face", "failed", "dg2-changed"), "refused", "The picture in the chip is not what was signed."),
        (VerdictView("face", "passed"), "refused", "The picture in the chip is not shown, since a check"),
        (VerdictView("face", "passed"), "genuine", "Its picture did not come along."),
    ],
)
def test_where_there_is_none_it_is_said_why_and_what_to_do(
    desk: Desk, verdict: VerdictView, standing: str, words: str
) -> None:
    call(desk, msgspec.structs.replace(GENUINE, standing=standing, verdicts=(*GENUINE.verdicts, verdict)))
    start(desk)
    told(desk, words)
    expect(desk.page.locator("#faces img")).to_have_count(0)
    told(desk, "ask a supervisor" if verdict.outcome == "failed" else "Compare the printed photo with the person.")


@pytest.mark.parametrize(
    ("standing", "words"),
    [
        ("genuine", "The picture is as the state signed it."),
        ("unchanged", "The picture is as the state signed it."),
        ("issuer-unknown", "Nobody here knows who signed this picture."),
        ("unproved", "Not all of the document could be checked."),
        ("refused", "The document has expired."),
    ],
)
def test_what_was_checked_of_it_stands_beside_it(desk: Desk, standing: str, words: str) -> None:
    call(desk, msgspec.structs.replace(FACED, standing=standing), face=drawn())
    start(desk)
    expect(desk.page.locator("#faces img")).to_be_visible()
    told(desk, words)


def test_where_nobody_knows_whether_the_signature_was_taken_back_the_picture_has_no_tick_either(desk: Desk) -> None:
    for reading, tone in ((FACED, "st good"), (msgspec.structs.replace(UNREVOKED, number="D23145890"), "st")):
        read = msgspec.structs.replace(reading, verdicts=(*reading.verdicts, VerdictView("face", "passed")))
        call(desk, read, face=drawn())
        start(desk)
        told(desk, "The picture is as the state signed it.")
        assert (desk.page.locator("#faces .st").first.get_attribute("class") or "").strip() == tone
        finish(desk)


def test_a_picture_that_does_not_come_is_told_in_words(desk: Desk) -> None:
    desk.page.route("**/counter/face/*", lambda route: route.fulfill(status=404, body="no"))
    call(desk, FACED, face=drawn())
    start(desk)
    told(desk, "The picture cannot be shown now. Compare the printed photo with the person.")


def at_a_glance(desk: Desk, least: int) -> None:
    """Check that the picture is at least so many pixels wide, and seen together with what to do."""
    if desk.page.locator(".case").evaluate("one => getComputedStyle(one).display") == "block":
        desk.page.locator("#faces").evaluate("one => one.scrollIntoView()")
        end = desk.page.evaluate("innerHeight")
    else:
        end = box_of(desk, ".acts")["y"]
    picture, keys, do = (box_of(desk, f"#faces {one}") for one in ("img", ".face-keys", ".face-do"))
    assert picture["width"] >= least
    assert round(picture["width"] / picture["height"], 2) == 0.8
    assert max(one["y"] + one["height"] for one in (picture, keys, do)) <= end


def box_of(desk: Desk, selector: str) -> FloatRect:
    box = desk.page.locator(selector).first.bounding_box()
    assert box is not None
    return box


FAMILY = (People("adult", 2), People("child", 1))


def come_as_a_family(desk: Desk) -> None:
    read = (of(FACED, "L898902C3", 0, "adult"), of(FACELESS, "D23145890", 1, "adult"), of(FACED, "K01", 2, "child"))
    arrive(desk.centre, *read, people=FAMILY, faces={0: drawn(0), 2: drawn(2)})
    desk.waits(1)
    desk.press("Space")
    desk.stage("called")
    start(desk)


def stands(desk: Desk, who: str) -> Locator:
    """Wait until one of the family stands there, and nobody else."""
    standing = desk.page.locator("#faces li:has(.face-do):visible")
    expect(standing).to_have_count(1)
    expect(standing.locator("b")).to_have_text(who)
    return standing


def test_of_a_family_one_at_a_time_stands_with_their_age(desk: Desk) -> None:
    asked: list[str] = []
    desk.page.on("request", lambda request: asked.append(request.url) if "/counter/face/" in request.url else None)
    come_as_a_family(desk)
    for who, pictures in (("Adults, 1 of 2", 1), ("Adults, 2 of 2", 0), ("Children", 1), ("Adults, 1 of 2", 1)):
        standing = stands(desk, who)
        expect(standing.locator("img")).to_have_count(pictures)
        expect(standing.get_by_text("It goes when this visit ends.")).to_have_count(pictures)
        if pictures:
            expect(standing.locator("img")).to_have_js_property("complete", value=True)
        desk.press("KeyJ")
    # Each picture was looked at once, when its person stood there.
    assert len(asked) == len(set(asked)) == 2


def test_whoever_was_compared_makes_room_for_the_next_of_the_family(desk: Desk) -> None:
    asked: list[str] = []
    desk.page.on("request", lambda request: asked.append(request.url) if "/counter/face/" in request.url else None)
    come_as_a_family(desk)
    for who, after in (("Adults, 1 of 2", "Adults, 2 of 2"), ("Adults, 2 of 2", "Children"), ("Children", "Children")):
        standing = stands(desk, who)
        if standing.locator("img").count():
            expect(standing.locator("img")).to_have_js_property("complete", value=True)
        desk.press("Digit1")
        stands(desk, after)
    told(desk, "Ines Moreau, ")
    expect(desk.page.locator("#faces .face-said")).to_have_count(3)
    assert len(asked) == 2


def test_same_and_not_sure_are_written_down_for_whoever_serves_next(desk: Desk) -> None:
    visit = call(desk, FACED, face=drawn(1))
    desk.press("Digit1")
    # Who was called does not stand there yet.
    assert "compared" not in rows(desk.centre, visit)
    start(desk)
    expect(desk.page.locator("#faces img")).to_be_visible()
    desk.press("Digit1")
    said = desk.page.locator("#faces .face-said")
    expect(said).to_have_text(re.compile(r"^Ines Moreau, \d\d:\d\d: the same person\.$"))
    desk.press("Numpad2")
    shown = desk.page.locator("dialog[open]")
    expect(shown).to_contain_text("Nobody has done anything wrong")
    expect(shown).to_contain_text("Ask a supervisor to look too.")
    assert violations(desk.page) == []
    desk.press("Escape")
    expect(said).to_contain_text("the same person.")
    desk.press("Digit2")
    desk.press("Enter")
    expect(shown).to_have_count(0)
    expect(said).to_have_text(re.compile(r"^Ines Moreau, \d\d:\d\d: not sure\. Look once more, or ask a supervisor\.$"))
    assert rows(desk.centre, visit).count("compared") == 2
    # Nothing else is said of the document, and it is no bad sign.
    line(desk, "Document read: signed, unchanged, no copy")
    expect(desk.page.locator("#faces .bad")).to_have_count(0)


def test_where_the_chip_has_another_face_than_was_signed_there_is_nothing_to_compare(desk: Desk) -> None:
    verdicts = (*GENUINE.verdicts, VerdictView("face", "failed", "dg2-changed"))
    call(desk, msgspec.structs.replace(GENUINE, standing="refused", verdicts=verdicts))
    start(desk)
    told(desk, "It is not shown.")
    expect(desk.page.locator("#faces .face-keys")).to_have_count(0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_and_nothing_is_cut_off(browser: Browser, centre: Centre, language: str) -> None:
    with Desk(browser, centre, language=language) as desk:
        desk.sign_in("ines.moreau", "3")
        desk.open()
        for reading, face in ((FACED, drawn(1)), (FACELESS, None), (COPIED, None)):
            call(desk, reading, face=face)
            start(desk)
            if face is not None:
                expect(desk.page.locator("#faces img")).to_be_visible()
            for width, height, least in ((1920, 1080, 240), (1440, 900, 224), (1280, 720, 140), (720, 450, 190)):
                desk.page.set_viewport_size({"width": width, "height": height})
                if width > 720:
                    desk.fits()
                assert desk.page.evaluate("document.documentElement.scrollWidth") <= width
                if face is not None:
                    at_a_glance(desk, least)
            desk.page.set_viewport_size({"width": 1280, "height": 720})
            assert violations(desk.page) == []
            finish(desk)
        come_as_a_family(desk)
        expect(desk.page.locator("#faces img").first).to_be_visible()
        desk.fits()
        assert violations(desk.page) == []
