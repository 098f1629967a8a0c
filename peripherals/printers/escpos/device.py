"""A receipt printer that speaks ESC/POS, over TCP, a serial line or USB's printer class.

``escpos+tcp://host:port?width=576``, ``escpos+usb://04b8-0e28`` and
``escpos+serial:///dev/serial/by-id/...?baud=38400&width=512``.
``proof`` says how a job is proved: ``echo`` (GS ( H), ``status`` (a printer without it), or ``auto``, which tries
the echo once after each connect.
"""

import asyncio
import contextlib
import secrets
from dataclasses import replace
from typing import Any, Self

from peripherals.device import DeviceState, DeviceUrl, HealthAnswer, LifecycleStage, Timings
from peripherals.errors import (
    AnswerInvalidError,
    AnswerTimeoutError,
    CoverOpenError,
    ImageInvalidError,
    NotProvedError,
    PaperOutError,
    PrinterError,
    UrlInvalidError,
)
from peripherals.owner import Address, Job, PortDevice
from peripherals.printers.escpos import commands
from peripherals.printers.escpos.answers import (
    AnswerFramer,
    AutoStatus,
    Echo,
    Event,
    RealTimeStatus,
    from_auto,
    from_real_time,
)
from peripherals.printers.port import MAX_WIDTH, MonoImage, PaperState, POSPrinter, PrinterStatus, PrintProof
from peripherals.transports import serial
from peripherals.transports.serial import SerialAddress
from peripherals.transports.tcp import TcpAddress
from peripherals.transports.usb_printer import UsbPrinterAddress

_PROOFS = {"auto": HealthAnswer.UNKNOWN, "echo": HealthAnswer.YES, "status": HealthAnswer.NO}
#: How long an answer that nobody asked for is waited for after a round of queries, in seconds.
_STRAY_S = 0.02
#: For so long before a job what a health check found need not be asked again, in seconds.
_FRESH_S = 1.0


class EscposPrinter(PortDevice[PrinterStatus], POSPrinter):
    def __init__(self, url: str, address: Address, timings: Timings, *, width: int = 576, proof: str = "auto") -> None:
        super().__init__(url, PrinterStatus(), address, timings)
        self.width = width
        self._configured = _PROOFS[proof]
        self._proves = self._configured
        self._framer = AnswerFramer()
        self._waiting: asyncio.Future[int] | None = None
        #: Whether something came that nobody asked for, so that answers may be out of step with queries.
        self._stray = False
        self._echoes: dict[bytes, asyncio.Future[None]] = {}
        self._count = secrets.randbelow(1 << 16)
        self._changed = asyncio.Event()
        #: How often it has said by itself that something changed, on this connection; 0 for one that never does.
        self._pushes = 0
        #: Until when the next job takes its word for how it is, by the clock of the loop.
        self._fresh_until = 0.0

    @classmethod
    def from_url(cls, url: DeviceUrl, timings: Timings) -> Self:
        """Read ``width`` and ``proof`` and the settings of the line.

        Raises:
            UrlInvalidError: names the part that cannot be used.
        """
        address: Address
        if url.scheme == "escpos+tcp":
            url.only("width", "proof")
            if not url.host or url.path not in {"", "/"}:
                raise UrlInvalidError(part="host", value=url.text)
            address = TcpAddress(url.host, url.port or 9100)
        elif url.scheme == "escpos+usb":
            url.only("width", "proof")
            address = UsbPrinterAddress.from_url(url)
        else:
            url.only("width", "proof", *serial.OPTIONS)
            address = SerialAddress.from_url(url, baud=38400)
        proof = url.options.get("proof", "auto")
        if proof not in _PROOFS:
            raise UrlInvalidError(part="proof", value=proof)
        width = url.number("width", 576, 8, MAX_WIDTH)
        return cls(url.text, address, timings, width=width, proof=proof)

    async def print_image(self, image: MonoImage) -> PrintProof:
        self._require("print_image", LifecycleStage.ENABLED)
        if image.width > self.width:
            raise ImageInvalidError(part="width", value=image.width, wanted=self.width)

        async def work(job: Job[PrintProof]) -> PrintProof:
            return await self._print(job, image)

        return await self._do(work)

    # What the owner calls.

    def _status_without(self, state: DeviceState) -> PrinterStatus:
        return PrinterStatus(state=state, proves=self._proves)

    def _received(self, data: memoryview) -> None:
        for event in self._framer.feed(data):
            self._accept(event)

    async def _greet(self) -> None:
        await self._send(commands.INITIALIZE + commands.AUTO_STATUS)
        await self._poll()

    async def _health(self, job: Job[None]) -> None:
        await super()._health(job)
        if self._pushes and self.status.state is DeviceState.ONLINE:
            self._fresh_until = asyncio.get_running_loop().time() + _FRESH_S

    async def _poll(self) -> bool:
        try:
            status = await self._ask()
        except (AnswerTimeoutError, AnswerInvalidError) as error:
            return isinstance(error, AnswerInvalidError)
        if status.state is DeviceState.ONLINE:
            await self._find_out_proof()
        return True

    def _cut(self) -> None:
        self._framer.reset()
        self._stray = False
        self._pushes = 0
        self._fresh_until = 0.0
        self._proves = self._configured
        self._waiting = None
        self._echoes.clear()

    # Answers.

    def _accept(self, event: Event) -> None:
        match event:
            case RealTimeStatus(value):
                if self._waiting is None or self._waiting.done():
                    self._stray = True
                else:
                    self._waiting.set_result(value)
            case AutoStatus(values):
                self._pushes += 1
                self._publish(from_auto(values, self._proves))
                self._changed.set()
            case Echo(number):
                # The echo of a job that was given up long ago tells nobody anything.
                if (future := self._echoes.get(number)) and not future.done():
                    future.set_result(None)
            case _:
                if self._waiting is not None and not self._waiting.done():
                    # What belongs to it may still be under way.
                    self._stray = True
                    self._waiting.set_exception(AnswerInvalidError())

    async def _ask(self) -> PrinterStatus:
        """Ask all four status bytes, publish what they say, and give it.

        A late or doubled answer would be taken for the answer to the next question. So before the first
        question the line is listened to until it is quiet, if anything stray came, and after the last one an
        answer too many makes all of them worthless.

        Raises:
            AnswerTimeoutError: no answer to one of them.
            AnswerInvalidError: an answer that is none, or one too many.
            NotConnectedError: the connection ended.
        """
        pushes = self._pushes
        try:
            values = await self._ask_all()
        except (AnswerTimeoutError, AnswerInvalidError):
            self._publish(self._status_without(DeviceState.UNKNOWN))
            raise
        if self._pushes != pushes:
            # Whatever changes it says by itself, so nothing that it has answered is newer than what it said meanwhile.
            return self.status
        return self._publish(from_real_time(values, self._proves))

    async def _ask_twice(self) -> PrinterStatus:
        """Return the status. An answer that is none is asked for once more: it may be a late echo.

        Raises:
            AnswerTimeoutError: no answer to one of the questions.
            AnswerInvalidError: an answer that is none, or one too many, both times.
            NotConnectedError: the connection ended.
        """
        try:
            return await self._ask()
        except AnswerInvalidError:
            return await self._ask()

    async def _ask_all(self) -> bytes:
        await self._drain()
        values = bytes([await self._ask_one(what) for what in commands.QUERIES])
        await asyncio.sleep(_STRAY_S)
        if self._stray:
            raise AnswerInvalidError
        return values

    async def _ask_one(self, what: int) -> int:
        self._waiting = asyncio.get_running_loop().create_future()
        try:
            await self._send(commands.query(what))
            async with asyncio.timeout(self._timings.answer_s):
                return await self._waiting
        except TimeoutError as error:
            # The answer may still be under way.
            self._stray = True
            raise AnswerTimeoutError(seconds=self._timings.answer_s) from error
        finally:
            self._waiting = None

    async def _drain(self) -> None:
        if not self._stray:
            return
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._timings.answer_s * 3):
                while self._stray:
                    self._stray = False
                    await asyncio.sleep(self._timings.answer_s / 2)
        self._framer.reset()
        self._stray = False

    # Printing.

    async def _find_out_proof(self) -> None:
        """Ask for an echo outside of any job: a printer that has the command returns it at once."""
        if self._proves is not HealthAnswer.UNKNOWN:
            return
        number, echo = self._expect_echo()
        try:
            await self._send(commands.echo(number))
            async with asyncio.timeout(self._timings.answer_s):
                await echo
        except TimeoutError:
            self._proves = HealthAnswer.NO
        else:
            self._proves = HealthAnswer.YES
        finally:
            del self._echoes[number]
        self._publish(replace(self.status, proves=self._proves))

    async def _print(self, job: Job[PrintProof], image: MonoImage) -> PrintProof:
        is_fresh = asyncio.get_running_loop().time() < self._fresh_until
        self._fresh_until = 0.0
        _refuse(self.status if is_fresh else await self._ask_twice())
        await self._find_out_proof()
        number, echo = self._expect_echo()
        job.begun = True
        try:
            # Only a printer that is known to answer is asked: others may print the question.
            asked = number if self._proves is HealthAnswer.YES else None
            return await self._hand_over(commands.job(image, asked), echo)
        finally:
            self._echoes.pop(number, None)

    async def _hand_over(self, data: bytes, echo: asyncio.Future[None]) -> PrintProof:
        """Send a job and wait for its end: the echo, a fault, or the end of patience."""
        sending = asyncio.create_task(self._send_all(data))
        try:
            await self._wait_sent(sending)
        finally:
            sending.cancel()
        proves = self._proves is HealthAnswer.YES
        healthy = False
        loop = asyncio.get_running_loop()
        end = loop.time() + (self._timings.proof_s if proves else self._timings.settle_s)
        while (left := end - loop.time()) > 0:
            if await self._echoed(echo, min(self._timings.answer_s, left)):
                return PrintProof.PROVED
            healthy = await self._healthy(echo)
        if healthy and not proves:
            return PrintProof.STATUS
        raise NotProvedError(fault="silent")

    async def _wait_sent(self, sending: asyncio.Task[None]) -> None:
        """Wait until all is sent. A printer that pushes a fault meanwhile may never take the rest."""
        while not sending.done():
            self._changed.clear()
            changed = asyncio.create_task(self._changed.wait())
            try:
                await asyncio.wait({sending, changed}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                changed.cancel()
            _abort(self.status)
        await sending

    async def _send_all(self, data: bytes) -> None:
        for piece in commands.pieces(data):
            await self._send(piece)

    async def _echoed(self, echo: asyncio.Future[None], seconds: float) -> bool:
        """Wait for the echo, or for a push that tells of a fault."""
        changed = asyncio.create_task(self._changed.wait())
        try:
            self._changed.clear()
            either: set[asyncio.Future[Any]] = {echo, changed}
            await asyncio.wait(either, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            changed.cancel()
        return echo.done()

    async def _healthy(self, echo: asyncio.Future[None]) -> bool:
        """Ask how the printer is in mid-job; silence is not yet the end, a fault is, unless the echo is there."""
        try:
            status = await self._ask()
        except (AnswerTimeoutError, AnswerInvalidError):
            return False
        if not echo.done():
            _abort(status)
        return True

    def _expect_echo(self) -> tuple[bytes, asyncio.Future[None]]:
        self._count += 1
        number = commands.echo_number(self._count)
        self._echoes[number] = asyncio.get_running_loop().create_future()
        return number, self._echoes[number]


def _refuse(status: PrinterStatus) -> None:
    """Raise what keeps a job from beginning."""
    if status.paper is PaperState.OUT:
        raise PaperOutError
    if status.cover_open is HealthAnswer.YES:
        raise CoverOpenError
    fault = _fault(status)
    if fault:
        raise PrinterError(fault=fault)


def _abort(status: PrinterStatus) -> None:
    """Raise what ends a job in the middle."""
    fault = _fault(status)
    if fault:
        raise NotProvedError(fault=fault)


def _fault(status: PrinterStatus) -> str:
    if status.paper is PaperState.OUT:
        return "paper-out"
    if status.cover_open is HealthAnswer.YES:
        return "cover-open"
    if status.cutter_error is HealthAnswer.YES:
        return "cutter"
    if status.mechanical_error is HealthAnswer.YES:
        return "mechanism"
    return "offline" if status.state is DeviceState.OFFLINE else ""
