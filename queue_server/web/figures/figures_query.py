"""What the addresses of these pages ask for. Pure; what no link of ours says stands for nothing."""

from collections.abc import Mapping
from datetime import date
from typing import Final
from urllib.parse import urlencode

import msgspec

from queue_server.domain.values import StepId
from queue_server.reports.facts import StopStanding, VisitSource
from queue_server.reports.tally import Dimension
from queue_server.reports.visit_readings import GROUPS, VisitFilter
from queue_server.web.figures.period import FigurePeriod, PeriodLength, period
from queue_server.web.paging import read_skip

PATH: Final = "/manager/figures"
#: Days that have others around them which a calendar knows.
_YEARS: Final = range(2000, 3000)
_MAX_STEP: Final = 64
_MAX_GROUP: Final = 64
_HOURS: Final = 25
_WEEKDAYS: Final = 7

#: How visits leave their last step, by the end at which a picture has them.
ENDS: Final[Mapping[str, tuple[StopStanding, ...]]] = {
    "served": (StopStanding.SERVED, StopStanding.SKIPPED),
    "left": (StopStanding.MISSED, StopStanding.CANCELLED, StopStanding.NOT_SERVED),
    "present": (
        StopStanding.WAITING,
        StopStanding.CALLED,
        StopStanding.SERVING,
        StopStanding.PARKED,
        StopStanding.TRANSFERRED,
    ),
    "carried-over": (StopStanding.CARRIED_OVER,),
}


#: By what visits are counted beside each other; the first without being asked.
COUNTED_BY: Final = (
    Dimension.SERVICE,
    Dimension.GOVERNMENT,
    Dimension.CATEGORY,
    Dimension.LANGUAGE,
    Dimension.SOURCE,
    Dimension.COUNTER,
)


class FiguresQuery(msgspec.Struct, frozen=True):
    """``day`` None: today. ``flow``: the ways between steps; ``by_came``: the map shows how many came, not waits.

    ``by`` is one of ``COUNTED_BY``.
    """

    length: PeriodLength = PeriodLength.DAY
    day: date | None = None
    flow: bool = False
    by_came: bool = False
    by: Dimension = COUNTED_BY[0]

    def period(self, today: date) -> FigurePeriod:
        return period(self.length, self.day or today)

    def written(self) -> str:
        """Write what ``read`` reads."""
        fields = [("of", self.length.value)]
        if self.day is not None:
            fields.append(("day", self.day.isoformat()))
        if self.flow:
            fields.append(("view", "flow"))
        if self.by_came:
            fields.append(("map", "came"))
        if self.by is not COUNTED_BY[0]:
            fields.append(("by", self.by.value))
        return urlencode(fields)

    def address(self, path: str = PATH) -> str:
        return f"{path}?{self.written()}"


class VisitsQuery(msgspec.Struct, frozen=True):
    """The visits behind one number of such a page. ``end``, ``source``, ``step`` and ``to`` are "" for all.

    ``group`` is one of the groups that are counted beside each other: it says which of ``of.by``.
    """

    of: FiguresQuery
    weekday: int | None = None
    hour: int | None = None
    end: str = ""
    source: VisitSource | None = None
    step: str = ""
    in_time: bool | None = None
    to: str = ""
    leaving: str = ""
    group: str = ""
    printed_again: bool = False
    skip: int = 0

    def written(self, skip: int | None = None) -> str:
        fields = {
            "weekday": "" if self.weekday is None else str(self.weekday),
            "hour": "" if self.hour is None else str(self.hour),
            "end": self.end,
            "source": "" if self.source is None else self.source.value,
            "step": self.step,
            "in-time": "" if self.in_time is None else "yes" if self.in_time else "no",
            "to": self.to,
            "leaving": self.leaving,
            "group": self.group,
            "printed": "again" if self.printed_again else "",
        }
        passed = self.skip if skip is None else skip
        said = {name: value for name, value in fields.items() if value} | ({"skip": str(passed)} if passed else {})
        return "&".join(part for part in (self.of.written(), urlencode(said)) if part)

    def address(self, path: str = f"{PATH}/visits", skip: int | None = None) -> str:
        return f"{path}?{self.written(skip)}"

    def filter(self, today: date) -> VisitFilter:
        """Say which visits those are."""
        wanted = self.of.period(today)
        return VisitFilter(
            first=wanted.first_day,
            last=wanted.last_day,
            days=None if self.weekday is None else wanted.on(self.weekday),
            hour=self.hour,
            end=self.end,
            source=self.source,
            step=StepId(self.step) if self.step else None,
            in_time=self.in_time,
            to=StepId(self.to) if self.to else None,
            leaving=ENDS.get(self.leaving, ()),
            group=(self.of.by, self.group) if self.group and self.of.by in GROUPS else None,
            printed_again=self.printed_again,
        )


def read(fields: Mapping[str, str]) -> FiguresQuery:
    """Read an address."""
    length = next((one for one in PeriodLength if one == fields.get("of")), PeriodLength.DAY)
    return FiguresQuery(
        length,
        _day(fields.get("day", "")),
        flow=fields.get("view") == "flow",
        by_came=fields.get("map") == "came",
        by=next((one for one in COUNTED_BY if one == fields.get("by")), COUNTED_BY[0]),
    )


def read_visits(fields: Mapping[str, str]) -> VisitsQuery:
    """Read the address of a list of visits."""
    end, leaving = fields.get("end", ""), fields.get("leaving", "")
    return VisitsQuery(
        of=read(fields),
        weekday=_number(fields.get("weekday", ""), _WEEKDAYS),
        hour=_number(fields.get("hour", ""), _HOURS),
        end=end if end in {"served", "left", "present"} else "",
        source=next((one for one in VisitSource if one == fields.get("source")), None),
        step=fields.get("step", "")[:_MAX_STEP],
        in_time={"yes": True, "no": False}.get(fields.get("in-time", "")),
        to=fields.get("to", "")[:_MAX_STEP],
        leaving=leaving if leaving in ENDS else "",
        group=fields.get("group", "")[:_MAX_GROUP],
        printed_again=fields.get("printed") == "again",
        skip=read_skip(fields),
    )


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.year in _YEARS and len(text) == len("2026-11-25") else None


def _number(text: str, below: int) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= len("24") and int(text) < below else None
