"""How long a page waits for a touch: longer where reading, seeing or searching takes longer."""

from kiosk.journey import chip_reading
from kiosk.journey.context import Context
from kiosk.journey.surroundings import Timing


def usual(context: Context, timing: Timing, *, calm: bool = False) -> float:
    """Give the seconds until a page asks. ``calm``: what it asks for takes its time, as four passports in one bag."""
    if chip_reading.any_running(context):
        return _reading(timing)
    return timing.idle_long if calm or _calm(context) else timing.idle


def last(context: Context, timing: Timing, seconds: float) -> float:
    """Give the seconds until a page ends by which nothing is left to be asked, nor to be lost."""
    if chip_reading.any_running(context):
        return _reading(timing)
    return seconds * (2 if _calm(context) else 1)


def _reading(timing: Timing) -> float:
    """Nobody needs to touch anything while a chip is read, and it ends by itself."""
    return max(timing.reading, timing.idle_long)


def _calm(context: Context) -> bool:
    return context.large or context.reader == "reading"
