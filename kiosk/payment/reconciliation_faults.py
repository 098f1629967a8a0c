"""What staff hear of a terminal's day that could not be ended, or that the server does not take."""

from kiosk.devices.terminal import ManagedTerminal
from kiosk.errors import DayOpenError, DayRefusedError
from kiosk.ports import Wakeable


class ReconciliationFaults:
    """``uploads`` tells the server of a day that has ended."""

    def __init__(self, terminal: ManagedTerminal, uploads: Wakeable) -> None:
        self._terminal = terminal
        self._uploads = uploads
        self._open = False
        self._refused = False

    def day_ended(self, ended: bool) -> None:
        if ended:
            self._uploads.wake()
        if self._open is ended:
            self._open = not ended
            self._notify()

    def day_refused(self, refused: bool) -> None:
        self._refused = refused
        self._notify()

    def _notify(self) -> None:
        self._terminal.trouble(DayOpenError.code if self._open else DayRefusedError.code if self._refused else "")
