"""What a set-up says of appointments, checked. Pure."""

from datetime import date
from itertools import pairwise

from queue_server.catalogue.appointments import StaffingDefinition
from queue_server.catalogue.errors import CatalogueAppointmentsError, CatalogueRemoteError, CatalogueStaffingError
from queue_server.catalogue.fields import span_minutes
from queue_server.catalogue.model import Setup
from queue_server.domain.appointments import RemoteChannel


def check_appointments(setup: Setup) -> None:
    """Check what the types of ``AppointmentRules`` and ``StaffingDefinition`` cannot say.

    Raises:
        CatalogueAppointmentsError: who is on time would be too late.
        CatalogueRemoteError: a step by video has no address, or another step has one.
        CatalogueStaffingError: hours or a period end before they begin, or a break is not within its hours.
    """
    rules = setup.appointments
    if rules is not None and rules.grace_min > rules.late_min:
        raise CatalogueAppointmentsError(section="appointments", key="late_min")
    for index, step in enumerate(setup.steps):
        if (step.remote is RemoteChannel.VIDEO) != bool(step.remote_link):
            raise CatalogueRemoteError(section=f"steps[{index}]", key="remote_link", step=step.id)
    for index, pool in enumerate(setup.staffing):
        if (key := _wrong(pool)) is not None:
            raise CatalogueStaffingError(section=f"staffing[{index}]", key=key, pool=pool.id)


def _wrong(pool: StaffingDefinition) -> str | None:
    begins, ends = span_minutes(pool.hours)
    if begins >= ends:
        return "hours"
    # Breaks follow one another within the hours: each begins where the one before ended, or later.
    marks = [begins, *(mark for span in pool.breaks for mark in span_minutes(span)), ends]
    if any(before > after for before, after in pairwise(marks)) or any(
        start == stop for start, stop in map(span_minutes, pool.breaks)
    ):
        return "breaks"
    if (pool.valid_until or date.max) < (pool.valid_from or date.min):
        return "valid_until"
    return None
