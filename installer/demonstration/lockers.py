"""The bank of lockers of the demo: a simulated cabinet of eight doors, and the hands of whoever stands before it."""

import asyncio
from pathlib import Path

import msgspec

from installer.demonstration.process import DemoError, JsonChannel
from installer.demonstration.staff_session import StaffSession
from peripherals.lockers import wiring

#: Doors as they are labelled, in the order of the locks; two columns, the highest row on top.
DOORS = tuple(f"{column}{row}" for column in "AB" for row in range(1, 5))
_SIZES = ("small", "small", "medium", "large")


def label_doors(file: Path) -> None:
    """Put names, sizes and places into the wiring that the simulator has written."""
    made = wiring.load(file)
    doors = tuple(
        msgspec.structs.replace(
            wired, name=name, column=1 + "AB".index(name[0]), row=int(name[1]), size=_SIZES[int(name[1]) - 1]
        )
        for name, wired in zip(DOORS, made.compartment, strict=True)
    )
    wiring.save(file, msgspec.structs.replace(made, compartment=doors))


class DemoLockers:
    """``cabinet`` is the control channel of the simulator, which names a compartment BOARD-LOCK."""

    def __init__(self, cabinet: JsonChannel, bank: str) -> None:
        self._cabinet = cabinet
        self._bank = bank

    async def until_open(self, door: str, seconds: float = 60) -> None:
        """Wait until a door stands open.

        Raises:
            DemoError: it stayed shut.
        """
        try:
            async with asyncio.timeout(seconds):
                while _place(door) not in (await self._cabinet.ask("status"))["open"]:  # noqa: ASYNC110 - a process
                    await asyncio.sleep(0.05)
        except TimeoutError as error:
            raise DemoError(f"door {door} stayed shut for {seconds:.0f} s") from error

    async def put(self, door: str) -> None:
        """Put something into a compartment, and shut its door."""
        await self._cabinet.ask(f"put {_place(door)}")
        await self.shut(door)

    async def take(self, door: str) -> None:
        """Take out what lies in a compartment, and shut its door."""
        await self._cabinet.ask(f"take {_place(door)}")
        await self.shut(door)

    async def shut(self, door: str) -> None:
        await self._cabinet.ask(f"close {_place(door)}")

    async def settle(self, staff: StaffSession, seconds: float = 60) -> None:
        """Say that all compartments are empty, as staff do who have looked into a new bank."""
        refused: DemoError | None = None
        try:
            async with asyncio.timeout(seconds):
                while unknown := await self._unknown(staff):
                    # What was said before the boards were heard is forgotten, and said once more.
                    try:
                        await staff.post(f"lockers/{self._bank}/settle", {"compartments": unknown, "item": None})
                    except DemoError as error:
                        refused = error
                    await asyncio.sleep(0.3)
        except TimeoutError as error:
            raise DemoError(f"after {seconds:.0f} s nobody knows what is in the lockers ({refused})") from error

    async def _unknown(self, staff: StaffSession) -> list[str]:
        while True:
            bank = (await staff.get(f"lockers/{self._bank}"))["bank"]
            if bank["is_connected"] and bank["compartments"]:
                return [one["name"] for one in bank["compartments"] if one["state"] == "unknown"]
            await asyncio.sleep(0.05)


def _place(door: str) -> str:
    if door not in DOORS:
        raise DemoError(f"there is no door {door}, but {', '.join(DOORS)}")
    return f"1-{DOORS.index(door) + 1}"
