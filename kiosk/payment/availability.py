"""PaymentCounter: whether one can pay here now, and where."""

import structlog

from kiosk.devices.terminal import ManagedTerminal
from kiosk.journey import events as e
from kiosk.link.wakeup import WakeupGroup
from kiosk.payment.session import PaymentSession
from kiosk.payment.sessions import PaymentSessions
from kiosk.ports import EventSink

_log = structlog.get_logger(__name__)


class PaymentCounter:
    """Open while the terminal answers, all that was cut off is settled, and the terminal's day is not being ended.

    ``opened`` is rung when something may have opened it.
    """

    def __init__(self, terminal: ManagedTerminal, desks: PaymentSessions, events: EventSink) -> None:
        self._terminal = terminal
        self._desks = desks
        self._events = events
        self._answers = False
        self._shut = False
        self._open: bool | None = None
        self.settled = False
        self.opened = WakeupGroup()
        terminal.watch(self)

    def terminal_changed(self) -> None:
        before, self._answers = self._answers, self._terminal.answers
        if self._answers and not before:
            self.opened.wake()
        self._notify()

    def settle(self, settled: bool) -> None:
        """Take note that all that was cut off is settled, or has to be settled first."""
        self.settled = settled
        self._notify()
        self._events.post(e.Settling(not settled))
        if settled:
            self.opened.wake()

    def shut(self, shut: bool) -> None:
        self._shut = shut
        self._notify()

    def free_desk(self) -> PaymentSession | None:
        """Give where payment could be begun now, None where it could not."""
        return self.settled_desk() if self._answers else None

    def settled_desk(self) -> PaymentSession | None:
        """Give the desk that prints claim slips: whether the terminal answers is no matter."""
        return self._desks.current() if self.settled else None

    def _notify(self) -> None:
        """Tell the journey whether payment can be begun."""
        there = self._answers and self.settled and not self._shut
        if there is not self._open:
            self._open = there
            _log.info("terminal", there=there)
            self._events.post(e.TerminalChanged(there))
