from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.values import MINUTE
from queue_server.web import promise_line
from queue_server.web.times import minutes_left

NOW = 1_764_000_000_000_000
offsets = st.integers(min_value=-300 * MINUTE, max_value=300 * MINUTE)
spans = st.lists(st.tuples(st.integers(0, 200 * MINUTE), offsets), max_size=9).map(
    lambda pairs: [(NOW - waited, NOW + due) for waited, due in pairs]
)


@given(spans)
def test_every_line_stays_on_the_drawing_and_runs_from_ready_over_now_to_due(pairs: list[tuple[int, int]]) -> None:
    axis = promise_line.axis(pairs, NOW, mirrored=False)
    for ready, due in pairs:
        line = axis.line(ready, due)
        parts = [line.waited, *(part for part in (line.left, line.late) if part)]
        assert all(2 <= x <= 98 for part in parts for x in part)
        assert all(start <= end for start, end in parts)
        assert (line.left is None) == (due < NOW)
        assert (line.late is None) == (due >= NOW)
        assert line.now == axis.x(NOW)


@given(spans)
def test_the_mirrored_line_is_the_same_picture_from_the_other_side(pairs: list[tuple[int, int]]) -> None:
    here, there = (promise_line.axis(pairs, NOW, mirrored=mirrored) for mirrored in (False, True))
    for ready, due in pairs:
        line, mirror = here.line(ready, due), there.line(ready, due)
        assert abs(line.due + mirror.due - 100) < 0.02
        assert abs(line.waited[0] + mirror.waited[0] - 100) < 0.02


@given(spans, st.integers(0, 10**9))
def test_labels_of_the_clock_are_quarter_hours_and_never_touch(pairs: list[tuple[int, int]], moved: int) -> None:
    axis = promise_line.axis(pairs, NOW + moved, mirrored=False)
    shares = [axis.x(axis.now), *(axis.x(at) for at in axis.ticks())]
    assert all(at % (15 * MINUTE) == 0 for at in axis.ticks())
    assert all(abs(a - b) > 12 for index, a in enumerate(shares) for b in shares[index + 1 :])


@given(offsets)
def test_minutes_left_are_never_better_than_the_truth(offset: int) -> None:
    left = minutes_left(NOW + offset, NOW)
    assert (left - 1) * MINUTE < offset <= left * MINUTE
