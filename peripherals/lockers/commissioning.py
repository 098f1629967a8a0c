"""How a bank is wired, found out by trying: each lock is pulsed, a person says which door came open, its input is seen.

Nothing is guessed: a lock after which no input or several have changed is left out, and said so.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from peripherals.errors import WiringInvalidError
from peripherals.lockers.bank import BoardBank, Levels
from peripherals.lockers.port import Size
from peripherals.lockers.wiring import BoardWiring, WiredCompartment, Wiring

#: Asks a person, and gives the line that they typed.
type Ask = Callable[[str], Awaitable[str]]
#: One input: whether it is of a sensor inside, and its number.
type Input = tuple[bool, int]

_SIZES = {size.value[0]: size for size in Size}


@dataclass(frozen=True, slots=True)
class WiringPlan:
    """What is tried. ``inputs``: of one board, where more than its locks; ``sensors``: some see what is inside.

    ``seconds``: how long an input is waited for after a pulse.
    """

    boards: Sequence[int]
    locks: int
    inputs: int
    sensors: bool
    settings: BoardWiring
    seconds: float = 3.0

    def provisional(self) -> Wiring:
        """Give a wiring that names every lock and every input once; its compartments are named BOARD-LOCK."""
        return Wiring(self.settings, tuple(self._compartments()))

    def _compartments(self) -> Iterator[WiredCompartment]:
        for board in self.boards:
            for lock in range(1, self.locks + 1):
                # The last input is named too, so that all up to it are read.
                item = self.inputs if self.inputs > self.locks and lock == 1 else None
                yield WiredCompartment(f"{board}-{lock}", board, lock, lock, item)


@dataclass(frozen=True, slots=True)
class _Found:
    """One compartment, and the levels of its inputs while its door is shut, and while something is in it."""

    wired: WiredCompartment
    door_shut: bool
    item_present: bool | None


class Commissioning:
    """``say`` tells the person something, ``ask`` waits for what they type."""

    def __init__(self, bank: BoardBank[Any], plan: WiringPlan, ask: Ask, say: Callable[[str], None]) -> None:
        self._bank = bank
        self._plan = plan
        self._ask = ask
        self._say = say
        self._found: list[_Found] = []
        self._size = Size.MEDIUM

    async def run(self) -> Wiring:
        """Try every lock, and give the wiring.

        Raises:
            PeripheralError: the bank cannot be reached.
            WiringInvalidError: nothing was found, or doors differ in polarity.
        """
        await self._ask("Shut all doors, take everything out, and press Enter. ")
        for board in self._plan.boards:
            for lock in range(1, self._plan.locks + 1):
                await self._try(board, lock)
        return self._wiring()

    async def _try(self, board: int, lock: int) -> None:
        while True:
            before = await self._levels(board)
            self._say(f"Board {board}, lock {lock}: it gets one pulse.")
            await self._bank.pulse(f"{board}-{lock}")
            after = await self._changed(board, before)
            name = await self._ask("Which door came open? Its label, Enter for none, ! to try once more. ")
            if name == "!":
                continue
            if not name:
                self._say("Left out.")
                return
            try:
                found = await self._wired(board, lock, name, before, after)
            except WiringInvalidError as error:
                self._say(f"Not taken: {error}. Shut the door; it is tried once more.")
                await self._ask("Press Enter. ")
                continue
            if found is not None:
                self._found.append(found)
            return

    async def _wired(self, board: int, lock: int, name: str, before: Levels, after: Levels) -> _Found | None:
        self._refuse_known(name)
        moved = _difference(before, after, sensors=False)
        if len(moved) != 1:
            which = ", ".join(str(number) for _, number in moved) or "none"
            self._say(f"Inputs that changed: {which}. One should: look at the switch of door {name}. It is left out.")
            await self._ask("Shut the door, and press Enter. ")
            return None
        [(_, door)] = moved
        item, present = await self._sensor(board, lock, before, door) if self._plan.sensors else (None, None)
        if not self._plan.sensors:
            await self._ask(f"Input {door}. Shut door {name}, and press Enter. ")
        await self._back(board, before)
        size = await self._ask(f"Size of {name}: s, m or l (Enter: {self._size.value[0]}). ")
        self._size = _SIZES.get(size[:1].lower(), self._size)
        wired = WiredCompartment(name, board, lock, door, item, self._size)
        try:
            msgspec.convert(msgspec.to_builtins(wired), WiredCompartment)
        except msgspec.ValidationError as error:
            raise WiringInvalidError(section=name, key="name", wanted="letters, digits and hyphens") from error
        return _Found(wired, before.doors[door], present)

    async def _sensor(self, board: int, lock: int, before: Levels, door: int) -> tuple[int | None, bool | None]:
        """Find the sensor inside by something that is laid down before it, and taken out again."""
        with_item = None
        while with_item is None or with_item.doors[door] != before.doors[door]:
            await self._ask("Put something in, shut the door, and press Enter. ")
            with_item = await self._levels(board)
        seen = _difference(before, with_item, sensors=True)
        await self._bank.pulse(f"{board}-{lock}")
        await self._changed(board, with_item)
        await self._ask("Take it out, shut the door, and press Enter. ")
        if len(seen) != 1:
            self._say(f"{len(seen)} inputs saw it, one should: this compartment has no sensor then.")
            return None, None
        [(_, number)] = seen
        return number, with_item.items[number]

    async def _back(self, board: int, before: Levels) -> None:
        """Wait until all inputs are as they were: what is open would be taken for the next one."""
        while (left := await self._levels(board)) != before:
            numbers = sorted({number for _, number in _difference(before, left, sensors=True)})
            await self._ask(f"Input {numbers} is not as it was. Shut the door, empty it, and press Enter. ")

    async def _levels(self, board: int) -> Levels:
        return await self._bank.inputs(board)

    async def _changed(self, board: int, before: Levels) -> Levels:
        """Watch the inputs until a door's has changed, or nothing has for long enough."""
        loop = asyncio.get_running_loop()
        end = loop.time() + self._plan.seconds
        while loop.time() < end:
            if _difference(before, await self._levels(board), sensors=False):
                break
            await asyncio.sleep(0.05)
        # A second door that comes with the first may take a moment longer.
        await asyncio.sleep(self._plan.seconds / 10)
        return await self._levels(board)

    def _refuse_known(self, name: str) -> None:
        if name in {one.wired.name for one in self._found}:
            raise WiringInvalidError(section=name, key="name", wanted="another label, this one is taken")

    def _wiring(self) -> Wiring:
        if not self._found:
            raise WiringInvalidError(section="compartment", key="", wanted="at least one")
        doors = {one.door_shut for one in self._found}
        items = {one.item_present for one in self._found if one.item_present is not None}
        if len(doors) > 1 or len(items) > 1:
            raise WiringInvalidError(section="board", key="door_shut", wanted="switches that are all of one kind")
        changes: dict[str, object] = {"door_shut": int(doors.pop())}
        if items:
            changes["item_present"] = int(items.pop())
        board = msgspec.structs.replace(self._bank.found, **changes)
        return Wiring(board, tuple(one.wired for one in self._found))


def _difference(before: Levels, after: Levels, *, sensors: bool) -> list[Input]:
    """Give the inputs that changed; where doors and sensors share one row of inputs each counts once."""
    changed = [(False, number) for number, level in before.doors.items() if after.doors.get(number) != level]
    if sensors and before.items is before.doors:
        return changed
    if sensors:
        changed += [(True, number) for number, level in before.items.items() if after.items.get(number) != level]
    return changed
