"""What a technician does at the kiosk: a PIN, a new roll, a test slip, the addresses of devices, out of order."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any

import structlog
from msgspec.structs import replace

from kiosk.devices.chip import Chip
from kiosk.devices.opening import KINDS, open_part
from kiosk.devices.printer import Printer
from kiosk.devices.reader import Reader
from kiosk.devices.scanner import CodeScanner
from kiosk.devices.slot import Slot
from kiosk.errors import DataError, KioskError
from kiosk.journey import events as e
from kiosk.kit.papers import PaperTest
from kiosk.payment.till import Till
from kiosk.settings import TechnicianSettings
from kiosk.store.data import DataFolder, Mode
from kiosk.technician import pin
from peripherals.errors import NotConnectedError, PeripheralError
from peripherals.printers.port import MonoImage

_log = structlog.get_logger(__name__)


class Technician:
    """Does it, and answers the journey by ``post``. ``draw`` makes the test slip, ``now`` is the time that it shows."""

    def __init__(  # noqa: PLR0917 - the parts of a kiosk, in the order of ``KINDS``
        self,
        data: DataFolder,
        settings: TechnicianSettings,
        printer: Printer,
        reader: Reader,
        chip: Chip,
        scanner: CodeScanner,
        till: Till,
        *,
        draw: Callable[[PaperTest, int], MonoImage],
        now: Callable[[], datetime],
        post: Callable[[e.Event], None],
    ) -> None:
        self._data = data
        self._settings = settings
        self._printer = printer
        self._till = till
        slots = (printer.slot, reader.slot, chip.slot, scanner.slot, till.slot)
        self._slots: dict[str, Slot[Any]] = dict(zip(KINDS, slots, strict=True))
        self._draw = draw
        self._now = now
        self._post = post
        # One PIN after another: two tries at once would be counted as one.
        self._one_pin = asyncio.Lock()
        #: What the test slip calls this kiosk.
        self.name = ""

    async def check_pin(self, asked: e.CheckPin) -> None:
        try:
            async with self._one_pin:
                right, wait_s = await asyncio.to_thread(pin.check, self._data, self._settings, asked.pin)
        except DataError as error:
            _log.error("pin-not-checked", code=error.code, **error.placeholders)
            right, wait_s = False, 0
        _log.info("pin", right=right, wait_s=wait_s)
        self._post(e.PinAnswered(asked.number, right, wait_s))

    async def print_test(self, asked: e.PrintTest) -> None:
        code = NotConnectedError.code
        if self._printer.width:
            slip = PaperTest(self.name, f"{self._now():%Y-%m-%d %H:%M}")
            code = await self._printer.attempt(await asyncio.to_thread(self._draw, slip, self._printer.width))
        self._post(e.TrialAnswered(asked.number, "print", code))

    async def roll_changed(self, asked: e.RollChanged) -> None:
        self._post(e.TrialAnswered(asked.number, "roll", await self._printer.look()))

    async def try_terminal(self, asked: e.TryTerminal) -> None:
        self._post(e.TrialAnswered(asked.number, "terminal", await self._till.look()))

    async def set_address(self, asked: e.SetAddress) -> None:
        """Try an address, and keep it where something answers there."""
        code = await self._exchange(asked.part, asked.address)
        _log.info("address", part=asked.part, code=code)
        self._post(e.AddressAnswered(asked.number, code))

    async def _exchange(self, part: str, address: str) -> str:
        slot = self._slots[part]
        before = slot.device
        try:
            device = await asyncio.to_thread(open_part, part, address)
            if code := await slot.exchange(device):
                return code
            kept = replace(await asyncio.to_thread(self._data.addresses), **{part: address})
            await asyncio.to_thread(self._data.keep_addresses, kept)
        except PeripheralError as error:
            return error.code
        except KioskError as error:
            # What is not kept is not used either: after a restart it would be another one.
            await slot.exchange(before)
            return error.code
        return ""

    async def set_mode(self, asked: e.SetOutOfOrder) -> None:
        try:
            await asyncio.to_thread(self._data.keep_mode, Mode(asked.out_of_order))
        except DataError as error:
            # It holds for now; the disk will be told of by whatever else is written.
            _log.error("mode-not-kept", code=error.code)
        _log.info("mode", out_of_order=asked.out_of_order)
        self._post(e.ModeChanged(asked.out_of_order))
