"""How many answers a process has given, by route and status, and how long they took: for monitoring systems."""

from bisect import bisect_left
from collections import Counter
from typing import Final

#: Upper ends of the buckets, in seconds: from an answer of memory to one that nobody waits for any more.
BUCKETS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


class AnswerTally:
    """Counts since the start of the process. ``statuses`` are by route and status.

    ``seconds`` are by route: how many answers fell into each bucket, the last of which has no end, and their sum.
    """

    def __init__(self) -> None:
        self.statuses: Counter[tuple[str, int]] = Counter()
        self.seconds: dict[str, tuple[list[int], float]] = {}

    def count(self, route: str, status: int) -> None:
        self.statuses[route, status] += 1

    def time(self, route: str, seconds: float) -> None:
        """Note how long an answer took."""
        buckets, total = self.seconds.get(route) or ([0] * (len(BUCKETS) + 1), 0.0)
        buckets[bisect_left(BUCKETS, seconds)] += 1
        self.seconds[route] = buckets, total + seconds
