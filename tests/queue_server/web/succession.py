"""Servers of one kind, one after another: each is left once its centres are used.

A worker is given files of tests as it comes to the end of others, so nobody can say before how many centres its tests
will take: twice as many in one run as in the next.
"""

from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.queue_server.web.resting import forget, rests_outside
from tests.queue_server.web.server import Server

#: More centres than any test takes.
ENOUGH = 3


class Succession:
    """Gives a running server with centres that no test has used; it rests while tests outside ``folder`` go on."""

    def __init__(self, folder: Path, make: Callable[[], Server]) -> None:
        self._folder, self._make = folder, make
        self._server: Server | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, _: TracebackType | None) -> None:
        self._leave()

    def current(self) -> Server:
        if self._server is None or len(self._server.unused) < ENOUGH:
            self._leave()
            self._server = rests_outside(self._folder, self._make())
            self._server.start()
        return self._server

    def _leave(self) -> None:
        if self._server is not None:
            forget(self._server)
            self._server.stop()
