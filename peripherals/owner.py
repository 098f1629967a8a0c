"""One task owns one port: it connects, listens, works off jobs, polls, and opens again after a loss.

Nobody else touches the pipe. What a job finds out, or loses, reaches its caller through a future. A poll that asks a
long line board by board lets urgent jobs go first in between.
"""

import asyncio
import contextlib
from abc import abstractmethod
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

import structlog

from peripherals.device import Device, DeviceState, DeviceStatus, Timings
from peripherals.errors import BusyError, NotConnectedError, NotProvedError, PeripheralError
from peripherals.transports.pipe import Pipe

log = structlog.get_logger()

#: How many times in a row a device may leave a poll unanswered before its connection is made anew.
SILENT_POLLS = 3


class Address(Protocol):
    """Where a device is."""

    @property
    def key(self) -> str:
        """What one owner in this process may hold."""

    async def connect(self) -> Pipe: ...


@dataclass(eq=False, slots=True)
class Job[T]:
    """One piece of work for the owner. ``taken``: it is worked at; ``begun``: something has left for good."""

    work: Callable[["Job[T]"], Awaitable[T]]
    future: asyncio.Future[T]
    taken: bool = False
    begun: bool = False

    def lose(self, reason: str) -> None:
        """Tell the caller that the work came to no end."""
        error = NotProvedError(fault=reason) if self.begun else NotConnectedError(reason=reason)
        self.fail(error)

    def fail(self, error: BaseException) -> None:
        if not self.future.done():
            self.future.set_exception(error)


class PortDevice[S: DeviceStatus](Device[S]):
    """A device on a port of its own."""

    _owned: ClassVar[set[str]] = set()

    def __init__(self, url: str, status: S, address: Address, timings: Timings) -> None:
        super().__init__(url, status)
        self._address = address
        self._timings = timings
        self._pipe: Pipe | None = None
        self._jobs: asyncio.Queue[Job[Any]] = asyncio.Queue()
        #: Those of them that wait for no poll to end.
        self._urgent: deque[Job[Any]] = deque()
        self._owner: asyncio.Task[None] | None = None
        self._tried = asyncio.Event()
        self._has_answered = False
        self._silent = 0

    # What each kind of device adds.

    @abstractmethod
    def _status_without(self, state: DeviceState) -> S:
        """Give the snapshot of a device of which only its state is known."""

    @abstractmethod
    def _received(self, data: memoryview) -> None:
        """Take bytes that came in. They are overwritten afterwards."""

    @abstractmethod
    async def _greet(self) -> None:
        """Set the device up after each connect. An answer that does not come is a matter for the poll."""

    @abstractmethod
    async def _poll(self) -> bool:
        """Ask an idle device how it is; whether it answered, or is one that cannot be asked."""

    def _cut(self) -> None:
        """Forget what belonged to the connection that ended."""

    # The life cycle.

    async def _claim(self) -> None:
        if self._address.key in self._owned:
            raise BusyError(port=self._address.key)
        self._owned.add(self._address.key)

    async def _enable(self) -> None:
        self._tried.clear()
        self._publish(self._status_without(DeviceState.STARTING))
        self._owner = asyncio.create_task(self._own(), name=f"owner of {self._address.key}")
        self._owner.add_done_callback(self._ended)
        await self._tried.wait()

    async def _release(self) -> None:
        owner, self._owner = self._owner, None
        if owner is not None:
            owner.cancel()
            await asyncio.wait([owner])
        self._owned.discard(self._address.key)
        self._publish(self._status_without(DeviceState.UNKNOWN))

    async def _check_health(self) -> S:
        if self._pipe is not None:
            # A device lost on the way says so in its snapshot.
            with contextlib.suppress(PeripheralError):
                await self._do(self._health)
        return self.status

    async def _health(self, _: Job[None]) -> None:
        await self._poll()

    async def _do[T](self, work: Callable[[Job[T]], Awaitable[T]], *, urgent: bool = False) -> T:
        """Have the owner do some work, after what waits already; what is ``urgent`` also between two parts of a poll.

        Raises:
            NotConnectedError: there is no connection, or it ended before the work began.
        """
        if self._pipe is None:
            raise NotConnectedError(reason=self.status.state.value)
        job: Job[T] = Job(work, asyncio.get_running_loop().create_future())
        self._jobs.put_nowait(job)
        if urgent:
            self._urgent.append(job)
        return await job.future

    # The owner.

    async def _own(self) -> None:
        pause = self._timings.reopen_first_s
        known_lost = False
        while True:
            self._has_answered = False
            try:
                pipe = await self._connect()
                log.info("device-connected", device=self.url)
                known_lost = False
                await self._hold(pipe)
            except* PeripheralError as group:
                error = _first(group)
                self._publish(self._status_without(_state_after(error)))
                if not known_lost:
                    log.warning("device-lost", device=self.url, code=error.code, **error.placeholders)
                known_lost = True
            self._tried.set()
            pause = self._timings.reopen_first_s if self._has_answered else pause
            await asyncio.sleep(pause)
            pause = min(pause * 2, self._timings.reopen_max_s)

    async def _connect(self) -> Pipe:
        try:
            async with asyncio.timeout(self._timings.connect_s):
                return await self._address.connect()
        except TimeoutError as error:
            raise NotConnectedError(reason="no-answer") from error

    async def _hold(self, pipe: Pipe) -> None:
        """Keep one connection until it is lost."""
        self._pipe = pipe
        self._silent = 0
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(self._listen(pipe))
                both.create_task(self._work())
        finally:
            self._pipe = None
            self._cut()
            while not self._jobs.empty():
                self._jobs.get_nowait().lose("disconnected")
            self._urgent.clear()
            await pipe.close()

    async def _listen(self, pipe: Pipe) -> None:
        buffer = bytearray(512)
        try:
            while True:
                count = await pipe.receive_into(buffer)
                self._has_answered = True
                with memoryview(buffer) as view:
                    self._received(view[:count])
                buffer[:count] = bytes(count)
        finally:
            buffer[:] = bytes(len(buffer))

    async def _work(self) -> None:
        await self._greet()
        self._tried.set()
        while True:
            try:
                async with asyncio.timeout(self._timings.poll_s):
                    job = await self._jobs.get()
            except TimeoutError:
                await self._poll_once()
            else:
                await self._run(job)

    async def _poll_once(self) -> None:
        self._silent = 0 if await self._poll() else self._silent + 1
        if self._silent >= SILENT_POLLS:
            raise NotConnectedError(reason="silent")

    async def _run_urgent(self) -> None:
        """Work off what is urgent: a poll of many parts gives way before each of them."""
        while self._urgent:
            await self._run(self._urgent.popleft())

    async def _run(self, job: Job[Any]) -> None:
        if job.taken or job.future.cancelled():
            return
        job.taken = True
        try:
            result = await job.work(job)
        except NotConnectedError as error:
            self._lose(job, str(error.placeholders.get("reason", "disconnected")))
            raise
        except PeripheralError as error:
            job.fail(error)
        except asyncio.CancelledError:
            self._lose(job, "disconnected")
            raise
        else:
            if not job.future.done():
                job.future.set_result(result)

    def _lose(self, job: Job[Any], reason: str) -> None:
        """End a job whose connection ended under it. Whoever hears of it finds the snapshot right already."""
        self._pipe = None
        self._publish(self._status_without(DeviceState.OFFLINE))
        job.lose(reason)

    async def _send(self, data: bytes) -> None:
        """Send while the owner holds a connection.

        Raises:
            NotConnectedError: it is lost, or the device took nothing for too long.
        """
        if self._pipe is None:
            raise NotConnectedError(reason="disconnected")
        try:
            async with asyncio.timeout(self._timings.write_s):
                await self._pipe.send(data)
        except TimeoutError as error:
            raise NotConnectedError(reason="takes-nothing") from error

    def _ended(self, owner: asyncio.Task[None]) -> None:
        """Say it loudly where the owner came to an end by a fault of this program."""
        self._tried.set()
        if owner.cancelled() or (error := owner.exception()) is None:
            return
        self._publish(self._status_without(DeviceState.UNKNOWN))
        owner.get_loop().call_exception_handler(
            {"message": f"the owner of {self._address.key} failed", "exception": error, "task": owner}
        )


def _first(group: BaseExceptionGroup[PeripheralError]) -> PeripheralError:
    found: BaseException = group
    while isinstance(found, BaseExceptionGroup):
        found = found.exceptions[0]
    assert isinstance(found, PeripheralError)  # noqa: S101 - the group was caught by that very type
    return found


def _state_after(error: PeripheralError) -> DeviceState:
    if isinstance(error, BusyError):
        return DeviceState.DEVICE_BUSY
    if error.placeholders.get("reason") == "no-line":
        return DeviceState.NO_DEVICE
    return DeviceState.OFFLINE
