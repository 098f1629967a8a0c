"""The short number of an item, as it stands on its sleeve: ``D 48 213``. Pure.

A scanner reads ``D48213K``: with a check character, so that a torn barcode or a slip of the finger is noticed. People
read, say and type the number alone.
"""

import re
from typing import Final

LETTER: Final = "D"
#: Check characters: letters alone, so that none is taken for a digit of the number. A prime number of them.
SIGNS: Final = "ACDEFGHJKMNPQRTWX"
#: The first label of a centre is the one after: five digits from the beginning, so that all look alike.
BEFORE_THE_FIRST: Final = 10_000
_TYPED = re.compile(rf"{LETTER}?([0-9]{{5,9}})([{SIGNS}])?")


def shown(label: int) -> str:
    """Write a label for people: in groups of three digits from the right."""
    return f"{LETTER} {label:,}".replace(",", " ")


def barcode(label: int) -> str:
    """Write a label for a scanner."""
    return f"{LETTER}{label}{check_sign(label)}"


def check_sign(label: int) -> str:
    """Make the check character: a weighted sum modulo the prime number of signs.

    One wrong digit, or two neighbours that have changed places, never give the same.
    """
    weighted = sum(weight * int(digit) for weight, digit in enumerate(reversed(str(label)), start=1))
    return SIGNS[weighted % len(SIGNS)]


def read(typed: str) -> int | None:
    """Read a label as it was scanned or typed, in small letters or with spaces; None where it is none."""
    found = _TYPED.fullmatch("".join(typed.upper().split()))
    if found is None:
        return None
    label = int(found[1])
    return label if found[2] is None or found[2] == check_sign(label) else None
