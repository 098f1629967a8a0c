"""Somebody books a time on another day: which times are free, one that is held while they decide, and the booking."""

from typing import Literal

import msgspec

from queue_server.domain.tariff import Headcount


class BookableTime(msgspec.Struct, frozen=True):
    """A time that is free: the instant ``at`` (ISO 8601, with its offset), and what the centre's clock shows then."""

    at: str
    clock: str


class DayWithTimes(msgspec.Struct, frozen=True):
    """A day (ISO 8601) on which times are free, the earliest first; never none."""

    day: str
    times: tuple[BookableTime, ...]


class FindTimes(msgspec.Struct, frozen=True):
    """Effect: ask which times are free for so many people; answered by ``TimesFound``."""

    number: int
    look: int
    services: tuple[str, ...]
    people: int


class TimesFound(msgspec.Struct, frozen=True):
    """Answer to ``FindTimes``: the ``days`` on which something is free, none among them where nothing is.

    ``not-offered``: nobody books that here. ``today`` is the day of the centre.
    """

    number: int
    look: int
    outcome: Literal["found", "not-offered", "away"]
    days: tuple[DayWithTimes, ...] = ()
    today: str = ""


class HoldTime(msgspec.Struct, frozen=True):
    """Effect: hold a time while somebody decides; what was held for them before is let go.

    ``ages`` are the ``people`` by age band, where the centre asks for that. Answered by ``HoldAnswered``.
    """

    number: int
    look: int
    services: tuple[str, ...]
    people: int
    ages: tuple[Headcount, ...]
    at: str


class HoldAnswered(msgspec.Struct, frozen=True):
    """Answer to ``HoldTime``; ``until`` is what the centre's clock shows as it ends. ``taken``: others were quicker."""

    number: int
    look: int
    outcome: Literal["held", "taken", "away"]
    until: str = ""


class BookTime(msgspec.Struct, frozen=True):
    """Effect: book the time that is held for them; asked once more it is the same. Answered by ``TimeBooked``."""

    number: int
    look: int
    language: str


class TimeBooked(msgspec.Struct, frozen=True):
    """Answer to ``BookTime``. ``over``: it is held no more. ``away``: nobody knows whether it is booked.

    ``code`` is what people type for it, ``token`` what stands in its link.
    """

    number: int
    look: int
    outcome: Literal["booked", "over", "away"]
    day: str = ""
    clock: str = ""
    code: str = ""
    token: str = ""

    def __repr__(self) -> str:
        return f"TimeBooked(number={self.number}, look={self.look}, outcome={self.outcome!r}, ...)"
