"""The one-time code with which somebody collects a document: twelve digits, the last of which checks the others. Pure.

Digits alone, since every keypad and every language has them. The check digit is Damm's (H. M. Damm, "Total
anti-symmetrische Quasigruppen", 2004): one wrong digit, or two neighbours that have changed places, are always noticed,
and before anything is asked of the server. So nearly all wrong codes that the server counts are guesses.
"""

import re
from typing import Final

#: How many digits are typed, and how many of them are drawn at random.
DIGITS: Final = 12
DRAWN: Final = DIGITS - 1
#: In groups of so many digits it is printed and typed.
GROUP: Final = 4
#: Damm's quasigroup of order 10.
_STEPS: Final = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)
_CODE: Final = re.compile(rf"[0-9]{{{DIGITS}}}")


def with_check_digit(drawn: int) -> str:
    """Make the code of a number that was drawn, from 0 to ``10**DRAWN`` less one."""
    digits = f"{drawn:0{DRAWN}}"
    return f"{digits}{_checked(digits)}"


def is_whole(code: str) -> bool:
    """Tell whether twelve digits can be a code: whether nobody's finger slipped. It says nothing of what there is."""
    return _CODE.fullmatch(code) is not None and _checked(code) == 0


def shown(code: str) -> str:
    """Write a code for people: in three groups of four."""
    return " ".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def _checked(digits: str) -> int:
    interim = 0
    for digit in digits:
        interim = _STEPS[interim][int(digit)]
    return interim
