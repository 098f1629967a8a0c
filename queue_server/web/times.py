"""Instants as staff read them: the centre's zone, 24 hours, western digits in every language."""

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date

from queue_server.domain.values import MINUTE, Micros, to_datetime


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale:
    """Read a language once: a clock is made for each page that is drawn."""
    return Locale.parse(language, sep="-")


class Clockface:
    """Writes instants of one centre in one language."""

    def __init__(self, zone: str, language: str) -> None:
        self.zone = zone
        self.locale = _locale(language)
        self._zone = ZoneInfo(zone)

    def local(self, instant: int) -> datetime:
        return to_datetime(Micros(instant)).astimezone(self._zone)

    def hhmm(self, instant: int) -> str:
        at = self.local(instant)
        return f"{at.hour:02}:{at.minute:02}"

    def hhmmss(self, instant: int) -> str:
        return f"{self.local(instant):%H:%M:%S}"

    def day(self, instant: int, pattern: str = "EEE d MMM") -> str:
        return format_date(self.local(instant).date(), pattern, locale=self.locale)

    def full_day(self, day: date) -> str:
        return format_date(day, "d MMMM y", locale=self.locale)


def minutes_left(due: int, now: int) -> int:
    """Whole minutes until ``due``, a begun one counted; 0 within the minute after it, then below 0: minutes late."""
    return -((now - due) // MINUTE)


def next_minute(now: int) -> int:
    """Instant of the next full minute."""
    return (now // MINUTE + 1) * MINUTE


def stopwatch(micros: int) -> str:
    """Write a duration as ``06:12``, from an hour on as ``1:06:12``."""
    seconds = max(0, micros) // 1_000_000
    hours, rest = divmod(seconds, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60:02}:{rest % 60:02}"
