"""What each kind of chip reader has to do: a slot, and the card in it. Synchronous: one worker thread calls it all."""

import threading
import time
from typing import Protocol


class Ended(Exception):  # noqa: N818 - it is no error
    """Whoever asked for the reading does not want it any more."""


class Patience:
    """How long to wait for a card, in seconds from the first question on, and whether anybody still wants it."""

    def __init__(self, wait_s: float) -> None:
        self._wait_s = wait_s
        self._until: float | None = None
        self._ended = threading.Event()

    def end(self) -> None:
        """Say, from any thread, that nobody wants it any more."""
        self._ended.set()

    def go_on(self) -> None:
        """See that somebody still wants it.

        Raises:
            Ended: nobody does.
        """
        if self._ended.is_set():
            raise Ended

    def left(self) -> float:
        """Say how many seconds are left, 0 where the time is over. Raises what ``go_on`` does."""
        self.go_on()
        now = time.monotonic()
        if self._until is None:
            self._until = now + self._wait_s
        return max(0.0, self._until - now)


class ChipCard(Protocol):
    """A card that answered."""

    @property
    def extended(self) -> int:
        """The longest answer that the reader takes in extended form, in bytes; 0 where it takes none."""

    def transmit(self, command: bytes) -> bytes:
        """Send a command APDU, give the answer with its status word.

        Raises:
            DocumentRemovedError: the card was taken away.
            NotConnectedError: the reader was.
            AnswerTimeoutError: no answer came.
            AnswerInvalidError: the reader does not keep to its protocol.
        """

    def close(self) -> None:
        """Take the card's power away: it forgets its session. Never raises."""


class ReaderSlot(Protocol):
    """A reader."""

    @property
    def key(self) -> str:
        """What one owner in this process may hold."""

    def open(self) -> None:
        """Connect to the reader, and see that it is there.

        Raises:
            NotConnectedError: it is not.
            AnswerTimeoutError: it stays silent.
            AnswerInvalidError: it does not keep to its protocol.
        """

    def check(self) -> None:
        """See that the reader is still there. Raises what ``open`` does."""

    def connect(self, patience: Patience) -> ChipCard:
        """Wait for a card, and switch it on.

        Raises:
            ChipAbsentError: none came in time, or what came does not answer.
            BusyError: another program uses it.
            PeripheralError: as ``open``.
        """

    def close(self) -> None:
        """Let go of the reader. Never raises."""
