"""What every driver promises, tried on every driver over its real line and its simulator.

A driver without a rig here fails the first test.
"""

import asyncio
import dataclasses
import functools
import importlib
import threading
import uuid
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from peripherals.codes.framer import Envelope
from peripherals.codes.port import Read, Scan, ScanFailure, ScanFault, Scanner
from peripherals.codes.simulator import ScannerSimulator, as_keys, over_serial
from peripherals.device import DRIVERS, Device, DeviceState, DeviceStatus, Stage, Timings, open_device
from peripherals.documents.chip.port import ChipReader
from peripherals.documents.emrtd.access_key import MrzKey
from peripherals.documents.emrtd.files import File
from peripherals.documents.mrz import Mrz, parse
from peripherals.documents.passport.chip import Chip
from peripherals.documents.passport.line_reader import LineReader
from peripherals.documents.passport.profiles import PROFILES
from peripherals.documents.passport.specimen import build
from peripherals.documents.passport.vpcd import VirtualCard
from peripherals.documents.port import DocumentRead, DocumentReader, ReadFailure, ReadFault
from peripherals.documents.serial_reader.envelope import PRESETS
from peripherals.documents.serial_reader.simulator import ReaderSimulator
from peripherals.documents.specimens import SPECIMENS
from peripherals.errors import BusyError, LifeCycleError, NotProvedError, PeripheralError
from peripherals.payment.money import Amount
from peripherals.payment.nexo.simulator.server import NexoSimulator
from peripherals.payment.port import Order, PaymentTerminal, Result, Transaction
from peripherals.payment.zvt.simulator.terminal import TerminalSimulator
from peripherals.printers.escpos.simulator import PrinterSimulator
from peripherals.printers.port import MonoImage, POSPrinter, PrintProof
from peripherals.simulation import Line, PtyLine, TcpLine
from tests.peripherals.chip.service import READER, Service, lay_down

TIMINGS = Timings(
    reopen_first_s=0.02,
    reopen_max_s=0.1,
    connect_s=1,
    answer_s=0.25,
    poll_s=0.15,
    write_s=1,
    proof_s=2,
    settle_s=0.2,
    duplicate_s=0.5,
    frame_s=0.3,
)
IMAGE = MonoImage(576, 200, bytes((0x55,)) * 72 * 200)
LINES: dict[str, Callable[[], Line]] = {"tcp": TcpLine, "serial": PtyLine, "evdev": PtyLine, "vpcd": TcpLine}


class Rig(ABC):
    """A simulated device on its line, and what a fault means for this kind of device."""

    options = ""
    timings = TIMINGS

    def __init__(self, scheme: str, folder: Path) -> None:
        self.scheme = scheme
        self.folder = folder
        self.line = self._line()

    def _line(self) -> Any:
        return LINES[self.scheme.partition("+")[2]]()

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.line.address}{self.options}"

    simulator: Any

    @abstractmethod
    async def exchange(self, device: Device[Any]) -> None:
        """Do what this device is for, and see that it happened."""

    @abstractmethod
    async def silence(self, silent: bool) -> None: ...

    @abstractmethod
    async def half_a_frame(self, device: Device[Any]) -> None: ...

    @abstractmethod
    async def garbage(self, device: Device[Any]) -> None: ...

    @abstractmethod
    async def late(self, device: Device[Any]) -> None: ...

    @abstractmethod
    async def duplicate(self, device: Device[Any]) -> None: ...

    @abstractmethod
    async def power_cycle(self, device: Device[Any]) -> None:
        """Switch the device off and on again in mid-command."""


class PrinterRig(Rig):
    def __init__(self, scheme: str, folder: Path) -> None:
        super().__init__(scheme, folder)
        self.simulator = PrinterSimulator(self.line, folder)

    async def exchange(self, device: Device[Any]) -> None:
        assert isinstance(device, POSPrinter)
        before = len(self.simulator.tickets)
        assert await device.print_image(IMAGE) is PrintProof.PROVED
        assert len(self.simulator.tickets) == before + 1

    async def silence(self, silent: bool) -> None:
        await self.simulator.set(silent=silent)

    async def half_a_frame(self, device: Device[Any]) -> None:
        assert isinstance(device, POSPrinter)
        await self.simulator.set(bytes_left=1000)
        with pytest.raises(NotProvedError):
            await device.print_image(IMAGE)
        assert self.simulator.tickets == []
        await until(device, online)

    async def garbage(self, device: Device[Any]) -> None:
        assert isinstance(device, POSPrinter)
        await self.simulator.set(garbage=True)
        assert (await device.check_health()).state is DeviceState.UNKNOWN
        await self._refused(device, "device-answer-invalid")
        await self.simulator.set(garbage=False)

    async def late(self, device: Device[Any]) -> None:
        # The answers to these questions say that all is well, and come when it is well no more.
        await self.simulator.set(late_s=TIMINGS.answer_s * 1.2)
        await self._refused(device, "device-timeout")
        await self.simulator.set(late_s=0, paper="out")
        await self._refused(device, "printer-paper-out")
        await self.simulator.set(paper="ok")

    async def duplicate(self, device: Device[Any]) -> None:
        await self.simulator.set(duplicate=True)
        assert (await device.check_health()).state is DeviceState.UNKNOWN
        await self._refused(device, "device-answer-invalid")
        await self.simulator.set(duplicate=False)

    async def power_cycle(self, device: Device[Any]) -> None:
        assert isinstance(device, POSPrinter)
        await self.simulator.set(speed=200)
        job = asyncio.create_task(device.print_image(IMAGE))
        await self.simulator.midway.wait()
        await self.simulator.power_cycle()
        with pytest.raises(NotProvedError):
            await job
        await self.simulator.set(speed=0)
        await until(device, online)

    async def _refused(self, device: Device[Any], code: str) -> None:
        assert isinstance(device, POSPrinter)
        with pytest.raises(PeripheralError) as caught:
            await device.print_image(IMAGE)
        assert caught.value.code == code
        assert self.simulator.tickets == []


class ReaderRig(Rig):
    envelope = PRESETS["desko"]
    options = "?envelope=desko"
    document = SPECIMENS["td3"]

    def __init__(self, scheme: str, folder: Path) -> None:
        super().__init__(scheme, folder)
        self.simulator = ReaderSimulator(self.line, self.envelope)
        self.simulator.slow_byte_s = 0.01

    async def exchange(self, device: Device[Any]) -> None:
        for name in ("td1", "td2"):
            [read] = await self._show(device, SPECIMENS[name])
            assert isinstance(read, Mrz)
            assert read.valid

    async def silence(self, silent: bool) -> None:
        """Nothing to switch: a reader that nobody lays anything on is silent."""

    async def half_a_frame(self, device: Device[Any]) -> None:
        assert await self._show(device, self.document, "half") == [ReadFailure(ReadFault.TRUNCATED)]

    async def garbage(self, device: Device[Any]) -> None:
        assert await self._show(device, self.document, "garbage") == [ReadFailure(ReadFault.GARBAGE)]

    async def late(self, device: Device[Any]) -> None:
        assert await self._show(device, self.document, "slow") == [ReadFailure(ReadFault.TOO_SLOW)]

    async def duplicate(self, device: Device[Any]) -> None:
        reads = await self._show(device, self.document, "duplicate", until_seen=SPECIMENS["mrv-a"])
        assert [read.format for read in reads if isinstance(read, Mrz)] == ["TD3", "MRV-A"]

    async def power_cycle(self, device: Device[Any]) -> None:
        shown = asyncio.create_task(self._show(device, self.document, "slow"))
        await self.simulator.midway.wait()
        await self.simulator.power_cycle()
        [read] = await shown
        assert isinstance(read, ReadFailure)

    async def _show(
        self,
        device: Device[Any],
        document: tuple[str, ...],
        fault: str = "",
        until_seen: tuple[str, ...] = (),
    ) -> list[DocumentRead]:
        """Lay a document down while listening, and give the first reading, or all of two documents."""
        assert isinstance(device, DocumentReader)
        reads: list[DocumentRead] = []
        listening = device.documents()
        first = asyncio.ensure_future(anext(listening))
        await asyncio.sleep(0)
        await self.simulator.show(document, fault)
        reads.append(await first)
        if until_seen:
            await self.simulator.show(until_seen)
            reads.append(await anext(listening))
        await listening.aclose()
        return reads


class ElyctisRig(ReaderRig):
    envelope = PRESETS["elyctis"]
    options = "?envelope=elyctis"

    async def silence(self, silent: bool) -> None:
        await self.simulator.command(["silent", "on" if silent else "off"])


class ScannerRig(Rig):
    #: Wide enough for a machine that is busy: the line of a wedge carries one key at a time.
    options = "?gap_ms=400"
    timings = dataclasses.replace(TIMINGS, frame_s=1.5)
    encode = staticmethod(over_serial)
    ticket = "https://queue.demo.example/t/" + "A" * 43

    def __init__(self, scheme: str, folder: Path) -> None:
        super().__init__(scheme, folder)
        self.simulator = ScannerSimulator(self.line, Envelope(gap_s=0.4), self.encode)
        self.simulator.slow_byte_s = 0.03

    async def exchange(self, device: Device[Any]) -> None:
        for text in (self.ticket, "B042 !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"):
            [read] = await self._show(device, text)
            assert isinstance(read, Scan)
            assert bytes(read.text) == text.encode()

    async def silence(self, silent: bool) -> None:
        """Nothing to switch: a reader that nobody holds anything before is silent."""

    async def half_a_frame(self, device: Device[Any]) -> None:
        assert await self._show(device, self.ticket, "half") == [ScanFailure(ScanFault.TRUNCATED)]

    async def garbage(self, device: Device[Any]) -> None:
        assert await self._show(device, self.ticket, "garbage") == [ScanFailure(ScanFault.GARBAGE)]

    async def late(self, device: Device[Any]) -> None:
        assert await self._show(device, self.ticket, "slow") == [ScanFailure(ScanFault.TOO_SLOW)]

    async def duplicate(self, device: Device[Any]) -> None:
        reads = await self._show(device, "first", "duplicate", until_seen="second")
        assert [bytes(read.text) for read in reads if isinstance(read, Scan)] == [b"first", b"second"]

    async def power_cycle(self, device: Device[Any]) -> None:
        shown = asyncio.create_task(self._show(device, self.ticket, "slow"))
        await self.simulator.midway.wait()
        await self.simulator.power_cycle()
        [read] = await shown
        assert isinstance(read, ScanFailure)

    async def _show(self, device: Device[Any], text: str, fault: str = "", until_seen: str = "") -> list[Read]:
        """Hold a code up while listening, and give the first reading, or all of two codes."""
        assert isinstance(device, Scanner)
        listening = device.scans()
        first = asyncio.ensure_future(anext(listening))
        await asyncio.sleep(0)
        await self.simulator.scan(text, fault)
        reads = [await first]
        if until_seen:
            await self.simulator.scan(until_seen)
            reads.append(await anext(listening))
        await listening.aclose()
        return reads


class WedgeRig(ScannerRig):
    encode = staticmethod(as_keys)


@functools.cache
def passport() -> tuple[Chip, str]:
    """Make a passport that is quick to read, and its zone."""
    made = build(PROFILES["basic"], datetime.now(UTC), 1)
    return made.chip, made.zone


class ChipRig(Rig):
    """A simulated passport in a simulated reader."""

    timings = dataclasses.replace(TIMINGS, chip_s=1.0, answer_s=0.5)

    def __init__(self, scheme: str, folder: Path) -> None:
        super().__init__(scheme, folder)
        self.chip, self.zone = passport()
        self._make()

    def _make(self) -> None:
        self.simulator = LineReader(self.line)
        self.simulator.insert(self.chip)

    async def exchange(self, device: Device[Any]) -> None:
        if device.stage is Stage.ENABLED:
            await until(device, online)
        files = await self._read(device)
        assert parse(files.files[File.DG1][5:]).valid
        assert File.SOD in files.files
        files.wipe()

    async def silence(self, silent: bool) -> None:
        self.simulator.silent = silent

    async def half_a_frame(self, device: Device[Any]) -> None:
        self.simulator.fault = "half"
        await self._fails(device, "device-timeout")

    async def garbage(self, device: Device[Any]) -> None:
        self.simulator.fault = "garbage"
        await self._fails(device, "device-answer-invalid")

    async def late(self, device: Device[Any]) -> None:
        self.simulator.late_s = 1.2
        await self._fails(device, "device-timeout")
        self.simulator.late_s = 0

    async def duplicate(self, device: Device[Any]) -> None:
        self.simulator.fault = "duplicate"
        await self._fails(device, "device-answer-invalid")

    async def power_cycle(self, device: Device[Any]) -> None:
        self.simulator.stops_at = self.simulator.exchanges + 8
        reading = asyncio.create_task(self._read(device))
        await self.simulator.midway.wait()
        await self.simulator.power_cycle()
        await self._ends(reading, "device-not-connected")
        # What is waited for next must not be what the reader said before.
        await until(device, online)

    async def _fails(self, device: Device[Any], *codes: str) -> None:
        await self._ends(self._read(device), *codes)

    async def _ends(self, reading: Any, *codes: str) -> None:
        with pytest.raises(PeripheralError) as caught:
            await reading
        assert caught.value.code in codes

    async def _read(self, device: Device[Any]) -> Any:
        assert isinstance(device, ChipReader)
        zone = parse(self.zone)
        return await device.read(MrzKey.from_mrz(zone), wait_s=2)


class ServiceLine:
    """The real smart card service in place of a cable."""

    def __init__(self, folder: Path) -> None:
        self.service = Service(folder)
        self.address = f"/{READER}"
        self._on = False

    async def plug(self) -> None:
        if not self._on:
            await asyncio.to_thread(self.service.start)
            self._on = True

    async def unplug(self) -> None:
        self._on = False
        await asyncio.to_thread(self.service.stop)


class ServiceCard(VirtualCard):
    """A card in the virtual reader of the service, whose answers fail on demand."""

    def __init__(self, line: ServiceLine, chip: Chip) -> None:
        super().__init__(chip)
        self._line = line
        self._fault: Callable[[bytes], bytes] | None = None
        self._fails_at = 0
        self.stops_at = 0
        self.midway = asyncio.Event()
        self.go_on = threading.Event()
        self._loop = asyncio.get_running_loop()

    async def start(self) -> None:
        if reason := await asyncio.to_thread(self._line.service.take):
            pytest.skip(reason)
        self._address = ("127.0.0.1", self._line.service.port)
        await self._line.plug()
        await asyncio.to_thread(self.insert)

    async def stop(self) -> None:
        self.go_on.set()
        await asyncio.to_thread(self._line.service.hang, False) if self._line._on else None
        await asyncio.to_thread(self.remove)
        await asyncio.to_thread(self._line.service.give_back)

    def _answer(self, message: bytes, chip: Chip) -> bytes | None:
        answer = super()._answer(message, chip)
        if len(message) == 1 or answer is None:
            return answer
        if self.exchanges == self.stops_at:
            self._loop.call_soon_threadsafe(self.midway.set)
            self.go_on.wait(10)
        if self._fault is None or self.exchanges < self._fails_at:
            return answer
        fault, self._fault = self._fault, None
        return fault(answer)

    def fail(self, fault: Callable[[bytes], bytes]) -> None:
        """Do this to an answer in mid-session: what a chip answers at first is forgiven much."""
        self._fails_at = self.exchanges + 8
        self._fault = fault


class ServiceRig(ChipRig):
    """The same passport behind the real service; what ends the service is its pulled cable."""

    simulator: ServiceCard

    def _line(self) -> Any:
        return ServiceLine(self.folder)

    def _make(self) -> None:
        self.simulator = ServiceCard(self.line, self.chip)

    async def exchange(self, device: Device[Any]) -> None:
        if not self.simulator.inserted:
            # The service took the card's connection with it.
            await asyncio.to_thread(self.simulator.insert)
        await super().exchange(device)

    async def silence(self, silent: bool) -> None:
        await asyncio.to_thread(self.line.service.hang, silent)

    async def half_a_frame(self, device: Device[Any]) -> None:
        self.simulator.fail(lambda answer: answer[:1])
        await self._fails(device, "document-removed", "chip-answer-invalid")

    async def garbage(self, device: Device[Any]) -> None:
        self.simulator.fail(lambda answer: b"\xff" * len(answer))
        await self._fails(device, "chip-answer-invalid", "chip-channel-broken", "chip-access-refused")

    async def late(self, device: Device[Any]) -> None:
        # The service waits as long as a chip asks it to; who hangs for longer than that is given up.
        self.simulator.stops_at = self.simulator.exchanges + 4
        await self._fails(device, "device-timeout")
        self.simulator.go_on.set()
        await until(device, online)

    async def duplicate(self, device: Device[Any]) -> None:
        self.simulator.fail(lambda answer: answer + answer)
        await self._fails(device, "chip-answer-invalid", "chip-channel-broken", "chip-access-refused")

    async def power_cycle(self, device: Device[Any]) -> None:
        self.simulator.stops_at = self.simulator.exchanges + 8
        reading = asyncio.create_task(self._read(device))
        await self.simulator.midway.wait()
        self.simulator.go_on.set()
        await asyncio.to_thread(self.simulator.remove)
        await self._ends(reading, "document-removed", "chip-absent")
        await asyncio.to_thread(lay_down, self.simulator)


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
        if device.stage is Stage.ENABLED:
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

    options = "?t1_ms=100&t2_ms=150&t3_ms=300&t4_s=2&hold_ms=100"
    price = Amount(1250, "EUR")

    def __init__(self, scheme: str, folder: Path) -> None:
        super().__init__(scheme, folder)
        self.simulator = TerminalSimulator(self.line, folder / "books", times=(0.1, 0.15))
        self.simulator.set(patience_s=0.6, repeat_s=0.05)

    @property
    def charged(self) -> int:
        return int(self.simulator.books.sums.get(978, 0))

    async def exchange(self, device: Device[Any]) -> None:
        before = self.charged
        assert (await self._pay(device)).result is Result.APPROVED
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
        self.simulator.set(late_s=0.45)
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


RIGS: dict[str, type[Rig]] = {
    "emrtd+pcsc": ServiceRig,
    "emrtd+vpcd": ChipRig,
    "escpos+tcp": PrinterRig,
    "escpos+serial": PrinterRig,
    "mrz+serial": ReaderRig,
    "mrz+tcp": ReaderRig,
    "nexo+https": NexoRig,
    "scanner+serial": ScannerRig,
    "scanner+evdev": WedgeRig,
    "zvt+serial": ZvtRig,
    "zvt+tcp": ZvtRig,
}


#: Drivers without a line: there is no cable to pull, and no answer that could be late. Their tests stand beside them.
LINELESS = {"manual"}


@pytest.fixture(autouse=True, scope="module")
def drivers() -> None:
    """Import every driver before an event loop runs."""
    for target in DRIVERS.values():
        importlib.import_module(target.partition(":")[0])


@pytest.fixture(params=sorted(RIGS))
async def rig(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Rig]:
    made = RIGS[request.param](request.param, tmp_path)
    await made.simulator.start()
    yield made
    await made.simulator.stop()


@pytest.fixture
async def device(rig: Rig) -> AsyncIterator[Device[Any]]:
    async with open_device(rig.url, rig.timings) as opened:
        yield opened


def online(status: DeviceStatus) -> bool:
    return status.state is DeviceState.ONLINE


async def until(device: Device[Any], said: Callable[[Any], bool]) -> None:
    """Wait until a snapshot says it."""
    async with asyncio.timeout(5):
        async for status in device.watch():
            if said(status):
                return


async def usable(rig: Rig, device: Device[Any]) -> None:
    """Wait until the device is connected, and see it work."""
    await until(device, lambda status: status.state in {DeviceState.ONLINE, DeviceState.UNKNOWN})
    await rig.exchange(device)


def test_every_driver_stands_here() -> None:
    assert set(RIGS) | LINELESS == set(DRIVERS)


async def test_it_does_what_it_is_for(rig: Rig, device: Device[Any]) -> None:
    await rig.exchange(device)
    assert device.status.state is DeviceState.ONLINE


async def test_calls_out_of_order_are_refused(rig: Rig) -> None:
    device = open_device(rig.url, rig.timings)
    for call in (device.claim, device.enable, device.check_health, device.release):
        with pytest.raises(LifeCycleError):
            await call()
    await device.close()
    await device.open()
    for call in (device.open, device.enable, device.check_health, device.release):
        with pytest.raises(LifeCycleError):
            await call()
    await device.claim()
    for call in (device.open, device.claim, device.check_health):
        with pytest.raises(LifeCycleError):
            await call()
    await device.enable()
    for call in (device.open, device.claim, device.enable):
        with pytest.raises(LifeCycleError):
            await call()
    await device.close()
    assert device.stage is Stage.CLOSED
    with pytest.raises(LifeCycleError):
        await rig.exchange(device)


async def test_one_port_has_one_owner(rig: Rig, device: Device[Any]) -> None:
    second = open_device(rig.url, rig.timings)
    await second.open()
    with pytest.raises(BusyError):
        await second.claim()
    await device.release()
    await second.claim()
    await second.enable()
    await usable(rig, second)
    await second.close()


async def test_a_snapshot_cannot_be_changed(device: Device[Any]) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        device.status.state = DeviceState.ONLINE


async def test_a_snapshot_that_says_nothing_new_is_not_replaced(device: Device[Any]) -> None:
    first = await device.check_health()
    assert await device.check_health() is first


async def test_a_device_that_is_away_is_found_later(rig: Rig) -> None:
    await rig.line.unplug()
    async with open_device(rig.url, rig.timings) as device:
        assert device.status.state in {DeviceState.OFFLINE, DeviceState.NO_DEVICE}
        assert (await device.check_health()).state in {DeviceState.OFFLINE, DeviceState.NO_DEVICE}
        await rig.line.plug()
        await usable(rig, device)


async def test_a_pulled_cable_is_seen_and_the_device_comes_back(rig: Rig, device: Device[Any]) -> None:
    await rig.exchange(device)
    await rig.line.unplug()
    await until(device, lambda status: status.state in {DeviceState.OFFLINE, DeviceState.NO_DEVICE})
    await rig.line.plug()
    await usable(rig, device)


async def test_silence_is_unknown(rig: Rig) -> None:
    await rig.silence(True)
    async with open_device(rig.url, rig.timings) as device:
        assert device.status.state is DeviceState.UNKNOWN
        assert (await device.check_health()).state is DeviceState.UNKNOWN


async def test_half_a_frame(rig: Rig, device: Device[Any]) -> None:
    await rig.half_a_frame(device)
    await rig.exchange(device)


async def test_garbage(rig: Rig, device: Device[Any]) -> None:
    await rig.garbage(device)
    await rig.exchange(device)


async def test_a_late_answer(rig: Rig, device: Device[Any]) -> None:
    await rig.late(device)
    await rig.exchange(device)


async def test_a_doubled_answer(rig: Rig, device: Device[Any]) -> None:
    await rig.duplicate(device)
    await rig.exchange(device)


async def test_power_cycle_in_mid_command(rig: Rig, device: Device[Any]) -> None:
    await rig.power_cycle(device)
    await usable(rig, device)


async def test_a_watcher_ends_when_the_device_is_closed(rig: Rig) -> None:
    device = open_device(rig.url, rig.timings)
    await device.__aenter__()
    seen = asyncio.create_task(_collect(device))
    await asyncio.sleep(0)
    await device.close()
    assert (await seen)[-1].state is DeviceState.UNKNOWN


async def _collect(device: Device[Any]) -> list[DeviceStatus]:
    return [status async for status in device.watch()]


async def test_a_reader_that_can_be_asked_answers(tmp_path: Path) -> None:
    rig = ElyctisRig("mrz+serial", tmp_path)
    await rig.simulator.start()
    async with open_device(rig.url, rig.timings) as device:
        assert device.status.state is DeviceState.ONLINE
        await rig.exchange(device)
        await rig.silence(True)
        assert (await device.check_health()).state is DeviceState.UNKNOWN
        await rig.silence(False)
        assert (await device.check_health()).state is DeviceState.ONLINE
        await rig.power_cycle(device)
        await until(device, online)
        await rig.exchange(device)
    await rig.simulator.stop()
