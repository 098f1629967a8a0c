"""The end of a program's log, also of its life before: what it wrote last, for whoever asks for it from afar.

::

    log.jsonl         lines as they were written, of this life and those before, the newest last
    log-before.jsonl  those before them

Both together hold what is sent, and not much more. Lines are put there every minute and at the end: a power cut costs
the last minute, and no line waits for a disk.
"""

import asyncio
import os
from collections import deque
from pathlib import Path
from threading import Lock
from typing import Any, Final

from queue_server.contract.device_commands import MAX_LOG
from queue_server.contract.periodic import Periodic

LOG_FILE: Final = "log.jsonl"
BEFORE_FILE: Final = "log-before.jsonl"
_STORE_S: Final = 60.0


class RecentLog:
    """A processor of structlog behind the one that makes lines: it passes each on, and remembers it.

    ``folder`` is where they are put; None before it is known, and for a command that is over at once.
    """

    def __init__(self) -> None:
        self._lines: deque[bytes] = deque()
        self._size = 0
        self._guard = Lock()
        self._disk = Lock()
        self.folder: Path | None = None

    def __call__(self, _logger: object, _method: str, line: Any) -> Any:
        # From any thread. Without a disk the oldest go: what was written last says what is wrong.
        raw = f"{line}\n".encode("ascii", "backslashreplace")
        with self._guard:
            self._lines.append(raw)
            self._size += len(raw)
            while self._size > MAX_LOG:
                self._size -= len(self._lines.popleft())
        return line

    def task(self) -> Periodic:
        """Make the work that puts lines on disk."""
        return Periodic("log", _STORE_S, self._put)

    async def _put(self) -> None:
        await asyncio.to_thread(self.store)

    def store(self) -> None:
        """Put on disk what is not there yet. A disk that takes none keeps nobody from anything."""
        with self._disk:
            self._store()

    def end(self) -> str:
        """Give the last lines, whole ones, in ``MAX_LOG`` characters. Reads files."""
        with self._disk:
            self._store()
            found = b"".join(self._read(name) for name in (BEFORE_FILE, LOG_FILE))
            with self._guard:
                found += b"".join(self._lines)
        # Somebody may have written into the files what is no line of ours.
        text = found.decode("ascii", "replace")
        if len(text) <= MAX_LOG:
            return text
        return text[-MAX_LOG:].partition("\n")[2]

    def _store(self) -> None:
        if self.folder is None:
            return
        with self._guard:
            taken, self._lines, self._size = self._lines, deque(), 0
        if not taken:
            return
        file = self.folder / LOG_FILE
        try:
            descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
            with os.fdopen(descriptor, "ab") as kept:
                kept.write(b"".join(taken))
                size = kept.tell()
            if size > MAX_LOG:
                file.replace(self.folder / BEFORE_FILE)
        except OSError:
            with self._guard:
                self._lines.extendleft(reversed(taken))
                self._size += sum(map(len, taken))
                while self._size > MAX_LOG:
                    self._size -= len(self._lines.popleft())

    def _read(self, name: str) -> bytes:
        if self.folder is None:
            return b""
        try:
            with (self.folder / name).open("rb") as file:
                file.seek(max(0, os.fstat(file.fileno()).st_size - MAX_LOG))
                return file.read(MAX_LOG)
        except OSError:
            return b""
