"""What an appointment is worth now, to whoever stands at a centre. Pure."""

from collections.abc import Iterable
from typing import Final

import msgspec

from queue_server.appointments.model import StoredAppointment
from queue_server.catalogue.appointments import AppointmentRules
from queue_server.domain.appointments import AppointmentState, CheckInVerdict
from queue_server.domain.values import MINUTE, CentreId, Day, Micros

#: Minutes before people may come in, from when on they are not asked whether they want to wait: clocks differ, and
#: nobody who comes a moment before the time that was named is early.
GRACE_BEFORE_MIN: Final = 5


class CheckInTimes(msgspec.Struct, frozen=True):
    """From when on one may come in for an appointment, and until when it counts, both among it."""

    opens_at: Micros
    in_time_until: Micros
    counts_until: Micros


def times(at: Micros, rules: AppointmentRules) -> CheckInTimes:
    return CheckInTimes(
        Micros(at - rules.early_min * MINUTE),
        Micros(at + rules.grace_min * MINUTE),
        Micros(at + rules.late_min * MINUTE),
    )


_BY_STATE = {
    AppointmentState.CHECKED_IN: CheckInVerdict.CHECKED_IN,
    AppointmentState.CANCELLED: CheckInVerdict.CANCELLED,
    AppointmentState.DISPLACED: CheckInVerdict.DISPLACED,
    AppointmentState.MISSED: CheckInVerdict.TOO_LATE,
    # Its row is that of the day at which it is now.
    AppointmentState.MOVED: CheckInVerdict.UNKNOWN,
}


def verdict(  # noqa: PLR0911 - one line a verdict
    one: StoredAppointment | None, centre: CentreId, today: Day, now: Micros, rules: AppointmentRules
) -> CheckInVerdict:
    """Say what an appointment is worth at ``now``, on the service day ``today`` of a centre."""
    if one is None:
        return CheckInVerdict.UNKNOWN
    if one.centre != centre:
        return CheckInVerdict.OTHER_CENTRE
    if one.state in _BY_STATE:
        return _BY_STATE[one.state]
    if one.day != today:
        return CheckInVerdict.WRONG_DAY if one.day > today else CheckInVerdict.TOO_LATE
    found = times(one.at, rules)
    if now > found.counts_until:
        return CheckInVerdict.TOO_LATE
    if now > found.in_time_until:
        return CheckInVerdict.LATE
    is_early = now < found.opens_at - GRACE_BEFORE_MIN * MINUTE
    return CheckInVerdict.EARLY if is_early else CheckInVerdict.ON_TIME


def meant(found: Iterable[StoredAppointment], today: Day) -> StoredAppointment | None:
    """Choose of the appointments of one document or code the one for which somebody came.

    Today's before those to come, the one to come before what is over, and what is booked before what is not.
    """

    def order(one: StoredAppointment) -> tuple[bool, bool, int]:
        ahead = one.day >= today
        return (one.state is not AppointmentState.BOOKED, not ahead, one.at if ahead else -one.at)

    known = [one for one in found if one.state is not AppointmentState.MOVED]
    here = [one for one in known if one.day == today and one.state is AppointmentState.CHECKED_IN]
    first = min(known, key=order, default=None)
    if first is not None and here and (first.day != today or first.state is not AppointmentState.BOOKED):
        # They have come for it already, whatever else they have booked.
        return here[0]
    return first
