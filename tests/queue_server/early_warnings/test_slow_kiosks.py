"""A kiosk that is slower than it usually is at this time of the week."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.values import DeviceId
from queue_server.early_warnings.slow_kiosks import MIN_DAYS, slow_kiosks
from tests.queue_server.web.days import at

ONE, OTHER = DeviceId("kiosk-1"), DeviceId("kiosk-2")
NOW = at("11:00")


def slow(today: dict[DeviceId, int], before: dict[DeviceId, list[int]], *kiosks: DeviceId) -> list[DeviceId]:
    return [one.device for one in slow_kiosks(today, before, NOW, kiosks or tuple(before))]


@pytest.mark.parametrize(
    ("tickets", "usual", "is_slow"),
    [(0, 4, False), (0, 6, True), (1, 6, False), (4, 12, True), (6, 12, False), (11, 24, True), (13, 24, False)],
)
def test_less_than_half_and_hardly_by_chance(tickets: int, usual: int, *, is_slow: bool) -> None:
    assert slow({ONE: tickets}, {ONE: [usual] * 4}) == ([ONE] if is_slow else [])


def test_a_quiet_day_is_no_fault_of_a_kiosk() -> None:
    usual = {ONE: [20] * 4, OTHER: [20] * 4}
    assert slow({ONE: 6, OTHER: 20}, usual) == [ONE]
    assert slow({ONE: 6, OTHER: 7}, usual) == []
    # The only one that is well speaks for the day; one that is busier than ever does not make others slow.
    assert slow({ONE: 15, OTHER: 60}, usual) == []


def test_of_a_few_days_nobody_knows_what_is_usual() -> None:
    assert slow({}, {ONE: [20] * (MIN_DAYS - 1)}) == []
    assert slow({}, {ONE: [20] * MIN_DAYS}) == [ONE]


COUNTS = st.lists(st.integers(0, 60), min_size=MIN_DAYS, max_size=6)


@given(st.integers(0, 60), st.integers(0, 60), COUNTS, COUNTS)
def test_more_tickets_never_make_a_kiosk_slow(tickets: int, others: int, mine: list[int], theirs: list[int]) -> None:
    before = {ONE: mine, OTHER: theirs}
    if ONE in slow({ONE: tickets + 1, OTHER: others}, before):
        assert ONE in slow({ONE: tickets, OTHER: others}, before)
    # What others give out today makes it slow, and never what they do not.
    if ONE in slow({ONE: tickets, OTHER: others}, before):
        assert ONE in slow({ONE: tickets, OTHER: others + 1}, before)
