"""How a device says which of its starts it is: a copy of its folder on a second machine is noticed by that.

The id of a start is on disk before it is sent. One that the server has not confirmed is told again by the next start
before that draws its own: however often a device starts without its server, there is one such id at most.
"""

import secrets
from collections.abc import Callable
from typing import Protocol

import msgspec
import structlog
from msgspec.structs import replace

from queue_server.contract.devices import StartRequest

_log = structlog.get_logger(__name__)

#: Which start sends a request, and whether the server knows of another machine that is the same device.
START_HEADER = "Device-Start"
COPIED_HEADER = "Device-Copied"

#: Starts that are kept: a restored database may hold one as old as its backup.
_MAX = 256


def sign(start: str) -> str:
    """Shorten an id to what a machine shows and people compare."""
    return start[:4].upper()


class KnownStarts(msgspec.Struct, frozen=True):
    """The starts of ``device``, the newest last; ``confirmed``: the server has answered to that one.

    ``copied``: it said that there is another machine.
    """

    device: str
    ids: tuple[str, ...] = ()
    confirmed: bool = True
    copied: bool = False


class StartStore(Protocol):
    """Keeps what must outlive the process. Both may wait for a disk."""

    def read(self) -> KnownStarts | None: ...

    def store(self, known: KnownStarts) -> None:
        """Be sure that it is on disk. Raises OSError."""


class DeviceStart:
    """One start of a device. ``on_copied`` hears in the loop whether another machine is there; all else may wait.

    ``taken``: the server knows this start, and requests may go out in its name.
    """

    def __init__(self, device: str, centre: str, keeper: StartStore, on_copied: Callable[[bool], None]) -> None:
        self.centre = centre
        self._device = device
        self._keeper = keeper
        self._on_copied = on_copied
        self._known: KnownStarts | None = None
        #: Whether the next to take over is an id that nobody has drawn before.
        self._fresh = False
        #: Whether the newest id was drawn by this process.
        self._own = False
        self.taken = False

    @property
    def id(self) -> str:
        return "" if self._known is None or not self._known.ids else self._known.ids[-1]

    @property
    def copied(self) -> bool:
        return self._known is not None and self._known.copied

    def load(self) -> KnownStarts:
        """Read what is known of earlier starts."""
        if self._known is None:
            found = self._keeper.read()
            self._known = found if found is not None and found.device == self._device else KnownStarts(self._device)
            self._fresh = not self._known.ids or (self._known.confirmed and not self._known.copied)
        return self._known

    def draw(self) -> StartRequest | None:
        """Say as which start to take over; None where none can be kept now."""
        known = self.load()
        if self._fresh:
            ids = (*known.ids, secrets.token_hex(8))[-_MAX:]
            known = replace(known, ids=ids, confirmed=False)
            try:
                self._keeper.store(known)
            except OSError as error:
                _log.warning("start-not-stored", reason=type(error).__name__)
                return None
            self._known, self._fresh, self._own = known, False, True
        return StartRequest(known.ids[-1], known.ids[:-1])

    def over(self) -> None:
        """Note that a later start has taken over: one that lives draws another."""
        self.taken, self._fresh = False, True

    def acknowledge(self, *, copied: bool) -> None:
        """Note what the server said.

        What an earlier process had drawn is done with: this one draws its own next, for a copy of the folder would
        have had the same.
        """
        known = replace(self.load(), confirmed=True, copied=copied)
        self._store(known)
        self._fresh = not self._own and not copied
        self.taken = not self._fresh

    def notice(self, *, copied: bool) -> None:
        """Take what an answer says beside what was asked."""
        known = self.load()
        if copied and not known.copied:
            self._store(replace(known, copied=True))
        elif not copied and known.copied:
            # Somebody has said that this one stays: an id of its own before anything is given out.
            self.over()

    def _store(self, known: KnownStarts) -> None:
        before, self._known = self._known, known
        if known == before:
            return
        try:
            self._keeper.store(known)
        except OSError as error:
            _log.warning("start-not-stored", reason=type(error).__name__)

    def notify(self) -> None:
        """Tell whether there is another machine."""
        self._on_copied(self.copied)
