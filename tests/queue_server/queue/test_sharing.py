"""What a state is made of: it is never changed, and never copied whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.values import VisitId
from queue_server.queue.arrivals import Arrivals
from queue_server.queue.calling_order import CallingOrder, Entry
from tests.queue_server.queue.centre import ONE, Play

entries = st.tuples(
    st.tuples(st.booleans(), st.integers(0, 50), st.integers(0, 50)), st.text("ab", max_size=2).map(VisitId)
)


def _built(wanted: list[Entry]) -> CallingOrder:
    order = CallingOrder()
    for entry in wanted:
        order = order.add(entry)
    return order


@given(st.lists(entries, unique=True, max_size=400), entries)
def test_an_order_is_a_sorted_list(wanted: list[Entry], asked: Entry) -> None:
    order = _built(wanted)
    assert list(order) == sorted(wanted)
    assert len(order) == len(wanted)
    assert order.before(asked) == sum(one < asked for one in wanted)
    assert (asked in order) is (asked in wanted)


@given(st.lists(entries, unique=True, min_size=1, max_size=400), st.data())
def test_who_leaves_an_order_is_gone_and_the_former_order_stays(wanted: list[Entry], data: st.DataObject) -> None:
    before = _built(wanted)
    leaving = data.draw(st.lists(st.sampled_from(wanted), unique=True))
    after = before
    for entry in leaving:
        after = after.remove(entry)
    assert list(before) == sorted(wanted)
    assert list(after) == sorted(set(wanted) - set(leaving))
    assert len(after) == len(wanted) - len(leaving)


def test_an_order_of_thousands_stands_in_blocks_of_which_one_is_made_anew() -> None:
    many = [((True, place, place), VisitId(str(place))) for place in range(5_000)]
    before = _built(many)
    after = before.add(((True, 2_500, 0), VisitId("new")))
    shared = {id(block) for block in before._blocks} & {id(block) for block in after._blocks}
    assert len(before._blocks) - len(shared) == 1
    assert max(map(len, after._blocks)) <= 64


def test_who_is_not_in_an_order_cannot_leave_it() -> None:
    entry = ((True, 1, 1), VisitId("one"))
    for order in (CallingOrder(), _built([((True, 1, 0), VisitId("other"))])):
        with pytest.raises(KeyError):
            order.remove(entry)


def test_visits_stand_as_they_came() -> None:
    """Also the two hundred that need more than one block, whoever of them has gone."""
    play = Play().open_day()
    came = [play.issue() for _ in range(200)]
    before = play.state.visits
    assert [*before] == came
    after = before.without(frozenset(came[::2])).put(before[came[0]])
    assert [*after] == [visit.id for visit in after.values()] == [*came[1::2], came[0]]
    assert [*after.items()] == [(visit.id, visit) for visit in after.values()]
    assert [*before] == came
    assert came[2] not in after
    assert after.get(came[2]) is None


def test_a_visit_that_changes_keeps_its_place() -> None:
    play = Play().open_day()
    play.open(ONE)
    came = [play.issue() for _ in range(3)]
    play.call()
    assert [*play.state.visits] == came
    assert dict(Arrivals()) == {}
