"""Why a journey cannot go on; each has its line in ``docs/failure-codes.md``."""

from enum import StrEnum


class FailureCode(StrEnum):
    """Stable codes; the text that a person reads is in the QML files."""

    NO_OFFER = "kiosk-no-offer"
    OUTBOX = "kiosk-outbox"
    CODES_USED_UP = "kiosk-codes-used-up"
    COPIED = "device-copied"
    ENROL_CODE = "kiosk-enrol-code"
    ENROL_AWAY = "kiosk-enrol-away"
    ENROL_LIMIT = "kiosk-enrol-limit"
