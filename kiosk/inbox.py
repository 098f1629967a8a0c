"""Inbox: what the journey has yet to hear, in order."""

import asyncio

from kiosk.journey.events import Event


class Inbox:
    """For the loop's thread."""

    def __init__(self) -> None:
        self._events: asyncio.Queue[Event] = asyncio.Queue()

    def post(self, event: Event, /) -> None:
        self._events.put_nowait(event)

    async def get(self) -> Event:
        return await self._events.get()
