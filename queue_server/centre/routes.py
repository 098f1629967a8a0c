"""The routes of a centre's day."""

from queue_server.centre import permissions as may
from queue_server.centre.api import code_status, counter_actions, enrolment, help_calls, notices, queries, visits
from queue_server.contract.base import Message
from queue_server.contract.catalogue import CountersAnswer, ServicesAnswer
from queue_server.contract.client import CLOCK_HEADER
from queue_server.contract.devices import EnrolAnswer, EnrolRequest, SeriesState
from queue_server.contract.feeds import BoardSnapshot, FeedFrame, QueueSnapshot
from queue_server.contract.hall import (
    ClosedServicesAnswer,
    HelpAnswer,
    HelpRequest,
    IntakeAnswer,
    IntakeRequest,
    NoticeAnswer,
    NoticeRequest,
)
from queue_server.contract.server_route import ServerRoute
from queue_server.contract.visits import (
    AheadAnswer,
    CallNextAnswer,
    CallRequest,
    ChangeVisitRequest,
    CodeAnswer,
    CounterAnswer,
    CounterRequest,
    IssueRequest,
    MergeRequest,
    OpenRequest,
    ParkRequest,
    PauseRequest,
    ReclassifyRequest,
    TransferRequest,
    UndoRequest,
    VisitAnswer,
)
from queue_server.framework.permissions import Permission
from queue_server.framework.routing import CENTRE, FOLLOWING, Handler, Parameter, Route, get, post


def _of_visit(
    name: str, permission: Permission, handler: Handler, summary: str, request: type[Message] | None = None
) -> Route:
    """Make the route of what is done to a visit; its path ends with its name."""
    return post(name, f"/visits/{{visit}}/{name}", permission, handler, VisitAnswer, summary, request)


def _at_counter(  # noqa: PLR0917 - a row of the table
    name: str,
    permission: Permission,
    handler: Handler,
    summary: str,
    request: type[Message] | None = CounterRequest,
    answer: type[Message] = CounterAnswer,
) -> Route:
    """Make the route of what a counter does; its path ends with its name."""
    return post(name, f"/counters/{{counter}}/{name}", permission, handler, answer, summary, request)


ROUTES: tuple[Route, ...] = (
    # A code works once, so a repeated request cannot enrol twice; a client that lost the answer needs a new code.
    Route(
        "enrol",
        "POST",
        "/enrol",
        may.ENROL,
        enrolment.enrol,
        EnrolAnswer,
        "Exchange an enrolment code for a device's token",
        EnrolRequest,
        keyed=False,
    ),
    Route(
        "authority",
        "GET",
        "/authority",
        may.ENROL,
        enrolment.authority,
        ServerRoute,
        "The authorities of this server, for a machine that was given the fingerprint of one",
    ),
    get("services", "/services", may.SERVICES, queries.services, ServicesAnswer, "What the centre offers"),
    get("counters", "/counters", may.COUNTERS, queries.counters, CountersAnswer, "The counters as they stand"),
    get(
        "series",
        "/devices/self/series",
        may.OWN_SERIES,
        queries.series,
        SeriesState,
        "The codes that this device issues",
    ),
    Route(
        "queue",
        "GET",
        CENTRE + "/queue",
        may.FOLLOW,
        queries.queue,
        QueueSnapshot,
        "The day as this client may see it, with its cursor (boards: BoardSnapshot)",
        instead=BoardSnapshot,
    ),
    Route(
        "events",
        "GET",
        CENTRE + "/events",
        may.FOLLOW,
        queries.events,
        FeedFrame,
        "Follow the centre: WebSocket, or server-sent events",
        parameters=FOLLOWING,
        media="text/event-stream",
    ),
    get("visit", "/visits/{visit}", may.READ_VISIT, visits.visit, VisitAnswer, "A visit of today"),
    get(
        "code-status",
        "/codes/{code}",
        may.CODE_STATUS,
        code_status.code_status,
        CodeAnswer,
        "What boards show of the number of a ticket",
    ),
    get(
        "ticket",
        "/tickets/{ticket}",
        may.READ_VISIT,
        visits.ticket,
        VisitAnswer,
        "The visit of a ticket that is shown, by the token in its code, or the visit that it goes on as",
    ),
    get(
        "ahead",
        "/services/{service}/ahead",
        may.READ_VISIT,
        visits.ahead,
        AheadAnswer,
        "How many visits would come before a ticket of this service",
    ),
    Route(
        "issue",
        "POST",
        CENTRE + "/visits",
        may.ISSUE,
        visits.issue,
        VisitAnswer,
        "Issue a ticket",
        IssueRequest,
        status=201,
        parameters=(
            Parameter(
                CLOCK_HEADER,
                "header",
                "What the clock of this machine shows as the request is sent (RFC 3339). By it the server reckons the "
                "age of a ticket, however wrong that clock is.",
            ),
        ),
    ),
    post(
        "papers",
        "/visits/{visit}/papers",
        may.COUNT_PAPERS,
        visits.count_paper,
        VisitAnswer,
        "Say that a paper of this ticket was printed, beyond the one that its kiosk printed as it issued it",
    ),
    _of_visit("cancel", may.CANCEL, visits.cancel, "Cancel a visit"),
    _of_visit("reinstate", may.REINSTATE, visits.reinstate, "Let a missed or cancelled visit wait again"),
    _of_visit("resume", may.RESUME, visits.resume, "Let a parked visit wait again"),
    _of_visit("reclassify", may.RECLASSIFY, visits.reclassify, "Set the category", ReclassifyRequest),
    _of_visit(
        "change", may.CHANGE_VISIT, visits.change, "Change services, size of the party or language", ChangeVisitRequest
    ),
    _of_visit("merge", may.MERGE, visits.merge, "Let the party go on with another ticket", MergeRequest),
    _at_counter(
        "call-next",
        may.CALL_NEXT,
        counter_actions.call_next,
        "Call whoever is next for this counter",
        None,
        answer=CallNextAnswer,
    ),
    _at_counter("call", may.CALL, counter_actions.call, "Call this visit and not the next", CallRequest),
    _at_counter("recall", may.RECALL, counter_actions.recall, "Call again whom this counter has called"),
    _at_counter("start", may.START, counter_actions.start, "Start serving whom this counter has called"),
    _at_counter(
        "finish", may.FINISH, counter_actions.finish, "Finish the step; the visit waits for its next one, or is done"
    ),
    _at_counter("missed", may.MISSED, counter_actions.missed, "Nobody came"),
    _at_counter("transfer", may.TRANSFER, counter_actions.transfer, "Hand on to a step or a counter", TransferRequest),
    _at_counter("park", may.PARK, counter_actions.park, "Put whom this counter has aside", ParkRequest),
    _at_counter("hand-back", may.HAND_BACK, counter_actions.hand_back, "Give whom a counter has back to the queue"),
    _at_counter("undo", may.UNDO, counter_actions.undo, "Take back what this counter did last", UndoRequest),
    _at_counter(
        "open", may.OPEN_COUNTER, counter_actions.open_counter, "Open a counter, or end its pause", OpenRequest
    ),
    _at_counter("close", may.CLOSE_COUNTER, counter_actions.close_counter, "Close a counter"),
    _at_counter("pause", may.PAUSE_COUNTER, counter_actions.pause, "Pause a counter, with a reason", PauseRequest),
    post("help", "/help", may.CALL_HELP, help_calls.call_help, HelpAnswer, "Call staff", HelpRequest),
    post(
        "withdraw-help",
        "/help/{help}/withdraw",
        may.WITHDRAW_HELP,
        help_calls.withdraw_help,
        HelpAnswer,
        "Say that nobody needs to come any more",
    ),
    post(
        "take-help",
        "/help/{help}/take",
        may.TAKE_HELP,
        help_calls.accept_help,
        HelpAnswer,
        "Say that one goes to help",
    ),
    post("notices", "/notices", may.ANNOUNCE, notices.show, NoticeAnswer, "Show a notice", NoticeRequest),
    post("end-notice", "/notices/{notice}/end", may.ANNOUNCE, notices.end, NoticeAnswer, "Take a notice down"),
    post(
        "intake",
        "/intake",
        may.INTAKE,
        notices.intake,
        IntakeAnswer,
        "Say whether kiosks issue tickets today",
        IntakeRequest,
    ),
    post(
        "close-service",
        "/services/{service}/close",
        may.INTAKE,
        notices.close_service,
        ClosedServicesAnswer,
        "Close a service for the rest of the day",
    ),
    post(
        "reopen-service",
        "/services/{service}/reopen",
        may.INTAKE,
        notices.reopen_service,
        ClosedServicesAnswer,
        "Give a service again that was closed for the day",
    ),
)
