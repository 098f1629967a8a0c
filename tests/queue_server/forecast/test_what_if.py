"""A plan with changes: spans are sets of instants, and a change is one set more or less."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.values import CounterId, Micros, StepId
from queue_server.forecast.outlook import PlannedCounter
from queue_server.forecast.what_if import (
    Absent,
    EverybodyComes,
    OneMore,
    PlanChange,
    Present,
    Spans,
    changed,
    more_id,
    moved,
    simplest,
    with_span,
    without_span,
)
from queue_server.queue.settings import Skills
from tests.queue_server.forecast.moments import plan
from tests.queue_server.simulation.town import PAPERS, after, small
from tests.queue_server.simulation.town import counter as shifts

INSTANT = st.integers(0, 40)


@st.composite
def spans(draw: st.DrawFn) -> Spans:
    edges = sorted(draw(st.sets(INSTANT, max_size=8)))
    return tuple((Micros(start), Micros(end)) for start, end in zip(edges[::2], edges[1::2], strict=False))


def instants(found: Spans) -> set[int]:
    return {at for start, end in found for at in range(start, end)}


def is_tidy(found: Spans) -> bool:
    """Spans are in order, none is empty, none overlaps the next."""
    edges = [edge for span in found for edge in span]
    return edges == sorted(edges) and all(start < end for start, end in found)


@given(spans(), INSTANT, INSTANT)
def test_spans_are_sets_of_instants(found: Spans, start: int, end: int) -> None:
    more, fewer = with_span(found, Micros(start), Micros(end)), without_span(found, Micros(start), Micros(end))
    assert instants(more) == instants(found) | set(range(start, end))
    assert instants(fewer) == instants(found) - set(range(start, end))
    assert is_tidy(more)
    assert is_tidy(fewer)


@given(spans(), INSTANT, INSTANT)
def test_what_was_added_can_be_taken_out(found: Spans, start: int, end: int) -> None:
    at, to = Micros(start), Micros(end)
    assert without_span(with_span(found, at, to), at, to) == without_span(found, at, to)


def test_changes_hold_one_after_another() -> None:
    before = plan(small((shifts("a", (0, 60)), shifts("b", (0, 60)))))
    assert changed(before, ()) == before
    found = changed(
        before,
        (
            Absent(CounterId("a"), after(30), after(120)),
            OneMore(PAPERS, after(10), after(50)),
            Present(CounterId("a"), after(40), after(45)),
            Absent(CounterId("nobody"), after(0), after(60)),
            EverybodyComes(),
        ),
    )
    assert {one.id: one.spans for one in found.counters} == {
        "a": ((after(0), after(30)), (after(40), after(45))),
        "b": ((after(0), after(60)),),
        "+1": ((after(10), after(50)),),
    }
    assert found.counters[-1] == PlannedCounter(CounterId("+1"), Skills(steps=(PAPERS,)), ((after(10), after(50)),))
    assert found.showing == 1.0
    assert changed(before, (OneMore(StepId("x"), after(9), after(9)),)).counters[-1].spans == ()


MINUTES = st.integers(0, 24).map(lambda at: after(at * 5))
CHANGES = st.lists(
    st.one_of(
        st.builds(OneMore, st.just(PAPERS), MINUTES, MINUTES),
        st.builds(Present, st.sampled_from((CounterId("a"), CounterId("b"))), MINUTES, MINUTES),
        st.builds(Absent, st.sampled_from((CounterId("a"), CounterId("b"))), MINUTES, MINUTES),
        st.just(EverybodyComes()),
    ),
    max_size=6,
)
TWO = plan(small((shifts("a", (0, 30), (60, 120)), shifts("b", (20, 90)))))


def there(changes: Sequence[PlanChange]) -> list[tuple[Skills, Spans]]:
    """Say who is there when; names of counters that are more are their places in a list."""
    return sorted(((one.skills, one.spans) for one in changed(TWO, changes).counters if one.spans), key=repr)


@given(CHANGES)
def test_the_simplest_changes_say_the_same(changes: list[PlanChange]) -> None:
    simple = simplest(TWO, changes)
    assert there(simple) == there(changes)
    assert changed(TWO, simple).showing == changed(TWO, changes).showing
    assert simplest(TWO, simple) == simple


@given(CHANGES, MINUTES, MINUTES)
def test_an_edge_is_moved_and_back_again(changes: list[PlanChange], edge: Micros, to: Micros) -> None:
    for counter in ("a", "b", "+0"):
        found = moved(TWO, changes, CounterId(counter), edge, to)
        if found is changes:
            continue
        spans = {one.id: one.spans for one in changed(TWO, found).counters}[CounterId(counter)]
        assert is_tidy(spans)


def test_edges_move_as_they_are_dragged() -> None:
    a, more = CounterId("a"), more_id(0)
    assert simplest(TWO, moved(TWO, (), a, after(30), after(45))) == (Present(a, after(30), after(45)),)
    assert simplest(TWO, moved(TWO, (), a, after(120), after(75))) == (Absent(a, after(75), after(120)),)
    assert simplest(TWO, moved(TWO, (), a, after(60), after(150))) == (Absent(a, after(60), after(120)),)
    assert moved(TWO, (), a, after(33), after(45)) == ()
    extra = (OneMore(PAPERS, after(10), after(50)),)
    assert moved(TWO, extra, more, after(10), after(20)) == [OneMore(PAPERS, after(20), after(50))]
    assert simplest(TWO, moved(TWO, extra, more, after(50), after(5))) == ()
