"""The hands and eyes of a person at a kiosk, or in front of a board: over the screen's debugging socket."""

import asyncio
import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from installer.demonstration.process import DemoError, JsonChannel

#: Longer than the kiosk's ``debounce_ms`` of ``KIOSK_PLAYED``.
TAP_S = 0.06


def _wait_for(file: Path, seconds: float) -> None:
    until = time.monotonic() + seconds
    while not file.exists():
        if time.monotonic() > until:
            raise DemoError(f"{file} did not appear in {seconds:.0f} s")
        time.sleep(0.05)


class RemoteScreen:
    """A kiosk or a board that was started with ``--remote``."""

    def __init__(self, socket: Path) -> None:
        self._socket = socket
        self._channel = JsonChannel(str(socket))

    async def wait_up(self, seconds: float = 60) -> None:
        """Wait until the screen can be talked to."""
        await asyncio.to_thread(_wait_for, self._socket, seconds)
        await self.state()

    async def state(self) -> dict[str, Any]:
        return await self._channel.ask('{"state": true}')

    async def until(self, wanted: Callable[[dict[str, Any]], bool], what: str, seconds: float = 60) -> dict[str, Any]:
        """Look until the screen is as wanted.

        Raises:
            DemoError: it never was; says what was hoped for and what was there.
        """
        state: dict[str, Any] = {}
        try:
            async with asyncio.timeout(seconds):
                while True:
                    state = await self.state()
                    if wanted(state):
                        return state
                    await asyncio.sleep(0.03)
        except TimeoutError as error:
            raise DemoError(f"{self._socket.name}: {what} did not come; it shows {json.dumps(state)}") from error

    async def page(self, name: str) -> dict[str, Any]:
        return await self.until(lambda state: state["page"] == name, f"page {name}")

    async def tap(self, label: str) -> datetime:
        """Touch the control with this label, once it can be touched; returns when it was touched."""
        await self.until(lambda state: label in state["controls"], f"control {label!r}")
        # A kiosk takes no touch right after a page has changed (``screen.debounce_ms``); a person is slower than that.
        await asyncio.sleep(TAP_S)
        touched = datetime.now(UTC)
        await self._channel.ask(json.dumps({"tap": label}, ensure_ascii=False))
        return touched

    async def choose(self, state: dict[str, Any], ident: str) -> None:
        """Touch a choice of the page, or what leads on until it is there."""
        # Fewer than the pages that the longest list could have; a choice that never shows is a fault of the kiosk.
        for _ in range(12):
            shown = state["controls"]
            label = next((one["label"] for one in state["model"]["choices"] if one["id"] == ident), None)
            if label is not None and label in shown:
                await self.tap(label)
                return
            leads = {"More", "المزيد"} if label else {"Something else", "شيء آخر", "Another country", "بلد آخر"}
            await self.tap(next(control for control in shown if control in leads))
            state = await self.until(lambda state, shown=shown: state["controls"] != shown, "further choices")  # type: ignore[misc]
        raise DemoError(f"the choice {ident!r} is on no page")

    async def picture(self, file: Path) -> None:
        await self._channel.ask(json.dumps({"grab": str(file)}))

    async def close(self) -> None:
        await self._channel.close()
