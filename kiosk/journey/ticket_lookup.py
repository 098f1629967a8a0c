"""A ticket of today that is looked up: it was shown, or its number typed."""

from typing import Literal

import msgspec

type Found = Literal[
    "looking",
    "waiting",
    "called",
    "serving",
    "parked",
    "missed",
    "over",
    "unknown",
    "away",
    "not-shown",
    "limited",
]


class Status(msgspec.Struct, frozen=True):
    """A ticket that was shown again: its token, or an empty string where there is none.

    ``look`` is the number of the look-up whose answer is waited for, or was given. ``typed``: there was no paper, only
    the number of it (``code``).
    """

    ticket: str
    look: int
    found: Found = "looking"
    typed: bool = False
    code: str = ""
    ahead: int = -1
    service: str = ""
    step: str = ""
    counter: str = ""


class Lookup(msgspec.Struct, frozen=True):
    """``typed`` is the number of a ticket, as far as it was typed; ``looks`` counts how often one was looked up."""

    typed: str = ""
    looks: int = 0
    status: Status | None = None
