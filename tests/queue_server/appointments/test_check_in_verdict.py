"""What an appointment is worth now: each verdict, and to the microsecond."""

import hypothesis.strategies as st
import pytest
from hypothesis import given
from msgspec.structs import replace

from queue_server.appointments import check_in
from queue_server.appointments.model import StoredAppointment
from queue_server.catalogue.appointments import AppointmentRules
from queue_server.domain.appointments import (
    AppointmentCode,
    AppointmentId,
    AppointmentState,
    BookedThrough,
    CheckInVerdict,
)
from queue_server.domain.values import HOUR, MINUTE, CentreId, Day, Language, Micros, ServiceId

HERE, TODAY = CentreId("harbour"), Day("2026-11-25")
#: 2026-11-25T10:30:00Z
AT = Micros(1_795_602_600_000_000)
RULES = AppointmentRules(early_min=15, grace_min=10, late_min=30)
BOOKED = StoredAppointment(
    id=AppointmentId("appointment-1"),
    centre=HERE,
    day=TODAY,
    code=AppointmentCode("HS4K7KM2"),
    state=AppointmentState.BOOKED,
    at=AT,
    services=(ServiceId("visa"),),
    party_size=1,
    people=(),
    language=Language("en"),
    through=BookedThrough.PUBLIC,
    seconds=600,
    remote=None,
    document=None,
    booked_at=Micros(0),
    changed_at=Micros(0),
    revision=0,
    visit=None,
)


def verdict(one: StoredAppointment | None = BOOKED, late: int = 0, today: Day = TODAY) -> CheckInVerdict:
    return check_in.verdict(one, HERE, today, Micros(AT + late), RULES)


@pytest.mark.parametrize(
    ("late", "expected"),
    [
        (-5 * HOUR, CheckInVerdict.EARLY),
        (-20 * MINUTE - 1, CheckInVerdict.EARLY),
        (-20 * MINUTE, CheckInVerdict.ON_TIME),
        (-15 * MINUTE - 10_000_000, CheckInVerdict.ON_TIME),
        (0, CheckInVerdict.ON_TIME),
        (10 * MINUTE, CheckInVerdict.ON_TIME),
        (10 * MINUTE + 1, CheckInVerdict.LATE),
        (30 * MINUTE, CheckInVerdict.LATE),
        (30 * MINUTE + 1, CheckInVerdict.TOO_LATE),
    ],
)
def test_the_time_decides_to_the_microsecond(late: int, expected: CheckInVerdict) -> None:
    assert verdict(late=late) is expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"state": AppointmentState.CANCELLED}, CheckInVerdict.CANCELLED),
        ({"state": AppointmentState.DISPLACED}, CheckInVerdict.DISPLACED),
        ({"state": AppointmentState.CHECKED_IN}, CheckInVerdict.CHECKED_IN),
        ({"state": AppointmentState.MISSED}, CheckInVerdict.TOO_LATE),
        ({"centre": CentreId("demo")}, CheckInVerdict.OTHER_CENTRE),
        ({"centre": CentreId("demo"), "state": AppointmentState.CANCELLED}, CheckInVerdict.OTHER_CENTRE),
        ({"day": Day("2026-11-26")}, CheckInVerdict.WRONG_DAY),
        ({"day": Day("2026-11-24")}, CheckInVerdict.TOO_LATE),
    ],
)
def test_what_it_is_comes_before_the_time(changes: dict[str, object], expected: CheckInVerdict) -> None:
    assert verdict(replace(BOOKED, **changes)) is expected
    assert verdict(None) is CheckInVerdict.UNKNOWN


@given(late=st.integers(-24 * HOUR, 24 * HOUR))
def test_within_its_day_it_goes_from_early_to_too_late_and_never_back(late: int) -> None:
    order = (CheckInVerdict.EARLY, CheckInVerdict.ON_TIME, CheckInVerdict.LATE, CheckInVerdict.TOO_LATE)
    assert order.index(verdict(late=late)) <= order.index(verdict(late=late + 1))


def test_of_several_the_one_of_today_is_meant() -> None:
    tomorrow = replace(BOOKED, id="tomorrow", day=Day("2026-11-26"), at=AT + 24 * HOUR)
    yesterday = replace(BOOKED, id="yesterday", day=Day("2026-11-24"), at=AT - 24 * HOUR)
    gone = replace(BOOKED, id="gone", at=AT - HOUR, state=AppointmentState.CANCELLED)
    later = replace(BOOKED, id="later", at=AT + HOUR)
    came = replace(BOOKED, id="came", at=AT - HOUR, state=AppointmentState.CHECKED_IN)

    def meant(*found: StoredAppointment) -> str:
        one = check_in.meant(found, TODAY)
        assert one is not None
        return one.id

    assert meant(tomorrow, yesterday, gone, later, BOOKED) == BOOKED.id
    assert meant(yesterday, tomorrow, gone) == "tomorrow"
    assert meant(yesterday, gone) == "yesterday"
    assert meant(gone) == "gone"
    assert meant(came, later) == "later", "a second one of the same day"
    assert meant(came, tomorrow) == "came", "who has come is told so, and not that they are a day early"
    assert check_in.meant((), TODAY) is None
    assert check_in.meant((replace(BOOKED, state=AppointmentState.MOVED),), TODAY) is None
