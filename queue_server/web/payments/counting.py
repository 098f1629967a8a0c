"""Money that needs somebody, counted for all centres in one look."""

from collections.abc import Mapping

from sqlalchemy import Connection

from queue_server.domain.values import SECOND, CentreId, Micros
from queue_server.framework.parts import AlarmCount
from queue_server.framework.server import Server
from queue_server.payments import reconciliation_store, store
from queue_server.payments.rules import PaymentRules


async def counts(server: Server) -> Mapping[CentreId, AlarmCount]:
    """Count payments and ends of terminals' days that wait for somebody."""
    stalled = Micros(server.clock() - server.settings[PaymentRules].stalled_s * SECOND)

    def count(connection: Connection) -> dict[CentreId, int]:
        found = store.waiting_by_centre(connection, stalled)
        for centre, number in reconciliation_store.alarms_by_centre(connection).items():
            found[centre] = found.get(centre, 0) + number
        return found

    return {centre: AlarmCount(others=number) for centre, number in (await server.log.run(count)).items()}
