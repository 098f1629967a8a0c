"""What the engine answers instead of events: a stable code and what fills its sentence. ``docs/failure-codes.md``."""

from enum import StrEnum

import msgspec


class RefusalCode(StrEnum):
    DAY_NOT_OPEN = "day-not-open"
    DAY_CLOSED = "day-closed"
    DAY_NOT_CLOSED = "day-not-closed"
    DAY_NOT_SETTLED = "day-not-settled"
    COUNTER_UNKNOWN = "counter-unknown"
    COUNTER_NOT_OPEN = "counter-not-open"
    COUNTER_BUSY = "counter-busy"
    COUNTER_FREE = "counter-free"
    VISIT_UNKNOWN = "visit-unknown"
    VISIT_NOT_HERE = "visit-not-here"
    VISIT_AT_COUNTER = "visit-at-counter"
    VISIT_NOT_CALLED = "visit-not-called"
    VISIT_NOT_STARTED = "visit-not-started"
    VISIT_BEING_SERVED = "visit-being-served"
    VISIT_ENDED = "visit-ended"
    VISIT_MISSED = "visit-missed"
    VISIT_NOT_MISSED = "visit-not-missed"
    VISIT_NOT_PARKED = "visit-not-parked"
    VISIT_NOT_WAITING = "visit-not-waiting"
    MORE_TIME_NOT_OFFERED = "more-time-not-offered"
    MORE_TIME_USED = "more-time-used"
    VISIT_MERGED = "visit-merged"
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
    SERVICE_BEGUN = "service-begun"
    STEP_UNKNOWN = "step-unknown"
    PLAN_EMPTY = "plan-empty"
    PLAN_TOO_LONG = "plan-too-long"
    TRANSFER_TARGET = "transfer-target"
    TRANSFER_TO_ITSELF = "transfer-to-itself"
    MERGE_WITH_ITSELF = "merge-with-itself"
    APPOINTMENT_UNPROVED = "appointment-unproved"
    PARTY_SIZE = "party-size"
    FEE_NOT_OF_VISIT = "fee-not-of-visit"
    VISIT_CANCELLED = "visit-cancelled"
    HELP_UNKNOWN = "help-unknown"
    NOTES_FULL = "notes-full"
    APPLICATIONS_FULL = "applications-full"
    NOTICES_FULL = "notices-full"


class Refusal(msgspec.Struct, frozen=True):
    """Nothing has happened; ``placeholders`` hold ids, numbers and enumerations."""

    code: RefusalCode
    placeholders: dict[str, str | int] = {}


def refuse(code: RefusalCode, /, **placeholders: str | int) -> Refusal:
    return Refusal(code, placeholders)
