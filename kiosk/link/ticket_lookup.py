"""Where the visit of a ticket is that somebody shows again, or whose number somebody types."""

from collections.abc import Coroutine

import structlog

from kiosk.journey.events import Effect, LookUp, LookUpCode, StatusAway, StatusFound, StatusUnknown
from kiosk.ports import EventSink
from queue_server.contract.client import ApiClient, ClientError, ProblemError
from queue_server.domain.values import VisitState

_log = structlog.get_logger(__name__)

_NOT_FOUND = 404
_UNKNOWN_CODES = {"visit-unknown"}
_LIMITED = "too-many-tries"
_SHOWN = {"waiting": VisitState.WAITING, "called": VisitState.CALLED, "serving": VisitState.SERVING}


type _Answer = StatusFound | StatusUnknown | StatusAway


class TicketLookups:
    """For one centre; the journey hears what was found."""

    def __init__(self, client: ApiClient, centre: str, events: EventSink) -> None:
        self._client = client
        self._centre = centre
        self._events = events

    def work(self, effect: Effect) -> Coroutine[None, None, None] | None:
        """Give what looks up a visit; None where something else is asked."""
        match effect:
            case LookUp():
                return self._notify(self._by_ticket(effect))
            case LookUpCode():
                return self._notify(self._by_code(effect))
        return None

    async def _notify(self, looking: Coroutine[None, None, _Answer]) -> None:
        self._events.post(await looking)

    async def _by_ticket(self, asked: LookUp) -> _Answer:
        """Ask the server where the visit is that the ticket was made for, or the one that it goes on as."""
        try:
            answer = await self._client.ticket(self._centre, asked.ticket)
        except ProblemError as problem:
            if problem.status == _NOT_FOUND or problem.code in _UNKNOWN_CODES:
                return StatusUnknown(asked.number, asked.look)
            _log.warning("look-up-refused", code=problem.code)
            return StatusAway(asked.number, asked.look)
        except ClientError:
            return StatusAway(asked.number, asked.look)
        view = answer.visit
        service = next((step.service for step in view.steps if step.id == view.step), "")
        return StatusFound(
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

    async def _by_code(self, asked: LookUpCode) -> _Answer:
        """Ask what boards show of a code: nothing else is told to somebody who only knows it."""
        try:
            answer = await self._client.code_status(self._centre, asked.code)
        except ClientError as error:
            return StatusAway(asked.number, asked.look, limited=error.code == _LIMITED)
        state = _SHOWN.get(answer.shown)
        if state is None:
            return StatusUnknown(asked.number, asked.look)
        return StatusFound(asked.number, asked.look, code=asked.code, state=state, counter=answer.counter or "")
