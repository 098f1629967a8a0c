"""Which codes a device issues: a letter of its own, or a letter and a range of hundreds. Pure.

Most letters are given whole; the last three are shared in hundreds, so that a centre can enrol 8 + 3 x 10 devices that
issue tickets and no two of them ever make the same code. What lies past the end of a series (four digits) belongs to it
as well (``domain.ticket_codes``).
"""

from collections.abc import Iterable

from queue_server.domain.ticket_codes import Series
from queue_server.domain.values import CODE_LETTERS

SHARED = "RTX"
FIRST, LAST = 1, 999

#: Every series there is, in the order in which they are given. They do not overlap.
ALL = (
    *(Series(letter, FIRST, LAST) for letter in CODE_LETTERS if letter not in SHARED),
    *(Series(letter, max(start, FIRST), start + 99) for letter in SHARED for start in range(0, LAST, 100)),
)


def allocate(active: Iterable[Series], former: Iterable[Series] = (), own: Series | None = None) -> Series | None:
    """Choose a series that no active device has; None where there is none left.

    A device that is enrolled again under its name gets its ``own`` back, so that the letter painted on it stays true.
    Else one that nobody ever had comes before those of ``former`` (revoked) devices, whose paper may still be about.
    """
    taken, used = set(active), set(former)
    free = [one for one in ALL if one not in taken]
    if own in free:
        return own
    return next((one for one in free if one not in used), next(iter(free), None))
