"""How a bank of lockers is wired: a TOML file, written by ``peripherals lockers commission`` and read at each start.

Boards differ in polarity, in where they begin to count, and in how long their pulse is, from firmware to firmware of
one model too; so all of it stands here. Locks and inputs are counted from 1, as they are labelled.
"""

from collections import Counter
from pathlib import Path
from typing import Annotated, Literal

import msgspec
import tomli_w
from msgspec import Meta

from peripherals import toml_file
from peripherals.errors import WiringInvalidError
from peripherals.lockers.port import Compartment, Size

#: Locks and inputs that one board may have; more than any board, and fewer than the addresses below the pulse's own.
MAX_LOCKS = 512

type Level = Literal[0, 1]
type StatusBy = Literal["board", "lock"]
type Number = Annotated[int, Meta(ge=1, le=MAX_LOCKS)]
type Name = Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{0,15}$(?!\n)")]


class _WiringSection(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of the file: a key that nobody knows is a mistake, never passed over."""


class BoardWiring(_WiringSection, frozen=True):
    """What holds for all boards of a line; what is not said is as the boards of this protocol are delivered.

    ``door_shut`` and ``item_present``: the level of the input then. ``first_lock`` and ``first_input``: what the
    board calls its first one on the wire. ``pulse_ms``: how long a lock gets current, where the line says it (Modbus);
    ``pulse_address``: what is added to the address of a lock to reach its pulse, in units of ``pulse_unit_ms``.
    ``status``: whether boards say all of their doors at once, or those of one lock at a time (Winnsen).
    ``turnaround_ms``: how long the line rests after an answer, and ``answer_ms``: how long one is waited for.
    """

    door_shut: Level | None = None
    item_present: Level | None = None
    first_lock: Level | None = None
    first_input: Level | None = None
    pulse_ms: Annotated[int, Meta(ge=50, le=5_000)] = 500
    pulse_address: Annotated[int, Meta(ge=0, le=0xFFFF - MAX_LOCKS)] = 0x0200
    pulse_unit_ms: Annotated[int, Meta(ge=1, le=1_000)] = 100
    status: StatusBy | None = None
    turnaround_ms: Annotated[int, Meta(ge=0, le=1_000)] = 5
    answer_ms: Annotated[int, Meta(ge=10, le=5_000)] = 200


class WiredCompartment(_WiringSection, frozen=True):
    """One compartment: its board, its lock, the input of its door, and that of its sensor where it has one.

    ``column`` and ``row``: where it is as one stands before the bank, from the top left. Where nobody says so each
    board is a column, and its compartments stand below each other.
    """

    name: Name
    board: Annotated[int, Meta(ge=0, le=255)]
    lock: Number
    door: Number
    item: Number | None = None
    size: Size = Size.MEDIUM
    column: Number | None = None
    row: Number | None = None


class Wiring(_WiringSection, frozen=True):
    board: BoardWiring = BoardWiring()
    compartment: Annotated[tuple[WiredCompartment, ...], Meta(min_length=1, max_length=1_000)] = ()

    @property
    def compartments(self) -> tuple[Compartment, ...]:
        below, columns = Counter[int](), {board: column for column, board in enumerate(self.boards, start=1)}
        made = []
        for one in self.compartment:
            below[one.board] += 1
            column, row = one.column or columns[one.board], one.row or below[one.board]
            made.append(Compartment(one.name, one.size, one.item is not None, column, row))
        return tuple(made)

    @property
    def boards(self) -> tuple[int, ...]:
        """Addresses of the boards, in their order."""
        return tuple(sorted({one.board for one in self.compartment}))

    def on(self, board: int) -> tuple[WiredCompartment, ...]:
        return tuple(one for one in self.compartment if one.board == board)


def load(path: Path) -> Wiring:
    """Read the file.

    Raises:
        WiringInvalidError: with section and key, and what is wanted there.
    """
    wiring = toml_file.load(path, Wiring, WiringInvalidError)
    if not wiring.compartment:
        raise WiringInvalidError(section="compartment", key="", wanted="at least one")
    for key, used in (
        ("name", [one.name for one in wiring.compartment]),
        ("lock", [(one.board, one.lock) for one in wiring.compartment]),
        ("door", [(one.board, one.door) for one in wiring.compartment]),
        ("item", [(one.board, one.item or -at) for at, one in enumerate(wiring.compartment)]),
    ):
        twice = next((at for at, one in enumerate(used) if one in used[:at]), None)
        if twice is not None:
            raise WiringInvalidError(section=f"compartment[{twice}]", key=key, wanted="one that no other has")
    return wiring


def save(path: Path, wiring: Wiring) -> None:
    """Write the file, as a whole or not at all.

    Raises:
        WiringInvalidError: it cannot be written.
    """
    tables = msgspec.to_builtins(wiring)
    board = {key: value for key, value in tables["board"].items() if value is not None}
    compartments = [{key: value for key, value in one.items() if value is not None} for one in tables["compartment"]]
    fresh = path.with_name(f"{path.name}.new")
    try:
        fresh.write_text(tomli_w.dumps({"board": board, "compartment": compartments}), encoding="utf-8")
        fresh.replace(path)
    except OSError as error:
        raise WiringInvalidError(section="", key=path.name, wanted=str(error)) from error
