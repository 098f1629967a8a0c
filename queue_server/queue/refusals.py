"""What the engine answers instead of events: a stable code and what fills its sentence. ``docs/failure-codes.md``."""

from enum import StrEnum

import msgspec


class RefusalCode(StrEnum):
    DAY_NOT_OPEN = "day-not-open"
    DAY_CLOSED = "day-closed"
    DAY_NOT_SETTLED = "day-not-settled"
    COUNTER_UNKNOWN = "counter-unknown"
    COUNTER_NOT_OPEN = "counter-not-open"
    COUNTER_BUSY = "counter-busy"
    COUNTER_FREE = "counter-free"
    VISIT_UNKNOWN = "visit-unknown"
    VISIT_NOT_HERE = "visit-not-here"
    VISIT_NOT_CALLED = "visit-not-called"
    VISIT_NOT_STARTED = "visit-not-started"
    VISIT_BEING_SERVED = "visit-being-served"
    VISIT_ENDED = "visit-ended"
    MISSED_TOO_EARLY = "missed-too-early"
    UNDO_NOTHING = "undo-nothing"
    UNDO_NOT_YOURS = "undo-not-yours"
    UNDO_TOO_LATE = "undo-too-late"
    CODE_TAKEN = "code-taken"
    CODE_INVALID = "code-invalid"
    CODE_NOT_IN_SERIES = "code-not-in-series"
    SERIES_MISSING = "series-missing"
    SERIES_EXHAUSTED = "series-exhausted"
    SERVICE_UNKNOWN = "service-unknown"
    PARTY_SIZE = "party-size"
    HELP_UNKNOWN = "help-unknown"


class Refusal(msgspec.Struct, frozen=True):
    """Nothing has happened; ``placeholders`` hold ids, numbers and enumerations."""

    code: RefusalCode
    placeholders: dict[str, str | int] = {}


def refuse(code: RefusalCode, /, **placeholders: str | int) -> Refusal:
    return Refusal(code, placeholders)
