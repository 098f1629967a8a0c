"""The time of a server never leaps, and follows its machine's clock for as long as that can be believed."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from queue_server import bootstrap
from queue_server.clock import MAX_STEP, GuardedClock
from queue_server.conditions import CLOCK_JUMPED, Condition
from queue_server.domain.values import HOUR, SECOND, Micros

DAY = 24 * HOUR
START = 1_790_000_000 * SECOND


class Machine:
    """``wall`` can be set by anybody, ``steady`` only goes on."""

    def __init__(self) -> None:
        self.wall, self.steady = START, 5 * SECOND
        self.clock = GuardedClock(lambda: Micros(self.wall), lambda: Micros(self.steady))

    def pass_by(self, time: int) -> None:
        self.wall += time
        self.steady += time


def test_small_corrections_are_followed_and_leaps_are_not() -> None:
    machine = Machine()
    machine.wall += MAX_STEP
    assert machine.clock() == START + MAX_STEP
    assert machine.clock.condition() is None
    machine.wall += MAX_STEP + 1
    machine.pass_by(HOUR)
    assert machine.clock() == START + MAX_STEP + HOUR
    assert machine.clock.condition() == Condition(CLOCK_JUMPED, (MAX_STEP + 1) // SECOND, is_unready=True)


def test_a_clock_that_comes_back_is_believed_again() -> None:
    for leap in (HOUR, -HOUR, DAY, -DAY, 366 * DAY, -366 * DAY):
        machine = Machine()
        machine.wall += leap
        machine.pass_by(4 * SECOND)
        assert machine.clock() == START + 4 * SECOND
        found = machine.clock.condition()
        assert found is not None
        assert found.amount == leap // SECOND
        machine.wall -= leap
        assert machine.clock.condition() is None
        assert machine.clock() == machine.wall


moves = st.lists(
    st.tuples(st.integers(0, DAY), st.one_of(st.integers(-MAX_STEP, MAX_STEP), st.integers(-400 * DAY, 400 * DAY)))
)


@given(moves)
def test_between_two_looks_no_more_passes_than_time_and_one_step(found: list[tuple[int, int]]) -> None:
    machine = Machine()
    before = machine.clock()
    for passed, set_by in found:
        machine.pass_by(passed)
        machine.wall += set_by
        now = machine.clock()
        assert abs(now - before - passed) <= MAX_STEP
        assert (machine.clock.condition() is None) == (now == machine.wall)
        before = now


def test_what_serves_asks_the_clock_of_its_server() -> None:
    """Whoever reads the machine's own clock leaps with it."""
    root = Path(bootstrap.__file__).parent
    served = [path for room in ("http", "web", "writer", "people", "payments") for path in (root / room).rglob("*.py")]
    assert len(served) > 100
    assert [path.name for path in served if "now_micros()" in path.read_text("utf-8")] == []
