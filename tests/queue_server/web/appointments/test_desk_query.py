"""The address of the page of appointments: read as it was written, and nothing that is hostile comes of it. Pure."""

from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from queue_server.catalogue import store, toml
from queue_server.contract.base import People
from queue_server.domain.values import ServiceId
from queue_server.web.appointments.desk_query import MAX_FOUND, MAX_SERVICES, DeskQuery, read
from queue_server.web.booking.choice import BookingChoice

SETUP = toml.parse(store.demo_catalogues()[0])
PLAIN = replace(SETUP, bands=())
SERVICES = tuple(one.id for one in SETUP.services if one.bookable)
ONE = BookingChoice(party_size=1, people=(People(SETUP.bands[0].id, 1),))


def of(query: str, *, plain: bool = False) -> DeskQuery:
    fields = parse_qs(query, keep_blank_values=True)
    return read(lambda name: fields.get(name, []), tuple(fields), PLAIN if plain else SETUP)


def test_nothing_is_one_person_who_has_chosen_nothing() -> None:
    assert of("") == DeskQuery(choice=ONE)
    assert of("", plain=True) == DeskQuery(choice=BookingChoice(party_size=1))


def test_a_party_that_cannot_be_is_none() -> None:
    service = SERVICES[0]
    assert of(f"service={service}&age-adult=0").choice.party_size == 0
    assert of(f"service={service}&people=99", plain=True).choice.party_size == 0
    assert of(f"service={service}&age-adult=2&age-child=1").choice.party_size == 3


def test_staff_take_as_many_services_as_there_may_be() -> None:
    asked = "&".join(f"service={one}" for one in SERVICES[:7])
    assert of(asked).choice.services == SERVICES[:MAX_SERVICES]
    not_bookable = next(one.id for one in SETUP.services if not one.bookable)
    assert of(f"service={not_bookable}&service=none").choice.services == ()


@given(
    st.builds(
        DeskQuery,
        appointment=st.uuids().map(str) | st.just(""),
        found=st.lists(st.uuids().map(str), max_size=MAX_FOUND).map(tuple),
        choice=st.just(ONE) | st.just(BookingChoice((ServiceId(SERVICES[0]), ServiceId(SERVICES[1])), 1, ONE.people)),
        language=st.sampled_from(["", "en", "fa-AF"]),
        day=st.sampled_from(["", "2026-11-30"]),
        at=st.none() | st.integers(0, 10**16 - 1),
        hold=st.uuids().map(str) | st.just(""),
        moving=st.booleans(),
        done=st.sampled_from(["", "book-appointment"]),
    )
)
def test_it_is_read_as_it_was_written(asked: DeskQuery) -> None:
    assert of(asked.written()) == asked


@given(
    st.dictionaries(st.sampled_from(["appointment", "found", "at", "hold", "people", "age-adult", "move"]), st.text())
)
def test_whatever_stands_there_is_read(fields: dict[str, str]) -> None:
    asked = read(lambda name: [fields[name]] if name in fields else [], tuple(fields), SETUP)
    assert len(asked.found) <= MAX_FOUND
    assert asked.at is None or asked.at >= 0


@pytest.mark.parametrize("said", ["٣", "-1", "1e9", "1" * 17, " 1"])
def test_an_instant_is_digits(said: str) -> None:
    assert read(lambda name: [said] if name == "at" else [], ("at",), SETUP).at is None
