"""When somebody would be called who took a number now, without an appointment. Pure."""

from collections.abc import Iterable
from typing import Final

from queue_server.domain.ticket_codes import Series
from queue_server.domain.values import Actor, Category, Intake, Language, Micros, ServiceId, VisitId
from queue_server.queue.commands import IssueTicket
from queue_server.queue.events import DayEvent
from queue_server.queue.evolve import evolve
from queue_server.queue.forecast import CallRange, forecast
from queue_server.queue.issue import issue
from queue_server.queue.refusals import Refusal
from queue_server.queue.settings import CentreSettings
from queue_server.queue.state import DayState

#: Nobody has this visit, and its code is on no paper.
_VISIT: Final = VisitId("00000000-0000-0000-0000-000000000000")
_SERIES: Final = Series("X", 1, 999)


def walk_in_forecast(
    state: DayState, settings: CentreSettings, services: Iterable[ServiceId], language: Language, now: Micros
) -> CallRange | None:
    """Issue a ticket in thought, and say when it is called; None where none is issued, or nobody can say.

    ``state`` stays as it is.
    """
    if state.intake is not Intake.OPEN:
        return None
    wanted = IssueTicket(
        visit=_VISIT,
        services=tuple(services),
        category=Category.WALK_IN,
        party_size=1,
        language=language,
        device=None,
        series=_SERIES,
    )
    found = issue(state, wanted, settings, now)
    if isinstance(found, Refusal):
        return None
    then = state.copy()
    for body in found:
        evolve(then, DayEvent(then.seq + 1, now, body.type, body.v, "", Actor("system"), body))
    return forecast(then, settings, now).get(_VISIT)
