"""A screen in the hall: the feed in an asyncio thread, the picture in Qt's."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import structlog

from kiosk.kit.bridge import Bridge
from kiosk.kit.frame import PageFrame
from queue_server.contract.backoff import woken
from queue_server.contract.client import ApiClient
from queue_server.contract.devices import StatusAnswer, StatusRequest
from queue_server.contract.recent_log import RecentLog
from queue_server.contract.remote_commands import RemoteCommands
from queue_server.contract.remote_settings import RemoteSettings
from queue_server.contract.reporter import Reporter
from signage.board import Announcement, Board, BoardContent
from signage.follow import following
from signage.page import CounterPage, Pages, ScreenPage
from signage.quiet import is_quiet
from signage.settings import SignageSettings
from signage.sound import Sound

_log = structlog.get_logger(__name__)


class BoardLoop:
    """Everything of a screen that is not Qt; ``run`` lives in a thread of its own until it is cancelled.

    Args:
        connect: makes the client; called in the loop's thread.
        centre: the centre whose calls are shown.
        data: folder of this screen.
        commands: what managers ask of it from afar.
        log: the end of its log.
    """

    def __init__(
        self,
        bridge: Bridge,
        remote: RemoteSettings[SignageSettings],
        connect: Callable[[], ApiClient],
        centre: str,
        *,
        pages: Pages,
        data: Path,
        commands: RemoteCommands,
        log: RecentLog,
    ) -> None:
        self._bridge = bridge
        self._remote = remote
        self._connect = connect
        self._centre = centre
        self._commands = commands
        self._log = log
        self._pages = pages
        self._started = datetime.now(UTC)
        self._board = Board(self._started)
        self._shown: PageFrame | None = None
        self._chimed: Announcement | None = None
        #: How far the server's clock is before this machine's.
        self._ahead = timedelta()
        self._data = data
        #: An emergency is shown.
        self._warns = False
        self._go_by(remote.force)

    def _go_by(self, settings: SignageSettings) -> None:
        """Work by these settings from now on; what is on the board stays there."""
        self._settings = settings
        self._quiet = settings.quiet
        self._sound = Sound(settings, self._data)
        self._pages.line_s = settings.calls.language_s
        self._board.go_by(settings.calls.call_s, settings.link.silence_s)

    async def run(self) -> None:
        """Follow the feed, keep the picture true to it and to the clock, and go by other settings as they come.

        It ends where managers asked for a restart.
        """
        async with self._connect() as client:
            while True:
                await self._follow(client)
                if self._may_restart and await self._commands.begin_restart():
                    return
                self._remote = await asyncio.to_thread(self._remote.renewed)
                self._go_by(self._remote.force)

    @property
    def _may_restart(self) -> bool:
        """A board that tells people to leave is never dark."""
        return self._commands.is_waiting and not self._warns

    async def _follow(self, client: ApiClient) -> None:
        heard = asyncio.Event()
        link = self._settings.link
        async with asyncio.TaskGroup() as tasks:
            self._client = client
            reporter = Reporter(client, self._centre, link, self)
            self._sound.changed = self._remote.refused = reporter.wake
            self._remote.waits = self._commands.waits = heard.set
            line = following(
                client,
                self._centre,
                self._board,
                heard.set,
                retry_seconds=link.retry_first_s,
                retry_max_seconds=link.retry_max_s,
            )
            works = (self._sound, reporter.task, line, self._log.task())
            beside = [tasks.create_task(work.run()) for work in works]
            # Not under supervision: a screen that cannot be drawn must not go on showing what is no longer so.
            while not (self._remote.are_waiting or self._may_restart):
                self._show(datetime.now(UTC))
                heard.clear()
                # The clock on the board and the turn of languages need a look every second at the latest.
                await woken(heard, self._pause(datetime.now(UTC)))
            for task in beside:
                task.cancel()

    async def accept(self, answer: StatusAnswer) -> None:
        self._ahead = answer.at - datetime.now(UTC)
        await self._remote.accept(answer.settings)
        await self._commands.accept(answer.commands, self._client, self._centre)

    def status(self) -> StatusRequest:
        part = self._sound.part
        return StatusRequest(
            "in-service",
            () if part is None else (part,),
            settings=self._remote.report,
            takes=self._commands.takes,
            commands=self._commands.report,
        )

    def _pause(self, now: datetime) -> float:
        left = (self._board.next_change(now) - now).total_seconds()
        return min(1.0, left) if left > 0 else 1.0

    def _show(self, now: datetime) -> None:
        shown = self._board.show(now, now + self._ahead)
        self._warns = shown.emergency is not None
        turn = int((now - self._started).total_seconds() / self._settings.calls.language_s)
        language = self._pages.language(shown, turn)
        page = self._pages.page(shown, now, language, self._ahead)
        frame = PageFrame.of(page, language=language)
        if frame != self._shown:
            self._warn(page)
            self._shown = frame
            self._bridge.show(frame)
        self._announce(shown, now)

    def _announce(self, shown: BoardContent, now: datetime) -> None:
        """Let the chime be heard, once for each call and repeat; nothing is called in an emergency."""
        if shown.chime is None or shown.chime == self._chimed:
            return
        self._chimed = shown.chime
        if shown.emergency is not None or shown.view is None:
            return
        over = self._settings.screen.counter
        if over and (shown.now is None or shown.now.counter != over):
            return
        if not is_quiet(self._quiet, (now + self._ahead).astimezone(ZoneInfo(shown.view.zone))):
            self._sound.play()

    def _warn(self, page: ScreenPage) -> None:
        """Say it once where the settings name a counter that the centre has not."""
        known = self._shown is not None and self._shown.model.get("state") == "unknown"
        if isinstance(page, CounterPage) and page.state == "unknown" and not known:
            _log.warning("counter-unknown", counter=page.counter)
