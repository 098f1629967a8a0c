"""How long people wait, for screens and other programs."""

from typing import Final

from queue_server.centre.permissions import SERVICES
from queue_server.centre.submit import centre_of
from queue_server.contract.waits import WaitsAnswer, WaitView
from queue_server.domain.values import ServiceId, VisitId
from queue_server.forecast.outlook import waits_from
from queue_server.framework.request_context import RequestContext
from queue_server.framework.routing import Route, get
from queue_server.waiting.rounding import wait_view, waits_answer
from queue_server.waiting.waiting_times import WaitingTimes


async def waits(ask: RequestContext) -> WaitsAnswer:
    """Say what somebody waits who comes now."""
    outlook = await ask.server[WaitingTimes].outlook(centre_of(ask))
    return waits_answer(outlook, ask.server.clock())


async def foresee_visit(ask: RequestContext, ident: VisitId) -> WaitView | None:
    """Say how long a visit waits."""
    centre = centre_of(ask)
    outlook = await ask.server[WaitingTimes].outlook(centre, visit=ident)
    visit = centre.state.visits.get(ident)
    wait = None if outlook is None else outlook.visits.get(ident)
    if outlook is None or visit is None or wait is None:
        return None
    return wait_view(wait, waits_from(visit, outlook.at), outlook.at)


async def foresee_service(ask: RequestContext, service: ServiceId) -> WaitView | None:
    """Say how long somebody waits who takes a number for a service now."""
    outlook = await ask.server[WaitingTimes].outlook(centre_of(ask))
    wait = None if outlook is None else outlook.services.get(service)
    return None if outlook is None or wait is None else wait_view(wait, outlook.at, outlook.at)


ROUTES: Final[tuple[Route, ...]] = (
    get("waits", "/waits", SERVICES, waits, WaitsAnswer, "How long somebody waits who comes now"),
)
