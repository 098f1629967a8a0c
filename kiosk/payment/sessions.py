"""PaymentSessions: the session of the terminal that is there now; a terminal that is exchanged gets another one."""

from kiosk.devices.terminal import ManagedTerminal
from kiosk.payment.dependencies import PaymentArtist, PaymentDependencies, PaymentServer, ReceiptPrinter
from kiosk.payment.progress import DeskState
from kiosk.payment.session import DeskWatcher, PaymentSession
from kiosk.settings import PaymentSettings
from kiosk.tickets.outbox import OutboxWorker
from peripherals.payment.port import PaymentTerminal


class PaymentSessions:
    """Whoever watches hears of each new state of any of them."""

    def __init__(
        self,
        terminal: ManagedTerminal,
        printer: ReceiptPrinter,
        artist: PaymentArtist,
        *,
        box: OutboxWorker,
        settings: PaymentSettings,
        server: PaymentServer,
    ) -> None:
        self._terminal = terminal
        self._printer = printer
        self._artist = artist
        self._box = box
        self._settings = settings
        self._server = server
        self._watchers: list[DeskWatcher] = []
        self._with: PaymentTerminal | None = None
        #: The one that was used last.
        self.last: PaymentSession | None = None

    def watch(self, watcher: DeskWatcher) -> None:
        self._watchers.append(watcher)

    def current(self) -> PaymentSession | None:
        """Give the desk of the terminal that is there, None where there is none."""
        device = self._terminal.slot.device
        if device is None:
            return None
        if self.last is None or self._with is not device:
            tools = PaymentDependencies(self._box, device, self._printer, self._artist, self._settings, self._server)
            self.last, self._with = PaymentSession(tools, self), device
        return self.last

    def desk_changed(self, state: DeskState) -> None:
        for watcher in self._watchers:
            watcher.desk_changed(state)

    async def close(self) -> None:
        """Stop where it is: the next start settles it."""
        if self.last is not None:
            await self.last.close()
