"""Messages of what a centre offers: opening times, services, fees, steps and counters."""

from datetime import date, datetime
from typing import Literal

import msgspec

from queue_server.contract.base import Message, Names
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
    """A time at which the centre is open. Kiosks issue no tickets from ``last_ticket`` on."""

    opens: datetime
    last_ticket: datetime
    closes: datetime


class CentreView(Message, frozen=True):
    """``day_start`` minutes after local midnight at which the service day starts.

    ``openings`` are those of the next eight days, the present one first, so that a kiosk without a line knows them; the
    next one where there is none so soon. ``address`` is where the centre is, empty where that was not set up. ``week``
    are the hours from Monday on (``09:00-12:30``), as people know them, without holidays.
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
    address: Names = msgspec.field(default_factory=dict)
    week: tuple[tuple[str, ...], ...] = ()


class DayRun(Message, frozen=True):
    """Days one after another with the same hours: from ``first`` (Monday is 0) to ``last``, that one included."""

    first: int
    last: int
    spans: tuple[str, ...]


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
    id: GovernmentId
    name: Names


class GroupView(Message, frozen=True):
    """What a kiosk asks for before the service: kinds that people think of as one, or a kind without a group."""

    id: str
    name: Names
    icon: str


class KindView(Message, frozen=True):
    """A kind of service; ``icon`` names a picture of the kiosk, ``group`` where it is found (empty: by itself)."""

    id: str
    name: Names
    icon: str
    group: str = ""


class StepView(Message, frozen=True):
    """A stop of a journey; ``place`` says where it is, where the centre has said so.

    ``takes_payment``: here people pay what their service costs, and nobody who has paid needs to come.
    """

    id: StepId
    name: Names
    place: Names = msgspec.field(default_factory=dict)
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
    ``waivable``: staff may let it be. Each person of ``bands`` pays it, or of any where none is named; or the whole
    party once (``per``).
    """

    service: ServiceId
    government: GovernmentId
    amount: int
    currency: CurrencyCode
    valid_from: date | None = None
    valid_until: date | None = None
    waivable: bool = False
    per: Literal["person", "party"] = "person"
    bands: tuple[BandId, ...] = ()


class BandView(Message, frozen=True):
    """People of an age, by which fees differ: from ``from_age`` years to ``to_age``, None: and older."""

    id: BandId
    name: Names
    from_age: int
    to_age: int | None = None


class ServicesAnswer(Message, frozen=True):
    """All that a kiosk needs to go on without the server: ``version`` changes with the catalogue.

    ``groups`` and ``services`` stand in the order of their use in the last days before today's, the most used first,
    and else in that of the catalogue: it does not change during a service day.
    ``pay_offline``: a kiosk may take payment while the server is away.
    ``bands`` are asked for where there are any; whoever is not counted by age pays as the first (``tariff``).
    ``kiosk_party`` people and ``kiosk_services`` at most get one number at a kiosk.
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
    groups: tuple[GroupView, ...] = ()
    bands: tuple[BandView, ...] = ()
    kiosk_party: int = 1
    kiosk_services: int = 1


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
