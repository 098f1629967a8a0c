"""Codes that people type: signs of which nobody takes one for another, however they were typed or copied. Pure."""

import re
import unicodedata
from typing import Final

#: Letters and digits of which nobody takes one for another.
CODE_SIGNS: Final = "2346789ACDEFGHJKLMNPQRSTVWXY"
#: What is typed for a sign that it looks like.
_LIKE: Final = str.maketrans("01IBZ5OU", "QLL82SQV")
_SIGNS: Final = frozenset(CODE_SIGNS)
#: Between the groups, however they were typed or copied.
_BETWEEN: Final = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2010-\u2015\u2066-\u2069\ufeff-]+")
#: More than anybody types for one.
_MAX_TYPED: Final = 64


def read_signs(typed: str, length: int) -> str | None:
    """Read a code of ``length`` signs as people type it; None where it can be none.

    In small letters, with or without spaces, with digits of any script, and with a sign that looks like one of those
    that there are.
    """
    code = _plain(typed).upper().translate(_LIKE)
    return code if len(code) == length and _SIGNS.issuperset(code) else None


def read_digits(typed: str) -> str | None:
    """Read digits of any script, with or without spaces between them; None where there is anything else."""
    digits = _plain(typed)
    return digits if digits.isascii() and digits.isdecimal() else None


def in_groups(code: str, group: int) -> str:
    """Write a code for people: in groups of so many signs."""
    return " ".join(code[start : start + group] for start in range(0, len(code), group))


def _plain(typed: str) -> str:
    if len(typed) > _MAX_TYPED:
        return ""
    return ascii_digits(_BETWEEN.sub("", unicodedata.normalize("NFKC", typed)))


def ascii_digits(text: str) -> str:
    """Write the digits of any script as those that machines read; all else stays."""
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in text)
