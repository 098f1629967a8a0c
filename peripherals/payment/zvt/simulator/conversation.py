"""How a simulated terminal talks: it waits for an answer after whatever it says, and hears an abort meanwhile."""

import asyncio

from peripherals.payment.zvt.apdu import DONE, WAIT, Apdu, ControlField, refuse
from peripherals.payment.zvt.simulator.script import Script
from peripherals.payment.zvt.simulator.wire import RegisterWire
from peripherals.simulation import PtyLine, SimulatedLine


class CutError(Exception):
    """The line was dropped, or the power, on purpose."""


class Conversation:
    """The line of one terminal, and what is said over it. ``times`` are T1 and T2 of the serial link."""

    def __init__(self, line: SimulatedLine, times: tuple[float, float]) -> None:
        self._script = Script()
        #: What is under way of its patience, and since when, in seconds of the loop.
        self._patient: tuple[asyncio.Timeout, float] | None = None
        #: CLASS and INSTR of every command that came, for whoever counts them.
        self.commands: list[int] = []
        self._line = line
        self._wire = RegisterWire(line, self._came, serial=isinstance(line, PtyLine), t1_s=times[0], t2_s=times[1])
        self._inbox: asyncio.Queue[Apdu] = asyncio.Queue()
        self._aborting = False

    @property
    def script(self) -> Script:
        """What it shall do. Another patience holds for the answer that is waited for just now, too."""
        return self._script

    @script.setter
    def script(self, script: Script) -> None:
        self._script = script
        if self._patient is not None and not self._patient[0].expired():
            limit, since = self._patient
            limit.reschedule(since + script.patience_s)

    @property
    def address(self) -> str:
        return self._line.address

    def _came(self, apdu: Apdu) -> None:
        self._inbox.put_nowait(apdu)

    def _clear(self) -> None:
        self._wire.reset()
        self._inbox = asyncio.Queue()

    async def _cut(self) -> None:
        """Drop the line: whoever is connected has to come back."""
        await self._line.unplug()
        self._clear()
        await self._line.plug()
        raise CutError

    async def _send(self, apdu: Apdu) -> Apdu | None:
        """Say something, and give the answer, or None where none came in time."""
        await self._wire.send(apdu)
        answer = await self._patiently()
        if self._wire.doubles and answer is not None:
            # Who is told twice answers twice.
            await self._answer(min(0.2, self.script.patience_s))
        return answer

    async def _patiently(self) -> Apdu | None:
        since = asyncio.get_running_loop().time()
        try:
            async with asyncio.timeout_at(since + self.script.patience_s) as limit:
                self._patient = limit, since
                return await self._next_answer()
        except TimeoutError:
            return None
        finally:
            self._patient = None

    async def _answer(self, seconds: float) -> Apdu | None:
        try:
            async with asyncio.timeout(seconds):
                return await self._next_answer()
        except TimeoutError:
            return None

    async def _next_answer(self) -> Apdu:
        while True:
            apdu = await self._inbox.get()
            if apdu.positive or apdu.refusal is not None:
                return apdu
            await self._meanwhile(apdu)

    async def _meanwhile(self, apdu: Apdu) -> None:
        """Take a command while another goes on: only an abort."""
        self.commands.append(apdu.control)
        if apdu.control == ControlField.ABORT:
            self._aborting = True
            await self._wire.send(DONE)
        else:
            await self._wire.send(refuse(WAIT))

    async def _person(self, seconds: float) -> None:
        """Wait for somebody, and hear an abort meanwhile."""
        try:
            async with asyncio.timeout(seconds):
                while not self._aborting:
                    apdu = await self._inbox.get()
                    if not apdu.positive and apdu.refusal is None:
                        await self._meanwhile(apdu)
        except TimeoutError:
            pass
