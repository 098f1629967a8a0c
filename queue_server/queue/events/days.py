"""Events of a day as a whole: its beginning and its end, and the set-up that it uses. Pure."""

import msgspec

from queue_server.domain.values import (
    Day,
    Hex,
    KeyId,
    Micros,
    StaffId,
    StreamName,
)
from queue_server.eventlog.payload import Payload


class StreamEnd(msgspec.Struct, frozen=True):
    """The last event of a stream, as the closing event of a day names it."""

    stream: StreamName
    seq: int
    hash: Hex


class DayOpened(Payload, frozen=True):
    """First event of a day; it chains to the head of the day before, where there was one (else seq 0)."""

    type = "day-opened"
    day: Day
    starts_at: Micros
    configuration: int
    previous_day: Day | None
    previous_seq: int
    previous_hash: Hex


class DayClosed(Payload, frozen=True):
    """Last event that anybody waits for; ``signature`` is over ``heads`` with the key ``key_id``."""

    type = "day-closed"
    day: Day
    heads: tuple[StreamEnd, ...]
    key_id: KeyId
    signature: Hex


class DayReopened(Payload, frozen=True):
    """The day had been ended by mistake and goes on; two people have said so. Its time may lie before the event before.

    The visits and counters that it takes back follow it.
    """

    type = "day-reopened"
    day: Day
    asked_by: StaffId
    confirmed_by: StaffId


class DayAbandoned(Payload, frozen=True):
    """The day had been opened by mistake, before it came: what was in it goes on in the day before."""

    type = "day-abandoned"
    day: Day
    asked_by: StaffId
    confirmed_by: StaffId


class ConfigurationChanged(Payload, frozen=True):
    """The centre's set-up has another version from now on."""

    type = "configuration-changed"
    version: int
