"""What was chosen travels in the address: it is read back as it was, and what nobody offers was not chosen."""

from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from queue_server.catalogue import store, toml
from queue_server.contract.base import People
from queue_server.domain.values import ServiceId
from queue_server.web.booking.choice import BookingChoice, bookable, max_people, read_choice

SETUP = toml.parse(store.demo_catalogues()[0])
BARE = replace(SETUP, bands=(), fees=())
SERVICES = [one.id for one in bookable(SETUP)]


def read(query: str, *, bands: bool = False) -> BookingChoice:
    asked = parse_qs(query, keep_blank_values=True)
    return read_choice(lambda name: asked.get(name, ()), SETUP if bands else BARE)


@given(st.lists(st.sampled_from(SERVICES), unique=True, max_size=3), st.integers(0, 20))
def test_a_choice_is_read_as_it_was_written(services: list[ServiceId], size: int) -> None:
    choice = BookingChoice(tuple(services), min(size, max_people(BARE)))
    assert read(choice.query()) == choice


def test_a_party_is_read_by_age_where_that_is_told_apart() -> None:
    bands = [one.id for one in SETUP.bands]
    assert len(bands) > 1
    choice = BookingChoice((SERVICES[0],), 3, (People(bands[0], 1), People(bands[1], 2)))
    assert read(choice.query(), bands=True) == choice
    assert [(one.band, one.count) for one in choice.headcounts] == [(bands[0], 1), (bands[1], 2)]
    # A number alone says nothing of ages.
    assert read("people=3", bands=True).party_size == 0


@pytest.mark.parametrize("people", ["0", "-1", "21", "999", "x", "", "1e1", "\N{ARABIC-INDIC DIGIT THREE}", "1 "])
def test_what_is_no_party_was_not_chosen(people: str) -> None:
    assert read(f"service={SERVICES[0]}&people={people}").party_size == 0


def test_what_nobody_offers_was_not_chosen() -> None:
    query = f"service=<b>&service={SERVICES[0]}&service={SERVICES[0]}&service=none"
    assert read(query).services == (SERVICES[0],)
    many = "&".join(f"service={one}" for one in SERVICES)
    assert len(read(many).services) == SETUP.rules.kiosk_services


@given(st.dictionaries(st.sampled_from(["service", "people", "age-adult", "age-child", "x"]), st.lists(st.text())))
def test_whatever_is_asked_a_choice_is_one(asked: dict[str, list[str]]) -> None:
    for setup in (SETUP, BARE):
        choice = read_choice(lambda name: asked.get(name, ()), setup)
        assert choice.party_size <= max_people(setup)
        assert set(choice.services) <= set(SERVICES)
