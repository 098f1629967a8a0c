"""Where the visit of a ticket is that somebody shows again, or whose number somebody types."""

import structlog

from kiosk.journey.events import LookUp, LookUpCode, PlaceAway, PlaceFound, PlaceUnknown
from queue_server.contract.client import ApiClient, ClientError, ProblemError
from queue_server.domain.values import VisitState

_log = structlog.get_logger(__name__)

_NOT_FOUND = 404
_UNKNOWN_CODES = {"visit-unknown"}
_LIMITED = "too-many-tries"
_SHOWN = {"waiting": VisitState.WAITING, "called": VisitState.CALLED, "serving": VisitState.SERVING}


async def look_up(client: ApiClient, centre: str, asked: LookUp) -> PlaceFound | PlaceUnknown | PlaceAway:
    """Ask the server where the visit is that the ticket was made for, or the one that it goes on as."""
    try:
        answer = await client.ticket(centre, asked.ticket)
    except ProblemError as problem:
        if problem.status == _NOT_FOUND or problem.code in _UNKNOWN_CODES:
            return PlaceUnknown(asked.number, asked.look)
        _log.warning("look-up-refused", code=problem.code)
        return PlaceAway(asked.number, asked.look)
    except ClientError:
        return PlaceAway(asked.number, asked.look)
    view = answer.visit
    service = next((step.service for step in view.steps if step.id == view.step), "")
    return PlaceFound(
        asked.number,
        asked.look,
        code=view.code,
        state=view.state,
        ahead=-1 if view.ahead is None else view.ahead,
        service=service,
        step=view.step,
        counter=answer.plate or "",
        language=view.language,
    )


async def look_up_code(client: ApiClient, centre: str, asked: LookUpCode) -> PlaceFound | PlaceUnknown | PlaceAway:
    """Ask what boards show of a code: nothing else is told to somebody who only knows it."""
    try:
        answer = await client.code_status(centre, asked.code)
    except ClientError as error:
        return PlaceAway(asked.number, asked.look, limited=error.code == _LIMITED)
    state = _SHOWN.get(answer.shown)
    if state is None:
        return PlaceUnknown(asked.number, asked.look)
    return PlaceFound(asked.number, asked.look, code=asked.code, state=state, counter=answer.counter or "")
