"""The day of those who serve: notes for oneself, messages, planned breaks, and teams. All of it ends with the day."""

from typing import TYPE_CHECKING

from sqlalchemy import Delete, Table, delete

from queue_server.domain.values import Micros
from queue_server.framework.problems import ProblemMapping
from queue_server.framework.room import Leaving, Room
from queue_server.framework.settings import ServerSettings
from queue_server.framework.words import Vocabulary
from queue_server.team.errors import BreakUnknownError, StaffTextError
from queue_server.team.permissions import PERMISSIONS
from queue_server.team.tables import staff_breaks, staff_message_reads, staff_messages, staff_notes

if TYPE_CHECKING:
    from queue_server.framework.server import Server


def _with_the_day(table: Table) -> Leaving:
    def over(now: Micros, _: ServerSettings) -> Delete:
        return delete(table).where(table.c.ends_at <= now)

    return over


def _vocabulary() -> Vocabulary:
    from queue_server.team.words import VOCABULARY

    return VOCABULARY


def _assemble(server: "Server") -> None:
    from queue_server.team.desk import StaffDesk
    from queue_server.vault.store import Vault

    server.put(StaffDesk, StaffDesk(server.log, server[Vault], server.clock))


ROOM = Room(
    name="team",
    permissions=PERMISSIONS,
    problems=(
        ProblemMapping(StaffTextError, 422, "What was written says nothing, or is too long"),
        ProblemMapping(BreakUnknownError, 409, "No break is due now"),
    ),
    tables={
        table.name: _with_the_day(table) for table in (staff_notes, staff_messages, staff_message_reads, staff_breaks)
    },
    vocabulary=_vocabulary,
    assemble=_assemble,
)
