"""What custody needs somebody for, counted for all centres in one look."""

from collections.abc import Mapping

from sqlalchemy import Connection

from queue_server.custody.overview import alarm_counts
from queue_server.custody.settings import CustodyRules
from queue_server.domain.values import SECOND, CentreId, Micros
from queue_server.framework.parts import AlarmCount
from queue_server.framework.server import Server

_DAY = 86_400 * SECOND


async def counts(server: Server) -> Mapping[CentreId, AlarmCount]:
    """Count missing documents, governments that are late, and bags of which nobody says that they arrived."""
    rules, now = server.settings[CustodyRules], server.clock()
    late, silent = Micros(now - rules.deadline_days * _DAY), Micros(now - rules.transit_days * _DAY)

    def count(connection: Connection) -> dict[CentreId, int]:
        return alarm_counts(connection, late_before=late, silent_before=silent)

    return {centre: AlarmCount(others=number) for centre, number in (await server.log.run(count)).items()}
