"""The staffing of a day in Chromium: by keyboard, and what appears on the open page by itself."""

import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, expect

from queue_server.catalogue import toml
from queue_server.catalogue.model import Setup
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.server import COMMAND, Centre
from tests.queue_server.web.staffing.booked import book, booked_day


class Planner(Desk):
    """Elin Marsh, who plans the days of the centre."""

    def plan(self, query: str = "") -> None:
        self.go(f"/staffing?{query}")
        self.is_live()

    def says(self, text: str) -> None:
        expect(self.page.locator(".day-preview")).to_contain_text(text)


@pytest.fixture
def planner(browser: Browser, centre: Centre) -> Iterator[Planner]:
    with Planner(browser, centre) as desk:
        desk.enter("elin.marsh")
        desk.is_live()
        yield desk


def test_a_manager_goes_from_day_to_day_and_adds_counters_by_keyboard(planner: Planner) -> None:
    page = planner.page
    page.get_by_role("link", name="Staffing").click()
    page.wait_for_url("**/staffing")
    planner.is_live()
    today = page.locator("#which-day").input_value()
    planner.press("n")
    page.wait_for_url(re.compile(r"day=(?!" + today + ")"))
    planner.is_live()
    planner.press("p")
    page.wait_for_url(f"**/staffing?day={today}")
    planner.is_live()
    planner.press("Escape")
    page.wait_for_url("**/manager")
    day = booked_day(planner, 1)
    planner.plan(f"day={day.date}")
    page.locator("#change-kind").focus()
    page.keyboard.type("Add")
    page.keyboard.press("Tab")
    page.keyboard.type("Photo room")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("2")
    page.keyboard.press("Enter")
    page.wait_for_url("**kind=more**")
    planner.is_live()
    planner.says("Photo room")
    planner.says("It concerns nobody")
    page.get_by_role("link", name="Leave it as it is").focus()
    page.keyboard.press("Shift+Tab")
    expect(page.locator("#act-change-day")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**done=change-day")


def test_managers_are_told_of_services_for_which_nobody_is_planned(planner: Planner, tmp_path: Path) -> None:
    alarm = planner.page.locator("#alarm-staffing-gaps")
    expect(alarm).to_have_count(0)
    change_setup(
        planner.centre,
        tmp_path,
        lambda setup: replace(
            setup,
            staffing=tuple(
                replace(one, steps=("reception",)) if one.id == "front-windows" else one
                for one in setup.staffing
                if one.id != "nurse"
            ),
        ),
    )
    expect(alarm).to_be_visible(timeout=60_000)
    expect(alarm).to_contain_text("3 services can be booked, but nobody is planned for one of their stops")
    expect(alarm).to_contain_text("Health assessment (Utopia): Health check")


def change_setup(centre: Centre, folder: Path, change: Callable[[Setup], Setup]) -> None:
    """Change what the centre is, as its manager does."""
    data = ["--data", str(centre.server.data)]
    exported = subprocess.run([COMMAND, "export", centre.id, *data], check=True, capture_output=True, text=True).stdout
    file = folder / "centre.toml"
    file.write_text(toml.write(change(toml.parse(exported))))
    subprocess.run([COMMAND, "import", str(file), *data], check=True, capture_output=True)


def test_what_is_booked_elsewhere_appears_and_a_press_meanwhile_is_refused_first(planner: Planner) -> None:
    """The page is pressed as it stood; then it shows whom the change concerns now."""
    page, day = planner.page, booked_day(planner, 1)
    at = day.start.isoformat().replace("+00:00", "Z")
    planner.plan(f"day={day.date}")
    listed = page.locator("[aria-labelledby=booked-head] tbody tr")
    expect(listed).to_have_count(1)
    book(planner, at)
    expect(listed).to_have_count(2)
    # Nothing of what happens meanwhile reaches this page, from its first moment on.
    page.route("**/staffing/page*", lambda route: route.abort())
    planner.may_be_cut = True
    planner.plan(day.closing)
    planner.says("It concerns 2 appointments, 2 people.")
    book(planner, at)
    page.locator("#act-change-day").click()
    expect(page.locator("#notice")).to_be_visible()
    page.unroute_all()
    # What was asked for before that may have been cut as well: it is asked for once more.
    page.evaluate("htmx.trigger(document.getElementById('page'), 'live:refresh')")
    planner.says("It concerns 3 appointments, 3 people.")
    page.locator("#act-change-day").click()
    page.wait_for_url("**done=change-day")
