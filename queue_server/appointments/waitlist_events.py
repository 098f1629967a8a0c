"""The events of ``waitlist/<id>``: somebody waits for a place, and is offered some. Pure. Nobody is named in them."""

from typing import Final

from queue_server.domain.appointments import AppointmentId, HoldId, WaitlistId
from queue_server.domain.tariff import Headcount
from queue_server.domain.values import CentreId, Day, Language, Micros, ServiceId
from queue_server.eventlog.codec import Codec
from queue_server.eventlog.payload import Payload


class WaitlistJoined(Payload, frozen=True):
    """First event: somebody waits for a place."""

    type = "waitlist-joined"
    entry: WaitlistId
    centre: CentreId
    services: tuple[ServiceId, ...]
    party_size: int
    people: tuple[Headcount, ...]
    language: Language
    first_day: Day
    last_day: Day
    earliest_min: int
    latest_min: int


class WaitlistOffered(Payload, frozen=True):
    """A place is held for them."""

    type = "waitlist-offered"
    entry: WaitlistId
    hold: HoldId
    day: Day
    at: Micros
    until: Micros
    held_until: Micros


class WaitlistOfferLapsed(Payload, frozen=True):
    """They did not take it in time, or said that they do not want it; they wait on."""

    type = "waitlist-offer-lapsed"
    entry: WaitlistId
    hold: HoldId


class WaitlistServed(Payload, frozen=True):
    """They booked what was held for them."""

    type = "waitlist-served"
    entry: WaitlistId
    appointment: AppointmentId


class WaitlistLeft(Payload, frozen=True):
    """They wait no more."""

    type = "waitlist-left"
    entry: WaitlistId


class WaitlistEnded(Payload, frozen=True):
    """The last day on which they could come is over."""

    type = "waitlist-ended"
    entry: WaitlistId


MEANINGS: Final = {
    "appointment": "The appointment that they booked.",
    "at": "The time of the place.",
    "band": "The age band of the catalogue.",
    "centre": "The centre.",
    "count": "How many people.",
    "day": "The service day of the place.",
    "earliest_min": "From which minute of a day on they can come, by the clock of the centre.",
    "entry": "Who waits.",
    "first_day": "The first service day on which they can come.",
    "held_until": "When all others may have the place: some moment after it is theirs no more.",
    "hold": "The hold of the place.",
    "language": "The language in which they are written to.",
    "last_day": "The last service day on which they can come.",
    "latest_min": "Until which minute of a day they can come, by the clock of the centre.",
    "party_size": "How many people they are.",
    "people": "The party by age band; nobody where that was not asked.",
    "services": "What they come for, in its order.",
    "until": "Until when the place is theirs.",
}

CODEC: Final = Codec(
    (WaitlistJoined, WaitlistOffered, WaitlistOfferLapsed, WaitlistServed, WaitlistLeft, WaitlistEnded)
)
