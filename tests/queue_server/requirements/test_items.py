"""What a party is asked for: in any party and with any lists each person has what is theirs, once."""

from collections import Counter

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from queue_server.contract.requirements import RequirementView
from queue_server.domain.requirements import (
    RequiredItem,
    RequirementId,
    RequirementKind,
    RequirementStatus,
    items,
    joined,
    outstanding,
)
from queue_server.domain.tariff import PARTY, Headcount
from queue_server.domain.values import BandId, ServiceId

BANDS = [BandId("adult"), BandId("child"), BandId("small-child")]
SERVICES = [ServiceId("passport"), ServiceId("card"), ServiceId("visa")]
LINES = st.builds(
    RequirementView,
    id=st.sampled_from([*map(RequirementId, ("photo", "form", "record"))]),
    kind=st.sampled_from(RequirementKind),
    name=st.just({"en": "A thing"}),
    per=st.sampled_from(["person", "party"]),
    bands=st.lists(st.sampled_from(BANDS), max_size=2, unique=True).map(tuple),
    only=st.sampled_from([{}, {"en": "only sometimes"}]),
)
LISTS = st.dictionaries(
    st.sampled_from(SERVICES), st.lists(LINES, max_size=3, unique_by=lambda one: one.id).map(tuple), max_size=3
)
PEOPLE = st.dictionaries(st.sampled_from(BANDS), st.integers(1, 5), min_size=1).map(
    lambda found: tuple(Headcount(band, count) for band, count in found.items())
)


@given(lists=LISTS, services=st.permutations(SERVICES), people=PEOPLE)
def test_each_person_is_asked_for_each_line_of_their_age_once(
    lists: dict[ServiceId, tuple[RequirementView, ...]], services: list[ServiceId], people: tuple[Headcount, ...]
) -> None:
    lines = joined(services, lists)
    found = items(lines, people)
    assert len(set(found)) == len(found)
    for service, line in lines:
        own = Counter(one.band for one in found if (one.service, one.requirement) == (service, line.id))
        ages = {one.band: one.count for one in people if not line.bands or one.band in line.bands}
        assert own == (Counter({PARTY: 1} if ages else {}) if line.per == "party" else Counter(ages))
    assert all(1 <= one.number <= 5 for one in found)


@given(lists=LISTS, services=st.lists(st.sampled_from(SERVICES), max_size=6))
def test_what_two_services_want_alike_is_asked_for_once(
    lists: dict[ServiceId, tuple[RequirementView, ...]], services: list[ServiceId]
) -> None:
    lines = joined(services, lists)
    wanted = [line for service in dict.fromkeys(services) for line in lists.get(service, ())]
    assert all(line in [one for _, one in lines] for line in wanted)
    texts = [msgspec.json.encode(line) for _, line in lines]
    assert len(set(texts)) == len(texts)


@given(data=st.data(), lists=LISTS, people=PEOPLE)
def test_missing_is_all_that_was_not_seen_and_of_conditions_what_was_found(
    data: st.DataObject, lists: dict[ServiceId, tuple[RequirementView, ...]], people: tuple[Headcount, ...]
) -> None:
    lines = joined(SERVICES, lists)
    wanted = items(lines, people)
    some = st.sampled_from(wanted) if wanted else st.nothing()
    found: dict[RequiredItem, RequirementStatus] = data.draw(
        st.dictionaries(some, st.sampled_from(RequirementStatus), max_size=len(wanted))
    )
    conditional = {(service, line.id) for service, line in lines if line.only}
    missing = outstanding(wanted, found, conditional)
    for one in wanted:
        status = found.get(one)
        if status is None:
            assert (one in missing) == ((one.service, one.requirement) not in conditional)
        else:
            assert (one in missing) == (status is not RequirementStatus.SEEN)
    seen = dict.fromkeys(wanted, RequirementStatus.SEEN)
    assert outstanding(wanted, seen, conditional) == ()
