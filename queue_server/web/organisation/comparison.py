"""How centres compare over some days, in like terms: per open counter hour, shares, percentiles. Pure.

A centre with fewer than five visits in what is compared shows no number: readers here are outside of most of them.
"""

from collections.abc import Iterable
from typing import Final

import msgspec

from queue_server.domain.values import CentreId
from queue_server.reports.figures import SMALLEST_GROUP, GroupFigures

_HOUR_S: Final = 3600


class CentreComparison(msgspec.Struct, frozen=True):
    """What is compared of one centre; each number is None where there is nothing that it could be counted from.

    ``per_hour`` is None too where counters were not open for an hour in all: it would be a guess.
    ``visits`` are whole visits, stops of them where one service is compared; None where they are too few to be shown,
    and then all others are. ``open_s`` is for how long counters were open, ``per_hour`` how many stops were served in
    an hour of one open counter, ``idle_share`` what of that time nobody was called or served. Of calls ``kept_share``
    came within the promise; ``wait_p50_s`` and ``wait_p90_s`` are waits at a step; ``missed_share`` of visits did not
    come when they were called.
    """

    id: CentreId
    visits: int | None = None
    open_s: int | None = None
    per_hour: float | None = None
    kept_share: float | None = None
    wait_p50_s: int | None = None
    wait_p90_s: int | None = None
    missed_share: float | None = None
    idle_share: float | None = None

    @property
    def is_shown(self) -> bool:
        return self.visits is not None


def compare(centre: CentreId, figures: GroupFigures) -> CentreComparison:
    """Bring the figures of one centre into terms that are alike for large and small ones."""
    tally = figures.tally
    if tally.visits < SMALLEST_GROUP:
        return CentreComparison(centre)
    opened = figures.open_s or 0
    return CentreComparison(
        centre,
        visits=tally.visits,
        open_s=figures.open_s,
        per_hour=tally.services.count * _HOUR_S / opened if opened >= _HOUR_S else None,
        kept_share=figures.kept_share,
        wait_p50_s=tally.waits.percentile_s(50),
        wait_p90_s=tally.waits.percentile_s(90),
        missed_share=tally.missed / tally.visits,
        idle_share=figures.idle_s / opened if opened and figures.idle_s is not None else None,
    )


def in_order(found: Iterable[CentreComparison]) -> tuple[CentreComparison, ...]:
    """Sort centres: where fewest promises were kept first, then where people waited longest; the hidden ones last."""
    return tuple(
        sorted(
            found,
            key=lambda one: (
                not one.is_shown,
                1.0 if one.kept_share is None else one.kept_share,
                -(one.wait_p90_s or 0),
                one.id,
            ),
        )
    )
