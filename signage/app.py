"""A lobby board: the feed in an asyncio thread, the picture in Qt's."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

from kiosk.kit.bridge import Bridge, Frame
from queue_server.contract.client import ApiClient
from signage.board import Board
from signage.follow import follow
from signage.page import page
from signage.settings import Settings


class BoardLoop:
    """Everything of a board that is not Qt; ``run`` lives in a thread of its own until it is cancelled.

    Args:
        connect: makes the client; called in the loop's thread.
        centre: the centre whose calls are shown.
        languages: those that the labels are translated to.
    """

    def __init__(
        self,
        bridge: Bridge,
        settings: Settings,
        connect: Callable[[], ApiClient],
        centre: str,
        languages: list[str],
    ) -> None:
        self._bridge = bridge
        self._settings = settings
        self._connect = connect
        self._centre = centre
        self._languages = languages
        self._started = datetime.now(UTC)
        self._board = Board(self._started, call_seconds=settings.call_seconds, silence_seconds=settings.silence_seconds)
        self._shown: Frame | None = None

    async def run(self) -> None:
        """Follow the feed and keep the picture true to it and to the clock."""
        heard = asyncio.Event()
        async with self._connect() as client, asyncio.TaskGroup() as tasks:
            tasks.create_task(
                follow(
                    client,
                    self._centre,
                    self._board,
                    heard.set,
                    retry_seconds=self._settings.retry_seconds,
                    retry_max_seconds=self._settings.retry_max_seconds,
                )
            )
            while True:
                self._show(datetime.now(UTC))
                heard.clear()
                try:
                    # The clock on the board and the turn of languages need a look every second at the latest.
                    async with asyncio.timeout(self._pause(datetime.now(UTC))):
                        await heard.wait()
                except TimeoutError:
                    continue

    def _pause(self, now: datetime) -> float:
        left = (self._board.next_change(now) - now).total_seconds()
        return min(1.0, left) if left > 0 else 1.0

    def _show(self, now: datetime) -> None:
        shown = self._board.show(now)
        offered = self._languages
        if shown.view is not None:
            offered = [code for code in shown.view.languages if code in self._languages] or offered
        turn = int((now - self._started).total_seconds() / self._settings.language_seconds)
        language = offered[turn % len(offered)]
        frame = Frame.of(page(shown, now, language), language=language)
        if frame != self._shown:
            self._shown = frame
            self._bridge.show(frame)
