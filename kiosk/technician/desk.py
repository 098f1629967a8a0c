"""What a technician does at the kiosk: a PIN, a new roll, a test slip, the addresses of devices, out of order."""

import asyncio
from collections.abc import Coroutine

import structlog
from msgspec.structs import replace

from kiosk.devices.equipment import Equipment
from kiosk.devices.opening import open_part
from kiosk.errors import DataError, KioskError
from kiosk.journey import events as e
from kiosk.kit.papers import PaperTest
from kiosk.ports import Artist, Clock, EventSink
from kiosk.settings import TechnicianSettings
from kiosk.store.data import DataFolder, Mode
from kiosk.technician import pin
from peripherals.errors import NotConnectedError, PeripheralError

_log = structlog.get_logger(__name__)


class Technician:
    """Does it, and answers the journey. ``name`` is what the test slip calls this kiosk."""

    def __init__(
        self,
        equipment: Equipment,
        name: str,
        *,
        data: DataFolder,
        settings: TechnicianSettings,
        artist: Artist,
        clock: Clock,
        events: EventSink,
    ) -> None:
        self._printer = equipment.printer
        self._terminal = equipment.terminal
        self._slots = equipment.slots
        self._name = name
        self._data = data
        self._settings = settings
        self._artist = artist
        self._clock = clock
        self._events = events
        # One PIN after another: two tries at once would be counted as one.
        self._one_pin = asyncio.Lock()

    def work(self, effect: e.Effect) -> Coroutine[None, None, None] | None:  # noqa: PLR0911 - one case an effect
        """Give what does what a technician asks; None where it is something else."""
        match effect:
            case e.CheckPin():
                return self.check_pin(effect)
            case e.PrintTest():
                return self.print_test(effect)
            case e.TryTerminal():
                return self.try_terminal(effect)
            case e.RollChanged():
                return self.roll_changed(effect)
            case e.SetAddress():
                return self.set_address(effect)
            case e.SetOutOfOrder():
                return self.set_mode(effect)
        return None

    async def check_pin(self, asked: e.CheckPin) -> None:
        try:
            async with self._one_pin:
                right, wait_s = await asyncio.to_thread(pin.check, self._data, self._settings, asked.pin)
        except DataError as error:
            _log.error("pin-not-checked", code=error.code, **error.placeholders)
            right, wait_s = False, 0
        _log.info("pin", right=right, wait_s=wait_s)
        self._events.post(e.PinAnswered(asked.number, right, wait_s))

    async def print_test(self, asked: e.PrintTest) -> None:
        code = NotConnectedError.code
        if self._printer.width:
            slip = PaperTest(self._name, f"{self._clock.now():%Y-%m-%d %H:%M}")
            code = await self._printer.attempt(await asyncio.to_thread(self._artist.test, slip, self._printer.width))
        self._events.post(e.TrialAnswered(asked.number, "print", code))

    async def roll_changed(self, asked: e.RollChanged) -> None:
        self._events.post(e.TrialAnswered(asked.number, "roll", await self._printer.check()))

    async def try_terminal(self, asked: e.TryTerminal) -> None:
        self._events.post(e.TrialAnswered(asked.number, "terminal", await self._terminal.check()))

    async def set_address(self, asked: e.SetAddress) -> None:
        """Try an address, and keep it where something answers there."""
        code = await self._exchange(asked.part, asked.address)
        _log.info("address", part=asked.part, code=code)
        self._events.post(e.AddressAnswered(asked.number, code))

    async def _exchange(self, part: str, address: str) -> str:
        slot = self._slots[part]
        before = slot.device
        try:
            device = await asyncio.to_thread(open_part, part, address)
            if code := await slot.exchange(device):
                return code
            kept = replace(await asyncio.to_thread(self._data.addresses), **{part: address})
            await asyncio.to_thread(self._data.store_addresses, kept)
        except PeripheralError as error:
            return error.code
        except KioskError as error:
            # What is not kept is not used either: after a restart it would be another one.
            await slot.exchange(before)
            return error.code
        return ""

    async def set_mode(self, asked: e.SetOutOfOrder) -> None:
        try:
            await asyncio.to_thread(self._data.store_mode, Mode(asked.out_of_order))
        except DataError as error:
            # It holds for now; the disk will be told of by whatever else is written.
            _log.error("mode-not-kept", code=error.code)
        _log.info("mode", out_of_order=asked.out_of_order)
        self._events.post(e.ModeChanged(asked.out_of_order))
