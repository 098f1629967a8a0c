"""Of what somebody is told, and when they are reminded."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from queue_server.appointments.model import Appointment
from queue_server.appointments.telling import is_outdated, news, reminders
from queue_server.domain.appointments import AppointmentCode, AppointmentId, AppointmentState, BookedThrough
from queue_server.domain.values import HOUR, Language, Micros
from queue_server.notices.values import NotificationKind
from tests.queue_server.appointments.small_day import CENTRE, DAYS, PASSPORT, clock

ONE = Appointment(
    id=AppointmentId("0198c5a0-0000-7000-8000-000000000001"),
    centre=CENTRE,
    day=DAYS[0],
    code=AppointmentCode("HS4K7KM2"),
    state=AppointmentState.BOOKED,
    at=clock(0, 10),
    services=(PASSPORT,),
    party_size=1,
    people=(),
    language=Language("en"),
    through=BookedThrough.PUBLIC,
    seconds=1_140,
    remote=None,
    document=None,
    loads=(),
    booked_at=clock(0, 8),
    changed_at=clock(0, 8),
    revision=0,
)


def changed(state: AppointmentState, revision: int = 1) -> Appointment:
    return replace(ONE, state=state, revision=revision)


def test_each_change_is_told_as_what_it_is() -> None:
    state = AppointmentState
    assert news(None, ONE) is NotificationKind.APPOINTMENT_BOOKED
    assert news(ONE, changed(state.BOOKED)) is NotificationKind.APPOINTMENT_MOVED
    assert news(ONE, changed(state.CANCELLED)) is NotificationKind.APPOINTMENT_CANCELLED
    assert news(ONE, changed(state.DISPLACED)) is NotificationKind.APPOINTMENT_DISPLACED
    assert news(changed(state.DISPLACED), changed(state.BOOKED, 2)) is NotificationKind.APPOINTMENT_MOVED


def test_what_is_no_news_is_not_told() -> None:
    # Others serve them; they came; nobody did.
    for after in (
        ONE,
        replace(ONE, changed_at=clock(0, 9)),
        changed(AppointmentState.CHECKED_IN, 0),
        changed(AppointmentState.MISSED, 0),
    ):
        assert news(ONE, after) is None
    assert not is_outdated(ONE, replace(ONE, changed_at=clock(0, 9)))
    assert is_outdated(ONE, changed(AppointmentState.CHECKED_IN, 0))
    assert is_outdated(ONE, changed(AppointmentState.BOOKED))


@given(
    at=st.integers(0, 10**6),
    now=st.integers(0, 10**6),
    hours=st.lists(st.integers(1, 336), max_size=4),
)
def test_reminders_lie_between_now_and_the_time_and_each_is_one(at: int, now: int, hours: list[int]) -> None:
    at_, now_ = Micros(at * HOUR // 60), Micros(now * HOUR // 60)
    found = list(reminders(at_, hours, now_))
    assert len({before for before, _due in found}) == len(found)
    for before, due in found:
        assert before in hours
        assert due == at_ - before * HOUR
        assert now_ < due < at_
    # Nothing is left out that could still be sent.
    assert {before for before, _due in found} == {one for one in hours if at_ - one * HOUR > now_}
