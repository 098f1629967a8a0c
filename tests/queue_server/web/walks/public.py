"""What everybody sees, and whoever signs in: nothing is cut off, too small, or upon something else, in chosen looks."""

from collections.abc import Mapping
from typing import Final

from playwright.sync_api import Browser, Page, expect

from queue_server.domain.values import VisitId
from queue_server.web.site import LANGUAGES
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.geometry import faults
from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.server import Centre
from tests.queue_server.web.walks.walk import LARGE_LETTERS, PHONES, SMALLEST

type Looks = Mapping[str, tuple[tuple[int, int], ...]]

#: Sizes of the window for each language.
DESK_LOOKS: Final[Looks] = {"ar": (SMALLEST, *PHONES), "en": (SMALLEST, LARGE_LETTERS, *PHONES)}
EVERY_DESK_LOOK: Final[Looks] = dict.fromkeys(LANGUAGES, (SMALLEST, (1440, 900), (1920, 1080), LARGE_LETTERS, *PHONES))
PHONE_LOOKS: Final[Looks] = {"ar": ((320, 740),), "en": ((320, 740), (360, 740), (430, 740))}
EVERY_PHONE_LOOK: Final[Looks] = dict.fromkeys(LANGUAGES, PHONE_LOOKS["en"])


def faults_in(page: Page, where: str, sizes: tuple[tuple[int, int], ...]) -> list[str]:
    """Name each fault of a page in windows of these sizes."""
    found: list[str] = []
    for width, height in sizes:
        page.set_viewport_size({"width": width, "height": height})
        found += (f"{where}, {width}: {fault}" for fault in faults(page))
    return found


def sign_in_faults(browser: Browser, centre: Centre, looks: Looks) -> list[str]:
    """Look at the way in, and at the choice of a counter; axe-core judges the Arabic pages, with their own labels."""
    found: list[str] = []
    with Desk(browser, centre, size=SMALLEST) as desk:
        for path in ("/sign-in", "/sign-in/counter"):
            for language, sizes in looks.items():
                desk.go(f"{path}?lang={language}")
                direction = "rtl" if language == "ar" else "ltr"
                assert desk.page.locator("html").get_attribute("dir") == direction
                for size in sizes:
                    found += faults_in(desk.page, f"{path}, {language}", (size,))
                    # Whoever cannot read this page needs the switch most.
                    expect(desk.page.locator("nav.languages a")).to_have_count(len(LANGUAGES))
                    if not desk.page.locator("nav.languages").is_visible():
                        found.append(f"{path}, {language}, {size[0]}: no other language can be chosen")
                if language == "ar":
                    found += (f"{path}: {fault}" for fault in violations(desk.page))
            if path == "/sign-in":
                desk.enter("ines.moreau")
    return found


def ticket_faults(browser: Browser, centre: Centre, looks: Looks) -> list[str]:
    """Look at the page of a ticket on a phone, with a notice: waiting, called and parked.

    Who is called reads the counter before what is announced. Nothing is kept in the phone.
    """
    found: list[str] = []
    path = f"/t/{centre.ticket(VisitId(centre.issue().id))}"
    with PageClient(centre) as manager, Desk(browser, centre, size=(360, 740)) as phone:
        manager.enter("elin.marsh")
        manager.api("notices", {"kind": "announcement", "text": "delay", "where": "boards", "minutes": 15})
        manager.api("counters/3/open")

        def look_at(state: str) -> None:
            for language, sizes in looks.items():
                phone.go(f"{path}?lang={language}")
                expect(phone.page.locator("[data-state]")).to_have_attribute("data-state", state)
                expect(phone.page.locator(".public-notice")).to_have_count(1)
                found.extend(_of_ticket(phone.page, f"{state}, {language}", sizes))

        look_at("waiting")
        expect(phone.page.locator(".where")).to_be_visible()
        manager.api("counters/3/call-next")
        look_at("called")
        call, told = (phone.page.locator(one).bounding_box() for one in (".go-to", ".public-notice"))
        assert call is not None
        assert told is not None
        assert call["y"] + call["height"] <= told["y"]
        manager.api("counters/3/park", {"reason": "form", "minutes": 5})
        look_at("parked")
        assert phone.context.cookies() == [], "the page of a ticket remembers nothing"
    return found


def _of_ticket(page: Page, where: str, sizes: tuple[tuple[int, int], ...]) -> list[str]:
    """Look at a ticket as it comes, and, where more time can be asked for, with that unfolded and in large letters."""
    found = faults_in(page, where, sizes)
    folded = page.locator("details summary")
    if not folded.count():
        return found
    folded.click()
    found += (f"{where}: {fault}" for fault in violations(page))
    for (width, height), zoom in [*((size, 1) for size in sizes), ((360, 740), 2)]:
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate(f"document.documentElement.style.fontSize = '{100 * zoom}%'")
        if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
            found.append(f"{where}, {width} px, {zoom} times: {wide} px wide")
    return found
