"""A second process for a part of some work, so that a command that looks through a year uses two cores."""

import ctypes
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Final

#: The other process is this one as it is at that moment: nothing is read, imported or handed over anew.
_FORK: Final = get_context("fork")
_PR_SET_PDEATHSIG: Final = 1  # prctl(2)


class SharedPieces:
    """Pieces of work, numbered from 0, of which each process takes the next that none has taken."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._next = _FORK.Value("q", 0)

    @property
    def taken(self) -> int:
        return int(self._next.value)

    def take(self) -> Iterator[int]:
        """Give the numbers of pieces until all are taken."""
        while True:
            with self._next.get_lock():
                number = self._next.value
                if number >= self.count:
                    return
                self._next.value = number + 1
            yield number


@contextmanager
def beside[T](work: Callable[[], T]) -> Iterator[Callable[[], T | None] | None]:
    """Do ``work`` in a second process until the block is left; gives what waits for its result.

    That gives None where it ended without one: whoever asked does it again, and finds why. There is no second process
    where there is no second core, or where this one has threads, of which a copy would keep what they hold.
    """
    if threading.active_count() > 1 or (os.process_cpu_count() or 1) < 2:  # noqa: PLR2004 - said above
        yield None
        return
    ours, theirs = _FORK.Pipe(duplex=False)
    process = _FORK.Process(target=_answer, args=(theirs, work), daemon=True)
    process.start()
    theirs.close()

    def result() -> T | None:
        try:
            found: T = ours.recv()
        except EOFError:
            return None
        return found

    try:
        yield result
    finally:
        process.kill()
        process.join()
        ours.close()


def _answer[T](theirs: "Connection[T, T]", work: Callable[[], T]) -> None:
    # Whoever ends the command ends the first process, and with it ends this.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    try:
        theirs.send(work())
    except Exception:  # noqa: BLE001 - the first process finds it again, and says it
        os._exit(1)
