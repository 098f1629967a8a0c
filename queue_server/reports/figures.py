"""Figures as readers ask for them: tallies of days together, by keys that people know, no small groups. Pure."""

from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from queue_server.domain.values import CounterId
from queue_server.reports.tally import Tally

#: Outside of a centre nobody is shown in a smaller group.
SMALLEST_GROUP: Final = 5
#: The key of groups that are too small to be shown by themselves.
OTHERS: Final = "others"


class GroupFigures(msgspec.Struct, frozen=True):
    """What ``tally`` counts of one ``key``: a date, ``HH:MM``, a service, a step and so on.

    ``open_s`` and ``paused_s`` are for how long counters were open and paused, None where that is not counted.
    """

    key: str
    tally: Tally
    open_s: int | None = None
    paused_s: int | None = None

    @property
    def idle_s(self) -> int | None:
        """For how long open counters had nobody, neither called nor served."""
        return None if self.open_s is None else max(0, self.open_s - self.tally.busy_s)

    @property
    def kept_share(self) -> float | None:
        """What share was called within its promise, 0 to 1; None without any. Who left without a call was not."""
        return self.tally.kept / self.tally.judged if self.tally.judged else None


class ServiceStandard(msgspec.Struct, frozen=True):
    """What a centre means to keep: ``percent`` of 100 are called within ``minutes`` of waiting."""

    minutes: int
    percent: int

    def within(self, tally: Tally) -> int:
        """Count who was called within its minutes; who left without a call was not, however soon."""
        return tally.waits.within(self.minutes) - tally.waits_in_vain.within(self.minutes)

    def is_kept(self, tally: Tally) -> bool | None:
        """Tell whether it was kept; None where nobody has waited."""
        if not tally.waits.count:
            return None
        return self.within(tally) * 100 >= self.percent * tally.waits.count


def together(key: str, rows: Iterable[GroupFigures]) -> GroupFigures:
    """Count figures of several keys as one."""
    tally, open_s, paused_s = Tally(), None, None
    for row in rows:
        tally.merge(row.tally)
        open_s = _sum(open_s, row.open_s)
        paused_s = _sum(paused_s, row.paused_s)
    return GroupFigures(key, tally, open_s, paused_s)


def _sum(one: int | None, other: int | None) -> int | None:
    if one is None or other is None:
        return other if one is None else one
    return one + other


def by_key(rows: Iterable[GroupFigures]) -> tuple[GroupFigures, ...]:
    """Count figures of the same key together; in the order of keys."""
    found: dict[str, list[GroupFigures]] = {}
    for row in rows:
        found.setdefault(row.key, []).append(row)
    return tuple(together(key, found[key]) for key in sorted(found))


def in_teams(rows: Iterable[GroupFigures], teams: Mapping[CounterId, str]) -> tuple[GroupFigures, ...]:
    """Count counters by their team, so that nobody who sits at one is judged; one without a team is in ``""``."""
    return by_key(msgspec.structs.replace(row, key=teams.get(CounterId(row.key), "")) for row in rows)


def in_large_groups(rows: Iterable[GroupFigures], at_least: int = SMALLEST_GROUP) -> tuple[GroupFigures, ...]:
    """Count keys of fewer than ``at_least`` visits together as ``OTHERS``, and show nothing that is still too small.

    While ``OTHERS`` are too few the smallest of the rest goes with them: else they would be known from a total.
    """
    ordered = sorted(rows, key=lambda row: (row.tally.visits, row.key))
    small = [row for row in ordered if row.tally.visits < at_least]
    large = ordered[len(small) :]
    while small and sum(row.tally.visits for row in small) < at_least:
        if not large:
            return ()
        small.append(large.pop(0))
    shown = sorted(large, key=lambda row: row.key)
    return (*shown, together(OTHERS, small)) if small else tuple(shown)
