"""Quiet hours: times of day on the wall clock of the centre, so that they move with summer time as people do."""

import re
from datetime import datetime, time

import msgspec

_SPAN = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")


class Quiet(msgspec.Struct, frozen=True):
    """From ``start`` up to ``end``, which does not belong to it; over midnight where ``end`` comes first."""

    start: time
    end: time

    def holds(self, clock: time) -> bool:
        if self.start < self.end:
            return self.start <= clock < self.end
        return clock >= self.start or clock < self.end


def parse(text: str) -> Quiet:
    """Read ``20:00-07:30``. Raises ValueError where it is none, or begins as it ends."""
    found = _SPAN.fullmatch(text)
    if found is None:
        reason = f"{text!r} is no span of hours like 20:00-07:30"
        raise ValueError(reason)
    hour, minute, end_hour, end_minute = map(int, found.groups())
    start, end = time(hour, minute), time(end_hour, end_minute)
    if start == end:
        reason = f"{text!r} begins as it ends"
        raise ValueError(reason)
    return Quiet(start, end)


def is_quiet(spans: tuple[Quiet, ...], local: datetime) -> bool:
    """Say whether it is quiet at ``local``, the time in the zone of the centre."""
    return any(span.holds(local.time()) for span in spans)
