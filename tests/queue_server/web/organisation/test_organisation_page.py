"""All centres in Chromium: found from the page of one, sorted by trouble by itself, in every language and width."""

import pytest
from playwright.sync_api import Browser, expect

from queue_server.domain.values import HelpKind
from queue_server.web.site import LANGUAGES
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.manager.office import Office
from tests.queue_server.web.server import Centre, Server
from tests.queue_server.web.test_accessibility import large_letters


def test_it_is_found_from_the_page_of_one_centre_and_leads_back(browser: Browser, centre: Centre) -> None:
    with Office(browser, centre) as office:
        office.look()
        office.find("#to-organisation").click()
        office.page.wait_for_url("**/organisation")
        office.is_live()
        expect(office.find(f"#centre-{centre.id}")).to_have_count(1)
        office.press("Escape")
        office.page.wait_for_url("**/manager")


def test_a_centre_rises_while_somebody_needs_help_there(browser: Browser, centre: Centre, server: Server) -> None:
    """It happens at another centre than the one where they are signed in."""
    other = Centre(server, server.unused.popleft())
    with Office(browser, centre) as office:
        office.look()
        office.go("/organisation")
        office.is_live()
        row = office.find(f"#centre-{other.id}")
        expect(row).not_to_have_class("bad-row")
        call = other.call_help(HelpKind.HELP)
        expect(row).to_have_class("bad-row")
        expect(row.locator("td").first).to_have_text("people need somebody")
        rows = office.find(".centres-table tbody tr")
        above = [one.get_attribute("class") for one in rows.all()[: list_place(office, other) + 1]]
        assert set(above) == {"bad-row"}, "nobody who is well stands above it"
        other.withdraw_help(call)
        expect(row).not_to_have_class("bad-row")


def list_place(office: Office, centre: Centre) -> int:
    ids: list[str] = office.find(".centres-table tbody tr").evaluate_all("rows => rows.map(row => row.id)")
    return ids.index(f"centre-{centre.id}")


def test_centres_are_compared_by_keys(browser: Browser, centre: Centre) -> None:
    with Office(browser, centre) as office:
        office.look()
        office.go("/organisation")
        office.is_live()
        office.press("c")
        office.page.wait_for_url("**/organisation/compare")
        office.is_live()
        # Nobody was here on the days before: nothing is shown of any centre.
        expect(office.find(f"#compared-{centre.id} td")).to_have_text("Fewer than five visits: not shown.")
        office.find("#compare-service").select_option("uto-passport-renewal")
        office.page.get_by_role("button", name="Compare").click()
        office.page.wait_for_url("**service=uto-passport-renewal")
        office.is_live()
        expect(office.find("#compare-service")).to_have_value("uto-passport-renewal")
        office.press("Escape")
        office.page.wait_for_url("**/organisation")


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_and_large_letters_fit(browser: Browser, centre: Centre, language: str) -> None:
    centre.crowd(12)
    centre.call_help(HelpKind.FAULT)
    with Office(browser, centre, language=language) as office:
        office.look()
        office.go("/organisation")
        office.is_live()
        assert violations(office.page) == []
        large_letters(office)
        for query in ("", "?service=uto-passport-renewal", "?from=2026-02-01&to=2026-01-01"):
            office.go(f"/organisation/compare{query}")
            office.is_live()
            assert violations(office.page) == []
        large_letters(office)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_bar_keeps_to_its_line_and_to_a_phone(browser: Browser, centre: Centre, language: str) -> None:
    """On the screen of an office it is one line, and nothing stands out of the screen of a phone."""
    with Office(browser, centre, language=language) as office:
        office.look()
        for path in ("/manager", "/organisation", "/organisation/compare"):
            for width in (390, 768, 1280):
                office.page.set_viewport_size({"width": width, "height": 800})
                office.go(path)
                office.is_live()
                seen = office.page.evaluate(
                    """() => {
                        const bar = document.querySelector(".bar"), root = document.documentElement
                        const boxes = [...bar.children].map(one => one.getBoundingClientRect()).filter(box => box.width)
                        const ends = boxes.map(box => [box.top, box.bottom])
                        return {
                            wide: Math.max(root.scrollWidth, bar.scrollWidth) - root.clientWidth,
                            lines: Math.max(...ends.map(end => end[0])) < Math.min(...ends.map(end => end[1])),
                        }
                    }"""
                )
                assert seen["wide"] <= 0, (path, width, seen)
                assert seen["lines"] or width < 1280, (path, width, seen)
