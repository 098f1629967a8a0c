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
from queue_server.contract.requirements import StatedItem
from queue_server.contract.waits import WaitView
from queue_server.domain.appointments import AppointmentId
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
    """A ticket for a party; a kiosk makes ``id`` and ``code`` itself, and says when.

    What cannot be opened of its readings and pictures is dropped, and the ticket is taken all the same.
    """

    services: Annotated[tuple[Name, ...], Meta(min_length=1, max_length=5)]
    """Ids of the services that the party came for, in the order in which they are given."""
    category: Category
    """Why the visit stands where it stands in the queue."""
    language: LanguageTag
    """The language in which the party is called (BCP 47)."""
    party_size: Annotated[int, Meta(ge=1, le=20)] = 1
    """How many people they are; ``people`` stand for it where they are given."""
    id: Uuid | None = None
    """The id of the visit (a UUID), made by a kiosk; else the server makes one."""
    code: Code | None = None
    """The ticket code, of the kiosk's own series; else the server takes the next of this client's series."""
    issued_at: datetime | None = None
    """When it was issued, by the kiosk's own clock; now where it is null."""
    asks_priority: bool = False
    """The person asked for priority at a kiosk; staff answer."""
    document: DocumentNumber | None = None
    """The number of a document as staff typed or scanned it: it goes into the vault, and finds a second ticket on the
    same document.
    """
    readings: Annotated[tuple[Sealed, ...], Meta(max_length=20)] = ()
    """What a kiosk read of the documents of the party, each sealed to ``documents_key`` and to ``id``; more than the
    centre's ``kiosk_party``, and a seal that was shown beside one of them, are dropped.
    """
    faces: Annotated[tuple[SealedFace, ...], Meta(max_length=20)] = ()
    """Pictures from the chips of these documents, sealed likewise."""
    people: Party = ()
    """The party by age band, where that was asked."""
    lacking: Annotated[tuple[StatedItem, ...], Meta(max_length=400)] | None = None
    """What people at a kiosk did not say that they have of what they are asked to bring; null where nobody asked."""
    appointment: Annotated[str, Meta(min_length=1, max_length=64)] | None = None
    """The appointment for which they came: its id, or what stands in its link. Where it is proved, category and place
    in the queue come from it alone. On paper what it does not prove is a walk-in; else it is refused.
    """
    unprinted: bool = False
    """Nothing is on paper yet, though a kiosk made the code: an appointment that lets nobody in is refused, and a
    second ticket of one as well.
    """


class VisitStepView(Message, frozen=True):
    """A stop of a visit."""

    id: StepId
    """Id of the step."""
    service: ServiceId
    """Id of the service of which it is a stop."""
    government: GovernmentId
    """Code of the government of that service."""
    state: Literal["done", "now", "next", "skipped"]
    """Whether it is done, now, or comes next; ``skipped`` where the visit went past it and was not served there."""
    promise_min: int
    """Within how many minutes visits of this category should be called at it (service-level target)."""


class VisitView(Message, frozen=True):
    """One party at the centre today, as staff and integrations see it."""

    id: VisitId
    """The id of the visit (a UUID), made by whoever issued the ticket."""
    code: TicketCode
    """Its public name: the code on paper, on screens and in speech."""
    state: VisitState
    """What is happening to it."""
    category: Category
    """Why it stands where it stands in the queue."""
    services: tuple[ServiceId, ...]
    """Ids of the services that it came for."""
    steps: tuple[VisitStepView, ...]
    """Its stops, in their order."""
    step: StepId
    """Id of the step at which it is."""
    party_size: int
    """How many people it is."""
    language: str
    """The language in which it is called (BCP 47)."""
    issued_at: datetime
    """When the ticket was issued (UTC)."""
    counts_from: datetime
    """From when the wait at this step counts (UTC)."""
    promise_min: int
    """Within how many minutes after ``counts_from`` it should be called (service-level target)."""
    due: datetime
    """When it should be called (UTC): its place in the queue comes from this."""
    ahead: int | None = None
    """How many visits come before it at its step; null where it does not wait."""
    away_until: datetime | None = None
    """Until when no counter calls it as its next: its party asked for more time (UTC); null where it is here."""
    on_the_way_at: datetime | None = None
    """When its party said that they come (UTC); null where they did not, or are here."""
    counter: CounterId | None = None
    """Id of the counter that has called it or serves it; null where none does."""
    called_at: datetime | None = None
    """When it was first called at this step (UTC); null before."""
    last_call_at: datetime | None = None
    """When it was last called at this step (UTC); null before."""
    calls: int = 0
    """How often it was called at this step."""
    started_at: datetime | None = None
    """When serving began (UTC); null before."""
    ended_at: datetime | None = None
    """When it was over (UTC); null before."""
    device: DeviceId | None = None
    """Id of the device that issued the ticket; null where staff did."""
    asks_priority: bool = False
    """Somebody asked for priority at a kiosk, and staff have not answered yet."""
    for_counter: CounterId | None = None
    """Id of the counter that alone may call it until ``for_until``; null where any may."""
    for_until: datetime | None = None
    """Until when ``for_counter`` alone may call it (UTC); null where any may."""
    park_reason: ParkReason | None = None
    """Why it was put aside; null where it is not."""
    park_until: datetime | None = None
    """When the person means to be back (UTC); null where that was not said."""
    notes: tuple[NoteId, ...] = ()
    """Ids of the notes on it, which lie in the vault."""
    applications: tuple[ApplicationId, ...] = ()
    """Ids of the applications that it serves."""
    payments: tuple[PaymentId, ...] = ()
    """Ids of the payments and waivers that were made for it."""
    merged_into: VisitId | None = None
    """Id of the visit as which the party goes on; null where it was not merged."""
    people: tuple[People, ...] = ()
    """The party by age band; empty where that was not asked."""
    appointment: AppointmentId | None = None
    """Id of the appointment for which they came, be it too late; null where they had none."""
    booked_at: datetime | None = None
    """The time of that appointment (UTC)."""
    wait: WaitView | None = None
    """How long it waits from now on, where a single visit is told of and that can be said; else null."""


class VisitAnswer(Message, frozen=True):
    """One visit as it is now."""

    visit: VisitView
    """The visit."""
    cursor: str
    """A place in the centre's feed at which this has happened; opaque."""
    plate: str | None = None
    """What the plate over the visit's counter says, where a single visit was asked for; else null."""


class AheadAnswer(Message, frozen=True):
    """How long the queue of a service is."""

    ahead: int
    """How many visits would come before a walk-in ticket of this service that was issued now."""
    wait: WaitView | None = None
    """How long whoever takes it waits; null where nothing can be said."""


class CodeAnswer(Message, frozen=True):
    """What everybody can see of the number of a ticket: nothing of who has it, nor of what they came for."""

    shown: Literal["waiting", "called", "serving", "not-shown"]
    """``called``: boards show it, to go to ``counter``. ``serving``: the display over that counter shows it.
    ``waiting``: it is one of those that boards count. ``not-shown``: there is none, it has ended, was missed or is put
    aside.
    """
    counter: str | None = None
    """What the plate over the counter says; null where it is neither called nor served."""


class Why(Message, frozen=True):
    """Why this visit is next."""

    rule: Literal["urgent", "due-earliest", "language", "particular"]
    """The rule of docs/who-is-next.md that decided."""
    category: Category
    """The category of the visit."""
    counts_from: datetime
    """From when its wait counts (UTC)."""
    promise_min: int
    """Within how many minutes it should be called (service-level target)."""
    due: datetime
    """When it should be called (UTC)."""
    considered: int
    """How many waiting visits this counter could have served."""


class CallNextAnswer(Message, frozen=True):
    """Whoever is next, and why."""

    visit: VisitView | None
    """The visit that was called; null where nobody waits whom this counter can serve."""
    why: Why | None
    """Why it is this visit; null where there is none."""
    cursor: str
    """A place in the centre's feed at which this has happened; opaque."""


class CounterRequest(Message, frozen=True):
    """What a counter does with the visit that it has."""

    visit: Uuid | None = None
    """Id of the visit that is meant, which guards against acting on another one; null: whichever the counter has."""


class CallRequest(Message, frozen=True):
    """Call this visit and not the next: one that waits, is parked or was missed."""

    visit: Uuid
    """Id of the visit to call."""
    reason: CallReason
    """Why it is called and not the next."""


class TransferRequest(Message, frozen=True):
    """To a step or to a counter: exactly one of the two."""

    reason: TransferReason
    """Why it is handed on."""
    visit: Uuid | None = None
    """Id of the visit that is meant; null: whichever the counter has."""
    step: Name | None = None
    """Id of the step to which it goes; null where ``counter`` is given."""
    counter: Name | None = None
    """Id of the counter to which it goes; null where ``step`` is given."""
    where: Where = Where.ORDER
    """Where it comes in there."""


class ParkRequest(Message, frozen=True):
    """Put a visit aside."""

    reason: ParkReason
    """What the person is away for."""
    visit: Uuid | None = None
    """Id of the visit that is meant; null: whichever the counter has."""
    minutes: Annotated[int, Meta(ge=1, le=480)] | None = None
    """In how many minutes the person means to be back; null where they did not say."""


class ReclassifyRequest(Message, frozen=True):
    """The present category again answers a wish for priority with no."""

    category: Category
    """The category that it gets; the present one again answers a wish for priority with no."""


class ChangeVisitRequest(Message, frozen=True):
    """Change a visit; what is left out stays as it is."""

    services: Annotated[tuple[Name, ...], Meta(min_length=1, max_length=5)] | None = None
    """Ids of all services that it is for from now on."""
    party_size: Annotated[int, Meta(ge=1, le=20)] | None = None
    """How many people they are; it says nothing of ages."""
    people: Party = ()
    """The party by age band."""
    only: Name | None = None
    """Id of the one service of the visit for which ``people`` are counted, while the party stays as large as it is."""
    language: LanguageTag | None = None
    """The language in which it is called from now on (BCP 47)."""


class MergeRequest(Message, frozen=True):
    """The visit that the party goes on with."""

    into: Uuid
    """Id of the visit that the party goes on with."""


class UndoRequest(Message, frozen=True):
    """Take back what this counter did last."""

    seq: Annotated[int, Meta(ge=1)] | None = None
    """The number of the event that is meant, which guards against taking back another one; null: whichever was last."""


class OpenRequest(Message, frozen=True):
    """Open with the skills of the set-up, or with fewer for today."""

    skills: SkillsView | None = None
    """What the counter takes today, not more than it is set up for; null: all that it is set up for."""


class PauseRequest(Message, frozen=True):
    """Pause a counter."""

    reason: PauseReason
    """Why it pauses."""


class CounterAnswer(Message, frozen=True):
    """What every verb of a counter but call-next comes to."""

    counter: CounterView
    """The counter as it is now."""
    visit: VisitView | None
    """The visit that was touched, as it is now; null where the verb touches none."""
    cursor: str
    """A place in the centre's feed at which this has happened; opaque."""
