"""Who hears what a part of a kiosk says, in tests: each keeps it in order."""

import asyncio
from collections.abc import Awaitable, Callable

from kiosk.journey.events import Event
from kiosk.journey.surroundings import DevicePart
from kiosk.payment.progress import DeskState
from peripherals.device import DeviceStatus


class Posted(list[Event]):
    def post(self, event: Event, /) -> None:
        self.append(event)


class Statuses(list[DeviceStatus | None]):
    def status_changed(self, status: DeviceStatus | None) -> None:
        self.append(status)


class Book(list[DevicePart]):
    def part(self, part: DevicePart) -> None:
        self.append(part)


class Codes(list[str]):
    def disk(self, code: str) -> None:
        self.append(code)


class States(list[DeskState]):
    def desk_changed(self, state: DeskState) -> None:
        self.append(state)


class Drained(asyncio.Event):
    def drained(self) -> None:
        self.set()


class Nudges:
    """Counts how often it was nudged."""

    def __init__(self) -> None:
        self.count = 0

    def wake(self) -> None:
        self.count += 1


class Sending[T, A]:
    """Sends what it is given through a function of the test."""

    def __init__(self, answer: Callable[[T], Awaitable[A]]) -> None:
        self._answer = answer

    async def send(self, one: T, /) -> A:
        return await self._answer(one)


class Server:
    """What a payment asks of a server: nobody says how many are before a ticket."""

    def __init__(self, *, online: bool = True) -> None:
        self._online = online

    def may_pay(self) -> bool:
        return self._online

    async def ahead(self, service: str, /) -> None:
        del service
