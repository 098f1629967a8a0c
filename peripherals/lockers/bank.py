"""What the banks of all boards share: one question at a time on the line, and the round of all boards.

Boards on RS-485 share one pair of wires: nobody may speak before the other has ended, and most answers do not say which
question they are for. So a question waits until the line rests, and what comes unasked is listened to until it ends.
"""

import asyncio
from abc import abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar, Self

from peripherals.device import DeviceState, DeviceUrl, HealthAnswer, LifecycleStage, Timings
from peripherals.errors import (
    AnswerInvalidError,
    AnswerTimeoutError,
    BoardRefusedError,
    CompartmentUnknownError,
    NotProvedError,
    UrlInvalidError,
    WiringInvalidError,
)
from peripherals.lockers import wiring as wirings
from peripherals.lockers.port import Compartment, CompartmentStatus, DoorState, ItemSensor, LockerBank, LockerBankStatus
from peripherals.lockers.wiring import BoardWiring, WiredCompartment, Wiring
from peripherals.owner import Address, Job, PortDevice
from peripherals.transports import serial
from peripherals.transports.serial import SerialAddress
from peripherals.transports.tcp import TcpAddress

#: Readings of one board that are compared where its answers have no checksum.
_READINGS = 4


@dataclass(frozen=True, slots=True)
class Levels:
    """What the inputs of one board say, by their numbers, counted from 1."""

    doors: Mapping[int, bool]
    items: Mapping[int, bool]


@dataclass(frozen=True, slots=True)
class Defaults:
    """How the boards of one protocol are delivered, and what of it they have."""

    port: int
    baud: int
    boards: range
    locks: int
    door_shut: int = 1
    item_present: int = 1
    first_lock: int = 0
    #: The highest number of a lock on the wire, where a higher one would be another board's.
    last_lock: int | None = None
    first_input: int = 0
    sees_items: bool = True


class BoardBank[F](PortDevice[LockerBankStatus], LockerBank):
    """A bank on one line; ``F`` is what its frames are."""

    defaults: ClassVar[Defaults]
    #: Whether a garbled answer is known as such. Where it is not, one that says something new is asked for again.
    has_checksum: ClassVar[bool] = True

    def __init__(self, url: str, address: Address, timings: Timings, file: Path) -> None:
        super().__init__(url, LockerBankStatus(), address, replace(timings, poll_s=timings.locker_poll_s))
        self._file = file
        self._wiring = Wiring()
        self._accept: Callable[[F], object | None] | None = None
        self._answer: asyncio.Future[object] | None = None
        #: Whether something came that nobody asked for, so that answers may be out of step with questions.
        self._stray = False
        self._heard_at = float("-inf")
        #: The question that waits for its answer, and the beginning of what came: at most one byte more.
        self._asked = self._came = b""
        self._last: dict[int, Levels] = {}

    @classmethod
    def from_url(cls, url: DeviceUrl, timings: Timings) -> Self:
        """Read the address; the file that ``wiring`` names is read when the bank is claimed.

        Raises:
            UrlInvalidError: names the part that is missing or cannot be used.
        """
        address: Address
        if url.scheme.endswith("+tcp"):
            url.only("wiring")
            if not url.host or url.path not in {"", "/"}:
                raise UrlInvalidError(part="host", value=url.text)
            address = TcpAddress(url.host, url.port or cls.defaults.port)
        else:
            url.only("wiring", *serial.OPTIONS)
            address = SerialAddress.from_url(url, baud=cls.defaults.baud)
        if not url.options.get("wiring"):
            raise UrlInvalidError(part="wiring", value="")
        return cls(url.text, address, timings, Path(url.options["wiring"]))

    @property
    def found(self) -> BoardWiring:
        """The settings of the boards, with those that the bank found out by itself, for commissioning."""
        return self.settings

    @property
    def compartments(self) -> tuple[Compartment, ...]:
        return self._wiring.compartments

    async def pulse(self, name: str) -> HealthAnswer:
        self._require("pulse", LifecycleStage.ENABLED)
        wired = next((one for one in self._wiring.compartment if one.name == name), None)
        if wired is None:
            raise CompartmentUnknownError(compartment=name)

        async def work(job: Job[HealthAnswer]) -> HealthAnswer:
            await self._rest()
            job.begun = True
            try:
                return await self._pulse(wired.board, self.number(wired.lock, "first_lock"))
            except (AnswerTimeoutError, AnswerInvalidError):
                return HealthAnswer.UNKNOWN
            except BoardRefusedError:
                return HealthAnswer.NO

        try:
            return await self._do(work, urgent=True)
        except NotProvedError:
            return HealthAnswer.UNKNOWN

    async def inputs(self, board: int) -> Levels:
        """Read the inputs of one board as they are, for commissioning.

        Raises:
            LifeCycleError: not enabled.
            NotConnectedError: the line is away.
            AnswerTimeoutError: the board says nothing that can be believed.
        """
        self._require("inputs", LifecycleStage.ENABLED)

        async def work(_: Job[Levels]) -> Levels:
            levels = await self._sense(board)
            if levels is None:
                raise AnswerTimeoutError(seconds=self.settings.answer_ms / 1000)
            return levels

        return await self._do(work)

    # What each kind of board adds.

    @abstractmethod
    async def _pulse(self, board: int, lock: int) -> HealthAnswer:
        """Send one pulse to a lock, as its number is on the wire, and give what the board says of it."""

    @abstractmethod
    async def _levels(self, board: int) -> Levels:
        """Ask for the inputs of one board."""

    @abstractmethod
    def _frames(self, data: bytes) -> Iterable[F]:
        """Take bytes that came in, and give the frames that are whole now."""

    @abstractmethod
    def _clear(self) -> None:
        """Drop what has come of a frame."""

    # What they use.

    @property
    def settings(self) -> BoardWiring:
        return self._wiring.board

    def setting(self, key: str) -> int:
        """Give a setting of the boards, as they are delivered where the wiring says nothing."""
        said = getattr(self.settings, key)
        return int(getattr(self.defaults, key) if said is None else said)

    def number(self, counted: int, first: str) -> int:
        """Give the number on the wire of what is counted from 1."""
        return counted - 1 + self.setting(first)

    async def _ask[R](self, question: bytes, accept: Callable[[F], R | None]) -> R:
        """Send a question and wait for the frame that ``accept`` makes something of; it may refuse one by raising.

        Raises:
            AnswerTimeoutError: nothing came in time.
            AnswerInvalidError: something came, and no such frame.
            NotConnectedError: the line was lost.
        """
        await self._rest()
        self._clear()
        answer: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        self._accept, self._answer = accept, answer  # type: ignore[assignment] # they belong to each other
        self._asked, self._came = question, b""
        seconds = self.settings.answer_ms / 1000
        try:
            await self._send(question)
            async with asyncio.timeout(seconds):
                return await answer
        except TimeoutError as error:
            self._mistrust()
            # An adapter that echoes says something though its board says nothing.
            if self._came not in {b"", question}:
                raise AnswerInvalidError from error
            raise AnswerTimeoutError(seconds=seconds) from error
        finally:
            self._accept = self._answer = None

    async def _inquire[R](self, question: bytes, accept: Callable[[F], R | None]) -> R:
        """Ask for what may be asked twice: after a garbled answer once more, after none not.

        Raises:
            AnswerTimeoutError: nothing came in time.
            AnswerInvalidError: both answers were garbled.
            NotConnectedError: the line was lost.
        """
        try:
            return await self._ask(question, accept)
        except AnswerInvalidError:
            return await self._ask(question, accept)

    def _mistrust(self) -> None:
        """Expect an answer that nobody waits for: it may still be under way."""
        self._stray = True
        self._heard_at = asyncio.get_running_loop().time()

    async def _rest(self) -> None:
        """Wait until nobody speaks, and for as long as a board needs to turn from speaking to listening."""
        loop = asyncio.get_running_loop()
        patience = loop.time() + 3 * self.settings.answer_ms / 1000
        rest = self.settings.turnaround_ms / 1000
        while loop.time() < patience:
            need = max(rest, self.settings.answer_ms / 2000) if self._stray else rest
            left = self._heard_at + need - loop.time()
            if left <= 0:
                break
            await asyncio.sleep(left)
        self._stray = False

    # What the owner calls.

    async def _claim(self) -> None:
        """Take the line, and read the wiring (WiringInvalidError)."""
        await super()._claim()
        try:
            self._wiring = _fitting(await asyncio.to_thread(wirings.load, self._file), self.defaults)
        except BaseException:
            self._owned.discard(self._address.key)
            raise

    def _status_without(self, state: DeviceState) -> LockerBankStatus:
        unknown = tuple(CompartmentStatus(one.name) for one in self._wiring.compartment)
        return LockerBankStatus(state=state, compartments=unknown)

    def _received(self, data: memoryview) -> None:
        self._heard_at = asyncio.get_running_loop().time()
        self._came += bytes(data[: len(self._asked) + 1 - len(self._came)])
        frames = list(self._frames(bytes(data)))
        if self._answer is None or self._answer.done():
            self._stray = True
            return
        for frame in frames:
            self._receive(frame)

    def _receive(self, frame: F) -> None:
        assert self._answer is not None  # noqa: S101 - asked just before
        assert self._accept is not None  # noqa: S101 - set with it
        if self._answer.done():
            self._stray = True
            return
        try:
            found = self._accept(frame)
        except (AnswerInvalidError, BoardRefusedError) as error:
            self._answer.set_exception(error)
        else:
            if found is not None:
                self._answer.set_result(found)

    def _cut(self) -> None:
        self._clear()
        self._stray = False
        self._last.clear()

    async def _greet(self) -> None:
        await self._poll()

    async def _poll(self) -> bool:
        sensed: dict[int, Levels | None] = {}
        for board in self._wiring.boards:
            # Somebody waits before a door: the round of a long line goes on after its pulse.
            await self._run_urgent()
            sensed[board] = await self._sense(board)
        heard = [levels for levels in sensed.values() if levels is not None]
        state = DeviceState.HARDWARE_ERROR if heard else DeviceState.UNKNOWN
        state = DeviceState.ONLINE if len(heard) == len(sensed) else state
        compartments = tuple(self._status_of(one, sensed[one.board]) for one in self._wiring.compartment)
        self._publish(LockerBankStatus(state=state, compartments=compartments))
        return bool(heard)

    async def _sense(self, board: int) -> Levels | None:
        """Give what the inputs of one board say, None where it says nothing that can be believed."""
        try:
            levels = await self._levels(board)
            if not self.has_checksum and levels != self._last.get(board):
                levels = await self._again(board, levels)
        except (AnswerTimeoutError, AnswerInvalidError, BoardRefusedError):
            self._last.pop(board, None)
            return None
        self._last[board] = levels
        return levels

    async def _again(self, board: int, levels: Levels) -> Levels:
        """Ask until two readings in a row say the same.

        Raises:
            AnswerInvalidError: they never do.
        """
        for _ in range(_READINGS):
            before, levels = levels, await self._levels(board)
            if levels == before:
                return levels
        raise AnswerInvalidError

    def _status_of(self, wired: WiredCompartment, levels: Levels | None) -> CompartmentStatus:
        if levels is None:
            return CompartmentStatus(wired.name)
        door, item = DoorState.UNKNOWN, ItemSensor.UNKNOWN
        if (level := levels.doors.get(wired.door)) is not None:
            door = DoorState.SHUT if level == bool(self.setting("door_shut")) else DoorState.OPEN
        if wired.item is not None and (level := levels.items.get(wired.item)) is not None:
            item = ItemSensor.PRESENT if level == bool(self.setting("item_present")) else ItemSensor.ABSENT
        return CompartmentStatus(wired.name, door, item)


def _fitting(wiring: Wiring, defaults: Defaults) -> Wiring:
    """Hold the wiring against what the boards of this protocol have.

    Raises:
        WiringInvalidError: with section and key, and what is wanted there.
    """
    for one in wiring.compartment:
        wanted = f"{defaults.boards.start} to {defaults.boards.stop - 1}"
        if one.board not in defaults.boards:
            raise WiringInvalidError(section=one.name, key="board", wanted=wanted)
        last = (wiring.board.first_lock or 0) + one.lock - 1
        if defaults.last_lock is not None and last > defaults.last_lock:
            raise WiringInvalidError(section=one.name, key="lock", wanted=f"up to {defaults.last_lock} on the wire")
        for key in ("lock", "door", "item"):
            if (getattr(one, key) or 1) > defaults.locks:
                raise WiringInvalidError(section=one.name, key=key, wanted=f"1 to {defaults.locks}")
        if one.item is not None and not defaults.sees_items:
            raise WiringInvalidError(section=one.name, key="item", wanted="nothing: no such inputs")
    return wiring
