"""What can go wrong with a screen in the hall.

::

    SignageError
    ├── SettingsError        settings-invalid     a file of settings: which key, what is wanted
    ├── NotEnrolledError     screen-not-enrolled  the data folder holds no identity
    └── WrongKindError       screen-wrong-kind    the enrolment code was one for another kind of device
"""

from typing import ClassVar


class SignageError(Exception):
    """Root; ``code`` is stable, placeholders hold names and numbers."""

    code: ClassVar[str] = "signage"

    def __init__(self, **placeholders: str) -> None:
        super().__init__(self.code, placeholders)
        self.placeholders = placeholders


class SettingsError(SignageError):
    code = "settings-invalid"


class NotEnrolledError(SignageError):
    code = "screen-not-enrolled"


class WrongKindError(SignageError):
    code = "screen-wrong-kind"
