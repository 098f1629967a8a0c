"""Figures of money that needs somebody."""

from collections import Counter as Tally

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from sqlalchemy import Connection

from queue_server.centre.centres import Centres
from queue_server.database.failures import DatabaseUnavailableError
from queue_server.domain.values import SECOND, CentreId, Micros
from queue_server.framework.server import Server
from queue_server.payments import reconciliation_store, store
from queue_server.payments.rules import PaymentRules


async def metrics(server: Server) -> tuple[Metric, ...]:
    """Count by centre the payments that wait for staff, and ends of day that differ; nothing without a database."""
    centres = tuple(server[Centres])
    stalled = Micros(server.clock() - server.settings[PaymentRules].stalled_s * SECOND)

    def count(connection: Connection) -> Tally[tuple[CentreId, str]]:
        found: Tally[tuple[CentreId, str]] = Tally()
        for centre in centres:
            found[centre, "waiting"] = store.count_waiting(connection, centre, stalled)
            found[centre, "differs"] = reconciliation_store.count_alarms(connection, centre)
        return found

    try:
        found = await server.log.run(count)
    except DatabaseUnavailableError:
        found = Tally()
    money = GaugeMetricFamily("queue_payment_alarms", "Money that needs somebody", labels=("centre", "kind"))
    for (centre, alarm), number in found.items():
        money.add_metric((centre, alarm), number)
    return (money,)
