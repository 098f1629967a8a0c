"""Whether tickets are given now, when again, and until when that holds."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.journey.availability import Availability, availability
from queue_server.contract.catalogue import Opening
from queue_server.contract.hall import NoticeView
from queue_server.domain.values import Intake, NoticeKind, NoticeText
from tests.kiosk.journey.conftest import LEAVE, noticed

ZONE = ZoneInfo("America/New_York")


def day(number: int, opens: int = 9, closes: int = 17, last: int = 16) -> Opening:
    at = [datetime(2026, 9, number, hour, tzinfo=ZONE) for hour in (opens, last, closes)]
    return Opening(at[0], at[1], at[2])


WEEK = (day(28), day(29), day(30))


def at(number: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 9, number, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("now", "closed", "opens", "days", "until"),
    [
        (at(28, 8), "closed", at(28, 9), 0, at(28, 9)),
        (at(28, 9), None, None, 0, at(28, 16)),
        (at(28, 15, 59), None, None, 0, at(28, 16)),
        (at(28, 16), "last-ticket", at(29, 9), 1, at(28, 17)),
        (at(28, 17), "closed", at(29, 9), 1, at(29, 0)),
        (at(29, 0), "closed", at(29, 9), 0, at(29, 9)),
        (at(30, 16, 30), "last-ticket", None, 0, at(30, 17)),
    ],
)
def test_the_hours_of_a_day(
    now: datetime, closed: str | None, opens: datetime | None, days: int, until: datetime
) -> None:
    found, changes = availability(WEEK, Intake.OPEN, (), ZONE, now.astimezone(UTC))
    assert (found.closed, found.opens, found.days) == (closed, opens, days)
    assert found.opens is None or found.opens.utcoffset() == now.utcoffset(), "it is said in the centre's zone"
    assert changes == until


def test_what_is_not_known_closes_no_kiosk() -> None:
    assert availability((), Intake.OPEN, (), ZONE, at(28, 3))[0] == Availability()
    assert availability(WEEK, Intake.OPEN, (), ZONE, at(30, 18))[0] == Availability(), (
        "hours that have all passed say nothing"
    )


def test_a_centre_that_never_closes_has_no_gap() -> None:
    whole = [Opening(at(number, 4), at(number + 1, 4), at(number + 1, 4)) for number in (27, 28)]
    assert availability(whole, Intake.OPEN, (), ZONE, at(28, 4))[0].closed is None


@pytest.mark.parametrize(("now", "closed"), [(at(28, 10), "full"), (at(28, 16), "last-ticket"), (at(28, 20), "closed")])
def test_full_is_said_while_tickets_would_be_given(now: datetime, closed: str) -> None:
    found, _ = availability(WEEK, Intake.FULL, (), ZONE, now)
    assert (found.closed, found.opens) == (closed, at(29, 9))


def test_notices_end_by_themselves_and_the_newest_counts() -> None:
    noon = at(28, 12)
    soon = noticed(NoticeKind.ANNOUNCEMENT, NoticeText.DELAY, at=noon, until=noon + timedelta(minutes=20))
    older = noticed(NoticeKind.ANNOUNCEMENT, NoticeText.CLOSING_SOON, at=noon - timedelta(hours=1))
    found, until = availability(WEEK, Intake.OPEN, (soon, older, LEAVE), ZONE, noon)
    assert (found.announcement, found.emergency) == (soon, LEAVE)
    assert until == noon + timedelta(minutes=20)
    later, _ = availability(WEEK, Intake.OPEN, (soon, older), ZONE, until)
    assert (later.announcement, later.emergency) == (older, None)


moments = st.integers(0, 5 * 24 * 60).map(lambda minutes: at(27, 0) + timedelta(minutes=minutes))


@given(moments, st.sampled_from(Intake), st.lists(st.tuples(moments, moments), max_size=3))
def test_nothing_changes_before_the_moment_that_is_named(
    now: datetime, intake: Intake, given_notices: list[tuple[datetime, datetime]]
) -> None:
    notices: list[NoticeView] = [
        noticed(NoticeKind.ANNOUNCEMENT, NoticeText.DELAY, at=begin, until=end) for begin, end in given_notices
    ]
    found, until = availability(WEEK, intake, notices, ZONE, now)
    assert until > now
    if until.year < 9999:
        just_before = max(now, until - timedelta(microseconds=1))
        assert availability(WEEK, intake, notices, ZONE, just_before) == (found, until)
