"""Carries APDUs over a connection: bare over TCP, in acknowledged blocks over a serial line."""

import asyncio
import contextlib
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable

from peripherals.errors import AnswerTimeoutError, NotConnectedError
from peripherals.payment.zvt.apdu import Apdu, StreamFramer
from peripherals.payment.zvt.link import Action, Deliver, Sent, Write, ZvtLink

#: Hands bytes to the connection; raises NotConnectedError.
type WriteBytes = Callable[[bytes], Awaitable[None]]


class ByteChannel(ABC):
    @abstractmethod
    def feed(self, data: memoryview) -> list[Apdu]:
        """Take bytes that came in, give the APDUs that they complete.

        Raises:
            ZvtInvalidError: the stream is out of step; connect anew.
        """

    @abstractmethod
    async def send(self, apdu: Apdu) -> bool:
        """Send; whether it is proved that it arrived.

        Raises:
            NotConnectedError: the connection ended.
            AnswerTimeoutError: the link of the other end did not acknowledge it.
        """

    @property
    @abstractmethod
    def begun(self) -> bool:
        """Whether the other end stopped in the middle of something, so that what it says next cannot be read."""

    @abstractmethod
    def reset(self) -> None:
        """Forget what belonged to the connection that ended."""


class TcpChannel(ByteChannel):
    """TCP says nothing about whether what was sent arrived."""

    def __init__(self, write: WriteBytes) -> None:
        self._write = write
        self._framer = StreamFramer()

    def feed(self, data: memoryview) -> list[Apdu]:
        return self._framer.feed(data)

    async def send(self, apdu: Apdu) -> bool:
        await self._write(apdu.encode())
        return False

    @property
    def begun(self) -> bool:
        return self._framer.begun

    def reset(self) -> None:
        self._framer.reset()


class SerialChannel(ByteChannel):
    """The link acknowledges each block; ``t1_s`` and ``t2_s`` are its times."""

    def __init__(self, write: WriteBytes, t1_s: float, t2_s: float) -> None:
        self._raw = write
        self._t2_s = t2_s
        self._link = ZvtLink(t1_s, t2_s)
        # Two writers on one line would take each other's wake-up.
        self._turn = asyncio.Lock()
        self._writing: set[asyncio.Task[None]] = set()
        self._sent: asyncio.Future[Sent] | None = None

    def feed(self, data: memoryview) -> list[Apdu]:
        actions = self._link.feed(data, asyncio.get_running_loop().time())
        self._do(actions)
        return [action.apdu for action in actions if isinstance(action, Deliver)]

    async def send(self, apdu: Apdu) -> bool:
        loop = asyncio.get_running_loop()
        self._sent = loop.create_future()
        try:
            self._do(self._link.send(apdu, loop.time()))
            while not self._sent.done():
                deadline = self._link.deadline
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout_at(deadline):
                        await asyncio.shield(self._sent)
                self._do(self._link.due(loop.time()))
            sent = self._sent.result()
        finally:
            self._sent = None
        if sent is Sent.LOST:
            raise AnswerTimeoutError(seconds=self._t2_s)
        return True

    @property
    def begun(self) -> bool:
        # A block that is begun anew is found by itself.
        return False

    def reset(self) -> None:
        self._link.reset()
        for task in self._writing:
            task.cancel()

    def _do(self, actions: list[Action]) -> None:
        for action in actions:
            if isinstance(action, Write):
                task = asyncio.create_task(self._write(action.data))
                self._writing.add(task)
                task.add_done_callback(self._writing.discard)
            elif isinstance(action, Sent) and self._sent is not None and not self._sent.done():
                self._sent.set_result(action)

    async def _write(self, data: bytes) -> None:
        async with self._turn:
            # Whoever listens finds the line lost as well, and says so.
            with contextlib.suppress(NotConnectedError):
                await self._raw(data)
