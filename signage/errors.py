"""What can go wrong with a screen in the hall.

::

    SignageError
    ├── SettingsError        settings-invalid     a file of settings: which key, what is wanted
    ├── SizeError            screen-too-small     the letters that the distance needs leave no room for two calls
    ├── NotEnrolledError     screen-not-enrolled  the data folder holds no identity
    ├── WrongKindError       screen-wrong-kind    the enrolment code was one for another kind of device
    └── SoundError           sound-failed         the player of the chime is not there, or does not play
"""

from typing import ClassVar


class SignageError(Exception):
    """Root; ``code`` is stable, placeholders hold names and numbers."""

    code: ClassVar[str] = "signage"

    def __init__(self, **placeholders: str) -> None:
        super().__init__(self.code, placeholders)
        self.placeholders = placeholders


class SignageSettingsError(SignageError):
    code = "settings-invalid"


class SizeError(SignageError):
    code = "screen-too-small"


class NotEnrolledError(SignageError):
    code = "screen-not-enrolled"


class WrongKindError(SignageError):
    code = "screen-wrong-kind"


class SoundError(SignageError):
    code = "sound-failed"
