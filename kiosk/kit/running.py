"""How a screen application runs: Qt in the main thread, its own work in an asyncio loop in another."""

import asyncio
import contextlib
import signal
import socket
import threading
from collections.abc import Callable, Coroutine
from pathlib import Path

import structlog
from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from kiosk.kit.engine import LoadedScreen
from kiosk.kit.remote import Remote
from queue_server.contract import service_manager

_log = structlog.get_logger(__name__)


class _End(QObject):
    """Ends the application from any thread. Unlike ``quit`` it asks no window: one may refuse to be closed."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.asked.connect(lambda: QCoreApplication.exit(0), Qt.ConnectionType.QueuedConnection)


class Running:
    """Either one's end is the end of both: a screen without its work must not stand there as if it worked.

    ``work`` is called in the loop's thread; ``remote`` is the path of the debugging socket, off in use.
    """

    def __init__(
        self,
        app: QGuiApplication,
        screen: LoadedScreen,
        work: Callable[[], Coroutine[None, None, None]],
        *,
        remote: Path | None,
        fullscreen: bool,
    ) -> None:
        self._app = app
        self._screen = screen
        self._work = work
        self._remote = Remote(remote, screen) if remote is not None else None
        self._fullscreen = fullscreen
        self._failed = False
        self._end = _End()

    def run(self) -> int:
        """Run to the end; returns the exit status."""
        notifier = self._watch_signals()
        ready = threading.Event()
        thread = threading.Thread(target=self._live, args=(ready,), name=self._app.applicationName())
        thread.start()
        ready.wait()
        window = self._screen.window
        if self._fullscreen:
            # A finger has none, and nobody points at a board.
            QGuiApplication.setOverrideCursor(Qt.CursorShape.BlankCursor)
        (window.showFullScreen if self._fullscreen else window.show)()
        beats = self._beats()
        code = self._app.exec()
        beats.stop()
        service_manager.notify("STOPPING=1")
        with contextlib.suppress(RuntimeError):
            # The loop is closed already where the work has ended by itself.
            self._loop.call_soon_threadsafe(self._task.cancel)
        thread.join()
        notifier.setEnabled(False)
        if self._remote is not None:
            self._remote.close()
        self._screen.close()
        return 1 if self._failed else code

    def _beats(self) -> QTimer:
        """Say ready, and then give signs of life: each goes through Qt's loop and the other, so that both live."""
        timer = QTimer(self._app)
        every = service_manager.beat_s()
        if every is not None:

            def beat() -> None:
                with contextlib.suppress(RuntimeError):
                    # As above: the loop may be closed.
                    self._loop.call_soon_threadsafe(service_manager.notify, service_manager.ALIVE)

            timer.timeout.connect(beat)
            timer.start(round(every * 1000))
        service_manager.notify("READY=1")
        return timer

    def _live(self, ready: threading.Event) -> None:
        try:
            asyncio.run(self._main(ready))
        except asyncio.CancelledError:
            _log.info("ended")
        except Exception:  # noqa: BLE001 - whatever it was, it is logged and ends the process
            _log.exception("failed")
            self._failed = True
        self._end.asked.emit()

    async def _main(self, ready: threading.Event) -> None:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - inside of a coroutine
        self._loop, self._task = asyncio.get_running_loop(), task
        ready.set()
        await self._work()

    def _watch_signals(self) -> QSocketNotifier:
        """End in good order on SIGTERM and SIGINT; Python runs its handlers only when Qt gives it a turn."""
        ours, theirs = socket.socketpair()
        theirs.setblocking(False)
        signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGINT):
            # In its turn, and not at once: that would come to nothing where Qt's loop is about to begin.
            signal.signal(number, lambda *_: QTimer.singleShot(0, self._app, lambda: QCoreApplication.exit(0)))
        notifier = QSocketNotifier(ours.fileno(), QSocketNotifier.Type.Read, self._app)
        notifier.activated.connect(lambda: ours.recv(64))
        self._signals = (ours, theirs)
        return notifier
