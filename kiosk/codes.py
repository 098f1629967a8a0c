"""The codes that this kiosk gives, in order: its series with three digits, then with four. Pure.

A three-digit number stands for the ten four-digit numbers that begin with it, so series that do not overlap do not
overlap past their ends either. The server reckons the same way (DESIGN, section 4).
"""

from queue_server.contract.devices import Series
from queue_server.values import TicketCode

_LONG_FIRST = 1000


def count(series: Series) -> int:
    """Say how many codes there are between two starts of the series."""
    first, last = _long(series)
    return series.last - series.first + 1 + max(0, last - first + 1)


def nth(series: Series, position: int) -> TicketCode:
    """Give the code at ``position``, which counts from 1.

    Raises:
        IndexError: the series is used up.
    """
    if not 1 <= position <= count(series):
        raise IndexError(position)
    number = series.first + position - 1
    if number <= series.last:
        return TicketCode(f"{series.letter}{number:03}")
    return TicketCode(f"{series.letter}{_long(series)[0] + number - series.last - 1:04}")


def position(series: Series, highest: int) -> int:
    """Give the position of a number that the server has seen: 0 for none; above the range it has four digits."""
    if highest < series.first:
        return 0
    if highest <= series.last:
        return highest - series.first + 1
    return series.last - series.first + 1 + max(0, highest - _long(series)[0] + 1)


def _long(series: Series) -> tuple[int, int]:
    last = series.last * 10 + 9
    # No leading zero (B1000 comes after B999), but for the first hundred, which has nothing else.
    first = series.first * 10
    return (max(first, _LONG_FIRST) if last >= _LONG_FIRST else first), last
