"""Whether there is time for the face: DG2 is ten times as long as all else, and somebody waits beside the reader.

A reading with the face must not take longer than a person was told: ``within_s`` seconds from the first command to the
last (five suit a chip at 424 kbit/s, which gives 20 KB in two). What decides is measured at this very chip and on this
very reader, since both differ by a factor of ten: the files before the face say how many bytes it gives in a second,
the header of DG2 says how many there are, and both are known before more than one block of it was asked for. What
opening the chip took is set aside for what comes after the face, where the chip has keys to prove itself with: that is
the same kind of work. The question is asked again after every block, so that a chip that becomes slower is let go at
once, and not when the time is over.

A face that there is no time for counts as not read, never as passed. A chip may be slow, or say that its face is very
long, so as not to be looked at: that wins nothing, since staff then compare the printed photo. The face comes last of
all files, so that nothing else is lost over it.
"""

import time
from collections.abc import Callable


class FaceTime:
    """Measures one reading. ``now`` is a clock in seconds that only goes forward."""

    def __init__(self, within_s: float, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._until = now() + within_s
        self._began = now()
        self._opening = 0.0
        self._last = 0.0
        self._done = 0
        self._bytes = 0
        self._seconds = 0.0

    def opened(self) -> None:
        """Take note that the chip is open."""
        self._opening = self._now() - self._began

    def begin(self) -> None:
        """Take note that a file is asked for."""
        self._last, self._done = self._now(), 0

    def count(self, done: int) -> None:
        """Take note of a block: so many bytes of the file are there."""
        now = self._now()
        self._bytes += max(0, done - self._done)
        self._seconds += now - self._last
        self._last, self._done = now, done

    def allows(self, left: int, *, proves: bool) -> bool:
        """Say whether so many bytes more can be read in time; ``proves``: the chip is to prove itself after them."""
        needed = left * self._seconds / self._bytes if self._bytes else 0.0
        return self._now() + needed + (self._opening if proves else 0.0) <= self._until
