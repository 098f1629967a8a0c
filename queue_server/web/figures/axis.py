"""The axis of a drawing: round numbers from 0 to a little more than the largest. Pure."""

from typing import Final

_ROUND: Final = (1, 2, 5, 10, 20, 25, 50)
#: Lines above the base.
LINES: Final = 4


def axis(largest: int) -> tuple[int, ...]:
    """Give the numbers at the lines, the base first; the last is at least ``largest``."""
    scale = 1
    while True:
        for base in _ROUND:
            if base * scale * LINES >= largest:
                return tuple(base * scale * line for line in range(LINES + 1))
        scale *= 100
