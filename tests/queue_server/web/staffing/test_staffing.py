"""The staffing of a day in Chromium: what is taken, whom a change concerns, and the press that makes it."""

import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, expect

from queue_server.catalogue import toml
from queue_server.catalogue.model import Setup
from queue_server.domain.appointments import AppointmentCode, shown_code
from queue_server.web.site import LANGUAGES
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.server import COMMAND, Centre
from tests.queue_server.web.staffing.booked import book, booked_day, free_days
from tests.queue_server.web.test_accessibility import large_letters


class Planner(Desk):
    """Elin Marsh, who plans the days of the centre."""

    def plan(self, query: str = "") -> None:
        self.go(f"/staffing?{query}")
        self.is_live()

    def codes(self) -> list[str]:
        """Read the codes of those whom the change that is looked at concerns."""
        return self.page.locator(".day-preview bdi").all_inner_texts()

    def says(self, text: str) -> None:
        expect(self.page.locator(".day-preview")).to_contain_text(text)


@pytest.fixture
def planner(browser: Browser, centre: Centre) -> Iterator[Planner]:
    with Planner(browser, centre) as desk:
        desk.enter("elin.marsh")
        desk.is_live()
        yield desk


def test_it_is_found_from_the_page_of_managers_and_goes_from_day_to_day(planner: Planner) -> None:
    planner.page.get_by_role("link", name="Staffing").click()
    planner.page.wait_for_url("**/staffing")
    planner.is_live()
    today = planner.page.locator("#which-day").input_value()
    planner.press("n")
    planner.page.wait_for_url(re.compile(r"day=(?!" + today + ")"))
    planner.is_live()
    planner.press("p")
    planner.page.wait_for_url(f"**/staffing?day={today}")
    planner.is_live()
    planner.press("Escape")
    planner.page.wait_for_url("**/manager")


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
    assert violations(planner.page) == []


def change_setup(centre: Centre, folder: Path, change: Callable[[Setup], Setup]) -> None:
    """Change what the centre is, as its manager does."""
    data = ["--data", str(centre.server.data)]
    exported = subprocess.run([COMMAND, "export", centre.id, *data], check=True, capture_output=True, text=True).stdout
    file = folder / "centre.toml"
    file.write_text(toml.write(change(toml.parse(exported))))
    subprocess.run([COMMAND, "import", str(file), *data], check=True, capture_output=True)


def test_a_booking_is_seen_in_its_hour(planner: Planner) -> None:
    day = booked_day(planner, 1)
    planner.plan(f"day={day.date}")
    rows = planner.page.locator(".hours-table tbody tr")
    taken = [text for text in rows.first.locator("td b").all_inner_texts() if not text.startswith("0 ")]
    assert taken, rows.first.inner_text()
    listed = planner.page.locator("[aria-labelledby=booked-head] tbody tr")
    expect(listed).to_have_count(1)
    expect(listed).to_contain_text(shown_code(AppointmentCode(day.appointments[0]["code"])))
    # What is booked elsewhere meanwhile appears by itself.
    book(planner, day.start.isoformat().replace("+00:00", "Z"))
    expect(listed).to_have_count(2)


def test_an_hour_is_closed_once_it_was_seen_whom_that_concerns(planner: Planner) -> None:
    day = booked_day(planner, 3, people=2)
    planner.plan(f"day={day.date}")
    planner.page.locator(".hours-table tbody tr").first.get_by_role("link", name="Close").click()
    planner.page.wait_for_url("**kind=close**")
    planner.is_live()
    planner.says("It concerns 3 appointments, 6 people.")
    shown = {shown_code(AppointmentCode(one["code"])) for one in day.appointments}
    assert shown <= set(planner.codes())
    planner.page.get_by_role("button", name="Change it, and take 3 times away").click()
    planner.page.wait_for_url("**done=change-day")
    planner.is_live()
    expect(planner.page.locator(".done")).to_contain_text("It is changed")
    states = planner.page.locator("[aria-labelledby=booked-head] tbody tr td:last-child")
    expect(states).to_have_text(["time taken away"] * 3)
    free = {time["at"] for time in next(one for one in free_days(planner) if one["day"] == day.date)["times"]}
    assert day.start.isoformat().replace("+00:00", "Z") not in free
    # What is taken back is offered again; who lost their time has lost it.
    planner.page.get_by_role("button", name="Take back").click()
    planner.page.wait_for_url("**done=restore-day")
    planner.is_live()
    expect(planner.page.locator(".day-changes li")).to_have_count(0)
    expect(states).to_have_text(["time taken away"] * 3)
    free = {time["at"] for time in next(one for one in free_days(planner) if one["day"] == day.date)["times"]}
    assert day.start.isoformat().replace("+00:00", "Z") in free


def test_a_press_does_not_count_for_others_than_were_shown(planner: Planner) -> None:
    day = booked_day(planner, 1)
    # Nothing of what happens meanwhile reaches this page, from its first moment on: it is pressed as it stood.
    planner.page.route("**/staffing/page*", lambda route: route.abort())
    planner.may_be_cut = True
    planner.plan(day.closing)
    planner.says("It concerns 1 appointment, 1 person.")
    late = book(planner, day.start.isoformat().replace("+00:00", "Z"))
    planner.page.locator("#act-change-day").click()
    expect(planner.page.locator("#notice")).to_be_visible()
    planner.page.unroute_all()
    # What was asked for before that may have been cut as well: it is asked for once more.
    planner.page.evaluate("htmx.trigger(document.getElementById('page'), 'live:refresh')")
    planner.says("It concerns 2 appointments, 2 people.")
    assert shown_code(AppointmentCode(late["code"])) in planner.codes()
    assert "done" not in planner.page.url
    planner.page.locator("#act-change-day").click()
    planner.page.wait_for_url("**done=change-day")


def test_counters_are_added_and_taken_by_keyboard(planner: Planner) -> None:
    day = booked_day(planner, 1)
    planner.plan(f"day={day.date}")
    page = planner.page
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


def test_what_makes_no_sense_is_said_and_cannot_be_pressed(planner: Planner) -> None:
    day = free_days(planner)[1]["day"]
    for query in (f"day={day}&kind=more", f"day={day}&kind=close&start=x&end=y", "day=nonsense&kind=burn"):
        planner.plan(query)
        planner.says("This change makes no sense")
        # So it stays when it is drawn anew.
        drawn = planner.page.locator("#now").get_attribute("data-now")
        expect(planner.page.locator("#now")).not_to_have_attribute("data-now", str(drawn))
        planner.says("This change makes no sense")
        expect(planner.page.locator("#act-change-day")).to_have_count(0)


def test_only_managers_see_it(browser: Browser, centre: Centre) -> None:
    with Desk(browser, centre) as desk:
        desk.enter("noor.haddad")
        assert desk.context.request.get(f"{centre.server.address}/staffing").status == 403


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_and_large_letters_fit(browser: Browser, centre: Centre, language: str) -> None:
    with Planner(browser, centre, language=language) as desk:
        desk.enter("elin.marsh")
        desk.is_live()
        day = booked_day(desk, 2)
        for query in (f"day={day.date}", day.closing):
            desk.plan(query)
            assert violations(desk.page) == [], query
            large_letters(desk)
