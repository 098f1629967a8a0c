"""What a password must be like, whoever makes it: a person or the command line. Pure.

Long, and nothing that is tried first (NIST SP 800-63B-4, section 3.1.1.2): there are no rules about kinds of
characters, and none ends by itself.
"""

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from queue_server.accounts.model import MAX_PASSWORD

#: Characters at least.
LEAST: Final = 12
#: Different characters at least.
_DIFFERENT: Final = 6
#: What people begin with; around it a password must be long enough by itself.
_USUAL: Final = re.findall(
    r"\w+",
    """
    password passwort motdepasse passphrase consular consulate embassy welcome bonjour marhaba letmein iloveyou
    sunshine princess football administrator admin secret changeme qwertyuiop qwerty azertyuiop azerty qwertzuiop
    qwertz asdfghjkl asdfgh zxcvbnm abcdefghijklmnopqrstuvwxyz abcdef 01234567890 1234567890 123456 1q2w3e4r5t 1q2w3e
    """,
)
#: What is left of a password without its usual parts must still be so long.
_LEFT: Final = 8


class Weakness(StrEnum):
    """Why a password cannot be had."""

    SHORT = "short"
    LONG = "long"
    NAMED = "named"
    SIMPLE = "simple"
    #: It is the one before.
    SAME = "same"


def weakness(password: str, login: str) -> Weakness | None:
    """Say what is wrong with a password of whoever signs in as ``login``; None where it is good."""
    if len(password) < LEAST:
        return Weakness.SHORT
    if len(password) > MAX_PASSWORD:
        return Weakness.LONG
    plain = password.casefold()
    names = [part for part in re.split(r"[._-]", login.casefold()) if len(part) > 2]  # noqa: PLR2004 - no name but a syllable
    if _short_without(plain, [login.casefold(), *names]):
        return Weakness.NAMED
    if len(set(plain)) < _DIFFERENT or _short_without(plain, _USUAL):
        return Weakness.SIMPLE
    return None


def _short_without(plain: str, parts: Iterable[str]) -> bool:
    left = plain
    for part in parts:
        left = left.replace(part, "")
    return left != plain and len(left) < _LEFT
