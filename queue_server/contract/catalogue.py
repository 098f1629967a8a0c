"""Messages of what a centre offers: opening times, services, fees, steps and counters."""

from datetime import date, datetime
from typing import Literal

import msgspec

from queue_server.contract.base import Message, Names
from queue_server.contract.forms import FormView
from queue_server.contract.requirements import ServiceChecklist
from queue_server.domain.appointments import RemoteChannel
from queue_server.domain.values import (
    BandId,
    CentreId,
    CounterId,
    CounterState,
    CurrencyCode,
    GovernmentId,
    PauseReason,
    ServiceId,
    StaffId,
    StepId,
    TicketCode,
    VisitId,
)


class Opening(Message, frozen=True):
    """A time at which the centre is open."""

    opens: datetime
    """When it opens."""
    last_ticket: datetime
    """From when on kiosks issue no more tickets."""
    closes: datetime
    """When it closes."""


class CentreView(Message, frozen=True):
    """A centre: where it is, what it speaks, and when it is open."""

    id: CentreId
    """Short name of the centre, as paths of the API name it."""
    name: Names
    """Its name by language."""
    zone: str
    """Its time zone (IANA, such as ``Europe/Vienna``); all local times of the centre are in it."""
    languages: tuple[str, ...]
    """Languages that the centre speaks (BCP 47), the main one first."""
    day_start: int
    """Minutes after local midnight at which the service day starts."""
    day: date
    """The service day that is now, in the centre's zone."""
    open_now: bool
    """Whether the centre is open at this moment."""
    version: int
    """Version of the centre's set-up; it rises with every change."""
    openings: tuple[Opening, ...] = ()
    """Opening times of the next eight days, the present one first, so that a kiosk without a line knows them; the next
    one where there is none so soon.
    """
    address: Names = msgspec.field(default_factory=dict)
    """Where the centre is, by language; empty where that was not set up."""
    week: tuple[tuple[str, ...], ...] = ()
    """Hours from Monday on (``09:00-12:30``, local time), as people know them, without holidays."""


class DayRun(Message, frozen=True):
    """Days one after another with the same hours."""

    first: int
    """The first of the days (Monday is 0)."""
    last: int
    """The last of the days, itself among them."""
    spans: tuple[str, ...]
    """Hours of each of these days (``09:00-12:30``, local time)."""


def day_runs(week: tuple[tuple[str, ...], ...]) -> tuple[DayRun, ...]:
    """Put days of a ``week`` together that have the same hours; those on which it is closed are left out."""
    found: list[DayRun] = []
    for day, spans in enumerate(week):
        if found and found[-1].last == day - 1 and found[-1].spans == spans:
            found[-1] = DayRun(found[-1].first, day, spans)
        elif spans:
            found.append(DayRun(day, day, spans))
    return tuple(found)


def always_open(week: tuple[tuple[str, ...], ...]) -> bool:
    return bool(week) and all(spans == ("00:00-24:00",) for spans in week)


class GovernmentView(Message, frozen=True):
    """An authority on whose behalf services are given."""

    id: GovernmentId
    """Its code (ISO 3166-1 alpha-3)."""
    name: Names
    """Its name by language."""


class GroupView(Message, frozen=True):
    """What a kiosk asks for before the service: kinds that people think of as one, or a kind without a group."""

    id: str
    """Short name of the group."""
    name: Names
    """Its name by language."""
    icon: str
    """Name of a picture of the kiosk."""


class KindView(Message, frozen=True):
    """A kind of service, whichever government gives it."""

    id: str
    """Short name of the kind."""
    name: Names
    """Its name by language."""
    icon: str
    """Name of a picture of the kiosk."""
    group: str = ""
    """Id of the group in which it is found; empty where it stands by itself."""


class StepView(Message, frozen=True):
    """A stop of a service."""

    id: StepId
    """Short name of the step."""
    name: Names
    """Its name by language."""
    place: Names = msgspec.field(default_factory=dict)
    """Where in the building it is, by language; empty where the centre has not said so."""
    takes_fees: bool = False
    """Here people pay what their service costs, and nobody who has paid needs to come."""
    needs_checklist: bool = False
    """Nobody is sent there whose checklist is not complete, unless staff say so."""
    remote: RemoteChannel | None = None
    """How people are served who do not come; null where they come."""


class ServiceView(Message, frozen=True):
    """What a person can come for."""

    id: ServiceId
    """Short name of the service."""
    government: GovernmentId
    """Code of the government that gives it."""
    kind: str
    """Id of its kind."""
    name: Names
    """Its name by language."""
    steps: tuple[StepView, ...]
    """Its stops, in their order."""


class FeeView(Message, frozen=True):
    """What a service costs.

    Of one service, one currency and one day there is never more than one fee; a service without any costs nothing here.
    """

    service: ServiceId
    """Id of the service."""
    government: GovernmentId
    """Code of the government that gives it."""
    amount: int
    """What it costs, in whole minor units of ``currency``; 0 where it is free."""
    currency: CurrencyCode
    """The currency (ISO 4217, three letters)."""
    valid_from: date | None = None
    """First service day on which it holds; null where it has no beginning."""
    valid_until: date | None = None
    """Last service day on which it holds, itself among them; null where it has no end."""
    waivable: bool = False
    """Whether staff may waive it."""
    per: Literal["person", "party"] = "person"
    """Whether each person pays it, or the whole party once."""
    bands: tuple[BandId, ...] = ()
    """Ids of the age bands that pay it; empty where all do."""


class BandView(Message, frozen=True):
    """People of an age, by which fees differ."""

    id: BandId
    """Short name of the age band."""
    name: Names
    """Its name by language."""
    from_age: int
    """The youngest age of it, in whole years."""
    to_age: int | None = None
    """The oldest age of it, in whole years; null where it has no end."""


class ServicesAnswer(Message, frozen=True):
    """All that a kiosk needs to go on without the server.

    Groups and services stand in the order of their use in the last days before today, the most used first; the order
    does not change during a service day.
    """

    version: int
    """Version of the catalogue; it rises with every change."""
    centre: CentreView
    """The centre itself."""
    governments: tuple[GovernmentView, ...]
    """Governments on whose behalf services are given here."""
    kinds: tuple[KindView, ...]
    """Kinds of services that are given here."""
    services: tuple[ServiceView, ...]
    """Services that are given here, the most used first."""
    documents_key: str | None = None
    """The key to which a kiosk seals what it reads of documents (X25519, 32 bytes in base64url); null where the server
    takes none.
    """
    fees: tuple[FeeView, ...] = ()
    """What the services cost."""
    pay_offline: bool = False
    """Whether a kiosk may take payment while the server is away."""
    groups: tuple[GroupView, ...] = ()
    """What a kiosk asks for before the service, the most used first."""
    bands: tuple[BandView, ...] = ()
    """Age bands that are asked for, where there are any; whoever is not counted by age pays as the first."""
    kiosk_party: int = 1
    """How many people at most get one ticket at a kiosk."""
    kiosk_services: int = 1
    """How many services at most are put on one ticket at a kiosk."""
    checklists: tuple[ServiceChecklist, ...] = ()
    """What people bring for the services; one that is on no list needs nothing."""
    kiosk_checklist: bool = False
    """Whether a kiosk asks people what of that they have with them."""
    appointments: bool = False
    """Whether the centre gives appointments."""
    forms: tuple[FormView, ...] = ()
    """Forms that can be filled in, in the order in which they are."""


class SkillsView(Message, frozen=True):
    """What a counter can take; an empty list means any."""

    steps: tuple[StepId, ...] = ()
    """Ids of the steps that it takes."""
    services: tuple[ServiceId, ...] = ()
    """Ids of the services that it takes."""
    governments: tuple[GovernmentId, ...] = ()
    """Codes of the governments for which it works."""
    languages: tuple[str, ...] = ()
    """Languages that its staff speak (BCP 47)."""


Direction = Literal["left", "right", "ahead", "up", "down"]


class CounterView(Message, frozen=True):
    """A counter as it is set up, and as it stands now."""

    id: CounterId
    """Short name of the counter, as paths of the API name it."""
    name: str
    """What the plate over the counter says."""
    state: CounterState
    """Whether it is open, paused or closed."""
    skills: SkillsView
    """What it can take today; what it is set up for while it is closed."""
    direction: Direction | None = None
    """The way to it as one faces the board; null where that was not set up."""
    since: datetime | None = None
    """Since when it is in this state (UTC); null where nothing happened there today."""
    visit: VisitId | None = None
    """Id of the visit that is called to it or served there; null where there is none."""
    code: TicketCode | None = None
    """Ticket code of that visit; null where there is none."""
    staff: StaffId | None = None
    """Id of the member of staff who is there; null where nobody is."""
    pause: PauseReason | None = None
    """Why it is paused; null where it is not."""


class CountersAnswer(Message, frozen=True):
    """The counters of a centre."""

    counters: tuple[CounterView, ...]
    """The counters, in the order of the set-up."""
