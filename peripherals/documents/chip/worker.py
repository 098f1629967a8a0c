"""One thread that does one thing after the other: what a reader's library and a chip's protocol need."""

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any


class ChipWorker:
    """Ends with ``stop``, once what it does is done. A reader that hangs for ever does not keep the process alive."""

    def __init__(self, name: str) -> None:
        self._waiting: queue.SimpleQueue[tuple[Future[Any], Callable[[], Any]] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def do[T](self, work: Callable[[], T]) -> Future[T]:
        """Do this after what waits already."""
        future: Future[T] = Future()
        self._waiting.put((future, work))
        return future

    def stop(self) -> None:
        self._waiting.put(None)

    def _run(self) -> None:
        while (waiting := self._waiting.get()) is not None:
            future, work = waiting
            # What nobody waits for any more was not begun.
            if future.set_running_or_notify_cancel():
                _finish(future, work)
            del waiting, future, work


def _finish[T](future: Future[T], work: Callable[[], T]) -> None:
    try:
        result = work()
    except BaseException as error:  # noqa: BLE001 - it is the caller's
        future.set_exception(error)
    else:
        future.set_result(result)
