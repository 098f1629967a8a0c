"""A ZVT terminal as the owner of its port sees it: registered after each connect, asked now and then how it is.

What the terminal says while nobody waits for it is answered, so that it does not hang: a result that would charge is
refused, since nobody would know of the payment.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Self

import structlog

from peripherals.device import DeviceState, DeviceUrl, HealthAnswer, Timings
from peripherals.errors import AnswerTimeoutError, NotConnectedError, TerminalRefusedError
from peripherals.money import Amount
from peripherals.owner import Address, Job, PortDevice
from peripherals.payment.port import TerminalStatus
from peripherals.payment.zvt import codes, commands
from peripherals.payment.zvt.apdu import WAIT, Apdu
from peripherals.payment.zvt.bmp import Bmp
from peripherals.payment.zvt.channel import ByteChannel, SerialChannel, TcpChannel
from peripherals.payment.zvt.dialogue import Dialogue, DialogueEnd, How, answer_to_stray
from peripherals.payment.zvt.exchange import HALF_A_FRAME, Exchange
from peripherals.payment.zvt.options import Options, address

log = structlog.get_logger()

#: Status byte of a completed registration.
_NEEDS_INITIALISATION, _NEEDS_DIAGNOSIS = 0x01, 0x02
#: How many of them wait for an answer; who says more gets none.
_MAX_STRAYS = 16
#: How long something that nobody asked for is waited for after a query, in seconds.
_STRAY_S = 0.02
#: Times that a line which is out of step may go on talking before it is connected anew.
_ROUNDS = 3


class ZvtLine(PortDevice[TerminalStatus]):
    def __init__(self, url: str, place: Address, timings: Timings, options: Options, *, serial: bool) -> None:
        super().__init__(url, TerminalStatus(state=DeviceState.UNKNOWN), place, timings)
        self._options = options
        self._channel: ByteChannel = (
            SerialChannel(self._send, options.t1_s, options.t2_s) if serial else TcpChannel(self._send)
        )
        self._exchange: Exchange | None = None
        self._registered = HealthAnswer.UNKNOWN
        self._reason = ""
        #: Something late may still be under way, and would be taken for the answer to the next command.
        self._out_of_step = False
        self._asked_at = float("-inf")
        self._timer: asyncio.TimerHandle | None = None
        self._strays: asyncio.Queue[Apdu] = asyncio.Queue()

    @classmethod
    def from_url(cls, url: DeviceUrl, timings: Timings) -> Self:
        """Read the address and its options (``options``).

        Raises:
            UrlInvalidError: names the part that cannot be used.
        """
        options = Options.from_url(url)
        return cls(url.text, address(url), timings, options, serial=url.scheme == "zvt+serial")

    # What the owner calls.

    def _status_without(self, state: DeviceState) -> TerminalStatus:
        prints = HealthAnswer.YES if self._options.receipts == "terminal" else HealthAnswer.NO
        return TerminalStatus(state=state, registered=self._registered, prints=prints)

    def _received(self, data: memoryview) -> None:
        for apdu in self._channel.feed(data):
            if self._exchange is not None:
                self._exchange.came(apdu)
            else:
                self._stray(apdu)
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._channel.begun:
            self._timer = asyncio.get_running_loop().call_later(self._timings.frame_s, self._half_a_frame)

    async def _greet(self) -> None:
        self._publish(self._status_without(DeviceState.UNKNOWN))
        if await self._register():
            await self._enquire()

    async def _poll(self) -> bool:
        now = asyncio.get_running_loop().time()
        well = self._registered is HealthAnswer.YES and self.status.state is DeviceState.ONLINE
        return True if well and now - self._asked_at < self._options.poll_s else await self._enquire()

    async def _health(self, _: Job[None]) -> None:
        await self._enquire()

    def _cut(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._channel.reset()
        self._exchange = None
        self._registered = HealthAnswer.UNKNOWN
        self._out_of_step = False
        self._strays = asyncio.Queue()

    # Commands.

    async def _talk(self, command: Apdu) -> Dialogue:
        """Hold a dialogue that moves no money by itself, to its end; for the owner's jobs only.

        Raises:
            NotConnectedError: the connection ended.
        """
        return await self._converse(Dialogue(command, self._options.times, charset=self._options.charset), Exchange())

    async def _query(self, command: Apdu) -> Dialogue:
        """Hold one that changes nothing, again where the terminal is busy; what comes twice is answered twice."""
        for _ in range(_ROUNDS):
            dialogue = await self._talk(command)
            await self._listen_on(_STRAY_S)
            if dialogue.end is None or dialogue.end.code != WAIT or dialogue.end.how is not How.REFUSED:
                break
            await self._listen_on(self._options.times.hold_s)
        return dialogue

    async def _converse(self, dialogue: Dialogue, exchange: Exchange) -> Dialogue:
        self._exchange = exchange
        try:
            end = await exchange.run(dialogue, self._channel)
        finally:
            self._exchange = None
        for apdu in exchange.left():
            self._stray(apdu)
        if end.how is How.SILENT:
            self._out_of_step = True
            if self._channel.begun:
                raise NotConnectedError(reason=HALF_A_FRAME)
        for status in dialogue.statuses:
            if status.stopped is not None:
                log.warning("zvt-field-unknown", device=self.url, field=f"{status.stopped:02x}")
        return dialogue

    async def _asked(self, command: Apdu) -> DialogueEnd:
        """Hold one dialogue that has to have an end.

        Raises:
            AnswerTimeoutError: the terminal fell silent.
        """
        end = (await self._query(command)).end
        if end is None or end.how is How.SILENT:
            raise AnswerTimeoutError(seconds=self._options.times.t3_s)
        return end

    async def _register(self) -> bool:
        """Register; whether the terminal answered at all."""
        options = self._options
        currency = Amount(0, options.currency).numeric
        command = commands.registration(options.password, commands.RECEIPTS[options.receipts], currency)
        try:
            end = await self._asked(command)
        except AnswerTimeoutError:
            self._publish(self._status_without(DeviceState.UNKNOWN))
            return False
        self._registered = HealthAnswer.YES if end.how is How.COMPLETED else HealthAnswer.NO
        if self._registered is HealthAnswer.NO:
            before, self._reason = self._reason, codes.result(end.code)[1]
            if before != self._reason:
                log.warning("terminal-not-registered", device=self.url, reason=self._reason)
            self._publish(self._status_without(DeviceState.DEVICE_BUSY if end.code == WAIT else DeviceState.OFFLINE))
            return True
        needs = end.fields.number(Bmp.KIND) or 0
        if needs & _NEEDS_INITIALISATION:
            self._later(commands.initialisation(options.password))
        elif needs & _NEEDS_DIAGNOSIS:
            self._later(commands.DIAGNOSIS)
        return True

    async def _enquire(self) -> bool:
        """Ask the terminal how it is, and publish it; whether it answered."""
        self._asked_at = asyncio.get_running_loop().time()
        if self._registered is not HealthAnswer.YES and not await self._register():
            return False
        if self._registered is HealthAnswer.NO:
            return True
        try:
            end = await self._asked(commands.STATUS_ENQUIRY)
        except AnswerTimeoutError:
            self._publish(self._status_without(DeviceState.UNKNOWN))
            return False
        state, self._reason = codes.state(end.code)
        if end.code == codes.NOT_REGISTERED:
            self._registered = HealthAnswer.NO
        self._publish(self._status_without(state))
        return True

    async def _ready(self) -> None:
        """See that the terminal can do something that moves money.

        Raises:
            TerminalRefusedError: it is not registered, or says that it takes no payment.
            AnswerTimeoutError: it is silent.
            NotConnectedError: the line is out of step, and is connected anew.
        """
        await self._settle()
        if not await self._enquire():
            raise AnswerTimeoutError(seconds=self._options.times.t3_s)
        if self._reason or self._registered is not HealthAnswer.YES:
            raise TerminalRefusedError(reason=self._reason or "not-registered")

    async def _settle(self) -> None:
        """Wait until nothing late comes any more."""
        for _ in range(_ROUNDS):
            if not self._out_of_step:
                return
            self._out_of_step = False
            await self._listen_on(self._options.times.t3_s)
        raise NotConnectedError(reason="out-of-step")

    async def _listen_on(self, seconds: float) -> None:
        """Wait, and answer what nobody waits for."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while True:
            try:
                async with asyncio.timeout_at(end):
                    stray = await self._strays.get()
            except TimeoutError:
                return
            await self._answer(stray)

    def _half_a_frame(self) -> None:
        """Connect anew: the rest of what was begun would be taken from what the terminal says next."""
        self._timer = None
        if self._exchange is not None:
            self._exchange.break_off()
            return

        async def give_up(_: Job[None]) -> None:
            raise NotConnectedError(reason=HALF_A_FRAME)

        self._queue(give_up)

    # What nobody waits for.

    def _stray(self, apdu: Apdu) -> None:
        self._out_of_step = True
        if apdu.positive or apdu.refusal is not None or self._strays.qsize() >= _MAX_STRAYS:
            return
        log.warning("terminal-stray", device=self.url, what=apdu.name)
        self._strays.put_nowait(apdu)

        async def answer(_: Job[None]) -> None:
            # Whatever was done meanwhile may have answered it already.
            while not self._strays.empty():
                await self._answer(self._strays.get_nowait())

        self._queue(answer)

    async def _answer(self, stray: Apdu) -> None:
        try:
            await self._channel.send(answer_to_stray(stray))
        except AnswerTimeoutError:
            self._out_of_step = True

    def _later(self, command: Apdu) -> None:
        async def work(_: Job[None]) -> None:
            await self._talk(command)
            await self._enquire()

        self._queue(work)

    def _queue(self, work: Callable[[Job[None]], Awaitable[None]]) -> None:
        job = Job(work, asyncio.get_running_loop().create_future())
        # Nobody waits for it: what it fails with shows in the status.
        job.future.add_done_callback(lambda future: future.cancelled() or future.exception())
        self._jobs.put_nowait(job)
