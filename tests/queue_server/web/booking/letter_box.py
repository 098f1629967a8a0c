"""Where the letters of a server arrive that runs as another process: a real mail server, in a thread of its own."""

import asyncio
import time
from threading import Thread
from types import TracebackType
from typing import Self

from tests.queue_server.notices.mail_server import Letter, MailServer
from tests.queue_server.web.booking.phone import PATIENCE_S


class LetterBox:
    """Takes letters at ``port`` of this machine."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever)
        self._mail = MailServer()

    def __enter__(self) -> Self:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._mail.start(), self._loop).result(PATIENCE_S)
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, _: TracebackType | None) -> None:
        asyncio.run_coroutine_threadsafe(self._mail.stop(), self._loop).result(PATIENCE_S)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE_S)
        self._loop.close()

    @property
    def port(self) -> int:
        return self._mail.port

    def letter(self, recipient: str, path: str) -> Letter:
        """Wait for a letter to somebody in which an address with this ``path`` stands."""
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            for one in tuple(self._mail.letters):
                if one.recipient == recipient and path in plain(one):
                    return one
            time.sleep(0.05)
        raise AssertionError(f"no letter with {path}")


def plain(letter: Letter) -> str:
    """Give the words of a letter."""
    (body,) = [part for part in letter.mail.walk() if part.get_content_type() == "text/plain"]
    text: str = body.get_content()
    return text


def address(letter: Letter, path: str) -> str:
    """Give the address of a letter that leads to ``path``, as a mail program finds it: up to the next space."""
    begin = plain(letter).partition(path)[0].rpartition("http")[0]
    return plain(letter).removeprefix(begin).split(maxsplit=1)[0]
