"""Centres beside each other: which stands above which, whatever their numbers are."""

from typing import Final

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from queue_server.domain.values import CentreId
from queue_server.web.manager.alarms import AlarmKind
from queue_server.web.organisation.standing import CentreStanding, by_trouble

COUNTS: Final = st.integers(0, 5)
STANDINGS: Final = st.builds(
    CentreStanding,
    id=st.sampled_from([CentreId(f"centre-{number}") for number in range(6)]),
    trouble=st.sampled_from(["", "", "", "writer-stopped"]),
    is_open=st.booleans(),
    alarms=st.dictionaries(st.sampled_from(AlarmKind), COUNTS, max_size=3),
    waiting=COUNTS,
    oldest_s=st.none() | st.integers(0, 3600),
    overdue=COUNTS,
    counters=st.just(5),
    opened=COUNTS,
    devices=st.just(5),
    away=COUNTS,
)
CENTRES: Final = st.lists(STANDINGS, unique_by=lambda one: one.id)
PLAIN: Final = CentreStanding(CentreId("plain"), is_open=True, counters=5, opened=3, devices=4)


def above(worse: CentreStanding, better: CentreStanding) -> bool:
    return by_trouble([better, worse])[0] is worse


@given(CENTRES, st.randoms())
def test_the_order_is_the_same_however_they_come(centres: list[CentreStanding], chance: object) -> None:
    order = by_trouble(centres)
    assert sorted(one.id for one in order) == sorted(one.id for one in centres), "nobody is left out"
    chance.shuffle(centres)  # type: ignore[attr-defined] # a Random of hypothesis
    assert by_trouble(centres) == order


@given(STANDINGS)
def test_what_gets_worse_never_goes_down(one: CentreStanding) -> None:
    """Whatever else is so there, each of these alone puts a centre above what it was before."""
    for worse in (
        replace(one, alarms=one.alarms | {AlarmKind.HELP: one.alarms.get(AlarmKind.HELP, 0) + 1}),
        replace(one, alarms=one.alarms | {AlarmKind.PART: one.alarms.get(AlarmKind.PART, 0) + 1}),
        replace(one, overdue=one.overdue + 1),
        replace(one, waiting=one.waiting + 1),
        replace(one, oldest_s=(one.oldest_s or 0) + 60),
        replace(one, away=one.away + 1),
        replace(one, opened=one.opened - 1),
    ):
        assert above(replace(worse, id=CentreId("z")), replace(one, id=CentreId("a")))


def test_people_come_before_devices_and_a_broken_promise_before_a_long_queue() -> None:
    help_call = replace(PLAIN, id=CentreId("a"), alarms={AlarmKind.HELP: 1})
    printers = replace(PLAIN, id=CentreId("b"), alarms={AlarmKind.PART: 9}, away=3)
    broken = replace(PLAIN, id=CentreId("c"), waiting=1, overdue=1)
    crowded = replace(PLAIN, id=CentreId("d"), waiting=200)
    nobody_served = replace(PLAIN, id=CentreId("e"), trouble="writer-stopped")
    order = by_trouble([crowded, printers, broken, help_call, nobody_served, PLAIN])
    assert [one.id for one in order] == ["e", "a", "c", "b", "d", "plain"]
    assert [one.needs_somebody for one in order] == [True, True, True, True, False, False]


def test_alarms_are_told_apart_by_whom_they_are_about() -> None:
    one = replace(PLAIN, alarms={AlarmKind.HELP: 2, AlarmKind.PAUSED: 1, AlarmKind.COPIED: 1, AlarmKind.REFUSED: 4})
    assert (one.alarms_of_people, one.alarms_of_devices) == (3, 5)
