"""Three questions lead whoever does not know what to choose to a service, or to the door."""

import pytest

from queue_server.catalogue import store, toml
from queue_server.catalogue.model import Setup
from queue_server.web.booking.questions import topics
from tests.queue_server.web.booking.phone import Phone

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
