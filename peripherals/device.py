"""The life cycle and the state of every device, and the table of drivers.

The life cycle is UnifiedPOS's (UnifiedPOS 1.16, chapter 1): ``open``, ``claim``, ``enable``, ``check_health``,
``release``, ``close``. The states are XFS4IoT's (Common.Status, device). A device re-opens by itself after a
pulled cable; whoever uses it watches its snapshots and never touches the port.

A device lives on the event loop it was opened on and is not safe to call from another thread.
"""

import asyncio
import importlib
from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from peripherals.errors import (
    DriverUnknownError,
    LifeCycleError,
    PeripheralError,
    SettingInvalidError,
    UrlInvalidError,
)


class DeviceState(StrEnum):
    """XFS4IoT's words, and one for a device that has said nothing."""

    ONLINE = "online"
    OFFLINE = "offline"
    NO_DEVICE = "noDevice"
    HARDWARE_ERROR = "hardwareError"
    USER_ERROR = "userError"
    DEVICE_BUSY = "deviceBusy"
    FRAUD_ATTEMPT = "fraudAttempt"
    STARTING = "starting"
    UNKNOWN = "unknown"


class LifecycleStage(StrEnum):
    """How far a device is in its life cycle."""

    CLOSED = "closed"
    OPENED = "opened"
    CLAIMED = "claimed"
    ENABLED = "enabled"


class HealthAnswer(StrEnum):
    """What a device says about one condition. Silence is ``UNKNOWN``, never ``NO``."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceStatus:
    """What was last heard from a device; never changed, only replaced.

    ``since`` is when this snapshot replaced one that said something else.
    """

    state: DeviceState
    since: datetime = field(default_factory=lambda: datetime.now(UTC), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timings:
    """How long devices wait, in seconds."""

    reopen_first_s: float = 0.5
    reopen_max_s: float = 10.0
    connect_s: float = 5.0
    #: How long one answer of a device may take.
    answer_s: float = 1.0
    #: How long one command may take a chip: its signatures take seconds.
    chip_s: float = 10.0
    #: How often an idle device is asked for its state.
    poll_s: float = 2.0
    #: How long one write may wait for a device that does not take more.
    write_s: float = 10.0
    #: How long a printer may take from the last byte sent to its proof.
    proof_s: float = 15.0
    #: How long a printer that gives no proof must stay healthy after a job.
    settle_s: float = 2.0
    #: The same document or code again within this time is the same showing of it.
    duplicate_s: float = 2.0
    #: The longest time from the first to the last byte of a reader's frame.
    frame_s: float = 3.0
    #: How long a payment may take on its terminal, and how long it is asked afterwards what became of one in doubt.
    payment_s: float = 120.0
    #: How often an idle payment terminal is asked for its state: each time is a new TLS connection.
    terminal_poll_s: float = 15.0
    #: How often the doors of a bank of lockers are read.
    locker_poll_s: float = 0.25

    def __post_init__(self) -> None:
        for each in fields(self):
            value = getattr(self, each.name)
            if not 0.001 <= value <= 3600:  # noqa: PLR2004 - the bounds are the message
                raise SettingInvalidError(key=each.name, value=value, low=0.001, high=3600)


@dataclass(frozen=True, slots=True)
class DeviceUrl:
    """A device address in parts: ``scheme://host:port/path?options``."""

    scheme: str
    host: str
    port: int | None
    path: str
    options: dict[str, str]
    text: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Take an address apart.

        Raises:
            UrlInvalidError: it is no address, or names an option twice.
        """
        try:
            parts = urlsplit(text)
            port = parts.port
            pairs = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
        except ValueError as error:
            raise UrlInvalidError(part="url", value=text) from error
        options = dict(pairs)
        if not parts.scheme or len(options) != len(pairs):
            raise UrlInvalidError(part="url", value=text)
        return cls(parts.scheme, parts.hostname or "", port, parts.path, options, text)

    def number(self, option: str, default: int, low: int, high: int) -> int:
        """Read a whole number among the options.

        Raises:
            UrlInvalidError: it is no number, or out of bounds.
        """
        text = self.options.get(option, str(default))
        if not (text.isascii() and text.isdecimal() and low <= int(text) <= high):
            raise UrlInvalidError(part=option, value=text)
        return int(text)

    def only(self, *known: str) -> None:
        """Refuse options that nobody reads: a misspelt one would be silently without effect.

        Raises:
            UrlInvalidError: names the first option not among ``known``.
        """
        for option in self.options:
            if option not in known:
                raise UrlInvalidError(part="option", value=option)


class Device[S: DeviceStatus](ABC):
    """One device and its life cycle. ``S`` is the snapshot this kind of device gives."""

    def __init__(self, url: str, status: S) -> None:
        self.url = url
        self._stage = LifecycleStage.CLOSED
        self._status = status
        self._watchers: set[asyncio.Queue[S | None]] = set()

    @classmethod
    @abstractmethod
    def from_url(cls, url: DeviceUrl, timings: Timings) -> Self:
        """Construct the device that an address describes, without touching it."""

    @property
    def stage(self) -> LifecycleStage:
        return self._stage

    @property
    def status(self) -> S:
        """The snapshot last published."""
        return self._status

    async def watch(self) -> AsyncGenerator[S]:
        """Give the present snapshot, then each one that says something else, until ``close``.

        A watcher that falls behind loses the oldest snapshots, never the newest.
        """
        queue: asyncio.Queue[S | None] = asyncio.Queue(maxsize=16)
        queue.put_nowait(self._status)
        self._watchers.add(queue)
        try:
            while (status := await queue.get()) is not None:
                yield status
        finally:
            self._watchers.discard(queue)

    async def open(self) -> None:
        """Begin. Touches nothing yet.

        Raises:
            LifeCycleError: it is open already.
        """
        self._require("open", LifecycleStage.CLOSED)
        self._stage = LifecycleStage.OPENED

    async def claim(self) -> None:
        """Take exclusive use of the port.

        Raises:
            LifeCycleError: not open, or claimed already.
            BusyError: someone else owns the port.
        """
        self._require("claim", LifecycleStage.OPENED)
        await self._claim()
        self._stage = LifecycleStage.CLAIMED

    async def enable(self) -> None:
        """Connect, and keep connected from now on.

        Returns after the first attempt, also where that failed: a device that is away now is found later, and
        its status tells.

        Raises:
            LifeCycleError: not claimed, or enabled already.
        """
        self._require("enable", LifecycleStage.CLAIMED)
        self._stage = LifecycleStage.ENABLED
        await self._enable()

    async def check_health(self) -> S:
        """Ask the device how it is, now, and give the snapshot that follows.

        A device that does not answer is ``unknown`` or ``offline`` in the snapshot; this raises only for a call
        out of order.

        Raises:
            LifeCycleError: not enabled.
        """
        self._require("check_health", LifecycleStage.ENABLED)
        return await self._check_health()

    async def release(self) -> None:
        """Let go of the port. The device can be claimed again.

        Raises:
            LifeCycleError: not claimed.
        """
        self._require("release", LifecycleStage.CLAIMED, LifecycleStage.ENABLED)
        self._stage = LifecycleStage.OPENED
        await self._release()

    async def close(self) -> None:
        """End, from whatever stage; closing what is closed does nothing."""
        if self._stage in {LifecycleStage.CLAIMED, LifecycleStage.ENABLED}:
            await self.release()
        self._stage = LifecycleStage.CLOSED
        for queue in self._watchers:
            _put(queue, None)

    async def __aenter__(self) -> Self:
        await self.open()
        try:
            await self.claim()
            await self.enable()
        except BaseException:
            await self.close()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    @abstractmethod
    async def _claim(self) -> None: ...

    @abstractmethod
    async def _enable(self) -> None: ...

    @abstractmethod
    async def _check_health(self) -> S: ...

    @abstractmethod
    async def _release(self) -> None: ...

    def _require(self, call: str, *stages: LifecycleStage) -> None:
        if self._stage not in stages:
            raise LifeCycleError(call=call, stage=self._stage.value)

    def _publish(self, status: S) -> S:
        """Replace the snapshot, and tell the watchers if it says anything new."""
        if status == self._status:
            return self._status
        self._status = replace(status, since=datetime.now(UTC))
        for queue in self._watchers:
            _put(queue, self._status)
        return self._status


def _put[T](queue: asyncio.Queue[T], item: T) -> None:
    if queue.full():
        queue.get_nowait()
    queue.put_nowait(item)


#: Address scheme -> where its driver is found; drivers are imported when first asked for.
DRIVERS: dict[str, str] = {
    "escpos+tcp": "peripherals.printers.escpos.device:EscposPrinter",
    "escpos+serial": "peripherals.printers.escpos.device:EscposPrinter",
    "escpos+usb": "peripherals.printers.escpos.device:EscposPrinter",
    "mrz+serial": "peripherals.documents.serial_reader.device:SerialReader",
    "mrz+tcp": "peripherals.documents.serial_reader.device:SerialReader",
    "scanner+serial": "peripherals.codes.device:BarcodeScanner",
    "scanner+evdev": "peripherals.codes.device:BarcodeScanner",
    "emrtd+pcsc": "peripherals.documents.chip.device:ChipReaderDevice",
    "emrtd+vpcd": "peripherals.documents.chip.device:ChipReaderDevice",
    "zvt+tcp": "peripherals.payment.zvt.device:ZvtTerminal",
    "zvt+serial": "peripherals.payment.zvt.device:ZvtTerminal",
    "nexo+https": "peripherals.payment.nexo.device:NexoTerminal",
    "modbus+tcp": "peripherals.lockers.modbus.device:ModbusBank",
    "modbus+serial": "peripherals.lockers.modbus.device:ModbusBank",
    "kerong+tcp": "peripherals.lockers.kerong.device:KerongBank",
    "kerong+serial": "peripherals.lockers.kerong.device:KerongBank",
    "winnsen+tcp": "peripherals.lockers.winnsen.device:WinnsenBank",
    "winnsen+serial": "peripherals.lockers.winnsen.device:WinnsenBank",
    "manual": "peripherals.payment.manual.device:ManualTerminal",
}


def open_device(url: str, timings: Timings | None = None) -> Device[Any]:
    """Construct the device at an address, such as ``escpos+tcp://10.0.0.7:9100?width=576``.

    Nothing is connected: that is what its life cycle is for. The first device of a driver imports it, which reads
    files: construct devices before the event loop runs, or in a thread.

    Raises:
        UrlInvalidError: the address cannot be used.
        DriverUnknownError: no driver for its scheme.
    """
    parts = DeviceUrl.parse(url)
    target = DRIVERS.get(parts.scheme)
    if target is None:
        raise DriverUnknownError(scheme=parts.scheme)
    module, _, name = target.partition(":")
    driver: type[Device[Any]] = getattr(importlib.import_module(module), name)
    return driver.from_url(parts, timings or Timings())


__all__ = [
    "DRIVERS",
    "Device",
    "DeviceState",
    "DeviceStatus",
    "DeviceUrl",
    "HealthAnswer",
    "LifecycleStage",
    "PeripheralError",
    "Timings",
    "open_device",
]
