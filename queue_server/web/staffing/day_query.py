"""What is asked for in the address of the page: a day, and a change that is looked at before it counts. Pure."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Final, Literal
from urllib.parse import urlencode

import msgspec

from queue_server.contract.appointments import AppointmentView, ChangeDayRequest
from queue_server.domain.appointments import DayChangeKind

ChangeVerb = Literal["close", "more", "fewer"]
VERBS: Final[tuple[ChangeVerb, ...]] = ("close", "more", "fewer")
_MAX_COUNTERS: Final = 200
_MAX_POOL: Final = 64
#: Days that the API knows, with room for those beside them.
_FIRST, _LAST = date(2000, 1, 1), date(9000, 1, 1)


class ChangeQuery(msgspec.Struct, frozen=True):
    """A change as it was asked for: closing, or so many counters more or fewer. ``pool`` None: all of them."""

    verb: ChangeVerb
    start: datetime
    end: datetime
    pool: str | None = None
    counters: int = 1

    def request(self, concerned: tuple[AppointmentView, ...] = ()) -> ChangeDayRequest:
        """Write it as the API takes it, for those whom it concerns."""
        closes = self.verb == "close"
        return ChangeDayRequest(
            kind=DayChangeKind.CLOSE if closes else DayChangeKind.COUNTERS,
            start=self.start,
            end=self.end,
            pool=self.pool,
            counters=0 if closes else self.counters if self.verb == "more" else -self.counters,
            concerns=tuple(one.id for one in concerned),
        )


class DayQuery(msgspec.Struct, frozen=True):
    """``day`` None: today. ``change`` None although one was ``asked`` for: it makes no sense."""

    day: date | None = None
    change: ChangeQuery | None = None
    asked: bool = False
    done: str = ""


def read(fields: Mapping[str, str]) -> DayQuery:
    """Read an address; a day that is none is today, a change that cannot be read is none."""
    return DayQuery(_day(fields.get("day", "")), _change(fields), "kind" in fields, fields.get("done", ""))


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if _FIRST <= found <= _LAST else None


def _change(fields: Mapping[str, str]) -> ChangeQuery | None:
    verb = next((one for one in VERBS if one == fields.get("kind")), None)
    start, end = _instant(fields.get("start", "")), _instant(fields.get("end", ""))
    if verb is None or start is None or end is None or start >= end:
        return None
    pool = fields.get("pool", "") or None
    if verb == "close":
        return None if len(pool or "") > _MAX_POOL else ChangeQuery(verb, start, end, pool)
    many = fields.get("counters", "")
    counters = int(many) if many.isascii() and many.isdecimal() and len(many) <= len(str(_MAX_COUNTERS)) else 0
    if pool is None or len(pool) > _MAX_POOL or not 1 <= counters <= _MAX_COUNTERS:
        return None
    return ChangeQuery(verb, start, end, pool, counters)


def _instant(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
        return None if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def instant_text(instant: datetime) -> str:
    """Write an instant as addresses and forms of this page do."""
    return f"{instant.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def written(day: str, change: ChangeQuery | None = None) -> str:
    """Write what ``read`` reads: a day, or a change of it."""
    fields = [("day", day)]
    if change is not None:
        fields += [("kind", change.verb), ("pool", change.pool or "")]
        fields += [("start", instant_text(change.start)), ("end", instant_text(change.end))]
        fields += [("counters", str(change.counters))]
    return urlencode(fields)


def address(day: str, change: ChangeQuery | None = None) -> str:
    return f"/staffing?{written(day, change)}"


def digest(concerned: tuple[AppointmentView, ...]) -> str:
    """Name those whom a change concerns, in whatever order: a press is another one once they are others."""
    return sha256(" ".join(sorted(one.id for one in concerned)).encode()).hexdigest()[:16]
