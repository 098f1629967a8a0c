"""What the simulated boards of all protocols share: the line and its faults, the cabinet and what people do to it."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

from peripherals.lockers.cabinet import Cabinet, Place
from peripherals.lockers.wiring import BoardWiring, WiredCompartment, Wiring
from peripherals.simulation import CommandError, SimulatedLine, number, switch

#: How long a lock of boards whose pulse nobody can set is drawn back, in seconds.
PULSE_S = 0.5
#: A new board is asked every so often while its power is off.
_GARBAGE = b"\xff\x00\x81\x7e\x90\x02" * 4


@dataclass(frozen=True, slots=True)
class Faults:
    """How the line misbehaves. ``lost`` answers never arrive, of ``half`` answers only the first half does.

    ``echo``: the adapter hears its own question. ``stray``: bytes before each answer, as a line without bias resistors
    makes them when it turns round. In the next ``spoilt`` answers one bit is wrong.
    """

    silent: bool = False
    garbage: bool = False
    duplicate: bool = False
    echo: bool = False
    stray: bytes = b""
    lost: int = 0
    half: int = 0
    spoilt: int = 0
    late_s: float = 0.0


class CabinetSimulator[Q](ABC):
    """A cabinet on its line; ``Q`` is what a question is."""

    def __init__(self, line: SimulatedLine, cabinet: Cabinet) -> None:
        self.cabinet = cabinet
        self.faults = Faults()
        #: Set when a lock was pulsed.
        self.pulsed = asyncio.Event()
        self._line = line
        line.received = self._receive

    @property
    def address(self) -> str:
        return self._line.address

    # What each protocol adds.

    @abstractmethod
    def _questions(self, data: bytes) -> Iterable[Q]:
        """Take bytes that came in, and give the questions that are whole now."""

    @abstractmethod
    def _answer(self, question: Q) -> bytes:
        """Do what a question asks, and give the answer to it; none where the boards say nothing."""

    @abstractmethod
    def _reset(self) -> None:
        """Forget what has come of a question."""

    @property
    @abstractmethod
    def settings(self) -> BoardWiring:
        """What the wiring has to say of these boards."""

    def address_of(self, board: int) -> int:
        """Give the address on the wire of a board, counted from 1."""
        return board

    def wiring(self) -> Wiring:
        """Give the wiring of this cabinet: each lock with the inputs of the same number."""
        return Wiring(self.settings, tuple(self._wired(place) for place in self.cabinet.places()))

    def _wired(self, place: Place) -> WiredCompartment:
        board, lock = place
        return WiredCompartment(name_of(place), self.address_of(board), lock, lock, self._item_input(lock))

    def _item_input(self, lock: int) -> int | None:
        return lock

    # The line.

    async def start(self) -> None:
        await self._line.plug()

    async def stop(self) -> None:
        await self._line.close()

    async def power_cycle(self) -> None:
        """Off and on again, line and boards."""
        self.cabinet.power(on=False)
        await self._line.unplug()
        self._reset()
        self.cabinet.power(on=True)
        await self._line.plug()

    def set(self, **changes: object) -> None:
        self.faults = replace(self.faults, **changes)  # type: ignore[arg-type] # names are checked by replace itself

    def _pulse(self, board: int, lock: int, seconds: float = PULSE_S) -> bool:
        done = self.cabinet.pulse((board, lock), seconds)
        if done:
            self.pulsed.set()
        return done

    def _receive(self, data: bytes) -> None:
        if self.faults.echo:
            self._line.send(data)
        if not self.cabinet.powered:
            self._reset()
            return
        for question in self._questions(data):
            answer = self._answer(question)
            if answer:
                self._send(answer)

    def _send(self, answer: bytes) -> None:
        faults = self.faults
        if faults.silent:
            return
        if faults.lost:
            self.set(lost=faults.lost - 1)
            return
        if faults.half:
            self.set(half=faults.half - 1)
            answer = answer[: len(answer) // 2]
        if faults.spoilt:
            self.set(spoilt=faults.spoilt - 1)
            answer = answer[:-1] + bytes((answer[-1] ^ 0x10,))
        if faults.garbage:
            answer = _GARBAGE
        answer = faults.stray + answer
        if faults.duplicate:
            answer += answer
        if faults.late_s:
            asyncio.get_running_loop().call_later(faults.late_s, self._line.send, answer)
        else:
            self._line.send(answer)

    # The control channel.

    async def command(self, words: list[str]) -> dict[str, object]:
        """Do what a line of the control channel says; compartments are named BOARD-LOCK, counted from 1."""
        cabinet = self.cabinet
        match words:
            case ["pull", name]:
                return {"open": cabinet.pull(self._place(name))}
            case ["pry", name]:
                cabinet.pry(self._place(name))
            case ["close", name]:
                cabinet.close(self._place(name))
            case ["put", name]:
                cabinet.put(self._place(name))
            case ["take", name]:
                cabinet.take(self._place(name))
            case ["jam", name, value]:
                cabinet[self._place(name)].jammed = switch(value)
            case ["stick", "door", name, "open" | "shut" | "off" as value]:
                cabinet[self._place(name)].door_stuck = {"open": True, "shut": False}.get(value)
            case ["stick", "item", name, "present" | "absent" | "off" as value]:
                cabinet[self._place(name)].item_stuck = {"present": True, "absent": False}.get(value)
            case ["cross", name, other]:
                cabinet[self._place(name)].crossed = self._place(other)
            case ["power", value]:
                cabinet.power(on=switch(value))
            case [("silent" | "garbage" | "duplicate" | "echo") as name, value]:
                self.set(**{name: switch(value)})
            case [("lost" | "half" | "spoilt") as name, count]:
                self.set(**{name: int(number(count))})
            case ["stray", value]:
                self.set(stray=_stray(value))
            case ["late", seconds]:
                self.set(late_s=number(seconds))
            case ["unplug"]:
                await self._line.unplug()
            case ["plug"]:
                await self._line.plug()
            case ["power-cycle"]:
                await self.power_cycle()
            case ["pulses"]:
                return {"pulses": [name_of(place) for place in cabinet.pulses]}
            case ["status"]:
                return self._status()
            case _:
                raise CommandError("no such command")
        return {}

    def _status(self) -> dict[str, object]:
        places = list(self.cabinet.places())
        faults = {each.name: getattr(self.faults, each.name) for each in fields(Faults)}
        return faults | {
            "stray": self.faults.stray.hex(),
            "powered": self.cabinet.powered,
            "open": [name_of(place) for place in places if self.cabinet[place].is_open],
            "items": [name_of(place) for place in places if self.cabinet[place].has_item],
        }

    def _place(self, name: str) -> Place:
        board, _, lock = name.partition("-")
        place = int(number(board)), int(number(lock))
        if place not in self.cabinet:
            raise CommandError("no such compartment")
        return place


def _stray(value: str) -> bytes:
    if value == "off":
        return b""
    try:
        return bytes.fromhex(value)
    except ValueError as error:
        raise CommandError("off, or bytes in hexadecimal") from error


def name_of(place: Place) -> str:
    return f"{place[0]}-{place[1]}"
