"""Where the staffing plan leaves out what people come for: services of which no time can be given. Pure."""

from collections.abc import Iterable

import msgspec

from queue_server.appointments.capacity import StaffedDay, can_take
from queue_server.appointments.staffing import bookable, journey
from queue_server.catalogue.model import Setup
from queue_server.domain.values import ServiceId, StepId
from queue_server.queue.settings import CentreSettings


class StaffingGap(msgspec.Struct, frozen=True):
    """A ``service`` stops at a ``step`` that nobody of the plan takes."""

    service: ServiceId
    step: StepId


def staffing_gaps(setup: Setup, settings: CentreSettings, days: Iterable[StaffedDay]) -> tuple[StaffingGap, ...]:
    """Find the first such stop of each service that can be booked, over ``days``; none where the centre is closed."""
    looked_at = tuple(days)
    if not any(day.periods for day in looked_at):
        return ()
    pools = {pool.id: pool for day in looked_at for pool in day.pools if pool.spans}
    found = []
    for service in bookable(setup):
        whole = journey(setup, settings, (service.id,), 1)
        stops = () if whole is None else whole.stops
        missing = next((one for one in stops if not any(can_take(pool, one) for pool in pools.values())), None)
        if missing is not None:
            found.append(StaffingGap(service.id, missing.step))
    return tuple(found)
