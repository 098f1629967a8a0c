"""The messages of the API under ``/api/v1``: what kiosk, signage, locker agents and browsers send and receive.

Times are RFC 3339 with an offset; names are ``{language: text}``. Unknown fields are ignored when read, so that an
older client understands a newer server.
"""

from datetime import date, datetime
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from queue_server.values import (
    Category,
    CentreId,
    CounterId,
    CounterState,
    DeviceId,
    GovernmentId,
    HelpId,
    HelpKind,
    PauseReason,
    ServiceId,
    StaffId,
    StepId,
    TicketCode,
    VisitId,
    VisitState,
)

Names = dict[str, str]

# A plain $ would let a trailing newline through in Python, and \Z is unknown to the clients that read the schema.
Uuid = Annotated[str, Meta(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$(?!\n)")]
Name = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[a-z0-9][a-z0-9-]*$(?!\n)")]
LanguageTag = Annotated[str, Meta(min_length=2, max_length=12, pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$(?!\n)")]
Code = Annotated[str, Meta(pattern=r"^[ABCDEKLPRTX][0-9]{3,4}$(?!\n)")]


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
    public_key: Annotated[str, Meta(max_length=128)] | None = None


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


class CentreView(Message, frozen=True):
    """``day_start`` minutes after local midnight at which the service day starts."""

    id: CentreId
    name: Names
    zone: str
    languages: tuple[str, ...]
    day_start: int
    day: date
    open_now: bool
    version: int


class GovernmentView(Message, frozen=True):
    id: GovernmentId
    name: Names


class KindView(Message, frozen=True):
    """A kind of service, asked for before the service itself; ``icon`` names a picture of the kiosk."""

    id: str
    name: Names
    icon: str


class StepView(Message, frozen=True):
    """A stop of a journey; ``place`` says where it is, where the centre has said so."""

    id: StepId
    name: Names
    place: Names = {}


class ServiceView(Message, frozen=True):
    id: ServiceId
    government: GovernmentId
    kind: str
    name: Names
    steps: tuple[StepView, ...]


class ServicesAnswer(Message, frozen=True):
    """All that a kiosk needs to go on without the server: ``version`` changes with the catalogue."""

    version: int
    centre: CentreView
    governments: tuple[GovernmentView, ...]
    kinds: tuple[KindView, ...]
    services: tuple[ServiceView, ...]


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
    """A kiosk makes ``id`` and ``code`` itself and says when (``issued_at``, its own clock)."""

    services: Annotated[tuple[Name, ...], Meta(min_length=1, max_length=5)]
    category: Category
    language: LanguageTag
    party_size: Annotated[int, Meta(ge=1, le=20)] = 1
    id: Uuid | None = None
    code: Code | None = None
    issued_at: datetime | None = None


class VisitStepView(Message, frozen=True):
    id: StepId
    service: ServiceId
    government: GovernmentId
    state: Literal["done", "now", "next"]
    promise_min: int


class VisitView(Message, frozen=True):
    """One party at the centre today; ``ahead``: visits that come before it at its step, None if not waiting."""

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


class VisitAnswer(Message, frozen=True):
    visit: VisitView
    cursor: str


class Why(Message, frozen=True):
    """Why this visit is next: ``considered`` is how many waiting visits this counter could have served."""

    rule: Literal["urgent", "due-earliest"]
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
    """``device_name`` says where the person stands."""

    id: HelpId
    kind: HelpKind
    at: datetime
    device: DeviceId | None = None
    device_name: str | None = None
    taken_at: datetime | None = None
    taken_at_counter: CounterId | None = None


class HelpAnswer(Message, frozen=True):
    help: HelpView
    cursor: str


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


class BoardView(Message, frozen=True):
    """All a board shows: the calls of this service day, newest first, at most 7, and how many wait for each step."""

    centre: CentreId
    name: Names
    languages: tuple[str, ...]
    zone: str
    calls: tuple[BoardCallView, ...]
    waiting: tuple[BoardWaiting, ...]


class QueueView(Message, frozen=True):
    """Snapshot for counters, kiosks' own place, managers and integrations: today's visits that are not over, by key."""

    centre: CentreId
    day: date
    closed: bool
    visits: tuple[VisitView, ...]
    counters: tuple[CounterView, ...]
    help: tuple[HelpView, ...]


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
    the event touched (``visit``, ``counter``, ``help``), merged by id; a snapshot brings ``board`` or ``queue`` whole.
    Kiosks get ``help`` of their own device and ``version`` when the catalogue changed. A frame of type ``beat`` only
    shows that the line is alive and carries the last cursor again.
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
