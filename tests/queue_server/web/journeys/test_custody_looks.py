"""Every view of the custody desk in Chromium, with axe, and the line beside the field in every language.

The names and roles of controls are those of the templates: one language shows them. That nothing is cut off shows
``test_walk``.
"""

from playwright.sync_api import Browser, expect

from queue_server.web.site import LANGUAGES
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.custodian import document, fill_bag, hand_in, miss, ready
from tests.queue_server.web.custody_browser import CustodyBrowser
from tests.queue_server.web.server import Centre
from tests.queue_server.web.test_accessibility import SIZES, large_letters

#: Follow a link of the desk, and wait until its page has been swapped in.
FOLLOWED = """(search) => new Promise((done) => {
  document.getElementById("page").addEventListener("htmx:after:swap", () => done(), { once: true });
  const link = Object.assign(document.createElement("a"), { href: `/custody?${search}` });
  link.dataset.ask = "";
  document.body.append(link);
  link.click();
  link.remove();
})"""


def views(desk: CustodyBrowser) -> tuple[str, ...]:
    """Make something to see in every view; return the addresses of all views."""
    items = hand_in(desk, 6)
    miss(desk, items[0])
    bag = fill_bag(desk, items[2:5:2])
    told = hand_in(desk, 2, contact={"language": "ar", "telephone": "+33 6 12 34 56 78"})
    for item in told:
        ready(desk, item)
    views = ("items", "cases", "bags", f"bag&bag={bag['id']}", "count&drawer=2-D", "receive", "recall")
    return (*(f"view={view}" for view in views), document(items[1]), f"view=recall&item={told[0]['id']}")


def scan_is_answered_beside_the_field(desk: CustodyBrowser) -> None:
    """Check that the answer to a scan is on the line of the field, and that nothing moves."""
    bar, field, said = (desk.page.locator(part) for part in (".scan-bar", "#scan", "#scan-said .st"))
    for width, height in ((1440, 900), (1280, 800)):
        desk.page.set_viewport_size({"width": width, "height": height})
        before = bar.bounding_box()
        desk.scan("D48213A")
        expect(said).to_have_class("st bad")
        at, line = field.bounding_box(), said.bounding_box()
        assert at is not None
        assert line is not None
        assert at["y"] <= line["y"]
        assert line["y"] + line["height"] <= at["y"] + at["height"]
        assert bar.bounding_box() == before


def test_axe_finds_nothing_and_a_scan_moves_nothing(browser: Browser, centre: Centre) -> None:
    with CustodyBrowser(browser, centre) as desk:
        desk.come()
        queries = views(desk)
        found: list[str] = []
        for query in queries:
            desk.page.evaluate(FOLLOWED, query)
            assert desk.page.url.endswith(query)
            found += [f"{query}: {fault}" for fault in violations(desk.page)]
        desk.press("F2")
        expect(desk.page.locator("dialog[open] [name=email]")).to_be_focused()
        found += violations(desk.page, "dialog[open]")
        for language in LANGUAGES:
            desk.go(f"/custody?view=items&lang={language}")
            desk.is_live()
            expect(desk.page.locator("html")).to_have_attribute("lang", language)
            if language == "ar":
                found += [f"{language}: {fault}" for fault in violations(desk.page)]
            scan_is_answered_beside_the_field(desk)
            # No walk over all pages goes to those who wait for a document.
            for query in queries:
                if "recall" in query:
                    desk.page.evaluate(FOLLOWED, query)
                    for width, height in SIZES:
                        desk.page.set_viewport_size({"width": width, "height": height})
                        desk.fits()
                    large_letters(desk)
        assert found == []
