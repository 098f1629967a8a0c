"""A reader of chips: one task owns it, one thread talks to it.

The smart card service and the protocols of the chip block, so that all of it runs in a worker thread, one thing after
the other. The loop never waits for that thread longer than it says: a reader that hangs is ``unknown``, whoever waits
for it hears of it, and a reading that nobody wants any more ends between two commands.
"""

import asyncio
import contextlib
import math
import time
from collections.abc import Callable
from typing import Any, ClassVar, Self
from urllib.parse import unquote

import structlog

from peripherals.device import DeviceState, DeviceStatus, DeviceUrl, LifecycleStage, Timings
from peripherals.documents.chip.pcsc import PcscSlot
from peripherals.documents.chip.port import IDENTITY, ChipReader, Progress
from peripherals.documents.chip.slot import Ended, Patience, ReaderSlot
from peripherals.documents.chip.vpcd import VpcdSlot
from peripherals.documents.chip.worker import ChipWorker
from peripherals.documents.emrtd.access_key import AccessKey
from peripherals.documents.emrtd.chip_files import ChipFiles
from peripherals.documents.emrtd.files import LdsFile
from peripherals.documents.emrtd.session import ReadingLimits, read_chip
from peripherals.errors import (
    AnswerInvalidError,
    AnswerTimeoutError,
    BusyError,
    NotConnectedError,
    PeripheralError,
    UrlInvalidError,
)

log = structlog.get_logger()

_LONGEST_APDU = 65_536
#: After these the reader is connected to anew.
_LOST = (NotConnectedError, AnswerTimeoutError, AnswerInvalidError)
_PORT = 35963


class ChipReaderDevice(ChipReader):
    """A reader behind a ``Slot``.

    ``emrtd+pcsc:///NAME`` is the first reader of the smart card service whose name holds NAME; ``extended`` says how
    long an answer in extended form it takes, in bytes, where the reader does not say so itself.
    ``emrtd+vpcd://HOST:PORT`` is a simulated one.
    """

    _owned: ClassVar[set[str]] = set()

    def __init__(self, url: str, slot: ReaderSlot, timings: Timings) -> None:
        super().__init__(url, DeviceStatus(state=DeviceState.UNKNOWN))
        self._slot = slot
        self._timings = timings
        self._worker: ChipWorker | None = None
        self._owner: asyncio.Task[None] | None = None
        self._tried = asyncio.Event()
        self._lost = asyncio.Event()
        self._open = False
        self._reading = False
        #: Since when the chip has had a command that it has not answered, by the monotonic clock.
        self._asked: float | None = None

    @classmethod
    def from_url(cls, url: DeviceUrl, timings: Timings) -> Self:
        """Construct the reader at an address.

        Raises:
            UrlInvalidError: it is none.
        """
        if url.scheme == "emrtd+vpcd":
            url.only()
            if not url.host or url.path not in {"", "/"}:
                raise UrlInvalidError(part="host", value=url.text)
            slot: ReaderSlot = VpcdSlot(
                url.host,
                url.port or _PORT,
                connect_s=timings.connect_s,
                answer_s=timings.answer_s,
                chip_s=timings.chip_s,
            )
        else:
            url.only("extended")
            if url.host or url.port is not None:
                raise UrlInvalidError(part="host", value=url.text)
            told = url.number("extended", 0, 0, _LONGEST_APDU) if "extended" in url.options else None
            slot = PcscSlot(unquote(url.path).strip("/"), told)
        return cls(url.text, slot, timings)

    # What it is for.

    async def read(
        self,
        key: AccessKey,
        *,
        wait_s: float,
        wanted: frozenset[LdsFile] = IDENTITY,
        face_s: float = math.inf,
        progress: Progress | None = None,
    ) -> ChipFiles:
        """Read the chip that lies there, or comes in time."""
        patience = Patience(wait_s)
        loop = asyncio.get_running_loop()

        def tell(file: LdsFile, done: int, total: int) -> None:
            if progress is not None:
                loop.call_soon_threadsafe(progress, file, done, total)

        def work() -> ChipFiles:
            card = self._slot.connect(patience)

            def transmit(command: bytes) -> bytes:
                patience.go_on()
                self._asked = time.monotonic()
                try:
                    return card.transmit(command)
                finally:
                    self._asked = None

            try:
                limits = ReadingLimits(extended=card.extended, face_s=face_s)
                read = read_chip(transmit, key, wanted=wanted, progress=tell, limits=limits)
            finally:
                card.close()
            try:
                patience.go_on()
            except Ended:
                read.wipe()
                raise
            return read

        return await self._use("read", patience, work)

    async def find(self, *, wait_s: float) -> None:
        """Wait until any chip answers."""
        patience = Patience(wait_s)
        await self._use("find", patience, lambda: self._slot.connect(patience).close())

    async def _use[T](self, call: str, patience: Patience, work: Callable[[], T]) -> T:
        self._require(call, LifecycleStage.ENABLED)
        if self._reading:
            raise BusyError(port=self._slot.key)
        if not self._open or self._worker is None:
            raise NotConnectedError(reason=self.status.state.value)
        self._reading = True
        future = asyncio.wrap_future(self._worker.do(work))
        try:
            return await self._finished(future)
        except BaseException as error:
            patience.end()
            future.add_done_callback(_discard)
            if isinstance(error, _LOST):
                self._lose(error)
            raise
        finally:
            self._reading = False

    async def _finished[T](self, future: asyncio.Future[T]) -> T:
        """Wait for the thread, as long as the chip does not keep it waiting for too long."""
        lost = asyncio.ensure_future(self._lost.wait())
        either: set[asyncio.Future[Any]] = {future, lost}
        try:
            while True:
                await asyncio.wait(either, timeout=self._timings.chip_s, return_when=asyncio.FIRST_COMPLETED)
                if future.done():
                    return future.result()
                if lost.done():
                    raise NotConnectedError(reason="disconnected")
                asked = self._asked
                if asked is not None and time.monotonic() - asked >= self._timings.chip_s:
                    raise AnswerTimeoutError(seconds=self._timings.chip_s)
        finally:
            lost.cancel()

    # The life cycle.

    async def _claim(self) -> None:
        if self._slot.key in self._owned:
            raise BusyError(port=self._slot.key)
        self._owned.add(self._slot.key)

    async def _enable(self) -> None:
        self._tried.clear()
        self._publish(DeviceStatus(state=DeviceState.STARTING))
        self._worker = ChipWorker(f"reader {self._slot.key}")
        self._owner = asyncio.create_task(self._own(self._worker), name=f"owner of {self._slot.key}")
        self._owner.add_done_callback(self._ended)
        await self._tried.wait()

    async def _release(self) -> None:
        owner, self._owner = self._owner, None
        worker, self._worker = self._worker, None
        self._open = False
        self._lost.set()
        if owner is not None:
            owner.cancel()
            await asyncio.wait([owner])
        if worker is not None:
            closed = asyncio.wrap_future(worker.do(self._slot.close))
            worker.stop()
            # A reader that hangs is left to its thread.
            await asyncio.wait({closed}, timeout=self._timings.answer_s)
        self._owned.discard(self._slot.key)
        self._publish(DeviceStatus(state=DeviceState.UNKNOWN))

    async def _check_health(self) -> DeviceStatus:
        worker = self._worker
        if self._open and worker is not None and not self._reading:
            # A reader that hangs says so in its snapshot.
            with contextlib.suppress(PeripheralError, TimeoutError):
                async with asyncio.timeout(2 * self._timings.answer_s):
                    await self._check(worker)
        return self.status

    # The owner.

    async def _own(self, worker: ChipWorker) -> None:
        pause = self._timings.reopen_first_s
        known_lost = False
        while True:
            self._lost.clear()
            try:
                await self._do(worker, self._slot.open)
            except PeripheralError as error:
                self._publish(DeviceStatus(state=_state_after(error)))
                if not known_lost:
                    log.warning("device-lost", device=self.url, code=error.code, **error.placeholders)
                known_lost = True
            else:
                self._open = True
                log.info("device-connected", device=self.url)
                known_lost, pause = False, self._timings.reopen_first_s
                self._publish(DeviceStatus(state=DeviceState.ONLINE))
                self._tried.set()
                await self._watch_over(worker)
            await self._do(worker, self._slot.close)
            self._tried.set()
            await asyncio.sleep(pause)
            pause = min(pause * 2, self._timings.reopen_max_s)

    async def _watch_over(self, worker: ChipWorker) -> None:
        """Look after an open reader until it is lost; a reading that goes on is proof enough."""
        while not self._lost.is_set():
            try:
                async with asyncio.timeout(self._timings.poll_s):
                    await self._lost.wait()
            except TimeoutError:
                if not self._reading:
                    with contextlib.suppress(PeripheralError):
                        await self._check(worker)

    async def _check(self, worker: ChipWorker) -> None:
        try:
            await self._do(worker, self._slot.check)
        except PeripheralError as error:
            self._lose(error)
            raise
        if self._open:
            self._publish(DeviceStatus(state=DeviceState.ONLINE))

    async def _do[T](self, worker: ChipWorker, work: Callable[[], T]) -> T:
        """Have the thread do something; as long as it is silent, so is the reader."""
        future = asyncio.wrap_future(worker.do(work))
        try:
            while not future.done():
                await asyncio.wait({future}, timeout=self._timings.answer_s)
                if not future.done() and not self._reading:
                    self._publish(DeviceStatus(state=DeviceState.UNKNOWN))
                    self._tried.set()
            return future.result()
        finally:
            future.add_done_callback(_discard)

    def _lose(self, error: PeripheralError) -> None:
        """Take note that the reader is lost. Whoever hears of it finds the snapshot right already."""
        if self._open:
            self._open = False
            self._publish(DeviceStatus(state=_state_after(error)))
            log.warning("device-lost", device=self.url, code=error.code, **error.placeholders)
        self._lost.set()

    def _ended(self, owner: asyncio.Task[None]) -> None:
        """Say it loudly where the owner came to an end by a fault of this program."""
        self._open = False
        self._tried.set()
        if owner.cancelled() or (error := owner.exception()) is None:
            return
        self._publish(DeviceStatus(state=DeviceState.UNKNOWN))
        owner.get_loop().call_exception_handler(
            {"message": f"the owner of {self._slot.key} failed", "exception": error, "task": owner}
        )


def _discard(future: asyncio.Future[Any]) -> None:
    """Wipe what came after all, and leave no exception that nobody took."""
    if not future.cancelled() and future.exception() is None and isinstance(read := future.result(), ChipFiles):
        read.wipe()


def _state_after(error: PeripheralError) -> DeviceState:
    if isinstance(error, AnswerTimeoutError | AnswerInvalidError):
        return DeviceState.UNKNOWN
    return DeviceState.NO_DEVICE if error.placeholders.get("reason") == "no-line" else DeviceState.OFFLINE
