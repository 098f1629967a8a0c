"""Three questions lead whoever does not know what to choose to a service, or to the door."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from queue_server.catalogue import store, toml
from queue_server.catalogue.model import Setup
from queue_server.web.booking.questions import topics
from tests.queue_server.web.booking.browser import go, looked_at, telephone
from tests.queue_server.web.booking.phone import Phone
from tests.queue_server.web.server import Centre

SETUPS = [toml.parse(text) for text in store.demo_catalogues()]


@pytest.mark.parametrize("setup", SETUPS, ids=lambda one: str(one.centre.id))
def test_each_service_is_found_by_one_way_and_one_alone(setup: Setup) -> None:
    for government in setup.governments:
        offered = [one.id for one in setup.services if one.government == government.id]
        found = topics(setup, government.id)
        reached = [one.id for topic in found for kind in topic.kinds for one in kind.services]
        assert sorted(reached) == sorted(offered)
        assert len({one.id for one in found}) == len(found)
        assert all(kind.services for topic in found for kind in topic.kinds)


def steps(page: Page, centre: Centre, language: str) -> Iterator[str]:
    """Answer as whoever can wait, then as whoever cannot, then as whoever does not know."""
    go(page, centre, f"/book/{centre.id}?government=UTO&lang={language}")
    page.locator('a[href*="/questions"]').click()
    page.wait_for_url("**/questions?*")
    first = page.url
    yield "first"
    page.locator('a[href*="today=no"]').click()
    page.wait_for_url("**today=no*")
    second = page.url
    yield "second"
    page.locator('a[href*="about=group-help"]').click()
    page.wait_for_url("**about=*")
    yield "third"
    page.locator('.offer[href*="about=unsure"]').click()
    page.wait_for_url("**about=unsure*")
    expect(page.locator('a[href*="/info?"]')).to_be_visible()
    yield "ask"
    page.goto(first)
    page.locator('a[href*="today=yes"]').click()
    page.wait_for_url("**today=yes*")
    yield "urgent"
    page.locator('a[href*="today=no"]').click()
    page.wait_for_url(second)
    page.locator('a[href*="about=group-passport-id"]').click()
    page.locator('a[href*="service=uto-passport-lost"]').click()
    page.wait_for_url("**/people?*service=uto-passport-lost*")


def test_everybody_can_answer(browser: Browser, centre: Centre) -> None:
    """No rule of axe is broken, nothing is cut off or too small, also with letters of twice the size.

    In other languages ``tests/journeys/pages`` looks.
    """
    with telephone(browser) as page:
        found = looked_at(page, "questions", "ar", steps(page, centre, "ar"))
        assert {name: one for name, one in found.items() if one} == {}
        assert len(found) == 5


def test_without_scripts_each_answer_is_a_link(phone: Phone) -> None:
    page = phone.open(f"{phone.home}?government=UTO")
    page = phone.open(page.link("/questions"))
    urgent = phone.open(page.link("today=yes"))
    page = phone.open(page.link("today=no"))
    assert phone.open(page.link("about=group-help")).status == 200
    assert phone.open(page.link("about=unsure")).link("/info?")
    assert urgent.link("today=no") == page.address
    page = phone.open(page.link("about=group-passport-id"))
    page = phone.open(page.link("service=uto-passport-lost"))
    assert page.address.partition("?")[0] == f"{phone.home}/people"


def test_what_needs_no_appointment_is_said_to_need_none(phone: Phone) -> None:
    page = phone.open(f"{phone.home}/questions?government=UTO&today=no&about=group-help")
    assert "Without an appointment: " in page.text
    assert "Evacuation" in page.text
    assert not [one for one in page.links if "service=uto-evacuation" in one]


@pytest.mark.parametrize("answers", ["today=perhaps", "today=no&about=nothing", "today=no&about=kind-passport&about=x"])
def test_answers_that_nobody_gave_are_asked_for_again(phone: Phone, answers: str) -> None:
    page = phone.open(f"{phone.home}/questions?government=UTO&{answers}")
    assert page.status == 200
    assert " of 3 " in page.text


def test_without_a_government_it_is_asked_for_first(phone: Phone) -> None:
    assert "For which country?" in phone.open(f"{phone.home}/questions").text
    assert phone.open("/book/nowhere/questions?government=UTO").status == 404


def test_what_was_chosen_before_stays_chosen(phone: Phone) -> None:
    chosen = "service=uto-passport-renewal"
    page = phone.open(f"{phone.home}/questions?{chosen}&government=UTO&today=no&about=group-passport-id")
    assert all(chosen in one for one in page.links if "/people?" in one)
