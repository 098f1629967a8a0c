"""What other rooms store when an application is opened at a visit, or named by it: they say so themselves."""

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import Connection

from queue_server.domain.values import ApplicationId
from queue_server.framework.request_context import RequestContext
from queue_server.queue.state import Visit
from queue_server.writer import Rows


@dataclass(slots=True)
class VisitLinks:
    """``rows`` make what is stored in the commit of the event by which a visit names an application."""

    rows: list[Callable[[RequestContext, Visit, ApplicationId], Rows | None]] = field(default_factory=list)


def rows_of_others(ask: RequestContext, visit: Visit, application: ApplicationId) -> Rows | None:
    """Make what all of them store."""
    made = [rows for make in ask.server[VisitLinks].rows if (rows := make(ask, visit, application)) is not None]
    if not made:
        return None

    def put(connection: Connection) -> None:
        for rows in made:
            rows(connection)

    return put
