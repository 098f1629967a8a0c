"""Where the staffing plan leaves out what people come for: services of which no time can be given. Pure."""

from collections.abc import Iterable

import msgspec

from queue_server.appointments.capacity import StaffedDay, StaffedPool, can_take
from queue_server.appointments.staffing import bookable, journey
from queue_server.catalogue.model import Setup
from queue_server.domain.values import ServiceId, StepId
from queue_server.queue.settings import CentreSettings


class StaffingGap(msgspec.Struct, frozen=True):
    """A ``service`` stops at a ``step`` that nobody of the plan takes."""

    service: ServiceId
    step: StepId


def staffing_gaps(setup: Setup, settings: CentreSettings, days: Iterable[StaffedDay]) -> tuple[StaffingGap, ...]:
    """Find the first such stop of each service that can be booked, over ``days``; none where the centre is closed.

    No more days are asked for than it takes: each is cut into its periods for that, and most days are alike.
    """
    pools: dict[str, StaffedPool] = {}
    is_open = False
    for day in days:
        is_open = is_open or bool(day.periods)
        pools |= {pool.id: pool for pool in day.pools if pool.spans}
        if is_open and all(pool.id in pools for pool in day.pools):
            break
    if not is_open:
        return ()
    found = []
    for service in bookable(setup):
        whole = journey(setup, settings, (service.id,), 1)
        stops = () if whole is None else whole.stops
        missing = next((one for one in stops if not any(can_take(pool, one) for pool in pools.values())), None)
        if missing is not None:
            found.append(StaffingGap(service.id, missing.step))
    return tuple(found)
