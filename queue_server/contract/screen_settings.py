"""What a screen in the hall is told of how it works: sections of its settings that its server may set.

What belongs to the machine stands in ``signage.settings``: how it hangs, over which counter, what plays its chime.
"""

from typing import Annotated

import msgspec
from msgspec import Meta

Seconds = Annotated[float, Meta(gt=0, le=3600)]
#: ``HH:MM-HH:MM``.
HourSpan = Annotated[str, Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]$(?!\n)")]


class ScreenSection(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of the sections; a key that is unknown is refused."""


class CallSettings(ScreenSection, frozen=True):
    """``call_s``: how long a call keeps the panel while others queue. ``language_s``: one turn of the labels.

    A line of an announcement is shown as long as a turn.
    """

    call_s: Seconds = 10.0
    language_s: Seconds = 8.0


class ScreenLinkSettings(ScreenSection, frozen=True):
    """How the screen talks to its server.

    ``silence_s``: without data for so long the board says that it is not connected. ``retry_first_s`` doubles up to
    ``retry_max_s``. ``status_s``: the screen says how it is at least so often.
    """

    silence_s: Seconds = 30.0
    retry_first_s: Seconds = 0.5
    retry_max_s: Seconds = 5.0
    status_s: Seconds = 60.0


class ChimeSettings(ScreenSection, frozen=True):
    """The chime; ``volume`` 0 is silence. ``play_s``: a player that takes longer is ended.

    ``quiet``: hours of silence in the centre's zone, over midnight too.

    Raises:
        ValueError: such hours begin as they end.
    """

    volume: Annotated[int, Meta(ge=0, le=100)] = 60
    play_s: Seconds = 10.0
    quiet: tuple[HourSpan, ...] = ()

    def __post_init__(self) -> None:
        for span in self.quiet:
            start, _, end = span.partition("-")
            if start == end:
                msg = f"Expected hours that do not begin as they end, got `{span}`"
                raise ValueError(msg)


class ScreenProfile(ScreenSection, frozen=True):
    """All that a server may set of a screen."""

    calls: CallSettings = CallSettings()
    link: ScreenLinkSettings = ScreenLinkSettings()
    sound: ChimeSettings = ChimeSettings()
