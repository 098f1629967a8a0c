"""What other rooms add to the paper of a day."""

from sqlalchemy import Connection

from queue_server.domain.service_day import DayRule
from queue_server.domain.values import CentreId, Day
from queue_server.framework.parts import PaperContext, PaperTable
from queue_server.web.view_context import StaffView


def brought_tables(
    connection: Connection, look: StaffView, centre: CentreId, rule: DayRule, day: Day
) -> tuple[PaperTable, ...]:
    """Read their tables in the order of the rooms; one that has nothing to say of the day is left out."""
    context = PaperContext(centre, rule, day, look.reader.language, look.words)
    found = (tell(connection, context) for tell in look.reader.brought.paper_tables)
    return tuple(one for one in found if one is not None)
