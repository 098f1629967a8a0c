"""The picture from a chip at the counter in Chromium: loaded while a visit is served, and compared by keys."""

import re

from playwright.sync_api import Locator, Request, expect

from queue_server.contract.base import People
from tests.queue_server.people.sealed import drawn
from tests.queue_server.web.counter_desk import call, finish, line, opened, redraw, start
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.reader import FACED, FACELESS, of
from tests.queue_server.web.vault_look import kinds, reads


def pictures_of(desk: Desk) -> list[str]:
    """Return the addresses of the pictures that the page has asked for: the list grows."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if "/counter/face/" in request.url:
            asked.append(request.url)

    desk.page.on("request", note)
    return asked


def loaded(picture: Locator) -> None:
    """Wait until a picture is there, as large as it was drawn."""
    expect(picture).to_be_visible()
    expect(picture).to_have_js_property("complete", value=True)
    assert picture.evaluate("one => one.naturalWidth") > 100


def test_a_picture_is_loaded_once_while_its_visit_is_served_and_at_no_other_time(desk: Desk) -> None:
    asked = pictures_of(desk)
    visit = call(desk, FACED, faces={0: drawn(1)})
    line(desk, "Document read: signed, unchanged, no copy")
    # Who was called does not stand there yet: nothing is shown, nothing was asked for, and no key compares them.
    shown = desk.page.locator("#faces > *")
    expect(shown).to_have_count(0)
    assert (asked, reads(desk.centre, visit)) == ([], 1)
    desk.press("Digit1")
    start(desk)
    assert "compared" not in kinds(desk.centre, visit)
    picture = desk.page.locator("#faces img")
    loaded(picture)
    redraw(desk)
    redraw(desk)
    assert (len(asked), reads(desk.centre, visit)) == (1, 2)
    desk.press("KeyU")
    desk.stage("called")
    expect(shown).to_have_count(0)
    start(desk)
    expect(picture).to_be_visible()
    finish(desk)
    assert desk.page.locator("img").count() == 0
    # That of one visit never stands beside the next, who has none.
    desk.press("Space")
    desk.stage("called")
    start(desk)
    line(desk, "No document was read")
    expect(shown).to_have_count(0)


def test_a_picture_that_does_not_come_is_told_in_words(desk: Desk) -> None:
    desk.page.route("**/counter/face/*", lambda route: route.fulfill(status=404, body="no"))
    call(desk, FACED, faces={0: drawn()})
    start(desk)
    expect(desk.page.locator("#faces")).to_contain_text(
        "The picture cannot be shown now. Compare the printed photo with the person."
    )


def stands(desk: Desk, who: str) -> Locator:
    """Wait until one of the family stands there, and nobody else."""
    standing = desk.page.locator("#faces li:has(.face-do):visible")
    expect(standing).to_have_count(1)
    expect(standing.locator("b")).to_have_text(who)
    return standing


def test_of_a_family_one_at_a_time_stands_there_and_is_compared_by_keys(desk: Desk) -> None:
    asked = pictures_of(desk)
    read = (of(FACED, "L898902C3", 0, "adult"), of(FACELESS, "D23145890", 1, "adult"), of(FACED, "K01", 2, "child"))
    party = (People("adult", 2), People("child", 1))
    visit = call(desk, *read, people=party, faces={0: drawn(0), 2: drawn(2)})
    start(desk)
    adult, other, child = "Adults, 1 of 2", "Adults, 2 of 2", "Children"
    for who, pictures in ((adult, 1), (other, 0), (child, 1), (adult, 1)):
        standing = stands(desk, who)
        expect(standing.locator("img")).to_have_count(pictures)
        if pictures:
            loaded(standing.locator("img"))
        desk.press("KeyJ")
    stands(desk, other)
    desk.press("KeyJ")
    desk.press("KeyJ")
    # Whoever was compared makes room for the next.
    for who, after in ((adult, other), (other, child), (child, child)):
        stands(desk, who)
        desk.press("Digit1")
        stands(desk, after)
    said = desk.page.locator("#faces .face-said")
    expect(said).to_have_count(3)
    # Each picture was looked at once, when its person stood there first.
    assert len(asked) == len(set(asked)) == 2
    last = stands(desk, child).locator(".face-said")
    expect(last).to_have_text(re.compile(r"^Ines Moreau, \d\d:\d\d: the same person\.$"))
    desk.press("Numpad2")
    expect(opened(desk)).to_contain_text("Nobody has done anything wrong")
    desk.press("Escape")
    expect(last).to_contain_text("the same person.")
    desk.press("Digit2")
    desk.press("Enter")
    expect(opened(desk)).to_have_count(0)
    expect(last).to_contain_text("not sure.")
    assert kinds(desk.centre, visit).count("compared") == 4
