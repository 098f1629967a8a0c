"""C40, the writing of text in visible digital seals: ICAO Doc 9303-13, 2.6.2, and BSI TR-03137 part 1, annex B. Pure.

Three characters stand in two bytes. Seals use the basic set alone: space, digits and capital letters; the fillers of
a zone are written as spaces. A last group of two is filled up with shift 1; a last single character comes as FE and its
code of DataMatrix's ASCII scheme.
"""

from peripherals.errors import SealError

_SHIFT_1 = 0
#: Characters by their C40 value, from 3 on.
_BASIC = " 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_FIRST = 3
_UNLATCH = 0xFE
#: One more than the value of the last group there is, (39, 39, 39).
_GROUPS = 40**3


def decode(data: bytes | bytearray | memoryview) -> str:
    """Give the text of some pairs of bytes; spaces stay spaces, those at its end too.

    Raises:
        SealError: fault ``c40``: half a pair, a group that is none, or a character outside the basic set.
    """
    if len(data) % 2:
        raise SealError(fault="c40")
    text = ""
    for at in range(0, len(data), 2):
        text += _pair(data[at], data[at + 1], last=at + 2 == len(data))
    return text


def _pair(high: int, low: int, *, last: bool) -> str:
    if high == _UNLATCH:
        char = chr(max(low - 1, 0))
        if not last or char not in _BASIC:
            raise SealError(fault="c40")
        return char
    group = (high << 8 | low) - 1
    if not 0 <= group < _GROUPS:
        raise SealError(fault="c40")
    values = [group // 1600, group // 40 % 40, group % 40]
    while last and len(values) > 1 and values[-1] == _SHIFT_1:
        values.pop()
    if min(values) < _FIRST:
        raise SealError(fault="c40")
    return "".join(_BASIC[value - _FIRST] for value in values)
