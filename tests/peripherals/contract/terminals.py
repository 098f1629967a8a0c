"""Payment terminals before the tests of what every driver promises."""

import asyncio
import dataclasses
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from peripherals.device import Device, DeviceState, LifecycleStage
from peripherals.errors import PeripheralError
from peripherals.money import Amount
from peripherals.payment.nexo.simulator.server import NexoSimulator
from peripherals.payment.port import Order, PaymentTerminal, Result, Transaction
from peripherals.payment.zvt.simulator.terminal import TerminalSimulator
from tests.peripherals.contract.rig import TIMINGS, Rig, online, until


class NexoRig(Rig):
    """A simulated payment terminal; whatever its answers become, a card is charged once for each order."""

    timings = dataclasses.replace(TIMINGS, payment_s=1, poll_s=0.02, terminal_poll_s=0.1)

    def __init__(self, scheme: str, folder: Path) -> None:
        super().__init__(scheme, folder)
        self.simulator = self.line
        self._orders = 0

    def _line(self) -> Any:
        return NexoSimulator(self.folder)

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.line.address}{self.line.query}"

    async def exchange(self, device: Device[Any]) -> None:
        if device.stage is LifecycleStage.ENABLED:
            await until(device, online)
        assert (await self._pay(device)).result is Result.APPROVED
        assert self._charges() == self._orders

    async def silence(self, silent: bool) -> None:
        self.simulator.silent = silent

    async def half_a_frame(self, device: Device[Any]) -> None:
        await self._despite(device, "half")

    async def garbage(self, device: Device[Any]) -> None:
        self.simulator.garbage = True
        assert (await device.check_health()).state is DeviceState.UNKNOWN
        self.simulator.garbage = False
        await self._despite(device, "garbage")

    async def late(self, device: Device[Any]) -> None:
        # The answer comes when nobody waits for it any more, while its status is asked for.
        self.simulator.terminal.set(slow_s=1.2)
        assert (await self._pay(device)).result is Result.APPROVED
        assert self._charges() == self._orders
        self.simulator.terminal.set(slow_s=0)

    async def duplicate(self, device: Device[Any]) -> None:
        await self._despite(device, "twice")
        await self._despite(device, "replay")

    async def power_cycle(self, device: Device[Any]) -> None:
        assert isinstance(device, PaymentTerminal)
        await self.exchange(device)
        mark = await device.mark()
        self.simulator.terminal.set(slow_s=30)
        paying = asyncio.create_task(self._pay(device, mark))
        await self.simulator.midway.wait()
        await self.simulator.power_cycle()
        assert (await paying).result is Result.FAILED
        self._orders -= 1
        self.simulator.terminal.set(slow_s=0)
        assert self._charges() == self._orders

    async def _despite(self, device: Device[Any], fault: str) -> None:
        self.simulator.fault = fault
        await self.exchange(device)

    async def _pay(self, device: Device[Any], mark: str = "") -> Transaction:
        assert isinstance(device, PaymentTerminal)
        order = Order(str(uuid.uuid4()), Amount(1234, "EUR"), mark=mark)
        transaction = await device.pay(order, follow=lambda _: None, decide=self._decide)
        self._orders += 1
        return transaction

    async def _decide(self, transaction: Transaction) -> bool:
        return transaction.result is Result.APPROVED

    def _charges(self) -> int:
        return sum(total["charges"] for total in self.simulator.journal.totals().values())


class ZvtRig(Rig):
    """A payment terminal. Whatever goes wrong, nobody is charged without its being known, or twice."""

    #: Long enough for a machine on which this process is not run for some hundred milliseconds.
    options = "?t1_ms=300&t2_ms=450&t3_ms=900&t4_s=6&hold_ms=300"
    price = Amount(1250, "EUR")

    def __init__(self, scheme: str, folder: Path) -> None:
        super().__init__(scheme, folder)
        self.simulator = TerminalSimulator(self.line, folder / "books", times=(0.3, 0.45))
        self.simulator.set(patience_s=1.8, repeat_s=0.15)

    @property
    def charged(self) -> int:
        return int(self.simulator.books.sums.get(978, 0))

    async def exchange(self, device: Device[Any]) -> None:
        before = self.charged
        paid = await self._pay(device)
        assert paid.result is Result.APPROVED, paid
        assert self.charged == before + self.price.minor

    async def silence(self, silent: bool) -> None:
        self.simulator.set(silent=silent)

    async def half_a_frame(self, device: Device[Any]) -> None:
        await self._in_mid_payment(device, lambda: self._set(half=True))

    async def garbage(self, device: Device[Any]) -> None:
        self.simulator.set(garbage=True)
        await self._refused(device, "device-not-connected", "device-timeout")
        self.simulator.set(garbage=False)
        await until(device, online)

    async def late(self, device: Device[Any]) -> None:
        self.simulator.set(late_s=1.35)
        await self._refused(device, "device-timeout")
        self.simulator.set(late_s=0.0)

    async def duplicate(self, device: Device[Any]) -> None:
        self.simulator.set(twice=True, lost_acks=2)
        await self.exchange(device)
        self.simulator.set(twice=False, lost_acks=0)

    async def power_cycle(self, device: Device[Any]) -> None:
        await self._in_mid_payment(device, self.simulator.power_cycle)

    async def _set(self, **changes: object) -> None:
        self.simulator.set(**changes)

    async def _in_mid_payment(self, device: Device[Any], strike: Callable[[], Any]) -> None:
        """Do something while the bank is asked: the result is in doubt, and then found out."""
        assert isinstance(device, PaymentTerminal)
        await self.exchange(device)
        before = self.charged
        self.simulator.set(bank_s=0.1)
        order = Order("in-doubt", self.price, mark=await device.mark())
        paying = asyncio.create_task(self._pay(device, order))
        await self.simulator.midway.wait()
        await strike()
        told = await paying
        self.simulator.set(bank_s=0.0, half=False)
        if told.result is Result.IN_DOUBT:
            await until(device, online)
            found = await device.look_up(order)
            assert found is None or (found.result, found.reason) == (Result.FAILED, "reversed-by-terminal")
            assert self.charged == before
        else:
            # On a serial line the half is sent again.
            assert (told.result, self.charged) == (Result.APPROVED, before + self.price.minor)

    async def _refused(self, device: Device[Any], *codes: str) -> None:
        with pytest.raises(PeripheralError) as caught:
            await self._pay(device)
        assert caught.value.code in codes
        assert self.charged == 0

    async def _pay(self, device: Device[Any], order: Order | None = None) -> Transaction:
        assert isinstance(device, PaymentTerminal)

        async def issue(_: Transaction) -> bool:
            return True

        order = order or Order("order", self.price)
        return await device.pay(order, follow=lambda _: None, decide=issue)
