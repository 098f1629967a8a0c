"""Messages of visits and counters: a ticket, and all that staff do with it."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta

from queue_server.contract.base import (
    Code,
    DocumentNumber,
    LanguageTag,
    Message,
    Name,
    Party,
    People,
    Sealed,
    SealedFace,
    Uuid,
)
from queue_server.contract.catalogue import CounterView, SkillsView
from queue_server.domain.values import (
    ApplicationId,
    CallReason,
    Category,
    CounterId,
    DeviceId,
    GovernmentId,
    NoteId,
    ParkReason,
    PauseReason,
    PaymentId,
    ServiceId,
    StepId,
    TicketCode,
    TransferReason,
    VisitId,
    VisitState,
    Where,
)


class IssueRequest(Message, frozen=True):
    """A kiosk makes ``id`` and ``code`` itself and says when (``issued_at``, its own clock).

    ``asks_priority``: the person asked for it at a kiosk; staff answer. ``document`` is the number of a document as
    staff typed or scanned it: it goes into the vault, and finds a second ticket on the same document. ``readings``
    are what a kiosk read of the documents of the party, each sealed by ``contract.documents.seal`` to ``id``; one that
    cannot be opened is dropped, as are more than the centre's ``kiosk_party``, and the ticket is taken all the same.
    ``faces`` are the pictures from their chips, sealed by ``contract.faces.seal_face``, and dropped likewise.
    ``people`` are the party by age band, where that was asked; they
    stand for ``party_size`` then.
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
    readings: Annotated[tuple[Sealed, ...], Meta(max_length=20)] = ()
    faces: Annotated[tuple[SealedFace, ...], Meta(max_length=20)] = ()
    people: Party = ()


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
    people: tuple[People, ...] = ()


class VisitAnswer(Message, frozen=True):
    """``plate`` is what the plate over the visit's counter says, where a single visit was asked for."""

    visit: VisitView
    cursor: str
    plate: str | None = None


class AheadAnswer(Message, frozen=True):
    """``ahead``: visits that would come before a walk-in ticket of this service that was issued now."""

    ahead: int


class CodeAnswer(Message, frozen=True):
    """What everybody can see of the number of a ticket: nothing of who has it, nor of what they came for.

    ``called``: boards show it, to go to ``counter``; ``serving``: the display over that counter shows it. ``waiting``:
    it is one of those that boards count. ``not-shown``: there is none, it has ended, was missed or is put aside.
    """

    shown: Literal["waiting", "called", "serving", "not-shown"]
    counter: str | None = None


class Why(Message, frozen=True):
    """Why this visit is next: ``considered`` is how many waiting visits this counter could have served."""

    rule: Literal["urgent", "due-earliest", "language", "particular"]
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
    """What is left out stays as it is.

    ``people`` are the party by age band; ``party_size`` alone says nothing of ages. ``only`` counts them for this one
    of the visit's services, and leaves the party as large as it is.
    """

    services: Annotated[tuple[Name, ...], Meta(min_length=1, max_length=5)] | None = None
    party_size: Annotated[int, Meta(ge=1, le=20)] | None = None
    people: Party = ()
    only: Name | None = None
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
