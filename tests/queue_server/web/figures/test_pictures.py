"""What is drawn of figures, whatever they are: nothing is lost, nothing lies outside, and it is what was counted."""

from collections import Counter
from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.values import Day
from queue_server.reports.durations import durations_of
from queue_server.reports.quantiles import quantile_of
from queue_server.reports.tally import Tally
from queue_server.web.figures.axis import LINES, axis
from queue_server.web.figures.band import MIN_DAYS, DayVisits, band, came_by_hour, present, slots, usual_by_hour
from queue_server.web.figures.flow_layout import FlowWay, columns, is_forward, layout
from queue_server.web.figures.hour_map import SHADES, bounds, hour_map, shade_of

#: Visits by the half hours in which they came and ended; None: they are still here.
COMINGS = st.lists(
    st.builds(
        lambda came, stay: (came, None if stay is None else came + stay),
        st.integers(0, 47),
        st.none() | st.integers(0, 12),
    ),
    max_size=30,
)
type Comings = list[tuple[int, int | None]]


def visits_of(comings: Comings) -> DayVisits:
    return DayVisits(Counter(came for came, _ in comings), Counter(ended for _, ended in comings if ended is not None))


NODES = [("step", str(number)) for number in range(8)]
WAYS = st.lists(
    st.builds(FlowWay, st.sampled_from(NODES), st.sampled_from(NODES), st.integers(1, 500)),
    max_size=25,
    unique_by=lambda one: (one.start, one.end),
)
ORDER = {node: place for place, node in enumerate(NODES)}


@given(st.lists(st.integers(0, 200), min_size=1), st.fractions(0, 1))
def test_a_quantile_is_the_smallest_number_that_so_many_do_not_exceed(numbers: list[int], share: Fraction) -> None:
    found = quantile_of(numbers, share)
    assert found is not None
    assert found in numbers
    assert sum(one <= found for one in numbers) >= share * len(numbers)
    below = [one for one in numbers if one < found]
    assert not below or len(below) < share * len(numbers)


def test_there_is_no_quantile_of_nothing() -> None:
    assert quantile_of((), Fraction(1, 2)) is None


@given(COMINGS, st.lists(st.integers(0, 60), max_size=10))
def test_who_is_here_has_come_and_not_gone(comings: Comings, at: list[int]) -> None:
    expected = [sum(came < when and not (ended is not None and ended < when) for came, ended in comings) for when in at]
    assert list(present(visits_of(comings), at)) == expected


@given(st.lists(COMINGS, max_size=8))
def test_what_is_usual_lies_between_the_days_of_which_it_is_counted(comings: list[Comings]) -> None:
    days = [visits_of(one) for one in comings]
    named = {Day(str(number)): day for number, day in enumerate(days)}
    at = slots(days)
    found = band(named, at)
    open_days = [day for day in days if day.came]
    assert bool(found) == (len(open_days) >= MIN_DAYS)
    for instant, slot in zip(at, found, strict=False):
        here = sorted(present(day, [instant])[0] for day in open_days)
        assert here[0] <= slot.low <= slot.middle <= slot.high <= here[-1]
        assert sum(one < slot.low for one in here) * 10 <= len(here)
        assert sum(one > slot.high for one in here) * 10 <= len(here)
    # Before the first slot nobody has come, and at the last everybody who goes has gone.
    for one in comings:
        here_at_last = sum(ended is None for _, ended in one)
        if one:
            day = visits_of(one)
            assert present(day, [at[0], at[-1]]) == (0, here_at_last)


@given(st.lists(COMINGS.filter(bool), min_size=MIN_DAYS, max_size=8))
def test_everybody_comes_in_one_hour(comings: list[Comings]) -> None:
    days = [visits_of(one) for one in comings]
    for one, day in zip(comings, days, strict=True):
        assert sum(came_by_hour(day).values()) == len(one)
    named = {Day(str(number)): day for number, day in enumerate(days)}
    for slot in usual_by_hour(named, range(25)).values():
        assert slot.low <= slot.middle <= slot.high


@given(WAYS, st.floats(10, 2000), st.floats(10, 2000), st.floats(0, 200))
def test_ways_are_as_wide_as_many_went_and_lie_within_their_nodes(
    ways: list[FlowWay], width: float, height: float, gap: float
) -> None:
    drawn = layout(ways, ORDER, width=width, height=height, node_width=5, gap=gap)
    ahead = [one for one in ways if is_forward(one, ORDER)]
    assert Counter(band.way for band in drawn.bands) == Counter(ahead)
    boxes = {box.node: box for box in drawn.nodes}
    assert set(boxes) == {node for way in ahead for node in (way.start, way.end)}
    little = 1e-6 * height
    for box in boxes.values():
        assert -little <= box.y
        assert box.y + box.height <= height + little
        assert 0 <= box.x <= width
    for one in boxes.values():
        for other in boxes.values():
            if one.node < other.node and one.column == other.column:
                assert one.y + one.height <= other.y + little or other.y + other.height <= one.y + little
    for band_ in drawn.bands:
        start, end = boxes[band_.way.start], boxes[band_.way.end]
        assert start.column < end.column
        assert start.y - little <= band_.y0
        assert band_.y0 + band_.height <= start.y + start.height + little
        assert end.y - little <= band_.y1
        assert band_.y1 + band_.height <= end.y + end.height + little
    if drawn.bands:
        widths = {round(band_.height / band_.way.visits, 6) for band_ in drawn.bands}
        assert max(widths) - min(widths) <= 1e-5 * max(1, *widths)
    for node in boxes:
        leaving = sorted((one.y0, one.height) for one in drawn.bands if one.way.start == node)
        reaching = sorted((one.y1, one.height) for one in drawn.bands if one.way.end == node)
        for spans in (leaving, reaching):
            assert all(y + high <= below + little for (y, high), (below, _) in pairwise(spans))


@given(WAYS)
def test_a_node_stands_behind_all_that_lead_to_it(ways: list[FlowWay]) -> None:
    found = columns(ways, ORDER)
    for way in ways:
        if is_forward(way, ORDER):
            assert found[way.start] < found[way.end]


@given(st.lists(st.integers(0, 300), max_size=60))
def test_shades_rise_with_numbers(numbers: list[int]) -> None:
    limits = bounds(numbers)
    assert list(limits) == sorted(set(limits))
    assert len(limits) < SHADES
    shades = [shade_of(one, limits) for one in sorted(numbers)]
    assert shades == sorted(shades)
    assert all(0 <= one < SHADES for one in shades)
    if len(set(numbers)) > 1:
        assert shades[0] == 0
        assert shades[-1] == SHADES - 1


@given(
    st.dictionaries(
        st.integers(0, 6),
        st.dictionaries(
            st.integers(0, 24),
            st.lists(st.integers(0, 5_400), max_size=9).map(
                lambda waits: Tally(arrived=len(waits) + 1, first_waits=durations_of(waits))
            ),
        ),
    )
)
def test_a_map_has_a_cell_for_each_hour_in_which_somebody_came(found: dict[int, dict[int, Tally]]) -> None:
    made = hour_map(found)
    assert set(made.cells) == {(weekday, hour) for weekday, hours in found.items() for hour in hours}
    assert {hour for _, hour in made.cells} <= set(made.hours)
    assert list(made.hours) == list(range(min(made.hours, default=0), max(made.hours, default=-1) + 1))
    for (weekday, hour), cell in made.cells.items():
        assert (cell.half_min is None) == (not found[weekday][hour].first_waits.count)
        if cell.half_min is not None and cell.most_min is not None:
            assert cell.half_min <= cell.most_min <= 90


@given(st.integers(0, 10**7))
def test_an_axis_has_round_numbers_and_is_high_enough(largest: int) -> None:
    numbers = axis(largest)
    assert len(numbers) == LINES + 1
    assert numbers[0] == 0
    assert numbers[-1] >= largest
    assert len({b - a for a, b in pairwise(numbers)}) == 1
