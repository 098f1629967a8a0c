"""The settings of a board: TOML, read once at start, with units and bounds."""

import tomllib
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from signage.errors import SettingsError

Seconds = Annotated[float, Meta(gt=0, le=3600)]


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a board behaves.

    ``call_seconds``: how long a call keeps the panel while others queue. ``silence_seconds``: without data for so
    long the board says that it is not connected. ``scale``: screen pixels per design pixel, 0 fits the screen.
    """

    call_seconds: Seconds = 10.0
    silence_seconds: Seconds = 30.0
    language_seconds: Seconds = 8.0
    retry_seconds: Seconds = 0.5
    retry_max_seconds: Seconds = 5.0
    scale: Annotated[float, Meta(ge=0, le=10)] = 0.0
    reduce_motion: bool = False


def load(path: Path | None) -> Settings:
    """Read ``path``, or answer the defaults where none is given.

    Raises:
        SettingsError: the file cannot be read, is no TOML, or a key is unknown or out of bounds (it is named).
    """
    if path is None:
        return Settings()
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Settings)
    except (OSError, ValueError, msgspec.ValidationError) as error:
        raise SettingsError(file=str(path), reason=str(error)) from error
