"""Somebody collects a document: they prove that it is theirs, and a door opens."""

from typing import Literal

import msgspec

type WhereToGet = Literal["here", "counter", "later"]
#: How far a door is. ``busy``: another one of its bank is open. ``over``: what they proved does not hold any more.
#: ``staff``: something is wrong with it, and somebody has to look. ``away``: the server does not answer.
type DoorState = Literal[
    "opening",
    "open",
    "reminded",
    "overdue",
    "taken",
    "inside",
    "not-opened",
    "busy",
    "over",
    "staff",
    "away",
]


class CollectedItem(msgspec.Struct, frozen=True):
    """Something that is theirs: its id, what it is (a code), and where they get it."""

    item: str
    kind: str
    where: WhereToGet


class WallDoor(msgspec.Struct, frozen=True):
    """A door of a bank of lockers: its label, and where it is as one stands before it, counted from 1."""

    name: str
    column: int
    row: int


class Prove(msgspec.Struct, frozen=True):
    """Effect: ask the server what is here for the document ``laid``, or for the code that was typed.

    ``again``: for what was proved before, as it is now. Answered by ``ProofAnswered``.
    """

    number: int
    look: int
    laid: int = 0
    code: str = ""
    again: bool = False

    def __repr__(self) -> str:
        return f"Prove(number={self.number}, look={self.look}, ...)"


class ProofAnswered(msgspec.Struct, frozen=True):
    """Answer to ``Prove``. ``slowed``: too many were wrong here, and none is looked at for ``wait_s`` seconds."""

    number: int
    look: int
    outcome: Literal["found", "slowed", "away"]
    items: tuple[CollectedItem, ...] = ()
    wait_s: int = 0


class OpenDoor(msgspec.Struct, frozen=True):
    """Effect: have the door opened behind which an item lies; answered by ``DoorChanged``, as often as it changes."""

    number: int
    look: int
    item: str


class DoorChanged(msgspec.Struct, frozen=True):
    """Answer to ``OpenDoor``. ``door`` is its name, empty where it is not known, ``wall`` all doors of its bank.

    ``label``: the number on what lies behind it.
    """

    number: int
    look: int
    state: DoorState
    door: str = ""
    wall: tuple[WallDoor, ...] = ()
    label: str = ""


class PrintCollected(msgspec.Struct, frozen=True):
    """Effect: print what was taken: what it is (a code) and the number on its label. Answered by ``CollectedPrinted``.

    ``look`` is that of the door.
    """

    number: int
    look: int
    language: str
    kind: str
    label: str


class CollectedPrinted(msgspec.Struct, frozen=True):
    number: int
    look: int
    is_printed: bool
