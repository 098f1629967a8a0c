"""Sections of a catalogue about appointments: how a centre gives them, and who is there to serve. Pure."""

from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from queue_server.catalogue.fields import CatalogueSection, Government_, Line, Pool_, Service_, Span, Spans, Step_, Tag

Percent = Annotated[int, Meta(ge=0, le=100)]
#: What a counter is taken for at one stop; nothing takes no time at all.
StepMinutes = Annotated[int, Meta(ge=1, le=480)]
#: Up to a week before.
NoticeMinutes = Annotated[int, Meta(ge=0, le=10_080)]
#: An address of the web (RFC 3986, section 2) whose path is the centre's; ``{room}`` stands for a name.
RemoteLink = Annotated[
    str,
    Meta(
        max_length=300,
        pattern=r"\A(https://[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?/([A-Za-z0-9._~:/?#@!$&()*+,;=%-]|\{room\})*)?\Z",
    ),
]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class AppointmentRules(CatalogueSection, frozen=True):
    """How a centre gives appointments; a centre without this section gives none.

    Time is counted in periods of ``period_min``, from now plus ``lead_min`` to so many ``weeks`` ahead. Of what
    staffing gives, ``walk_in_percent`` is kept for those who come without an appointment, and of the rest
    ``work_percent`` is given away, so that promises hold. Where people were seen not to come, more is given away, at
    most ``overbooking_percent`` more.

    Who comes at most ``early_min`` before the booked time may wait for it; up to ``grace_min`` after it they count as
    on time, up to ``late_min`` from when they came, then as without an appointment. A place is held for ``hold_min``
    while somebody types. It may be changed or cancelled until ``change_until_min`` before its time; what is given back
    is offered anew at some instant within ``release_within_min``.

    ``confirm_document``: who checks in shows the document that was named when booking. One document, one contact have
    at most ``document_bookings`` and ``contact_bookings`` appointments ahead. Reminders go out ``remind_hours`` before.

    ``letter_checklist``: letters name what people bring, from which it can be guessed what they come for; else they say
    where it stands.
    """

    period_min: Literal[5, 6, 10, 12, 15, 20, 30, 60] = 15
    weeks: Annotated[int, Meta(ge=1, le=26)] = 4
    lead_min: NoticeMinutes = 60
    walk_in_percent: Percent = 40
    work_percent: Annotated[int, Meta(ge=1, le=100)] = 85
    overbooking_percent: Percent = 20
    early_min: Annotated[int, Meta(ge=0, le=240)] = 15
    grace_min: Annotated[int, Meta(ge=0, le=240)] = 10
    late_min: Annotated[int, Meta(ge=0, le=480)] = 30
    hold_min: Annotated[int, Meta(ge=1, le=60)] = 10
    change_until_min: NoticeMinutes = 120
    release_within_min: Annotated[int, Meta(ge=0, le=1440)] = 60
    confirm_document: bool = False
    document_bookings: Annotated[int, Meta(ge=1, le=100)] = 2
    contact_bookings: Annotated[int, Meta(ge=1, le=100)] = 4
    remind_hours: Annotated[tuple[Annotated[int, Meta(ge=1, le=336)], ...], Meta(max_length=4)] = (24,)
    letter_checklist: bool = False


class StaffingDefinition(CatalogueSection, frozen=True):
    """A pool: so many ``counters`` with the same skills, on these ``days`` within ``hours`` without the ``breaks``.

    Hours are wall-clock times of the centre; what crosses midnight is two entries. No skills of a sort means any. It
    holds from ``valid_from`` to ``valid_until``, both among them; None: without such an end.
    """

    id: Pool_
    days: Annotated[tuple[Weekday, ...], Meta(min_length=1, max_length=7)]
    hours: Span
    counters: Annotated[int, Meta(ge=1, le=200)]
    name: Annotated[dict[Tag, Line], Meta(max_length=40)] = msgspec.field(default_factory=dict)
    breaks: Spans = ()
    steps: tuple[Step_, ...] = ()
    services: tuple[Service_, ...] = ()
    governments: tuple[Government_, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None
