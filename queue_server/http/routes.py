"""The routes of the API, each written once: routing, permissions, OpenAPI and the tests are made from this table."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import msgspec
from aiohttp import web

from queue_server.accounts.permissions import Permission
from queue_server.contract import messages as m
from queue_server.http import at_counter, helping, opening, reading, visits
from queue_server.http.ask import Ask

#: Where the API lives.
PREFIX = "/api/v1"

Handler = Callable[[Ask], Awaitable[m.Message | web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class Route:
    """One route: ``path`` below ``PREFIX``, ``request`` the type of its body, ``keyed`` where it needs a key.

    ``name`` is the operation's id in OpenAPI; a body that may be left out stands for all its defaults.
    """

    name: str
    method: str
    path: str
    permission: Permission
    handler: Handler
    answer: type[m.Message]
    summary: str
    request: type[m.Message] | None = None
    status: int = 200
    keyed: bool = True

    @property
    def body_optional(self) -> bool:
        return self.request is None or not any(field.required for field in msgspec.structs.fields(self.request))


_CENTRE = "/centres/{centre}"
_COUNTER = _CENTRE + "/counters/{counter}"
P = Permission

ROUTES: tuple[Route, ...] = (
    # A code works once, so a repeated request cannot enrol twice; a client that lost the answer needs a new code.
    Route(
        "enrol",
        "POST",
        "/enrol",
        P.ENROL,
        opening.enrol,
        m.EnrolAnswer,
        "Exchange an enrolment code for a device's token",
        m.EnrolRequest,
        keyed=False,
    ),
    Route(
        "services",
        "GET",
        _CENTRE + "/services",
        P.SERVICES,
        reading.services,
        m.ServicesAnswer,
        "What the centre offers",
    ),
    Route(
        "counters",
        "GET",
        _CENTRE + "/counters",
        P.COUNTERS,
        reading.counters,
        m.CountersAnswer,
        "The counters as they stand",
    ),
    Route(
        "series",
        "GET",
        _CENTRE + "/devices/self/series",
        P.OWN_SERIES,
        reading.series,
        m.Series,
        "The codes that this device issues",
    ),
    Route(
        "queue",
        "GET",
        _CENTRE + "/queue",
        P.FOLLOW,
        reading.queue,
        m.QueueSnapshot,
        "The day as this client may see it, with its cursor (boards: BoardSnapshot)",
    ),
    Route(
        "events",
        "GET",
        _CENTRE + "/events",
        P.FOLLOW,
        reading.events,
        m.Frame,
        "Follow the centre: WebSocket, or server-sent events",
    ),
    Route(
        "issue",
        "POST",
        _CENTRE + "/visits",
        P.ISSUE,
        visits.issue,
        m.VisitAnswer,
        "Issue a ticket",
        m.IssueRequest,
        status=201,
    ),
    Route("visit", "GET", _CENTRE + "/visits/{visit}", P.READ_VISIT, visits.visit, m.VisitAnswer, "A visit of today"),
    Route(
        "cancel", "POST", _CENTRE + "/visits/{visit}/cancel", P.CANCEL, visits.cancel, m.VisitAnswer, "Cancel a visit"
    ),
    Route(
        "call-next",
        "POST",
        _COUNTER + "/call-next",
        P.CALL_NEXT,
        at_counter.call_next,
        m.CallNextAnswer,
        "Call whoever is next for this counter",
    ),
    Route(
        "recall",
        "POST",
        _COUNTER + "/recall",
        P.RECALL,
        at_counter.recall,
        m.CounterAnswer,
        "Call again whom this counter has called",
        m.CounterRequest,
    ),
    Route(
        "start",
        "POST",
        _COUNTER + "/start",
        P.START,
        at_counter.start,
        m.CounterAnswer,
        "Start serving whom this counter has called",
        m.CounterRequest,
    ),
    Route(
        "finish",
        "POST",
        _COUNTER + "/finish",
        P.FINISH,
        at_counter.finish,
        m.CounterAnswer,
        "Finish the step; the visit waits for its next one, or is done",
        m.CounterRequest,
    ),
    Route(
        "missed",
        "POST",
        _COUNTER + "/missed",
        P.MISSED,
        at_counter.missed,
        m.CounterAnswer,
        "Nobody came",
        m.CounterRequest,
    ),
    Route(
        "undo",
        "POST",
        _COUNTER + "/undo",
        P.UNDO,
        at_counter.undo,
        m.CounterAnswer,
        "Take back what this counter did last",
        m.UndoRequest,
    ),
    Route(
        "open",
        "POST",
        _COUNTER + "/open",
        P.OPEN_COUNTER,
        at_counter.open_counter,
        m.CounterAnswer,
        "Open a counter, or end its pause",
        m.OpenRequest,
    ),
    Route(
        "close",
        "POST",
        _COUNTER + "/close",
        P.CLOSE_COUNTER,
        at_counter.close_counter,
        m.CounterAnswer,
        "Close a counter",
    ),
    Route(
        "pause",
        "POST",
        _COUNTER + "/pause",
        P.PAUSE_COUNTER,
        at_counter.pause,
        m.CounterAnswer,
        "Pause a counter, with a reason",
        m.PauseRequest,
    ),
    Route("help", "POST", _CENTRE + "/help", P.CALL_HELP, helping.call_help, m.HelpAnswer, "Call staff", m.HelpRequest),
    Route(
        "take-help",
        "POST",
        _CENTRE + "/help/{help}/take",
        P.TAKE_HELP,
        helping.take_help,
        m.HelpAnswer,
        "Say that one goes to help",
    ),
)
