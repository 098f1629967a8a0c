"""The settings of a screen in the hall: TOML, read once at start, with units and bounds.

::

    [screen]                     # what this screen is, and how it hangs
    counter = "3"                # the plate over one counter; left out: a lobby board
    exit = "right"               # the way out, as seen from here
    distance_m = 6
    diagonal_in = 43
    [calls]
    call_s = 10
    [link]
    silence_s = 30
    [sound]
    quiet = ["20:00-07:30"]
"""

import shlex
import tomllib
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from queue_server.contract.screen_settings import CallSettings, ChimeSettings, ScreenLinkSettings, ScreenSection
from signage.errors import SignageSettingsError
from signage.quiet import Quiet, parse

__all__ = ("BoardSettings", "CallSettings", "ScreenLinkSettings", "SignageSettings", "SoundSettings", "load")

Way = Literal["left", "right", "ahead", "up", "down"]

_PLAYER = "aplay -q"


class BoardSettings(ScreenSection, frozen=True):
    """What this screen is, and how it hangs.

    ``counter``: the plate of the counter it hangs over, empty on a lobby board. ``exit``: the way out in an
    emergency. ``distance_m`` to the farthest seat and ``diagonal_in`` of the panel give the sizes of a lobby board;
    0 shows it as it is drawn. ``scale``: screen pixels for one design pixel, 0 fits the screen. ``rotation``: degrees
    by which the page is turned clockwise, where the panel hangs turned the other way.
    """

    counter: Annotated[str, Meta(max_length=8, pattern=r"^[^\x00-\x1f\x7f]*$(?!\n)")] = ""
    exit: Way | None = None
    distance_m: Annotated[float, Meta(ge=0, le=50)] = 0.0
    diagonal_in: Annotated[float, Meta(ge=0, le=200)] = 0.0
    scale: Annotated[float, Meta(ge=0, le=10)] = 0.0
    reduce_motion: bool = False
    rotation: Literal[0, 90, 180, 270] = 0


class SoundSettings(ChimeSettings, frozen=True):
    """The chime. ``player`` gets the path of a WAV file as its last word; empty is silence.

    None: the usual one on a lobby board, silence over a counter.
    """

    player: Annotated[str, Meta(max_length=400)] | None = None


class SignageSettings(ScreenSection, frozen=True):
    """All settings: those of the machine, and what its server may set (``contract.screen_settings``)."""

    screen: BoardSettings = BoardSettings()
    calls: CallSettings = CallSettings()
    link: ScreenLinkSettings = ScreenLinkSettings()
    sound: SoundSettings = SoundSettings()

    @property
    def player(self) -> str:
        """The command that plays the chime, empty where this screen is silent."""
        if self.sound.volume == 0:
            return ""
        if self.sound.player is None:
            return "" if self.screen.counter else _PLAYER
        return self.sound.player.strip()

    @property
    def quiet(self) -> tuple[Quiet, ...]:
        """The hours of silence."""
        return tuple(map(parse, self.sound.quiet))


def load(path: Path | None) -> SignageSettings:
    """Read ``path``, or answer the defaults where none is given.

    Raises:
        SettingsError: the file cannot be read, is no TOML, or a key is unknown or out of bounds (it is named).
    """
    if path is None:
        return SignageSettings()
    try:
        settings = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), SignageSettings)
    except (OSError, ValueError, msgspec.ValidationError) as error:
        raise SignageSettingsError(file=str(path), reason=str(error)) from error
    if (settings.screen.distance_m > 0) != (settings.screen.diagonal_in > 0):
        raise SignageSettingsError(
            file=str(path), key="screen.distance_m", reason="needs screen.diagonal_in, and that it"
        )
    try:
        shlex.split(settings.player)
    except ValueError as error:
        raise SignageSettingsError(file=str(path), key="sound.player", reason=str(error)) from error
    return settings
