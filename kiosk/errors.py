"""Everything that the kiosk raises. One root, a stable code each. What a room alone raises stands in the room.

::

    KioskError                  kiosk
    +-- SettingError            kiosk-setting
    +-- DiskLowError            kiosk-disk-low
    +-- OutboxError             kiosk-outbox
    |   +-- CodesExhaustedError    kiosk-codes-exhausted
    |   +-- OtherDeviceError    kiosk-other-device
    |   +-- RecordDamagedError  kiosk-record-damaged
    +-- DayOpenError            kiosk-day-open
    +-- DayRefusedError         kiosk-day-refused
    +-- DataError               kiosk-data
    |   +-- OtherKindError      kiosk-enrol-kind
    +-- PinError                kiosk-pin

Placeholders hold ids, numbers, file names and enumerations, never anything of a person.
"""

from typing import ClassVar


class KioskError(Exception):
    """Root; ``code`` is stable, ``docs/failure-codes.md`` explains it."""

    code: ClassVar[str] = "kiosk"

    def __init__(self, **placeholders: str | float) -> None:
        super().__init__(self.code, placeholders)
        self.placeholders = placeholders

    def __str__(self) -> str:
        details = ", ".join(f"{key}={value}" for key, value in self.placeholders.items())
        return f"{self.code} ({details})" if details else self.code


class SettingError(KioskError):
    """A setting cannot be used. Placeholders: ``section``, ``key``, ``wanted``."""

    code = "kiosk-setting"


class OutboxError(KioskError):
    """The outbox cannot be read or written: no ticket may be promised. Placeholders: ``reason``."""

    code = "kiosk-outbox"


class DiskLowError(KioskError):
    """Little room is left where the kiosk keeps what it gave and took; without any it gives none."""

    code = "kiosk-disk-low"


class CodesExhaustedError(OutboxError):
    """The series has no code left until the next service day. Placeholders: ``letter``."""

    code = "kiosk-codes-exhausted"


class OtherDeviceError(OutboxError):
    """The outbox still holds tickets of another centre or series. Placeholders: ``waiting``."""

    code = "kiosk-other-device"


class RecordDamagedError(OutboxError):
    """A record of the outbox is not as it was written; it is put aside. Placeholders: ``record``."""

    code = "kiosk-record-damaged"


class DayOpenError(KioskError):
    """The terminal's day could not be ended for long; no exception, but what its part says of itself."""

    code = "kiosk-day-open"


class DayRefusedError(KioskError):
    """The server refuses the terminal's end of day; no exception, but what its part says of itself."""

    code = "kiosk-day-refused"


class DataError(KioskError):
    """A file of the data folder cannot be written, put aside or held. Placeholders: ``file``."""

    code = "kiosk-data"


class OtherKindError(DataError):
    """The code was one for another kind of device, and is used up."""

    code = "kiosk-enrol-kind"


class PinError(KioskError):
    """The technician's PIN has another form than a PIN has. Placeholders: ``length``."""

    code = "kiosk-pin"
