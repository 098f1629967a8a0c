"""How each centre stands, for a monitoring system: numbers by centre, and nothing of anybody.

Labels are ids of centres, kinds of alarms and states of counters: there are as many series as centres times a number
that does not grow with people, tickets or days.
"""

from collections.abc import Callable
from typing import NamedTuple

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric

from queue_server.database.failures import DatabaseUnavailableError
from queue_server.framework.server import Server
from queue_server.web.manager.alarms import AlarmKind
from queue_server.web.organisation.look import OrganisationLook
from queue_server.web.organisation.settings import OrganisationSettings
from queue_server.web.organisation.standing import CentreStanding


class _Gauge(NamedTuple):
    """One number of each centre: its name, what it says, and how it is read."""

    name: str
    text: str
    read: Callable[[CentreStanding], int]


_GAUGES = (
    _Gauge("waiting", "Visits that wait", lambda one: one.waiting),
    _Gauge("overdue", "Waiting visits whose promise is broken", lambda one: one.overdue),
    _Gauge(
        "oldest_wait_seconds", "How long whoever waits longest has waited at this step", lambda one: one.oldest_s or 0
    ),
    _Gauge("with_staff", "Visits called or with staff", lambda one: one.with_staff),
    _Gauge("calls_today", "Calls of this service day", lambda one: one.called),
    _Gauge("calls_kept_today", "Calls of this service day within the promise", lambda one: one.kept),
    _Gauge("finished_today", "Visits finished on this service day", lambda one: one.finished),
    _Gauge("devices_away", "Kiosks, boards and lockers that are not heard of", lambda one: one.away),
    _Gauge("devices_unwell", "Kiosks, boards and lockers that need somebody", lambda one: one.unwell),
    _Gauge("open", "1 where the doors are open", lambda one: int(one.is_open)),
    _Gauge("full", "1 where kiosks issue no more tickets today", lambda one: int(one.is_full)),
    _Gauge("ready", "1 where this server can serve people", lambda one: int(not one.trouble)),
)


async def metrics(server: Server) -> tuple[Metric, ...]:
    """Say how each centre stands; nothing where that was not asked for, or the database is away."""
    if not server.settings[OrganisationSettings].metrics:
        return ()
    try:
        look = await server[OrganisationLook].now()
    except DatabaseUnavailableError:
        return ()
    standings = tuple(look.centres.values())
    return (*(_family(one, standings) for one in _GAUGES), _counters(standings), _alarms(standings))


def _family(gauge: _Gauge, standings: tuple[CentreStanding, ...]) -> Metric:
    family = GaugeMetricFamily(f"queue_centre_{gauge.name}", gauge.text, labels=("centre",))
    for one in standings:
        family.add_metric((one.id,), gauge.read(one))
    return family


def _counters(standings: tuple[CentreStanding, ...]) -> Metric:
    family = GaugeMetricFamily("queue_centre_counters", "Counters by state", labels=("centre", "state"))
    for one in standings:
        closed = max(0, one.counters - one.opened - one.paused)
        for state, count in (("open", one.opened), ("paused", one.paused), ("closed", closed)):
            family.add_metric((one.id, state), count)
    return family


def _alarms(standings: tuple[CentreStanding, ...]) -> Metric:
    """Give every kind, also those of which there is none: a series that comes and goes breaks what is summed."""
    family = GaugeMetricFamily("queue_centre_alarms", "Alarms of managers by kind", labels=("centre", "kind"))
    for one in standings:
        for kind in AlarmKind:
            family.add_metric((one.id, kind.name.lower().replace("_", "-")), one.alarms.get(kind, 0))
        for brought, count in one.brought.items():
            family.add_metric((one.id, brought), count.all)
    return family
