"""The messages of the API under ``/api/v1``: what kiosk, signage, locker agents and browsers send and receive.

Times are RFC 3339 with an offset; names are ``{language: text}``. Unknown fields are ignored when read, so that an
older client understands a newer server.
"""

from datetime import date, datetime
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from queue_server.values import (
    ApplicationId,
    ApplicationState,
    CallReason,
    Category,
    CentreId,
    CounterId,
    CounterState,
    CurrencyCode,
    DeviceId,
    GovernmentId,
    HelpId,
    HelpKind,
    Intake,
    NoteId,
    NoticeId,
    NoticeKind,
    NoticePlace,
    NoticeText,
    ParkReason,
    PauseReason,
    PaymentId,
    ServiceId,
    StaffId,
    StepId,
    TicketCode,
    TransferReason,
    VisitId,
    VisitState,
    Where,
)

Names = dict[str, str]

# A plain $ would let a trailing newline through in Python, and \Z is unknown to the clients that read the schema.
Uuid = Annotated[str, Meta(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$(?!\n)")]
Name = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[a-z0-9][a-z0-9-]*$(?!\n)")]
LanguageTag = Annotated[str, Meta(min_length=2, max_length=12, pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$(?!\n)")]
#: One line to be shown: no control characters, none that turn the direction of what follows.
Line = Annotated[
    str,
    Meta(max_length=160, pattern=r"^(?!\s*$)[^\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]+$(?!\n)"),
]
Code = Annotated[str, Meta(pattern=r"^[ABCDEKLPRTX][0-9]{3,4}$(?!\n)")]
#: The number of a document; of fillers alone all would be the same one.
DocumentNumber = Annotated[str, Meta(min_length=4, max_length=32, pattern=r"^[<-]*[A-Z0-9][A-Z0-9<-]*$(?!\n)")]

#: What a kiosk sealed of a document (``contract.documents``), in base64url.
Sealed = Annotated[str, Meta(min_length=64, max_length=6000, pattern=r"^[A-Za-z0-9_-]+={0,2}$(?!\n)")]


class Message(msgspec.Struct, frozen=True):
    """Base of all messages."""


# --- enrolment -------------------------------------------------------------------------------------------------


class Series(Message, frozen=True):
    """The codes a device issues: ``letter`` and an inclusive range; ``highest`` is the highest number used today."""

    letter: str
    first: int
    last: int
    highest: int = 0


class EnrolRequest(Message, frozen=True):
    code: Annotated[str, Meta(min_length=8, max_length=32)]
    public_key: Annotated[str, Meta(max_length=128, pattern=r"^[A-Za-z0-9+/=_-]+$(?!\n)")] | None = None


class EnrolAnswer(Message, frozen=True):
    """``token`` is shown once. ``ticket_key`` (hex, 32 bytes) makes the tokens of this device's tickets.

    A ticket's token is base64url without padding of the visit id's 16 bytes and the first 16 bytes of HMAC-SHA256
    over them with ``ticket_key``; ``ticket_url`` + token is what the ticket's QR code says.
    """

    token: str
    device: DeviceId
    kind: Literal["kiosk", "screen", "locker", "integration"]
    name: str
    centre: CentreId
    series: Series | None = None
    ticket_key: str | None = None
    ticket_url: str | None = None


# --- catalogue -------------------------------------------------------------------------------------------------


class Opening(Message, frozen=True):
    """A time at which the centre is open. Kiosks issue no tickets from ``last_ticket`` on."""

    opens: datetime
    last_ticket: datetime
    closes: datetime


class CentreView(Message, frozen=True):
    """``day_start`` minutes after local midnight at which the service day starts.

    ``openings`` are those of the next eight days, the present one first, so that a kiosk without a line knows them; the
    next one where there is none so soon.
    """

    id: CentreId
    name: Names
    zone: str
    languages: tuple[str, ...]
    day_start: int
    day: date
    open_now: bool
    version: int
    openings: tuple[Opening, ...] = ()


class GovernmentView(Message, frozen=True):
    id: GovernmentId
    name: Names


class KindView(Message, frozen=True):
    """A kind of service, asked for before the service itself; ``icon`` names a picture of the kiosk."""

    id: str
    name: Names
    icon: str


class StepView(Message, frozen=True):
    """A stop of a journey; ``place`` says where it is, where the centre has said so.

    ``takes_payment``: here people pay what their service costs, and nobody who has paid needs to come.
    """

    id: StepId
    name: Names
    place: Names = {}
    takes_payment: bool = False


class ServiceView(Message, frozen=True):
    id: ServiceId
    government: GovernmentId
    kind: str
    name: Names
    steps: tuple[StepView, ...]


class FeeView(Message, frozen=True):
    """What a service costs: ``amount`` in whole minor units of ``currency`` (ISO 4217), 0 where it is free.

    It holds on the service days from ``valid_from`` to ``valid_until``, both among them; None: without such an end. Of
    one service, one currency and one day there is never more than one; a service without any costs nothing here.
    ``waivable``: staff may let it be.
    """

    service: ServiceId
    government: GovernmentId
    amount: int
    currency: CurrencyCode
    valid_from: date | None = None
    valid_until: date | None = None
    waivable: bool = False


class ServicesAnswer(Message, frozen=True):
    """All that a kiosk needs to go on without the server: ``version`` changes with the catalogue.

    ``pay_offline``: a kiosk may take payment while the server is away.
    ``documents_key`` is the key to which it seals what it reads of documents (``contract.documents``; 32 bytes in
    base64url); None from a server that takes none.
    """

    version: int
    centre: CentreView
    governments: tuple[GovernmentView, ...]
    kinds: tuple[KindView, ...]
    services: tuple[ServiceView, ...]
    documents_key: str | None = None
    fees: tuple[FeeView, ...] = ()
    pay_offline: bool = False


class SkillsView(Message, frozen=True):
    """Empty means any."""

    steps: tuple[StepId, ...] = ()
    services: tuple[ServiceId, ...] = ()
    governments: tuple[GovernmentId, ...] = ()
    languages: tuple[str, ...] = ()


Direction = Literal["left", "right", "ahead", "up", "down"]


class CounterView(Message, frozen=True):
    """``name`` is what the plate over the counter says; ``direction`` the physical way from the board."""

    id: CounterId
    name: str
    state: CounterState
    skills: SkillsView
    direction: Direction | None = None
    since: datetime | None = None
    visit: VisitId | None = None
    code: TicketCode | None = None
    staff: StaffId | None = None
    pause: PauseReason | None = None


class CountersAnswer(Message, frozen=True):
    counters: tuple[CounterView, ...]


# --- visits ----------------------------------------------------------------------------------------------------


class IssueRequest(Message, frozen=True):
    """A kiosk makes ``id`` and ``code`` itself and says when (``issued_at``, its own clock).

    ``asks_priority``: the person asked for it at a kiosk; staff answer. ``document`` is the number of a document as
    staff typed or scanned it: it goes into the vault, and finds a second ticket on the same document. ``reading`` is
    what a kiosk read of a document, sealed by ``contract.documents.seal`` to ``id``; one that cannot be opened is
    dropped, and the ticket is taken all the same.
    """

    services: Annotated[tuple[Name, ...], Meta(min_length=1, max_length=5)]
    category: Category
    language: LanguageTag
    party_size: Annotated[int, Meta(ge=1, le=20)] = 1
    id: Uuid | None = None
    code: Code | None = None
    issued_at: datetime | None = None
    asks_priority: bool = False
    document: DocumentNumber | None = None
    reading: Sealed | None = None


class VisitStepView(Message, frozen=True):
    """``skipped``: the visit went past it and was not served there."""

    id: StepId
    service: ServiceId
    government: GovernmentId
    state: Literal["done", "now", "next", "skipped"]
    promise_min: int


class VisitView(Message, frozen=True):
    """One party at the centre today; ``ahead``: visits that come before it at its step, None if not waiting.

    ``for_counter`` alone may call it until ``for_until``. ``device`` is where the ticket was issued.
    """

    id: VisitId
    code: TicketCode
    state: VisitState
    category: Category
    services: tuple[ServiceId, ...]
    steps: tuple[VisitStepView, ...]
    step: StepId
    party_size: int
    language: str
    issued_at: datetime
    counts_from: datetime
    promise_min: int
    due: datetime
    ahead: int | None = None
    counter: CounterId | None = None
    called_at: datetime | None = None
    last_call_at: datetime | None = None
    calls: int = 0
    started_at: datetime | None = None
    ended_at: datetime | None = None
    device: DeviceId | None = None
    asks_priority: bool = False
    for_counter: CounterId | None = None
    for_until: datetime | None = None
    park_reason: ParkReason | None = None
    park_until: datetime | None = None
    notes: tuple[NoteId, ...] = ()
    applications: tuple[ApplicationId, ...] = ()
    payments: tuple[PaymentId, ...] = ()
    merged_into: VisitId | None = None


class VisitAnswer(Message, frozen=True):
    """``plate`` is what the plate over the visit's counter says, where a single visit was asked for."""

    visit: VisitView
    cursor: str
    plate: str | None = None


class Why(Message, frozen=True):
    """Why this visit is next: ``considered`` is how many waiting visits this counter could have served."""

    rule: Literal["urgent", "due-earliest", "particular"]
    category: Category
    counts_from: datetime
    promise_min: int
    due: datetime
    considered: int


class CallNextAnswer(Message, frozen=True):
    visit: VisitView | None
    why: Why | None
    cursor: str


class CounterRequest(Message, frozen=True):
    """Body of recall, start, finish, missed, close: ``visit`` guards against acting on another one than meant."""

    visit: Uuid | None = None


class CallRequest(Message, frozen=True):
    """Call this visit and not the next: one that waits, is parked or was missed."""

    visit: Uuid
    reason: CallReason


class TransferRequest(Message, frozen=True):
    """To a step or to a counter: exactly one of the two."""

    reason: TransferReason
    visit: Uuid | None = None
    step: Name | None = None
    counter: Name | None = None
    where: Where = Where.ORDER


class ParkRequest(Message, frozen=True):
    """``minutes``: when the person means to be back, from now."""

    reason: ParkReason
    visit: Uuid | None = None
    minutes: Annotated[int, Meta(ge=1, le=480)] | None = None


class ReclassifyRequest(Message, frozen=True):
    """The present category again answers a wish for priority with no."""

    category: Category


class ChangeVisitRequest(Message, frozen=True):
    """What is left out stays as it is."""

    services: Annotated[tuple[Name, ...], Meta(min_length=1, max_length=5)] | None = None
    party_size: Annotated[int, Meta(ge=1, le=20)] | None = None
    language: LanguageTag | None = None


class MergeRequest(Message, frozen=True):
    """The visit that the party goes on with."""

    into: Uuid


class UndoRequest(Message, frozen=True):
    seq: Annotated[int, Meta(ge=1)] | None = None


class OpenRequest(Message, frozen=True):
    """Open with the skills of the set-up, or with fewer for today."""

    skills: SkillsView | None = None


class PauseRequest(Message, frozen=True):
    reason: PauseReason


class CounterAnswer(Message, frozen=True):
    """Answer of every verb of a counter but call-next; ``visit`` is None where the verb touches none."""

    counter: CounterView
    visit: VisitView | None
    cursor: str


# --- help ------------------------------------------------------------------------------------------------------


class HelpRequest(Message, frozen=True):
    kind: HelpKind


class HelpView(Message, frozen=True):
    """``device_name`` says where the person stands; ``counter`` is where staff called for assistance."""

    id: HelpId
    kind: HelpKind
    at: datetime
    device: DeviceId | None = None
    device_name: str | None = None
    counter: CounterId | None = None
    taken_at: datetime | None = None
    taken_at_counter: CounterId | None = None


class HelpAnswer(Message, frozen=True):
    help: HelpView
    cursor: str


# --- notices and intake ----------------------------------------------------------------------------------------


class NoticeRequest(Message, frozen=True):
    """``own`` is typed text by language, where ``text`` is ``own``. ``minutes``: how long it is shown, until ended."""

    kind: NoticeKind
    text: NoticeText
    where: NoticePlace = NoticePlace.EVERYWHERE
    own: Annotated[dict[LanguageTag, Line], Meta(max_length=40)] = {}
    minutes: Annotated[int, Meta(ge=1, le=1440)] | None = None


class NoticeView(Message, frozen=True):
    """What screens show; they stop at ``until`` by themselves.

    ``own`` is the typed text by language, empty where this server has not read it yet: a snapshot follows with it.
    """

    id: NoticeId
    kind: NoticeKind
    text: NoticeText
    where: NoticePlace
    at: datetime
    until: datetime | None = None
    own: Names = {}


class NoticeAnswer(Message, frozen=True):
    """``notice`` is None where it has ended."""

    notice: NoticeView | None
    cursor: str


class IntakeRequest(Message, frozen=True):
    intake: Intake


class IntakeAnswer(Message, frozen=True):
    intake: Intake
    cursor: str


# --- devices ---------------------------------------------------------------------------------------------------

PartState = Literal[
    "online", "offline", "noDevice", "hardwareError", "userError", "deviceBusy", "fraudAttempt", "starting", "unknown"
]


class PartStatus(Message, frozen=True):
    """One device of a kiosk (``printer``, ``terminal``, ...); ``code`` is a failure code, empty where well."""

    name: Annotated[str, Meta(max_length=32, pattern=r"^[a-z0-9-]+$(?!\n)")]
    state: PartState
    code: Annotated[str, Meta(max_length=64, pattern=r"^[a-z0-9-]*$(?!\n)")] = ""


DeviceMode = Literal["in-service", "out-of-order", "setup"]


class StatusRequest(Message, frozen=True):
    """A kiosk or screen says how it is: at once when that changes, and every minute.

    ``waiting`` tickets are not at the server yet, ``refused`` ones never will be.
    """

    mode: DeviceMode
    parts: Annotated[tuple[PartStatus, ...], Meta(max_length=16)] = ()
    waiting: Annotated[int, Meta(ge=0, le=1_000_000)] = 0
    refused: Annotated[int, Meta(ge=0, le=1_000_000)] = 0


class StatusAnswer(Message, frozen=True):
    at: datetime


class DeviceStatusView(Message, frozen=True):
    """``seen`` is when the device last said how it is; None where it never has. ``late``: it should have since."""

    id: DeviceId
    kind: Literal["kiosk", "screen", "locker", "integration"]
    name: str
    seen: datetime | None = None
    late: bool = False
    mode: DeviceMode | None = None
    parts: tuple[PartStatus, ...] = ()
    waiting: int = 0
    refused: int = 0


class DevicesAnswer(Message, frozen=True):
    devices: tuple[DeviceStatusView, ...]


# --- people and applications -----------------------------------------------------------------------------------


class NoteRequest(Message, frozen=True):
    text: Annotated[str, Meta(min_length=1, max_length=500)]


class NoteView(Message, frozen=True):
    """``by`` is the display name of who wrote it."""

    id: NoteId
    at: datetime
    by: str
    text: str


class NoteAnswer(Message, frozen=True):
    visit: VisitView
    note: NoteId
    cursor: str


class NotesAnswer(Message, frozen=True):
    """Reading them is recorded."""

    notes: tuple[NoteView, ...]


class DocumentRequest(Message, frozen=True):
    """The number of a document, to find the visits of today that were issued on it."""

    document: DocumentNumber


class FoundAnswer(Message, frozen=True):
    visits: tuple[VisitView, ...]


class ForgottenAnswer(Message, frozen=True):
    """``persons`` is how many of whom the vault held something; it holds nothing of them any more."""

    persons: int


class ApplicationView(Message, frozen=True):
    """What one person asks of one government; ``reference`` is public."""

    id: ApplicationId
    reference: str
    government: GovernmentId
    service: ServiceId
    state: ApplicationState
    opened_at: datetime
    changed_at: datetime


#: Public name of an application: government, seven characters without look-alikes, a check character.
Reference = Annotated[str, Meta(min_length=8, max_length=80, pattern=r"^[A-Za-z0-9 -]+$(?!\n)")]


class OpenApplicationRequest(Message, frozen=True):
    """Open one for a service of the visit, or name one that there is: exactly one of the two."""

    service: Name | None = None
    reference: Reference | None = None


class MoveApplicationRequest(Message, frozen=True):
    state: ApplicationState


class ApplicationAnswer(Message, frozen=True):
    application: ApplicationView


class ApplicationsAnswer(Message, frozen=True):
    applications: tuple[ApplicationView, ...]


# --- feeds -----------------------------------------------------------------------------------------------------


class BoardCallView(Message, frozen=True):
    """A call as a board shows it; ``repeats`` counts recalls, ``language`` is the ticket's.

    ``active`` while the visit is still called: nobody has come yet. Afterwards the call stays in the list of those
    before, for people who look up late; an undone call is gone.
    """

    seq: int
    code: TicketCode
    counter: str
    direction: Direction | None
    at: datetime
    repeats: int
    language: str
    active: bool


class BoardWaiting(Message, frozen=True):
    """How many visits wait for a step."""

    step: StepId
    name: Names
    visits: int


class BoardCounter(Message, frozen=True):
    """A counter as the display over it shows it; ``code`` is who is called to it or served there."""

    name: str
    state: CounterState
    code: TicketCode | None = None
    called: bool = False


class BoardView(Message, frozen=True):
    """All a board shows: the calls of this service day, newest first, at most 7, and how many wait for each step."""

    centre: CentreId
    name: Names
    languages: tuple[str, ...]
    zone: str
    calls: tuple[BoardCallView, ...]
    waiting: tuple[BoardWaiting, ...]
    counters: tuple[BoardCounter, ...] = ()
    notices: tuple[NoticeView, ...] = ()


class QueueView(Message, frozen=True):
    """Snapshot for counters, kiosks' own place, managers and integrations: today's visits that are not over, by key."""

    centre: CentreId
    day: date
    closed: bool
    visits: tuple[VisitView, ...]
    counters: tuple[CounterView, ...]
    help: tuple[HelpView, ...]
    notices: tuple[NoticeView, ...] = ()
    intake: Intake = Intake.OPEN


class BoardSnapshot(Message, frozen=True):
    cursor: str
    at: datetime
    board: BoardView


class QueueSnapshot(Message, frozen=True):
    cursor: str
    at: datetime
    queue: QueueView


class Frame(Message, frozen=True):
    """One frame of a feed, encoded once per audience. ``type`` is ``snapshot`` or the event's.

    An audience gets what it may see, as it is after the event: boards the whole ``board``; the others the entities that
    the event touched (``visit``, ``counter``, ``help``), merged by id, and ``intake`` and all ``notices`` when those
    change; a snapshot brings ``board`` or ``queue`` whole, at first and whenever frames would not do. Kiosks get
    ``help`` of their own device, ``version`` when the catalogue changed, ``intake``, and all ``notices`` of kiosks
    when those change. A frame of type ``beat`` only shows that the line is alive and carries the last cursor again;
    one of type ``payments`` does too, and tells staff that a kiosk asks them about money, or has its answer.
    """

    cursor: str
    stream: str
    seq: int
    type: str
    at: datetime
    board: BoardView | UnsetType = UNSET
    queue: QueueView | UnsetType = UNSET
    visit: VisitView | UnsetType = UNSET
    counter: CounterView | UnsetType = UNSET
    help: HelpView | UnsetType = UNSET
    version: int | UnsetType = UNSET
    notices: tuple[NoticeView, ...] | UnsetType = UNSET
    intake: Intake | UnsetType = UNSET


# --- problems --------------------------------------------------------------------------------------------------


class Problem(Message, frozen=True):
    """Problem details (RFC 9457); ``code`` is the stable name, ``placeholders`` fill its translated sentence."""

    type: str
    title: str
    status: int
    code: str
    detail: str = ""
    instance: str = ""
    placeholders: dict[str, str | int] = {}
