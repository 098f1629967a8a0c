"""When a centre is open, as one writes it in a letter: days that are alike together. Pure."""

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from babel.dates import get_day_names

from queue_server.catalogue.fields import Spans

_ALWAYS: Final[Spans] = ("00:00-24:00",)


def is_always_open(week: Sequence[Spans]) -> bool:
    return all(spans == _ALWAYS for spans in week)


def open_days(week: Sequence[Spans], language: str) -> tuple[tuple[str, str], ...]:
    """Write the days of a week (Monday first) on which a centre is open, days that are alike together."""
    names = get_day_names("wide", "stand-alone", language)
    found = []
    for spans, run in groupby(range(len(week)), key=lambda day: week[day]):
        days = list(run)
        if spans:
            first, last = names[days[0]], names[days[-1]]
            named = first if len(days) == 1 else f"{first} \N{EN DASH} {last}"
            found.append((named, ", ".join(span.replace("-", "\N{EN DASH}") for span in spans)))
    return tuple(found)
