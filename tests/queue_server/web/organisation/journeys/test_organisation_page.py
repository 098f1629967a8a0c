"""The page of all centres in Chromium: live, with keys, and as wide as the window in both directions."""

from collections.abc import Mapping

from playwright.sync_api import Browser, expect

from queue_server.domain.values import HelpKind
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.geometry import faults
from tests.queue_server.web.manager.office import Office
from tests.queue_server.web.server import Centre, Server
from tests.queue_server.web.test_accessibility import large_letters

WIDTHS = (390, 768, 1280)


#: How much wider the page is than the window, and whether all parts of the bar stand in one line.
_BAR = """() => {
  const bar = document.querySelector(".bar"), root = document.documentElement
  const boxes = [...bar.children].map(one => one.getBoundingClientRect()).filter(box => box.width)
  const ends = boxes.map(box => [box.top, box.bottom])
  return {
    wide: Math.max(root.scrollWidth, bar.scrollWidth) - root.clientWidth,
    lines: Math.max(...ends.map(end => end[0])) < Math.min(...ends.map(end => end[1])),
  }
}"""


def test_a_centre_rises_while_somebody_needs_help_there_and_keys_lead_on(
    browser: Browser, centre: Centre, server: Server
) -> None:
    """It happens at another centre than the one where they are signed in."""
    other = Centre(server, server.unused.popleft())
    with Office(browser, centre) as office:
        office.look()
        office.find("#to-organisation").click()
        office.page.wait_for_url("**/organisation")
        office.is_live()
        expect(office.find(f"#centre-{centre.id}")).to_have_count(1)
        row = office.find(f"#centre-{other.id}")
        expect(row).not_to_have_class("bad-row")
        call = other.call_help(HelpKind.HELP)
        expect(row).to_have_class("bad-row")
        expect(row.locator("td").first).to_have_text("people need somebody")
        ids: list[str] = office.find(".centres-table tbody tr").evaluate_all("rows => rows.map(row => row.id)")
        rows = office.find(".centres-table tbody tr").all()
        above = {one.get_attribute("class") for one in rows[: ids.index(f"centre-{other.id}") + 1]}
        assert above == {"bad-row"}, "nobody who is well stands above it"
        other.withdraw_help(call)
        expect(row).not_to_have_class("bad-row")
        office.press("c")
        office.page.wait_for_url("**/organisation/compare")
        office.is_live()
        office.find("#compare-service").select_option("uto-passport-renewal")
        office.page.get_by_role("button", name="Compare").click()
        office.page.wait_for_url("**service=uto-passport-renewal")
        office.is_live()
        office.press("Escape")
        office.page.wait_for_url("**/organisation")
        office.is_live()
        office.press("Escape")
        office.page.wait_for_url("**/manager")


def test_axe_finds_nothing_large_letters_fit_and_the_bar_keeps_to_its_line(browser: Browser, centre: Centre) -> None:
    assert faults_of_all_centres(browser, centre, {"ar": (1280,), "en": WIDTHS}) == []


def faults_of_all_centres(browser: Browser, centre: Centre, looks: Mapping[str, tuple[int, ...]]) -> list[str]:
    """On the screen of an office the bar is one line, and nothing stands out of the screen of a phone."""
    centre.crowd(12)
    centre.call_help(HelpKind.FAULT)
    found = list[str]()
    with Office(browser, centre) as office:
        office.look()
        for language, widths in looks.items():
            for path in ("/manager", "/organisation", "/organisation/compare"):
                office.go(f"{path}?lang={language}")
                office.is_live()
                for width in widths:
                    office.page.set_viewport_size({"width": width, "height": 800})
                    seen = office.page.evaluate(_BAR)
                    if seen["wide"] > 0 or (width == 1280 and not seen["lines"]):
                        found.append(f"{path}, {language}, {width}: {seen}")
                    if width == 1280 and path != "/manager":
                        found += (f"{path}, {language}: {fault}" for fault in faults(office.page))
                office.page.set_viewport_size({"width": 1440, "height": 900})
                if path != "/manager" and language == "en":
                    large_letters(office)
                    found += violations(office.page)
        for query in ("service=uto-passport-renewal", "from=2026-02-01&to=2026-01-01"):
            office.go(f"/organisation/compare?lang=ar&{query}")
            office.is_live()
            found += violations(office.page)
    return found
