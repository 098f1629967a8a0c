"""Visits in the order in which they are called: a change gives another order and leaves this one as it is.

A day's state is decided on as a draft that may be thrown away while others read the committed one, so nothing here is
changed in place, and nothing is copied whole either: entries stand in blocks, and a change makes one block anew.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator
from itertools import chain
from operator import itemgetter
from typing import Final

from queue_server.domain.values import VisitId

#: Who is next: urgent first, then the one due earliest, then the one issued first.
Key = tuple[bool, int, int]
type Entry = tuple[Key, VisitId]

#: A block that holds more is cut in two. With a few thousand visits there are about as many blocks as entries in one.
_FULL: Final = 64

_first = itemgetter(0)


class CallingOrder(Collection[Entry]):
    """Entries sorted by key."""

    __slots__ = ("_blocks", "_count")

    def __init__(self, blocks: tuple[tuple[Entry, ...], ...] = (), count: int = 0) -> None:
        self._blocks = blocks
        self._count = count

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Entry]:
        return chain.from_iterable(self._blocks)

    def __contains__(self, entry: object) -> bool:
        return any(entry in block for block in self._blocks)

    def __repr__(self) -> str:
        return f"CallingOrder({list(self)})"

    def add(self, entry: Entry) -> "CallingOrder":
        if not self._blocks:
            return CallingOrder(((entry,),), 1)
        at = self._block_of(entry)
        block = self._blocks[at]
        place = bisect_left(block, entry)
        grown = (*block[:place], entry, *block[place:])
        half = len(grown) // 2
        parts = (grown,) if len(grown) <= _FULL else (grown[:half], grown[half:])
        return CallingOrder(self._blocks[:at] + parts + self._blocks[at + 1 :], self._count + 1)

    def remove(self, entry: Entry) -> "CallingOrder":
        """Leave an entry out.

        Raises:
            KeyError: it is not there.
        """
        at = self._block_of(entry) if self._blocks else 0
        block = self._blocks[at] if self._blocks else ()
        place = bisect_left(block, entry)
        if place == len(block) or block[place] != entry:
            raise KeyError(entry)
        left = block[:place] + block[place + 1 :]
        parts = (left,) if left else ()
        return CallingOrder(self._blocks[:at] + parts + self._blocks[at + 1 :], self._count - 1)

    def before(self, entry: Entry) -> int:
        """Count those who come before an entry, which need not be there."""
        if not self._blocks:
            return 0
        at = self._block_of(entry)
        return sum(map(len, self._blocks[:at])) + bisect_left(self._blocks[at], entry)

    def _block_of(self, entry: Entry) -> int:
        """Find the block in which an entry stands, or would: the last that begins with it or before it."""
        return max(0, bisect_right(self._blocks, entry, key=_first) - 1)
