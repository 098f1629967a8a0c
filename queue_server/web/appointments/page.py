"""What the page of appointments shows, as one frozen value: built by ``presenter``, drawn by the templates."""

from typing import Literal

import msgspec
from markupsafe import Markup

from queue_server.domain.values import Micros
from queue_server.web.booking.time_table import TimeTable
from queue_server.web.help_calls import HelpCallView


class PartyField(msgspec.Struct, frozen=True):
    """How many people there are: in all, or of one age."""

    name: str
    label: Markup
    count: int
    least: int


class WantedForm(msgspec.Struct, frozen=True):
    """What somebody needs: ``offer`` and ``chosen`` are JSON for the picker, ``note`` says for whom it is filled in."""

    offer: str
    chosen: str
    party: tuple[PartyField, ...]
    most: int
    languages: tuple[tuple[str, str], ...]
    language: str
    note: Markup


class TimePress(msgspec.Struct, frozen=True):
    """A free time: ``body`` is posted when it is taken."""

    id: str
    clock: str
    said: str
    body: str
    slot: str


class DayTimes(msgspec.Struct, frozen=True):
    name: Markup
    times: tuple[TimePress, ...]


class FreeTimes(msgspec.Struct, frozen=True):
    """``soonest`` are the next free times of all, ``table`` the weeks at a glance, ``groups`` the times of its day.

    ``act`` and ``url`` say what taking one does. ``none`` says that nothing is free, or cannot be had.
    """

    act: Literal["hold-time", "move-appointment"]
    url: str
    head: Markup
    lead: Markup
    soonest: tuple[TimePress, ...]
    table: TimeTable
    groups: tuple[DayTimes, ...]
    none: Markup


class HeldForm(msgspec.Struct, frozen=True):
    """What will be booked. ``people`` is JSON of the party by age, or empty; ``again`` is the address of the times."""

    said: str
    until: Markup
    facts: tuple[Markup, ...]
    cost: Markup
    service_ids: tuple[str, ...]
    services: tuple[str, ...]
    at: str
    size: int
    people: str
    language: str
    hold: str
    url: str
    release_url: str
    release_body: str
    again: str
    email: bool
    telephone: bool
    document: bool


class AppointmentCard(msgspec.Struct, frozen=True):
    """An appointment. ``say`` is what to read out, in the person's language; what is empty cannot be done."""

    id: str
    code: str
    state: str
    head: Markup
    tone: str
    day: str
    clock: str
    services: tuple[str, ...]
    facts: tuple[Markup, ...]
    sentence: Markup
    say: Markup
    say_language: str
    print_href: str
    move_href: str
    arrival_href: str
    cancel_url: str
    slot: str


class AppointmentRow(msgspec.Struct, frozen=True):
    href: str
    day: str
    clock: str
    code: str
    what: Markup
    state: Markup
    over: bool
    here: bool


class AppointmentRows(msgspec.Struct, frozen=True):
    """``total`` may be more than the ``rows``."""

    head: Markup
    rows: tuple[AppointmentRow, ...]
    total: int
    more: Markup
    empty: Markup


class AppointmentsPage(msgspec.Struct, frozen=True):
    """``query`` is what the page was asked for; ``back`` leads to where it was opened, with ``back_label``.

    One of ``card``, ``held`` and ``times`` at most is there, but for a time to which the ``card`` is moved.
    """

    now: Micros
    refresh_at: Micros
    news: str
    version: int
    query: str
    back: str
    helps: tuple[HelpCallView, ...]
    wanted: WantedForm
    times: FreeTimes | None
    held: HeldForm | None
    card: AppointmentCard | None
    listed: AppointmentRows
    done: Markup
    error: Markup
