"""The promise line: every waiting visit as one line from ready to due on a shared clock.

Positions are percentages of the width of the drawing, already mirrored for languages that are read from the right, so
a template only writes them into attributes of SVG.
"""

from collections.abc import Iterable

import msgspec

from queue_server.domain.values import MINUTE

#: The clock never shows less than this on either side of now, nor more: a line that leaves it is cut at its edge.
LEAST_SIDE = 20 * MINUTE
MAX_SIDE = 90 * MINUTE
QUARTER = 15 * MINUTE
#: Labels nearer to another than this share of the width (percent) would touch it.
LABEL_GAP = 36.0


class PromiseLine(msgspec.Struct, frozen=True):
    """``waited`` and ``left`` are from-to pairs; ``late`` is the part after due of a visit that is overdue."""

    now: float
    due: float
    waited: tuple[float, float]
    left: tuple[float, float] | None
    late: tuple[float, float] | None


class Axis(msgspec.Struct, frozen=True, cache_hash=True):
    start: int
    end: int
    now: int
    mirrored: bool

    def x(self, instant: int) -> float:
        """Place an instant on the axis, in percent, cut at both ends (2 % are kept free for the dot)."""
        share = (instant - self.start) * 96 / (self.end - self.start) + 2
        share = min(98.0, max(2.0, share))
        return round(100 - share if self.mirrored else share, 2)

    def line(self, ready: int, due: int) -> PromiseLine:
        """Draw one visit that has waited since ``ready`` and should be called by ``due``."""
        now, at_due = self.x(self.now), self.x(due)
        if due >= self.now:
            # The clock may stand at the full minute: whoever has come since has not waited yet.
            return PromiseLine(now, at_due, waited=(self.x(min(ready, self.now)), now), left=(now, at_due), late=None)
        return PromiseLine(now, at_due, waited=(self.x(min(ready, due)), at_due), left=None, late=(at_due, now))

    def ticks(self) -> tuple[int, ...]:
        """Choose the quarter hours that get a label: the farthest before now and after now that stay readable."""
        first = -(-self.start // QUARTER) * QUARTER
        quarters = range(first, self.end + 1, QUARTER)
        free = [at for at in quarters if self._free(at)]
        before = [at for at in free if at < self.now]
        after = [at for at in free if at > self.now]
        return (*before[:1], *after[-1:])

    def _free(self, instant: int) -> bool:
        share = (instant - self.start) * 100 / (self.end - self.start)
        now = (self.now - self.start) * 100 / (self.end - self.start)
        return LABEL_GAP / 2 < share < 100 - LABEL_GAP / 2 and abs(share - now) > LABEL_GAP


def axis(spans: Iterable[tuple[int, int]], now: int, *, mirrored: bool) -> Axis:
    """Choose the clock that a list of visits shares; ``spans`` are (ready, due) pairs in microseconds."""
    earliest, latest = now - LEAST_SIDE, now + LEAST_SIDE
    for ready, due in spans:
        earliest, latest = min(earliest, ready, due), max(latest, due)
    return Axis(max(earliest, now - MAX_SIDE), min(latest, now + MAX_SIDE), now, mirrored)
