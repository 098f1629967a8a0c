"""A centre's set-up, as managers write it and tables keep it. Pure.

Clock times are ``HH:MM`` in the centre's zone, promises minutes, rules seconds: each name says its unit.
"""

from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from queue_server.catalogue.alarms import AlarmRules
from queue_server.catalogue.appointments import AppointmentRules, RemoteLink, StaffingDefinition, StepMinutes
from queue_server.catalogue.checklists import ChecklistDefinition
from queue_server.catalogue.fields import (
    Band_,
    CatalogueSection,
    Centre_,
    Changes,
    Counter_,
    Direction,
    Government_,
    Icon,
    Kind_,
    Language_,
    Line,
    Minutes,
    Names,
    Service_,
    Spans,
    StandardMinutes,
    Step_,
    Tag,
    clock_minutes,
)
from queue_server.catalogue.forms import FormDefinition
from queue_server.domain.appointments import RemoteChannel
from queue_server.domain.money import to_minor
from queue_server.domain.service_day import DayRule
from queue_server.domain.tariff import Rate, Tariff
from queue_server.domain.values import SECOND, CurrencyCode
from queue_server.queue.settings import (
    DEFAULT_PROMISES,
    CentreSettings,
    CounterSettings,
    Promises,
    ServiceSettings,
    Skills,
    StepSettings,
)


class CentreDefinition(CatalogueSection, frozen=True):
    """``day_start`` is the local time at which the service day begins; ``languages`` in the order of their offering.

    ``address`` is where it is, one line a language, for papers; empty where none is given.
    """

    id: Centre_
    name: Names
    zone: Annotated[str, Meta(min_length=1, max_length=64)]
    languages: Annotated[tuple[Language_, ...], Meta(min_length=1, max_length=40)]
    day_start: Annotated[str, Meta(pattern=r"\A(0[0-9]|1[01]):[0-5][0-9]\Z")] = "04:00"
    address: Annotated[dict[Tag, Line], Meta(max_length=40)] = msgspec.field(default_factory=dict)


class Rules(CatalogueSection, frozen=True):
    """How the queue of this centre works (``queue.settings.Settings``).

    ``pay_offline``: kiosks may take fees while the server is away. ``kiosk_party`` people and ``kiosk_services`` at
    most get one number at a kiosk; staff take more. ``manager_second_factor``: managers and administrators need one.
    A page at whose keys nobody was for ``lock_minutes`` is locked; 0: never. ``kiosk_checklist``: kiosks ask what of
    the list of a service people have with them.
    ``more_time_times``: how often one visit may ask for more time on a phone.
    ``staff_figures``: what single counters have served is shown to leads, and stands in figures; else what their teams
    have.
    """

    undo_window_s: Annotated[int, Meta(ge=0, le=600)] = 120
    missed_after_s: Annotated[int, Meta(ge=0, le=3600)] = 240
    missed_min_calls: Annotated[int, Meta(ge=1, le=10)] = 2
    round_the_clock: bool = False
    language_filters: bool = False
    language_room_s: Annotated[int, Meta(ge=0, le=3600)] = 600
    max_party: Annotated[int, Meta(ge=1, le=20)] = 20
    last_ticket_min: Annotated[int, Meta(ge=0, le=480)] = 30
    transfer_hold_s: Annotated[int, Meta(ge=0, le=3600)] = 600
    pay_offline: bool = False
    kiosk_party: Annotated[int, Meta(ge=1, le=20)] = 8
    kiosk_services: Annotated[int, Meta(ge=1, le=5)] = 3
    manager_second_factor: bool = False
    lock_minutes: Annotated[int, Meta(ge=0, le=240)] = 10
    kiosk_checklist: bool = False
    more_time_times: Annotated[int, Meta(ge=0, le=10)] = 2
    staff_figures: bool = False


class OpeningHours(CatalogueSection, frozen=True):
    """Local times at which the centre is open; what crosses midnight is written on both days."""

    monday: Spans = ()
    tuesday: Spans = ()
    wednesday: Spans = ()
    thursday: Spans = ()
    friday: Spans = ()
    saturday: Spans = ()
    sunday: Spans = ()

    @property
    def week(self) -> tuple[Spans, ...]:
        """The days in the order of ``date.weekday()``."""
        return (self.monday, self.tuesday, self.wednesday, self.thursday, self.friday, self.saturday, self.sunday)


class Holidays(CatalogueSection, frozen=True):
    """Days on which the centre is closed: public holidays of a country (ISO 3166-1 and -2), and dates of its own."""

    country: Annotated[str, Meta(pattern=r"\A[A-Z]{2}\Z")] | None = None
    subdivision: Annotated[str, Meta(min_length=1, max_length=16)] | None = None
    closed: Annotated[tuple[date, ...], Meta(max_length=400)] = ()


class Government(CatalogueSection, frozen=True):
    id: Government_
    name: Names


class ServiceGroup(CatalogueSection, frozen=True):
    """Kinds of service that people think of as one: what a kiosk asks for first. ``icon`` names a picture of it."""

    id: Kind_
    name: Names
    icon: Icon


class ServiceKind(CatalogueSection, frozen=True):
    """What a service is; ``icon`` names a picture of the kiosk. The likeliest stand first.

    ``group`` is where a kiosk looks for it; a kind without one is a group of its own.
    """

    id: Kind_
    name: Names
    icon: Icon
    group: Annotated[Kind_, Meta(extra={"part_of": "groups"})] | None = None


class StepDefinition(CatalogueSection, frozen=True):
    """A kind of stop, and where in this centre it is; ``takes_fees``: here people pay what their service costs.

    A booking takes ``minutes`` of a counter there, and ``extra_minutes`` for each further person of its party; None:
    as many again. ``remote``: people are not there but are called, or see staff on a screen: that of the centre's
    own video service at ``remote_link``, in which ``{room}`` becomes the name of a room that nobody guesses, another
    one for each appointment. ``needs_checklist``: nobody is sent there whose list is not complete, unless staff say so.
    """

    id: Step_
    name: Names
    place: Annotated[dict[Tag, Line], Meta(max_length=40)] = msgspec.field(default_factory=dict)
    promises: Changes = msgspec.field(default_factory=dict)
    takes_fees: bool = False
    minutes: StepMinutes = 10
    extra_minutes: Minutes | None = None
    remote: RemoteChannel | None = None
    remote_link: RemoteLink = ""
    needs_checklist: bool = False


class ServiceDefinition(CatalogueSection, frozen=True):
    """What a person comes for; ``steps`` is its journey.

    ``step_minutes`` and ``step_extra_minutes`` are those of this service where they differ from its steps';
    ``bookable``: an appointment may be made for it. ``checklist_steps`` are those of its steps that need a complete
    list, beside those that need one for every service. Its service standard: ``standard_percent`` of 100 calls come
    within ``standard_minutes`` of waiting; None: it has none.
    """

    id: Service_
    government: Government_
    kind: Annotated[Kind_, Meta(extra={"part_of": "kinds"})]
    name: Names
    steps: Annotated[tuple[Step_, ...], Meta(min_length=1, max_length=5, extra={"ordered": True})]
    promises: Changes = msgspec.field(default_factory=dict)
    step_promises: dict[Step_, Changes] = msgspec.field(default_factory=dict)
    step_minutes: dict[Step_, StepMinutes] = msgspec.field(default_factory=dict)
    step_extra_minutes: dict[Step_, Minutes] = msgspec.field(default_factory=dict)
    bookable: bool = True
    checklist_steps: Annotated[tuple[Step_, ...], Meta(max_length=5)] = ()
    standard_minutes: StandardMinutes | None = None
    standard_percent: Annotated[int, Meta(ge=1, le=100)] = 80


class CounterDefinition(CatalogueSection, frozen=True):
    """``name`` is what the plate over it says, ``direction`` the way from the board; no skills of a sort means any."""

    id: Counter_
    name: Annotated[str, Meta(max_length=4, pattern=r"\A[0-9A-Z]+\Z")]
    direction: Direction | None = None
    steps: tuple[Step_, ...] = ()
    services: tuple[Service_, ...] = ()
    governments: tuple[Government_, ...] = ()
    languages: tuple[Language_, ...] = ()

    @property
    def skills(self) -> Skills:
        return Skills(self.steps, self.services, self.governments, self.languages)


class AgeBand(CatalogueSection, frozen=True):
    """People from an age on, up to the next band: ``from_age`` in years, 0 for the youngest.

    Whoever is not counted by age is counted as of the first.
    """

    id: Band_
    name: Names
    from_age: Annotated[int, Meta(ge=0, le=120)]


class FeeDefinition(CatalogueSection, frozen=True):
    """What a service costs in one currency: ``amount`` in major units with all its digits, ``75.00`` (``fees``).

    Each person of ``bands`` pays it, or of any where none is named; or the whole party once (``per``). It holds on the
    service days from ``valid_from`` to ``valid_until``, both among them; None: without such an end.
    """

    service: Service_
    amount: Annotated[str, Meta(max_length=16, pattern=r"\A[0-9]+(\.[0-9]+)?\Z")]
    currency: Annotated[CurrencyCode, Meta(pattern=r"\A[A-Z]{3}\Z")]
    valid_from: date | None = None
    valid_until: date | None = None
    waivable: bool = False
    per: Literal["person", "party"] = "person"
    bands: Annotated[tuple[Band_, ...], Meta(max_length=4)] = ()


class ShelfDefinition(CatalogueSection, frozen=True):
    """A drawer with ``places`` for one document each: ``<id>-1`` to ``<id>-<places>``."""

    id: Annotated[str, Meta(max_length=20, pattern=r"\A[A-Z0-9]+(-[A-Z0-9]+)*\Z")]
    places: Annotated[int, Meta(ge=1, le=999)]

    def has(self, place: str) -> bool:
        """Tell whether a place is one of this drawer."""
        number = place.removeprefix(f"{self.id}-")
        return number != place and number.isdecimal() and number[0] != "0" and int(number) <= self.places


class Setup(CatalogueSection, frozen=True):
    """All of one centre."""

    centre: CentreDefinition
    governments: Annotated[tuple[Government, ...], Meta(min_length=1, max_length=60)]
    kinds: Annotated[tuple[ServiceKind, ...], Meta(min_length=1, max_length=30)]
    steps: Annotated[tuple[StepDefinition, ...], Meta(min_length=1, max_length=30)]
    services: Annotated[tuple[ServiceDefinition, ...], Meta(min_length=1, max_length=1000)]
    counters: Annotated[tuple[CounterDefinition, ...], Meta(max_length=200)] = ()
    hours: OpeningHours = OpeningHours()
    holidays: Holidays = Holidays()
    promises: Changes = msgspec.field(default_factory=dict)
    rules: Rules = Rules()
    fees: Annotated[tuple[FeeDefinition, ...], Meta(max_length=5000)] = ()
    groups: Annotated[tuple[ServiceGroup, ...], Meta(max_length=30)] = ()
    bands: Annotated[tuple[AgeBand, ...], Meta(max_length=4)] = ()
    shelves: Annotated[tuple[ShelfDefinition, ...], Meta(max_length=500)] = ()
    appointments: AppointmentRules | None = None
    staffing: Annotated[tuple[StaffingDefinition, ...], Meta(max_length=200)] = ()
    checklists: Annotated[tuple[ChecklistDefinition, ...], Meta(max_length=500)] = ()
    forms: Annotated[tuple[FormDefinition, ...], Meta(max_length=200)] = ()
    alarms: AlarmRules = AlarmRules()


class Stored(msgspec.Struct, frozen=True):
    """A set-up and its number: it counts up with every import."""

    setup: Setup
    version: int


def day_rule(setup: Setup) -> DayRule:
    """Say when the centre's service days start."""
    return DayRule(setup.centre.zone, clock_minutes(setup.centre.day_start))


def promises(setup: Setup, service: ServiceDefinition, step: StepDefinition) -> Promises:
    """Resolve the promises of one stop: the narrowest word counts, category by category."""
    return DEFAULT_PROMISES | setup.promises | step.promises | service.promises | service.step_promises.get(step.id, {})


def duration(service: ServiceDefinition, step: StepDefinition, people: int) -> int:
    """Give the minutes of a counter that a party of ``people`` takes at one stop of a service."""
    minutes = service.step_minutes.get(step.id, step.minutes)
    extra = service.step_extra_minutes.get(step.id, step.extra_minutes)
    return minutes + (people - 1) * (minutes if extra is None else extra)


def tariff(setup: Setup) -> Tariff:
    """Say what everything costs; amounts are those of a checked set-up."""
    return Tariff(
        bands=tuple(band.id for band in setup.bands),
        rates=tuple(
            Rate(
                service=fee.service,
                amount=to_minor(fee.amount, fee.currency),
                currency=fee.currency,
                per=fee.per,
                bands=fee.bands,
                valid_from=fee.valid_from,
                valid_until=fee.valid_until,
                waivable=fee.waivable,
            )
            for fee in setup.fees
        ),
    )


def _step_settings(setup: Setup, service: ServiceDefinition, step: StepDefinition) -> StepSettings:
    one = duration(service, step, 1)
    return StepSettings(step.id, promises(setup, service, step), one, duration(service, step, 2) - one)


def settings(stored: Stored) -> CentreSettings:
    """Turn a set-up into what the engine reads."""
    setup, rules = stored.setup, stored.setup.rules
    steps = {step.id: step for step in setup.steps}
    return CentreSettings(
        centre=setup.centre.id,
        version=stored.version,
        services={
            service.id: ServiceSettings(
                service.id,
                service.government,
                tuple(_step_settings(setup, service, steps[step]) for step in service.steps),
            )
            for service in setup.services
        },
        counters={counter.id: CounterSettings(counter.id, counter.skills) for counter in setup.counters},
        cash_desks=tuple(step.id for step in setup.steps if step.takes_fees),
        undo_window=rules.undo_window_s * SECOND,
        missed_after=rules.missed_after_s * SECOND,
        missed_min_calls=rules.missed_min_calls,
        transfer_hold=rules.transfer_hold_s * SECOND,
        round_the_clock=rules.round_the_clock,
        language_filters=rules.language_filters,
        language_room=rules.language_room_s * SECOND,
        more_time_times=rules.more_time_times,
        max_party=rules.max_party,
        tariff=tariff(setup),
    )
