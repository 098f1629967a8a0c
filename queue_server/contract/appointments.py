"""Messages of appointments: which times are free, hold one, book it, move it, cancel it, and come to it."""

from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from queue_server.contract.base import DocumentNumber, LanguageTag, Message, Name, Names, Party, People, Sealed, Uuid
from queue_server.contract.notices import ContactRequest
from queue_server.domain.appointments import (
    AppointmentCode,
    AppointmentId,
    AppointmentState,
    BookedThrough,
    CheckInVerdict,
    DayChangeId,
    DayChangeKind,
    HoldId,
    PoolId,
    RemoteChannel,
)
from queue_server.domain.values import ServiceId, TicketCode, VisitId

#: What is booked: each service once, in the order in which they are given.
BookedServices = Annotated[tuple[Name, ...], Meta(min_length=1, max_length=5)]
PartySize = Annotated[int, Meta(ge=1, le=20)]
#: What stands in the link of an appointment (``domain.appointments.read_link``).
AppointmentToken = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{43}$(?!\n)")]
#: A code as it was typed (``domain.appointments.read_code``).
TypedCode = Annotated[str, Meta(min_length=1, max_length=64)]
DayText = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$(?!\n)")]


class FreeTimeView(Message, frozen=True):
    """A time at which the whole journey fits."""

    at: datetime
    """The instant (UTC)."""
    clock: str
    """What the clock of the centre shows then (`10:30`)."""
    date: str
    """The date on which it shows that (`YYYY-MM-DD`): after midnight the one after the service day."""


class BookableDayView(Message, frozen=True):
    """A service day and its free times."""

    day: str
    """The service day (`YYYY-MM-DD`)."""
    free: int
    """How many times are free on it."""
    times: tuple[FreeTimeView, ...]
    """The free times, the earliest first."""


class FreeTimesAnswer(Message, frozen=True):
    """Which times are free. Nothing is held by asking."""

    days: tuple[BookableDayView, ...]
    """The days that were asked for, each with what is free; also those with nothing."""
    minutes: int
    """How long the party is served in all, waiting not among it."""


class HoldTimeRequest(Message, frozen=True):
    """Hold a time while somebody types."""

    services: BookedServices
    """Ids of the services, in the order in which they are given."""
    at: datetime
    """The time, one of those that are free."""
    party_size: PartySize = 1
    """How many people they are; ``people`` stand for it where they are given."""
    people: Party = ()
    """The party by age band, where that was asked."""


class TimeHoldView(Message, frozen=True):
    """A time that is held."""

    id: HoldId
    """Id of the hold, by which it is booked or released."""
    at: datetime
    """The time that is held (UTC)."""
    until: datetime
    """Until when (UTC)."""


class TimeHoldAnswer(Message, frozen=True):
    """A time is held."""

    hold: TimeHoldView
    """What is held."""


class ReleaseHoldRequest(Message, frozen=True):
    """Let go a time that is held."""

    at: datetime
    """The time that is held."""


class HoldReleasedAnswer(Message, frozen=True):
    """What was held is free again, if it was not before."""


class BookAppointmentRequest(Message, frozen=True):
    """Book a time, held or not."""

    services: BookedServices
    """Ids of the services, in the order in which they are given."""
    at: datetime
    """The time, one of those that are free, or the one that is held."""
    language: LanguageTag
    """The language in which the party is written to and called (BCP 47)."""
    party_size: PartySize = 1
    """How many people they are; ``people`` stand for it where they are given."""
    people: Party = ()
    """The party by age band, where that was asked."""
    hold: Uuid | None = None
    """Id of the hold of this time; null where it was not held."""
    contact: ContactRequest | None = None
    """How they want to be written to; it goes into the vault. Null: not at all."""
    document: DocumentNumber | None = None
    """The number of the document with which they will come; it goes into the vault."""


class AppointmentView(Message, frozen=True):
    """An appointment, as staff, integrations, and whoever booked it see it."""

    id: AppointmentId
    """Id of the appointment (a UUID)."""
    code: AppointmentCode
    """The code by which people name it, without its space."""
    state: AppointmentState
    """How it is."""
    day: str
    """The service day (`YYYY-MM-DD`)."""
    at: datetime
    """The booked time (UTC)."""
    clock: str
    """What the clock of the centre shows then (`10:30`)."""
    date: str
    """The date on which it shows that (`YYYY-MM-DD`): after midnight the one after the service day."""
    minutes: int
    """How long the party is served in all, waiting not among it."""
    services: tuple[ServiceId, ...]
    """Ids of the services, in the order in which they are given."""
    party_size: int
    """How many people they are."""
    language: str
    """The language in which they are written to and called (BCP 47)."""
    through: BookedThrough
    """By whom it was booked."""
    booked_at: datetime
    """When it was booked (UTC)."""
    revision: int
    """How often it was changed since."""
    people: tuple[People, ...] = ()
    """The party by age band; empty where that was not asked."""
    remote: RemoteChannel | None = None
    """How they are served where they do not come; null where they come."""
    visit: VisitId | None = None
    """Id of the visit as which they came; null where they have not."""
    has_document: bool = False
    """Whether a document was named with which they will come."""
    until: datetime | None = None
    """Until when it can be moved without staff (UTC); null where it cannot be any more."""


class AppointmentAnswer(Message, frozen=True):
    """An appointment as it is now."""

    appointment: AppointmentView
    """The appointment."""
    token: str
    """What stands in its link, behind `/b/`: whoever has it may change and cancel."""


class AppointmentsAnswer(Message, frozen=True):
    """The appointments of a day."""

    appointments: tuple[AppointmentView, ...]
    """Those that are booked or were, the earliest first."""


class MoveAppointmentRequest(Message, frozen=True):
    """Move an appointment to another time, of any day."""

    at: datetime
    """The time, one of those that are free, or the one that is held."""
    hold: Uuid | None = None
    """Id of the hold of this time; null where it was not held."""


class CheckAppointmentRequest(Message, frozen=True):
    """Ask what an appointment is worth now: by its token, its code, or a document, which may come beside the others."""

    token: AppointmentToken | None = None
    """What stands in its link."""
    code: TypedCode | None = None
    """Its code as it was typed."""
    document: Sealed | None = None
    """What was read of a document, sealed to ``documents_key`` and to ``id``."""
    id: Uuid | None = None
    """What the reading is sealed to: the id of the visit that would be issued."""
    party_size: PartySize | None = None
    """How many people are there; null where nobody counted."""


class CheckedAppointmentView(Message, frozen=True):
    """What is shown of an appointment to whoever proved that it is theirs."""

    id: AppointmentId
    """Id of the appointment."""
    services: tuple[ServiceId, ...]
    """Ids of the services."""
    party_size: int
    """For how many people it was booked."""
    language: str
    """Their language (BCP 47)."""
    needs_document: bool
    """Whether the document for which it was booked has to be shown before it counts."""
    visit: VisitId | None = None
    """Id of the visit as which they came already."""
    people: tuple[People, ...] = ()
    """The party by age band; empty where that was not asked."""


class CheckAppointmentAnswer(Message, frozen=True):
    """What an appointment is worth now. Nothing has changed by asking."""

    verdict: CheckInVerdict
    """What it is worth."""
    at: datetime | None = None
    """Its time (UTC); null where nothing is found."""
    clock: str | None = None
    """What the clock of its centre shows then."""
    date: str | None = None
    """The date on which it shows that (`YYYY-MM-DD`): after midnight the one after the service day."""
    day: str | None = None
    """Its service day (`YYYY-MM-DD`)."""
    opens_at: datetime | None = None
    """From when on they may come in for it (UTC)."""
    counts_until: datetime | None = None
    """Until when it counts (UTC)."""
    centre: Name | None = None
    """Id of the centre at which it is; null where that was not proved."""
    centre_name: Names = msgspec.field(default_factory=dict)
    """The name of another centre at which it is, by language; empty where it is here, or was not proved."""
    address: Names = msgspec.field(default_factory=dict)
    """Where that other centre is, by language."""
    appointment: CheckedAppointmentView | None = None
    """The appointment, for which a ticket may be issued; null where nothing comes of it here. Of one that was found by
    its code alone nothing but the time may be shown to whoever typed it.
    """
    ticket: TicketCode | None = None
    """The number of the ticket with which they have come already; null where only the code was given, which proves
    nothing.
    """
    ahead: int | None = None
    """How many visits would come before a ticket that was issued now for its first service, without the appointment;
    null where nobody would ask.
    """


# --- a day, as managers see and change it ----------------------------------------------------------------------------


class PoolPeriodView(Message, frozen=True):
    """A piece of a day at one pool; what is spoken of are seconds in which somebody can be served."""

    at: datetime
    """When it begins (UTC)."""
    clock: str
    """What the clock of the centre shows then."""
    minutes: int
    """How long it is."""
    counters: int
    """How many counters are there in it, at most."""
    bookable: int
    """Seconds for bookings."""
    taken: int
    """Seconds that are booked, held, or not given back yet."""


class PoolDayView(Message, frozen=True):
    """One pool on one day."""

    id: PoolId
    """Id of the pool, as the staffing plan names it."""
    periods: tuple[PoolPeriodView, ...]
    """The pieces of the day at which somebody is there, the earliest first."""


class DayChangeView(Message, frozen=True):
    """What a manager changed in the staffing of this day."""

    id: DayChangeId
    """Id of the change."""
    kind: DayChangeKind
    """What was changed."""
    start: datetime
    """From when on (UTC)."""
    end: datetime
    """Until when (UTC)."""
    pool: PoolId | None = None
    """Id of the pool; null: all."""
    counters: int = 0
    """How many counters more, or fewer where it is below 0."""


class AppointmentDayAnswer(Message, frozen=True):
    """The capacity of a day, and what is taken of it."""

    day: str
    """The service day (`YYYY-MM-DD`)."""
    booked: int
    """How many appointments are booked, or were and have come."""
    people: int
    """How many people these are."""
    pools: tuple[PoolDayView, ...]
    """The pools, as the staffing plan lists them."""
    changes: tuple[DayChangeView, ...]
    """What was changed on this day, in its order."""


class ChangeDayRequest(Message, frozen=True):
    """Change the staffing of a day."""

    kind: DayChangeKind
    """What is changed."""
    start: datetime
    """From when on."""
    end: datetime
    """Until when."""
    pool: Name | None = None
    """Id of the pool; null: all."""
    counters: Annotated[int, Meta(ge=-200, le=200)] = 0
    """How many counters more, or fewer where it is below 0; for ``counters`` alone."""
    concerns: Annotated[tuple[Uuid, ...], Meta(max_length=2000)] = ()
    """Ids of the appointments whose time is taken away, exactly those that the preview named."""


class DayChangePreviewAnswer(Message, frozen=True):
    """Whom a change would concern; nothing has changed."""

    concerns: tuple[AppointmentView, ...]
    """The appointments whose time would be taken away, the earliest first."""


class DayChangeAnswer(Message, frozen=True):
    """What was changed."""

    change: DayChangeView
    """The change."""
    displaced: tuple[AppointmentView, ...]
    """The appointments whose time was taken away; they are told, and choose another one."""
