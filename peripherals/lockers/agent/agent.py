"""The agent of a bank: one task that owns device and journal, and does what was decided once it is on the disk.

Nothing is pulsed before its intent is committed, and nobody hears of what is not. What the disk does not take does not
happen: then no order is accepted, and no lock gets current.
"""

import asyncio
import contextlib
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import structlog

from peripherals.device import DeviceState, HealthAnswer
from peripherals.errors import LockerJournalError, OrderRefusedError, PeripheralError
from peripherals.lockers.agent import decide
from peripherals.lockers.agent.events import AlarmRaised, Event, PulseIntended
from peripherals.lockers.agent.evolve import replay
from peripherals.lockers.agent.journal import IntentEntry, Journal
from peripherals.lockers.agent.model import Bank, DoorOpening, OpeningStage, OpeningTimes, Sensed
from peripherals.lockers.agent.order_keys import OrderKeys
from peripherals.lockers.port import Compartment, LockerBank
from queue_server.contract.lockers import LockerOrder, SignedOrder
from queue_server.domain.lockers import FRAUD, OrderRefusal

_log = structlog.get_logger(__name__)

#: How often the time is looked at, in seconds, while a door is being opened and else.
_TICK_S, _IDLE_TICK_S = 0.05, 1.0
#: States in which the doors have been heard; those of a board that is silent are unknown.
_HEARD = frozenset({DeviceState.ONLINE, DeviceState.HARDWARE_ERROR})
#: Orders that wait at most.
_WAITING = 16


@dataclass(frozen=True, slots=True)
class _Asked:
    order: LockerOrder
    answer: asyncio.Future[int]


@dataclass(frozen=True, slots=True)
class _Pulse:
    """A pulse on its way, and of which opening it is."""

    work: asyncio.Task[HealthAnswer]
    order: str
    attempt: int

    def belongs_to(self, opening: DoorOpening | None) -> bool:
        return opening is not None and (opening.order, opening.attempt) == (self.order, self.attempt)


class LockerAgent:
    """``bank_id`` is who this bank is, ``keys`` whose orders it takes.

    ``clock`` gives the second of the epoch at the server, None where nobody knows it; ``now`` that of a clock that only
    goes forward. ``own_clock`` is this machine's: it only says when something happened.
    """

    def __init__(
        self,
        device: LockerBank,
        journal: Journal,
        bank_id: str,
        keys: OrderKeys,
        times: OpeningTimes,
        *,
        clock: Callable[[], float | None] = time.time,
        now: Callable[[], float] = time.monotonic,
        own_clock: Callable[[], float] = time.time,
    ) -> None:
        self._device = device
        self._journal = journal
        self._name = bank_id
        self._keys = keys
        self._times = times
        self._clock = clock
        self._now = now
        self._own_clock = own_clock
        self._bank = Bank()
        self._compartments: dict[str, Compartment] = {}
        self._orders: asyncio.Queue[_Asked] = asyncio.Queue(_WAITING)
        self._pulse: _Pulse | None = None
        self._wake = asyncio.Event()
        self._compared = False
        self._disk = asyncio.Lock()
        #: The number of the last event that was in the journal before this process wrote to it.
        self.found_seq = 0
        #: Set once the bank was claimed, and asked how it is.
        self.ready = asyncio.Event()
        self._followers: set[asyncio.Event] = set()

    # What others ask.

    async def order(self, signed: SignedOrder) -> int:
        """Carry an order out; gives the number of its event, after which the rest is told.

        Raises:
            OrderInvalidError: the server did not sign it.
            OrderRefusedError: it is not carried out, and never is; what is ``busy`` only because others wait is.
            LockerJournalError: the disk does not take it.
        """
        asked = _Asked(self._keys.verify(signed), asyncio.get_running_loop().create_future())
        try:
            self._orders.put_nowait(asked)
        except asyncio.QueueFull:
            raise OrderRefusedError(OrderRefusal.BUSY) from None
        self._wake.set()
        return await asked.answer

    @property
    def journal_id(self) -> str:
        return self._journal.id

    @property
    def compartments(self) -> tuple[Compartment, ...]:
        """The compartments, once the agent is ready."""
        return tuple(self._compartments.values())

    @property
    def state(self) -> DeviceState:
        """The device's, but ``fraudAttempt`` while a compartment is blocked that somebody may have had a hand in."""
        forced = any(cell.blocked in FRAUD for cell in self._bank.cells.values())
        return DeviceState.FRAUD_ATTEMPT if forced else self._device.status.state

    @property
    def is_at_rest(self) -> bool:
        """Whether nothing is being opened or waits to be."""
        return self._bank.opening is None and self._pulse is None and self._orders.empty()

    async def entries(self, after: int, limit: int = 256) -> list[IntentEntry]:
        """Give what happened after a number.

        Raises:
            LockerJournalError: it cannot be read.
        """
        async with self._disk:
            return await asyncio.to_thread(self._journal.after, after, limit)

    @contextlib.contextmanager
    def following(self) -> Iterator[asyncio.Event]:
        """Give what is set whenever something has happened."""
        news = asyncio.Event()
        self._followers.add(news)
        try:
            yield news
        finally:
            self._followers.discard(news)

    # The one task.

    async def run(self) -> None:
        """Own the bank until cancelled.

        Raises:
            PeripheralError: wiring or journal cannot be used, or somebody else has the line.
        """
        self._bank = await asyncio.to_thread(self._journal.bank)
        self.found_seq = self._journal.seq
        await self._commit(decide.start(self._bank))
        async with self._device:
            self._compartments = {one.name: one for one in self._device.compartments}
            self.ready.set()
            watching = asyncio.create_task(self._watch())
            try:
                while True:
                    await self._turn()
            finally:
                watching.cancel()
                if self._pulse is not None:
                    self._pulse.work.cancel()
                while not self._orders.empty():
                    self._orders.get_nowait().answer.cancel()

    async def _watch(self) -> None:
        async for _ in self._device.watch():
            self._wake.set()

    async def _turn(self) -> None:
        tick_s = _IDLE_TICK_S if self._bank.opening is None else _TICK_S
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(tick_s):
                await self._wake.wait()
        self._wake.clear()
        try:
            await self._start_pulse()
            await self._observe()
            await self._stop_pulse()
            while not self._orders.empty():
                await self._carry_out(self._orders.get_nowait())
        except LockerJournalError as error:
            _log.error("locker-journal", code=error.code, **error.placeholders)
            await asyncio.sleep(tick_s)

    async def _start_pulse(self) -> None:
        pulse = self._pulse
        if pulse is None or not pulse.work.done():
            return
        try:
            answer: HealthAnswer | None = pulse.work.result()
        except PeripheralError as error:
            _log.warning("pulse-not-sent", code=error.code)
            answer = None
        if pulse.belongs_to(self._bank.opening):
            await self._commit(decide.pulsed(self._bank, answer, self._now()))
        self._pulse = None

    async def _stop_pulse(self) -> None:
        """Call a pulse back whose opening has ended; nothing else is opened before it is known to be over."""
        pulse = self._pulse
        if pulse is None or pulse.belongs_to(self._bank.opening):
            return
        # One that has not left never does; one that is leaving is over when the doors have been read behind it.
        pulse.work.cancel()
        await asyncio.wait({pulse.work})
        await self._device.check_health()
        self._pulse = None
        await self._observe()

    async def _observe(self) -> None:
        """Look until nothing follows any more from what is sensed."""
        opening = self._bank.opening
        if (
            opening is not None
            and opening.stage is OpeningStage.PULSED
            and self._now() - opening.since >= self._times.open_s
        ):
            # Whether a lock is pulsed once more is decided by a door that was read since.
            await self._device.check_health()
        sensed = self._sensed()
        while events := tuple(
            decide.observe(
                self._bank, self._compartments, sensed, self._times, self._now(), starting=not self._compared
            )
        ):
            await self._commit(events)
        # Once every door has been heard, what is found otherwise has changed meanwhile.
        self._compared = self._compared or self._device.status.state in _HEARD

    async def _carry_out(self, asked: _Asked) -> None:
        found: tuple[Event, ...] | OrderRefusal = decide.accept(
            self._bank,
            asked.order,
            self._name,
            self._compartments,
            self._sensed(),
            self._times,
            clock=self._clock(),
            now=self._now(),
        )
        if not self._compared and not isinstance(found, OrderRefusal):
            found = OrderRefusal.NOT_USABLE
        if asked.answer.cancelled():
            return
        refusal = None
        if isinstance(found, OrderRefusal):
            refusal = found
            _log.warning("order-refused", code=refusal, order=asked.order.id, compartment=asked.order.compartment)
            found = decide.decline(asked.order, refusal)
        try:
            last = await self._commit(found)
        except LockerJournalError as error:
            _settle(asked.answer, error)
            raise
        if refusal is not None:
            _settle(asked.answer, OrderRefusedError(refusal))
        elif not asked.answer.done():
            asked.answer.set_result(last - len(found) + 1)

    async def _commit(self, found: Iterable[Event]) -> int:
        """Put events on the disk, then let what they say come true."""
        events = tuple(found)
        if not events:
            return 0
        bank = replay(self._bank, events)
        async with self._disk:
            last = await asyncio.to_thread(self._journal.append, events, bank, self._own_clock())
        self._bank = bank
        for event in events:
            if isinstance(event, PulseIntended):
                self._begin_pulse(event)
            elif isinstance(event, AlarmRaised):
                _log.warning("alarm", kind=event.kind, compartment=event.compartment)
        for follower in self._followers:
            follower.set()
        return last

    def _begin_pulse(self, event: PulseIntended) -> None:
        assert self._bank.opening is not None  # noqa: S101 - a pulse is intended for an opening alone
        work = asyncio.create_task(self._device.pulse(event.compartment))
        work.add_done_callback(lambda _: self._wake.set())
        self._pulse = _Pulse(work, self._bank.opening.order, event.attempt)

    def _sensed(self) -> Sensed:
        return {one.name: one for one in self._device.status.compartments}


def _settle(answer: asyncio.Future[int], error: BaseException) -> None:
    if not answer.done():
        answer.set_exception(error)
