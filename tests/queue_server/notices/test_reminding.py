"""When whoever does not come is told again: each once, the latest alone, and never after the last day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.custody.expiry import is_over, last_day
from queue_server.domain.values import Day
from queue_server.notices.reminding import DueReminder, due
from queue_server.notices.settings import NoticeRules
from queue_server.notices.values import NotificationKind as Kind

READY = date(2026, 11, 2)
rules = st.builds(
    lambda days, last: NoticeRules(reminder_days=tuple(sorted(days)), last_days=last),
    st.sets(st.integers(1, 120), max_size=6),
    st.integers(0, 60),
)


def day(after: int) -> Day:
    return Day((READY + timedelta(days=after)).isoformat())


@given(rules, st.integers(1, 150), st.integers(-5, 200))
def test_nothing_is_due_on_the_first_day_nor_after_the_last(rule: NoticeRules, collect: int, after: int) -> None:
    found = due(day(0), day(after), rule, collect)
    over = is_over(day(0), day(after), collect)
    assert over == (after >= collect)
    if after <= 0 or over:
        assert found is None


@given(rules, st.integers(1, 150))
def test_looked_at_each_day_each_is_due_once_in_its_order(rule: NoticeRules, collect: int) -> None:
    seen = [due(day(0), day(after), rule, collect) for after in range(collect + 3)]
    said = list(dict.fromkeys(one for one in seen if one is not None))
    last_from = max(1, collect - rule.last_days) if rule.last_days else collect
    reminders = [number for number, after in enumerate(rule.reminder_days, start=1) if after < last_from]
    expected = [DueReminder(Kind.ITEM_REMINDER, number) for number in reminders]
    if rule.last_days and collect > 1:
        expected.append(DueReminder(Kind.ITEM_EXPIRING, 1))
    assert said == expected
    # Whatever was said stays said: nothing comes back once something later is due.
    assert [one for at, one in enumerate(seen) if one is not None and one in seen[:at] and seen[at - 1] != one] == []


@given(rules, st.integers(1, 150), st.sets(st.integers(0, 160)))
def test_days_without_a_server_cost_what_is_no_longer_news_and_nothing_else(
    rule: NoticeRules, collect: int, on: set[int]
) -> None:
    every = list(dict.fromkeys(due(day(0), day(after), rule, collect) for after in range(collect)))
    some = list(dict.fromkeys(due(day(0), day(after), rule, collect) for after in sorted(on) if after < collect))
    assert [one for one in every if one in some] == some


@pytest.mark.parametrize(
    ("after", "found"),
    [
        (0, None),
        (13, None),
        (14, DueReminder(Kind.ITEM_REMINDER, 1)),
        (29, DueReminder(Kind.ITEM_REMINDER, 1)),
        (30, DueReminder(Kind.ITEM_REMINDER, 2)),
        (82, DueReminder(Kind.ITEM_REMINDER, 2)),
        (83, DueReminder(Kind.ITEM_EXPIRING, 1)),
        (89, DueReminder(Kind.ITEM_EXPIRING, 1)),
        (90, None),
    ],
)
def test_as_it_is_set(after: int, found: DueReminder | None) -> None:
    assert due(day(0), day(after), NoticeRules(), 90) == found


def test_the_first_day_counts() -> None:
    assert last_day(Day("2026-11-02"), 1) == "2026-11-02"
    assert last_day(Day("2026-11-02"), 90) == "2027-01-30"


def test_reminders_come_one_after_the_other() -> None:
    with pytest.raises(ValueError, match="reminder_days"):
        NoticeRules(reminder_days=(14, 14))
