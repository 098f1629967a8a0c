"""The counter page with all that can stand on it, in Chromium: nothing is cut off, in any language and window.

A state is arranged once and looked at in each language; ``test_walk`` and ``test_accessibility`` look at the rest.
"""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, FloatRect, Locator, expect

from queue_server.contract.base import People
from queue_server.domain.values import HelpKind
from queue_server.web.site import LANGUAGES
from tests.queue_server.people.sealed import drawn
from tests.queue_server.web import counter_page
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.counter_desk import call, finish, opened, start
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.reader import COPIED, DOUBTFUL, FACED, FACELESS, GENUINE, RESERVED, UNREVOKED, arrive, of
from tests.queue_server.web.server import Centre
from tests.queue_server.web.till import DOUBT, PAID, kiosk_asks, kiosk_tells

WINDOWS = ((1920, 1080), (1440, 900), (1280, 720))
#: A dialog is looked at in the smallest window, and in the usual one at 200 %.
DIALOG_WINDOWS = ((1280, 720), (720, 450))
#: Pixels that a picture from a chip is at least wide, by the width of the window.
FACE_WIDTHS = {1920: 240, 1440: 224, 1280: 140, 720: 190}
#: What has one line in every window of a counter, and how high that may be.
LINES = {"#document": 48, "#money": 72}
NO_PATIENCE = "document.getElementById('page').dataset.silence = '-1'"

type Check = Callable[[Desk, int], Iterator[str]]


class Looks:
    """Looks at the states of a counter page, and lists all that is wrong with them."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.found = desk, list[str]()

    def each_language(
        self, state: str, *keys: str, check: Check | None = None, languages: tuple[str, ...] = LANGUAGES
    ) -> None:
        """Look at the page and at the dialogs behind some keys in some languages, at last in English."""
        for language in sorted(languages, key=lambda one: one == "en"):
            self.desk.go(f"/counter?lang={language}")
            self.desk.is_live()
            self._settle()
            self.look(f"{state}, {language}", *keys, check=check, axe=language == "en")

    def look(self, where: str, *keys: str, check: Check | None = None, axe: bool = False) -> None:
        """Look at the page as it stands, and at the dialogs behind some keys."""
        self._page(where, check, axe=axe)
        for key in keys:
            self._dialog(f"{where}, {key}", key, axe=axe)

    def _settle(self) -> None:
        """Wait for what the page fetches apart."""
        page = self.desk.page
        if page.locator("#document").count():
            expect(page.locator("#document .st").first).to_be_visible()
        for picture in page.locator("#faces img:visible").all():
            expect(picture).to_have_js_property("complete", value=True)

    def _page(self, where: str, check: Check | None, *, axe: bool) -> None:
        for width, height in WINDOWS:
            self._resize(width, height)
            self.found += [f"{where}, {width}: {one}" for one in self.desk.overflows()]
            self.found += [f"{where}, {width}: {one}" for one in self._too_high()]
            if check is not None:
                self.found += [f"{where}, {width}: {one}" for one in check(self.desk, width)]
        self._resize(720, 450)
        self._within(where, 720)
        if check is not None:
            self.found += [f"{where}, 720: {one}" for one in check(self.desk, 720)]
        self._resize(1440, 900)
        if axe:
            self.found += [f"{where}: {one}" for one in violations(self.desk.page)]

    def _too_high(self) -> Iterator[str]:
        for selector, most in LINES.items():
            shown = self.desk.page.locator(selector)
            if shown.count() and box_of(shown)["height"] >= most:
                yield f"{selector} has more than a line"

    def _dialog(self, where: str, key: str, *, axe: bool) -> None:
        self.desk.press(key)
        shown = opened(self.desk)
        expect(shown).to_be_visible()
        if shown.locator("[data-found]").count():
            expect(shown.locator("[data-found]")).not_to_be_empty()
        for opener in shown.locator("summary").all():
            opener.click()
        if axe:
            self.found += [f"{where}: {one}" for one in violations(self.desk.page)]
        for width, height in DIALOG_WINDOWS:
            self._resize(width, height)
            self._within(where, width)
            box = box_of(shown)
            if box["x"] < 0 or box["y"] < 0 or box["x"] + box["width"] > width or box["y"] + box["height"] > height:
                self.found.append(f"{where}, {width}: outside of the window: {box}")
        self._resize(1440, 900)
        self.desk.press("Escape")
        expect(shown).to_have_count(0)

    def _resize(self, width: int, height: int) -> None:
        self.desk.page.set_viewport_size({"width": width, "height": height})

    def _within(self, where: str, width: int) -> None:
        wide = self.desk.page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            self.found.append(f"{where}, {width}: the page is {wide} wide")


def box_of(shown: Locator) -> FloatRect:
    box = shown.first.bounding_box()
    assert box is not None
    return box


@pytest.fixture
def looks(browser: Browser, centre: Centre) -> Iterator[Looks]:
    """Give what looks at a counter at which Paula Costa, a cashier, sits."""
    with Desk(browser, centre) as desk:
        desk.sign_in("paula.costa", "3")
        desk.open()
        yield Looks(desk)


def at_a_glance(desk: Desk, width: int) -> Iterator[str]:
    """Check that the picture is large enough, and seen together with what to do."""
    if desk.page.locator(".case").evaluate("one => getComputedStyle(one).display") == "block":
        desk.page.locator("#faces").evaluate("one => one.scrollIntoView()")
        end = desk.page.evaluate("innerHeight")
    else:
        end = box_of(desk.page.locator(".acts"))["y"]
    picture, keys, do = (box_of(desk.page.locator(f"#faces {one}")) for one in ("img", ".face-keys", ".face-do"))
    if picture["width"] < FACE_WIDTHS[width] or round(picture["width"] / picture["height"], 2) != 0.8:
        yield f"the picture is {picture['width']} by {picture['height']}"
    if max(one["y"] + one["height"] for one in (picture, keys, do)) > end:
        yield "the picture or what to do is below the window"


def parts_of(centre: Centre) -> dict[str, list[str]]:
    """Return the part of the page about each kind of document, by languages, as another counter gets it."""
    parts: dict[str, list[str]] = {language: [] for language in LANGUAGES}
    with PageClient(centre) as clerk:
        clerk.sign_in("ines.moreau", "4")
        clerk.open("4")
        for reading in (COPIED, RESERVED, DOUBTFUL, FACELESS, UNREVOKED, None):
            counter_page.call(clerk, *([] if reading is None else [reading]))
            for language, found in parts.items():
                found.append(clerk.get(f"/counter/document?lang={language}").html)
            counter_page.put_aside(clerk)
    return parts


@pytest.mark.timeout(300)
def test_each_kind_of_document_fits(looks: Looks) -> None:
    desk = looks.desk
    parts = parts_of(desk.centre)
    call(desk, GENUINE)
    for language, found in parts.items():
        desk.go(f"/counter?lang={language}")
        desk.is_live()
        place = desk.page.locator("#document")
        expect(place.locator(".st").first).to_be_visible()
        for number, part in enumerate(found):
            place.evaluate("(place, part) => { place.innerHTML = part; }", part)
            looks.look(f"document {number}, {language}", *["KeyD"][: "KeyD" in part], axe=language == "en")
    assert not looks.found, "\n".join(looks.found)


@pytest.mark.timeout(300)
def test_a_picture_is_seen_at_a_glance(looks: Looks) -> None:
    desk = looks.desk
    call(desk, FACED, faces={0: drawn(1)})
    start(desk)
    looks.each_language("a picture", "Digit2", check=at_a_glance)
    finish(desk)
    for reading in (FACELESS, COPIED):
        call(desk, reading)
        start(desk)
        looks.each_language(f"no picture, {reading.standing}", languages=("fr", "en"))
        finish(desk)
    assert not looks.found, "\n".join(looks.found)


@pytest.mark.timeout(300)
def test_a_party_with_papers_faces_and_fees_fits(looks: Looks) -> None:
    desk, centre = looks.desk, looks.desk.centre
    read = (of(FACED, "L898902C3", 0, "adult"), of(COPIED, "D23145890", 1, "adult"), of(FACED, "K01", 3, "small-child"))
    call(desk, *read, people=counter_page.FAMILY, faces={0: drawn(0), 3: drawn(2)})
    centre.crowd(40)
    for asked in (123_456_789, 8250):
        kiosk_asks(centre, amount=asked)
    kiosk_asks(centre, PAID[:6], slip="T-004711", back=True)
    expect(desk.page.locator(".asked .help")).to_have_count(2)
    looks.each_language("a party, called", "KeyD", "KeyB", "KeyS", "KeyL", check=goes_on)
    start(desk)
    centre.call_help(HelpKind.PRIVATE)
    expect(desk.page.locator(".helps:not(.asked) .help")).to_have_count(1)
    looks.each_language("a party, served", check=papers_in_order)
    assert not looks.found, "\n".join(looks.found)


#: How much of the row at the lower edge of a list is seen, 0 to 1; null where the whole list is.
CUT = """() => {
  const list = document.querySelector('dialog[open] .targets');
  if (list.scrollHeight <= list.clientHeight) return null;
  const { top } = list.getBoundingClientRect();
  const box = Array.from(list.children, (row) => row.getBoundingClientRect())
    .findLast((row) => row.top - top < list.clientHeight - 1);
  return (list.clientHeight - (box.top - top)) / box.height;
}"""


def goes_on(desk: Desk, width: int) -> Iterator[str]:
    """Check that a list which goes on shows a part of its next row, and that the last row is reached by keyboard."""
    desk.press("KeyT")
    expect(opened(desk).locator(".goes-on")).to_be_visible()
    seen = desk.page.evaluate(CUT)
    if seen is None and width == 720:
        yield "the smallest window has room for the whole list"
    if seen is not None and not 0.3 < seen < 0.7:
        yield f"the list ends after {seen} of a row"
    desk.press("ArrowUp")
    expect(opened(desk).locator(".targets li:last-child input")).to_be_in_viewport()
    desk.press("Escape")
    expect(opened(desk)).to_have_count(0)


def papers_in_order(desk: Desk, width: int) -> Iterator[str]:
    """Check that arrows move the ring of the papers to where they point, in both directions of writing."""
    if width not in {1440, 720}:
        return
    desk.press("KeyZ")
    rtl = desk.page.locator("html").get_attribute("dir") == "rtl"
    first, second = (desk.page.locator(f"#paper-uto-passport-renewal-old-passport-adult-{n}") for n in (1, 2))
    expect(first).to_be_focused()
    desk.press("ArrowLeft" if rtl else "ArrowRight")
    expect(second).to_be_focused()
    wide = desk.page.evaluate("document.documentElement.scrollWidth")
    if wide > width:
        yield f"with the ring on the papers the page is {wide} wide"
    if width == 720 and not rtl:
        yield from violations(desk.page)
    desk.press("Escape")


@pytest.mark.timeout(300)
def test_each_state_of_a_fee_fits(looks: Looks) -> None:
    desk, centre = looks.desk, looks.desk.centre
    visit = arrive(centre, FACELESS)
    desk.waits(1)
    kiosk_tells(centre, visit.id, DOUBT)
    centre.crowd(40)
    for key in ("Space", "KeyP", "Enter"):
        desk.press(key)
        if key == "Space":
            desk.stage("called")
            looks.each_language("a fee that is not certain", "KeyS")
    desk.stage("idle")
    paid = centre.issue("uto-certified-copy", people=(People("adult", 1),))
    desk.api("counters/3/call", {"visit": paid.id, "reason": "other"})
    desk.stage("called")
    looks.each_language("a fee to be taken", "KeyW")
    taken = {"services": ["uto-certified-copy"], "amount": 1200, "currency": "EUR", "slip": "T-1"}
    desk.api(f"visits/{paid.id}/manual-payments", taken)
    expect(desk.page.locator("[data-dialog=refund]")).to_be_visible()
    looks.each_language("a fee that was paid", "KeyE", "KeyS")
    assert not looks.found, "\n".join(looks.found)
    # Without a connection the line stays, and nothing is offered that needs one.
    desk.page.evaluate(NO_PATIENCE)
    expect(desk.page.locator("#band")).to_be_visible()
    expect(desk.page.locator("#money-line")).to_be_visible()
    expect(desk.page.locator("[data-dialog=payments]")).to_be_hidden()
    for width, height in WINDOWS:
        desk.page.set_viewport_size({"width": width, "height": height})
        desk.fits()
