"""The routes of the API, each written once: routing, permissions, OpenAPI and the tests are made from this table."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import msgspec
from aiohttp import web

from queue_server.accounts.api import devices
from queue_server.accounts.permissions import Permission
from queue_server.applications import handlers as applications
from queue_server.audit import api as audit
from queue_server.centre.api import at_counter, code_status, helping, notices, reading, visits
from queue_server.centre.api import enrolment as opening
from queue_server.contract import cashier as cash
from queue_server.contract import payments as pay
from queue_server.contract.audit import VerificationAnswer
from queue_server.contract.base import Message
from queue_server.contract.catalogue import CountersAnswer, ServicesAnswer
from queue_server.contract.devices import (
    DevicesAnswer,
    EnrolAnswer,
    EnrolRequest,
    KeepRequest,
    SeriesState,
    StartAnswer,
    StartRequest,
    StatusAnswer,
    StatusRequest,
)
from queue_server.contract.documents import (
    CompareRequest,
    DeskReadingRequest,
    MendRequest,
    ReadingsAnswer,
    SealAnswer,
    SealRequest,
)
from queue_server.contract.feeds import Frame, QueueSnapshot
from queue_server.contract.hall import HelpAnswer, HelpRequest, IntakeAnswer, IntakeRequest, NoticeAnswer, NoticeRequest
from queue_server.contract.people import (
    ApplicationAnswer,
    ApplicationsAnswer,
    DocumentRequest,
    ForgottenAnswer,
    FoundAnswer,
    MoveApplicationRequest,
    NoteAnswer,
    NoteRequest,
    NotesAnswer,
    OpenApplicationRequest,
)
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
from queue_server.framework.ask import Ask
from queue_server.payments import by_hand, closings, reporting, saying
from queue_server.payments import handlers as payments
from queue_server.people import at_desk, comparing, mending, readings, seals
from queue_server.people import handlers as people

#: Where the API lives.
PREFIX = "/api/v1"

Handler = Callable[[Ask], Awaitable[Message | web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class Route:
    """One route: ``path`` below ``PREFIX``, ``request`` the type of its body, ``keyed`` where it needs a key.

    ``name`` is the operation's id in OpenAPI; a body that may be left out stands for all its defaults.
    ``started``: of the starts of a device, it is done for the one that counts alone.
    """

    name: str
    method: str
    path: str
    permission: Permission
    handler: Handler
    answer: type[Message]
    summary: str
    request: type[Message] | None = None
    status: int = 200
    keyed: bool = True
    started: bool = True

    @property
    def body_optional(self) -> bool:
        return self.request is None or not any(field.required for field in msgspec.structs.fields(self.request))


_CENTRE = "/centres/{centre}"
P = Permission


def _get(  # noqa: PLR0917 - a row of the table
    name: str, path: str, permission: Permission, handler: Handler, answer: type[Message], summary: str
) -> Route:
    return Route(name, "GET", _CENTRE + path, permission, handler, answer, summary)


def _post(  # noqa: PLR0917 - a row of the table
    name: str,
    path: str,
    permission: Permission,
    handler: Handler,
    answer: type[Message],
    summary: str,
    request: type[Message] | None = None,
) -> Route:
    return Route(name, "POST", _CENTRE + path, permission, handler, answer, summary, request)


def _of_visit(
    name: str, permission: Permission, handler: Handler, summary: str, request: type[Message] | None = None
) -> Route:
    """Make the route of what is done to a visit; its path ends with its name."""
    return _post(name, f"/visits/{{visit}}/{name}", permission, handler, VisitAnswer, summary, request)


def _of_payment(way: str, handler: Handler, summary: str, request: type[Message] | None = None) -> Route:
    """Make the route of what two members of staff do about a payment."""
    verb = way.rpartition("/")[2]
    name = {"resolve": "resolve-payment", "refunds": "ask-refund"}.get(verb, f"{verb}-refund")
    return _post(name, f"/payments/{{payment}}/{way}", P.REFUND, handler, cash.PaymentAnswer, summary, request)


def _at_counter(  # noqa: PLR0917 - a row of the table
    name: str,
    permission: Permission,
    handler: Handler,
    summary: str,
    request: type[Message] | None = CounterRequest,
    answer: type[Message] = CounterAnswer,
) -> Route:
    """Make the route of what a counter does; its path ends with its name."""
    return _post(name, f"/counters/{{counter}}/{name}", permission, handler, answer, summary, request)


#: A code works once, so a repeated request cannot enrol twice; a client that lost the answer needs a new code.
_ENROL = Route(
    "enrol",
    "POST",
    "/enrol",
    P.ENROL,
    opening.enrol,
    EnrolAnswer,
    "Exchange an enrolment code for a device's token",
    EnrolRequest,
    keyed=False,
)
_ISSUE = Route(
    "issue",
    "POST",
    _CENTRE + "/visits",
    P.ISSUE,
    visits.issue,
    VisitAnswer,
    "Issue a ticket",
    IssueRequest,
    status=201,
)
#: The newest word replaces the one before and says how the device is now: sent twice, it says the same. A key would
#: have to be kept for nothing.
_REPORT_STATUS = Route(
    "report-status",
    "POST",
    _CENTRE + "/devices/self/status",
    P.REPORT_STATUS,
    devices.report,
    StatusAnswer,
    "Say how this device is",
    StatusRequest,
    keyed=False,
)
#: Told twice it changes nothing.
_START = Route(
    "start-device",
    "POST",
    _CENTRE + "/devices/self/start",
    P.REPORT_STATUS,
    devices.start,
    StartAnswer,
    "Say that this device has started; a copy of it on another machine is noticed by that",
    StartRequest,
    keyed=False,
    started=False,
)

ROUTES: tuple[Route, ...] = (
    _ENROL,
    # What can be read.
    _get("services", "/services", P.SERVICES, reading.services, ServicesAnswer, "What the centre offers"),
    _get("counters", "/counters", P.COUNTERS, reading.counters, CountersAnswer, "The counters as they stand"),
    _get(
        "series", "/devices/self/series", P.OWN_SERIES, reading.series, SeriesState, "The codes that this device issues"
    ),
    _get(
        "queue",
        "/queue",
        P.FOLLOW,
        reading.queue,
        QueueSnapshot,
        "The day as this client may see it, with its cursor (boards: BoardSnapshot)",
    ),
    _get(
        "events",
        "/events",
        P.FOLLOW,
        reading.events,
        Frame,
        "Follow the centre: WebSocket, or server-sent events",
    ),
    _get("visit", "/visits/{visit}", P.READ_VISIT, visits.visit, VisitAnswer, "A visit of today"),
    _get(
        "code-status",
        "/codes/{code}",
        P.CODE_STATUS,
        code_status.code_status,
        CodeAnswer,
        "What boards show of the number of a ticket",
    ),
    _get(
        "ticket",
        "/tickets/{ticket}",
        P.READ_VISIT,
        visits.ticket,
        VisitAnswer,
        "The visit of a ticket that is shown, by the token in its code, or the visit that it goes on as",
    ),
    _get(
        "ahead",
        "/services/{service}/ahead",
        P.READ_VISIT,
        visits.ahead,
        AheadAnswer,
        "How many visits would come before a ticket of this service",
    ),
    # Visits.
    _ISSUE,
    _of_visit("cancel", P.CANCEL, visits.cancel, "Cancel a visit"),
    _of_visit("reinstate", P.REINSTATE, visits.reinstate, "Let a missed or cancelled visit wait again"),
    _of_visit("resume", P.RESUME, visits.resume, "Let a parked visit wait again"),
    _of_visit("reclassify", P.RECLASSIFY, visits.reclassify, "Set the category", ReclassifyRequest),
    _of_visit(
        "change", P.CHANGE_VISIT, visits.change, "Change services, size of the party or language", ChangeVisitRequest
    ),
    _of_visit("merge", P.MERGE, visits.merge, "Let the party go on with another ticket", MergeRequest),
    # People and applications.
    _post("add-note", "/visits/{visit}/notes", P.NOTES, people.add_note, NoteAnswer, "Write a note", NoteRequest),
    _get("notes", "/visits/{visit}/notes", P.NOTES, people.notes, NotesAnswer, "Read the notes; it is recorded"),
    _get(
        "reading",
        "/visits/{visit}/reading",
        P.READ_DOCUMENT,
        readings.reading,
        ReadingsAnswer,
        "What a kiosk read of the document of a visit; it is recorded",
    ),
    _post(
        "read-at-desk",
        "/visits/{visit}/reading",
        P.READ_AT_DESK,
        at_desk.take,
        ReadingsAnswer,
        "Store what the reader at a desk of staff has read of a document; who did is recorded",
        DeskReadingRequest,
    ),
    _post(
        "mend-document",
        "/visits/{visit}/reading/mend",
        P.MEND_DOCUMENT,
        mending.mend,
        ReadingsAnswer,
        "Put one wrong character of a document's number right; who did is recorded",
        MendRequest,
    ),
    _post(
        "compare-face",
        "/visits/{visit}/reading/compared",
        P.COMPARE_FACE,
        comparing.compare,
        ReadingsAnswer,
        "Say whether the person who is served is the one on their document; who did is recorded",
        CompareRequest,
    ),
    _post(
        "verify-seal",
        "/visits/{visit}/seal",
        P.VERIFY_SEAL,
        seals.verify,
        SealAnswer,
        "Verify a seal that staff have scanned, and keep what it came to; who did is recorded",
        SealRequest,
    ),
    _post(
        "find-document",
        "/documents/find",
        P.FIND_DOCUMENT,
        people.find_document,
        FoundAnswer,
        "Find the visits of today on a document; it is recorded",
        DocumentRequest,
    ),
    _post(
        "forget",
        "/visits/{visit}/forget",
        P.FORGET,
        people.forget,
        ForgottenAnswer,
        "Shred whoever came with a visit",
    ),
    _post(
        "open-application",
        "/visits/{visit}/applications",
        P.APPLICATIONS,
        applications.open_application,
        ApplicationAnswer,
        "Open an application at a visit, or name one that there is",
        OpenApplicationRequest,
    ),
    _get(
        "visit-applications",
        "/visits/{visit}/applications",
        P.APPLICATIONS,
        applications.of_visit,
        ApplicationsAnswer,
        "The applications that a visit serves",
    ),
    _get(
        "application",
        "/applications/{application}",
        P.APPLICATIONS,
        applications.application,
        ApplicationAnswer,
        "An application, by its id or its reference",
    ),
    _post(
        "move-application",
        "/applications/{application}/move",
        P.APPLICATIONS,
        applications.move_application,
        ApplicationAnswer,
        "Move an application on",
        MoveApplicationRequest,
    ),
    # Payments.
    _post(
        "report-payment",
        "/payments",
        P.REPORT_PAYMENT,
        reporting.report_payment,
        pay.ReportAnswer,
        "Tell what became of an attempt to pay",
        pay.PaymentReport,
    ),
    _get(
        "payments-waiting",
        "/payments",
        P.REFUND,
        payments.waiting,
        cash.PaymentsAnswer,
        "What kiosks ask staff, payments of which nothing is certain, and refunds that wait for a second person",
    ),
    _get("payment", "/payments/{payment}", P.PAYMENTS, payments.payment, cash.PaymentAnswer, "A payment"),
    _get(
        "payment-words",
        "/payments/{payment}/words",
        P.REPORT_PAYMENT,
        saying.words_of,
        pay.WordsAnswer,
        "What staff said of money that they move themselves",
    ),
    _post(
        "say-to-kiosk",
        "/payments/{payment}/say",
        P.TAKE_PAYMENT,
        saying.say,
        cash.PaymentAnswer,
        "Say to a kiosk that waits for it whether its amount was taken, or given back",
        cash.SayRequest,
    ),
    _get(
        "visit-payments",
        "/visits/{visit}/payments",
        P.PAYMENTS,
        payments.of_visit,
        cash.PaymentsAnswer,
        "What was paid and waived for a visit",
    ),
    _get(
        "receipts",
        "/payments/{payment}/receipts",
        P.RECEIPTS,
        payments.receipts,
        cash.ReceiptsAnswer,
        "Receipts to be printed once more, as copies; it is recorded",
    ),
    _post(
        "take-payment",
        "/visits/{visit}/take-payment",
        P.TAKE_PAYMENT,
        by_hand.take,
        cash.PaymentAnswer,
        "Say that staff took what services of a visit cost",
        cash.TakeRequest,
    ),
    _post(
        "waive",
        "/visits/{visit}/waive",
        P.WAIVE,
        payments.waive,
        cash.PaymentAnswer,
        "Waive the fee of a service",
        cash.WaiveRequest,
    ),
    _of_payment("resolve", payments.resolve, "Say what became of a payment", cash.ResolveRequest),
    _post(
        "accept",
        "/payments/{payment}/accept",
        P.ACCEPT_PAYMENT,
        payments.accept,
        cash.PaymentAnswer,
        "Let a payment that differs from what was owed settle what it was for",
    ),
    _of_payment("refunds", payments.ask_refund, "Ask for a refund", cash.RefundRequest),
    _of_payment("refunds/{refund}/confirm", payments.confirm_refund, "Confirm a refund that somebody else asked for"),
    _of_payment("refunds/{refund}/reject", payments.reject_refund, "Reject a refund"),
    _of_payment("refunds/{refund}/settle", payments.settle_refund, "Say that money went back", cash.SettleRequest),
    _post(
        "close-terminal",
        "/closings",
        P.REPORT_PAYMENT,
        closings.close_terminal,
        pay.ClosingAnswer,
        "Tell what a terminal counted at its end of day",
        pay.ClosingReport,
    ),
    _get(
        "closings",
        "/closings",
        P.CLOSINGS,
        closings.closings,
        cash.ClosingsAnswer,
        "Ends of terminals' days, those with differences that nobody has looked into first",
    ),
    _post(
        "see-closing",
        "/closings/{closing}/seen",
        P.SEE_CLOSING,
        closings.see_closing,
        cash.ClosingSeenAnswer,
        "Say that the differences of an end of day were looked into",
    ),
    # Counters.
    _at_counter(
        "call-next",
        P.CALL_NEXT,
        at_counter.call_next,
        "Call whoever is next for this counter",
        None,
        answer=CallNextAnswer,
    ),
    _at_counter("call", P.CALL, at_counter.call, "Call this visit and not the next", CallRequest),
    _at_counter("recall", P.RECALL, at_counter.recall, "Call again whom this counter has called"),
    _at_counter("start", P.START, at_counter.start, "Start serving whom this counter has called"),
    _at_counter("finish", P.FINISH, at_counter.finish, "Finish the step; the visit waits for its next one, or is done"),
    _at_counter("missed", P.MISSED, at_counter.missed, "Nobody came"),
    _at_counter("transfer", P.TRANSFER, at_counter.transfer, "Hand on to a step or a counter", TransferRequest),
    _at_counter("park", P.PARK, at_counter.park, "Put whom this counter has aside", ParkRequest),
    _at_counter("hand-back", P.HAND_BACK, at_counter.hand_back, "Give whom a counter has back to the queue"),
    _at_counter("undo", P.UNDO, at_counter.undo, "Take back what this counter did last", UndoRequest),
    _at_counter("open", P.OPEN_COUNTER, at_counter.open_counter, "Open a counter, or end its pause", OpenRequest),
    _at_counter("close", P.CLOSE_COUNTER, at_counter.close_counter, "Close a counter"),
    _at_counter("pause", P.PAUSE_COUNTER, at_counter.pause, "Pause a counter, with a reason", PauseRequest),
    # The record.
    _get("verification", "/verification", P.VERIFY, audit.verification, VerificationAnswer, "How the record was found"),
    _post("verify", "/verification", P.VERIFY, audit.verify, VerificationAnswer, "Have every event looked at"),
    # Help, notices, intake.
    _post("help", "/help", P.CALL_HELP, helping.call_help, HelpAnswer, "Call staff", HelpRequest),
    _post(
        "withdraw-help",
        "/help/{help}/withdraw",
        P.WITHDRAW_HELP,
        helping.withdraw_help,
        HelpAnswer,
        "Say that nobody needs to come any more",
    ),
    _post(
        "take-help",
        "/help/{help}/take",
        P.TAKE_HELP,
        helping.take_help,
        HelpAnswer,
        "Say that one goes to help",
    ),
    _post("notices", "/notices", P.ANNOUNCE, notices.show, NoticeAnswer, "Show a notice", NoticeRequest),
    _post("end-notice", "/notices/{notice}/end", P.ANNOUNCE, notices.end, NoticeAnswer, "Take a notice down"),
    _post(
        "intake",
        "/intake",
        P.INTAKE,
        notices.intake,
        IntakeAnswer,
        "Say whether kiosks issue tickets today",
        IntakeRequest,
    ),
    # Devices.
    _START,
    _REPORT_STATUS,
    _get("devices", "/devices", P.DEVICES, devices.states, DevicesAnswer, "The devices and how they are"),
    _post(
        "keep-device",
        "/devices/{device}/keep",
        P.KEEP_DEVICE,
        devices.keep,
        DevicesAnswer,
        "Say which of several machines goes on as a device; the others are enrolled anew",
        KeepRequest,
    ),
)
