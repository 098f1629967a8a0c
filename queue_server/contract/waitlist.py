"""Messages of the waiting list: wait for a place, and who waits."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta

from queue_server.contract.appointments import BookedServices, DayText, PartySize
from queue_server.contract.base import LanguageTag, Message, Party
from queue_server.contract.notices import ContactRequest
from queue_server.domain.appointments import WaitlistId, WaitlistState
from queue_server.domain.values import ServiceId

#: A minute of a day by the clock of the centre; 1440 is its end.
DayMinute = Annotated[int, Meta(ge=0, le=1_440)]


class JoinWaitlistRequest(Message, frozen=True):
    """Wait for a place: free ones are offered to whoever came first, and held for them for a while."""

    services: BookedServices
    """Ids of the services, in the order in which they are given."""
    first_day: DayText
    """The first service day on which they can come (`YYYY-MM-DD`)."""
    last_day: DayText
    """The last one."""
    language: LanguageTag
    """The language in which they are written to (BCP 47)."""
    contact: ContactRequest
    """How they are told of a place; it goes into the vault."""
    party_size: PartySize = 1
    """How many people they are; ``people`` stand for it where they are given."""
    people: Party = ()
    """The party by age band, where that was asked."""
    earliest_min: DayMinute = 0
    """From which minute of a day on they can come, by the clock of the centre."""
    latest_min: DayMinute = 1_440
    """Until which minute of a day they can come."""


class WaitlistEntryView(Message, frozen=True):
    """Somebody who waits."""

    id: WaitlistId
    """Who waits (a UUID)."""
    state: WaitlistState
    """How they stand."""
    services: tuple[ServiceId, ...]
    """Ids of the services."""
    party_size: int
    """How many people they are."""
    first_day: str
    """The first service day on which they can come."""
    last_day: str
    """The last one."""
    earliest_min: int
    """From which minute of a day on they can come."""
    latest_min: int
    """Until which minute."""
    joined_at: datetime
    """Since when they wait (UTC)."""
    offers: int
    """How many places they were offered."""
    at: datetime | None = None
    """The time that is held for them now (UTC); null where none is."""
    until: datetime | None = None
    """Until when (UTC)."""


class WaitlistAnswer(Message, frozen=True):
    """Who waits at a centre."""

    entries: tuple[WaitlistEntryView, ...]
    """Who waits, or has an offer; whoever came first before the others."""


class WaitlistEntryAnswer(Message, frozen=True):
    """Somebody waits."""

    entry: WaitlistEntryView
    """How they stand."""
    token: str
    """What stands in their link, behind `/w/`: whoever has it may take what is offered, and leave."""
