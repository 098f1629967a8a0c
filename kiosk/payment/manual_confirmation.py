"""Hears from the server what staff say of money that they move themselves, and gives it to the terminal's desk.

A terminal that has people move the money (``PaymentTerminal.desk``) waits for staff. What they say at the counter page
is kept by the server, as an answer to the row of the journal that asks for it; the server is asked only while there is
one. A word that was said while this kiosk was off is heard the same way, and decides when the terminal is asked what
became of the payment.
"""

import asyncio
from contextlib import suppress
from typing import NamedTuple, Protocol

import structlog

from kiosk.errors import OutboxError
from kiosk.payment import journal
from kiosk.payment.dependencies import place_of
from kiosk.payment.journal_model import Attempt, PaymentStep
from kiosk.payment.progress import DeskState
from kiosk.ports import Wakeable
from kiosk.settings import PaymentSettings
from kiosk.tickets.outbox import OutboxWorker
from peripherals.errors import PeripheralError
from peripherals.money import Amount
from peripherals.payment.attended import AttendedConfirmations, ConfirmationOutcome
from peripherals.payment.port import Order, PaymentTerminal
from queue_server.contract.backoff import Backoff, woken
from queue_server.contract.client import ClientError, ServerUnreachableError
from queue_server.contract.payments import ManualConfirmation
from queue_server.contract.periodic import Periodic

_log = structlog.get_logger(__name__)

_BACK = frozenset({PaymentStep.REVERSAL_SENT, PaymentStep.REVERSAL_IN_DOUBT})


class Wanted(NamedTuple):
    """What a word is wanted of: the order that row ``row`` of the journal asks for; ``back``: to give it back."""

    row: int
    order: Order
    back: bool


def wanted(attempt: Attempt) -> Wanted | None:
    """Say what staff are to say of an attempt at their terminal; None where nothing waits for them. Pure."""
    rows = {row.step: number for number, row in enumerate(attempt.rows, 1)}
    if attempt.step in _BACK:
        undoing = attempt.undoing
        if undoing is not None and undoing.undo:
            return Wanted(rows[PaymentStep.REVERSAL_SENT], attempt.reversal, back=True)
        # Before it is asked back, the terminal is asked what became of it.
        return Wanted(rows[PaymentStep.SENT], attempt.order, back=False)
    if attempt.step in {PaymentStep.SENT, PaymentStep.IN_DOUBT, PaymentStep.APPROVED, PaymentStep.GOODS_ISSUED}:
        return Wanted(rows[PaymentStep.SENT], attempt.order, back=False)
    return None


def receive(desk: AttendedConfirmations, want: Wanted, word: ManualConfirmation) -> ConfirmationOutcome | None:
    """Give the desk a word, as often as it is heard; None where it is none that can be taken."""
    try:
        if word.done:
            return desk.confirm(want.order.id, word.slip, Amount(word.amount, want.order.amount.currency))
        return desk.refuse(want.order.id)
    except PeripheralError as error:
        _log.error("manual-confirmation-rejected", order=want.order.id, code=error.code)
        return None


class ConfirmationSource(Protocol):
    """Where confirmations by staff come from (``kiosk.payment.server_queries``)."""

    async def confirmations(self, attempt: str) -> tuple[ManualConfirmation, ...]:
        """Give all that staff said of an attempt. Raises ClientError."""
        ...


class TerminalPlace(Protocol):
    """The terminal that is there now (``kiosk.devices.managed_device.Slot``)."""

    @property
    def device(self) -> PaymentTerminal | None: ...


class StaffConfirmationRelay:
    """``uploads`` is woken when the server is to show staff what it has not heard."""

    def __init__(
        self,
        place: TerminalPlace,
        source: ConfirmationSource,
        *,
        box: OutboxWorker,
        settings: PaymentSettings,
        uploads: Wakeable,
    ) -> None:
        self._place = place
        self._source = source
        self._box = box
        self._settings = settings
        self._uploads = uploads
        self._wake = asyncio.Event()
        self._disk = Backoff(settings.retry_interval_s, settings.recover_s)
        self.task = Periodic("manual-confirmations", 0, self._relay, at_once=True)
        #: What is waited for now, and since when.
        self._want: Wanted | None = None
        self._since = 0.0
        self._away = False

    def wake(self) -> None:
        """Look now: something of a payment changed."""
        self._wake.set()

    def desk_changed(self, state: DeskState) -> None:
        del state
        self.wake()

    async def _relay(self) -> None:
        """Hear what was said, and wait until there may be more."""
        self._wake.clear()
        try:
            open_ = await self._check()
        except OutboxError as error:
            if self._disk.works:
                _log.error("payment-journal", **error.placeholders)
            await asyncio.sleep(self._disk.failed())
            return
        self._disk.worked()
        self.task.worked()
        if not open_:
            await self._wake.wait()
            return
        await woken(self._wake, self._settings.retry_interval_s)

    async def _check(self) -> bool:
        """Hear what was said; False where no payment is open that staff could be asked about.

        Raises:
            OutboxError: the journal cannot be read.
        """
        device = self._place.device
        if device is None or device.desk is None:
            return False
        here = place_of(device.url)
        attempts = [one for one in await self._box(journal.unsettled) if (one.driver, one.place) == here]
        for attempt in attempts:
            await self._follow(device, device.desk, attempt)
        return bool(attempts)

    async def _follow(self, device: PaymentTerminal, desk: AttendedConfirmations, attempt: Attempt) -> None:
        want = wanted(attempt)
        if want is None:
            return
        loop = asyncio.get_running_loop()
        if want != self._want:
            self._want, self._since = want, loop.time()
            # Staff see it once the server has the row that asks for it.
            self._uploads.wake()
        for word in await self._confirmations(attempt):
            if word.row == want.row and receive(desk, want, word) is ConfirmationOutcome.TOO_LATE:
                # The server shows staff that the journal and they do not agree.
                _log.error("manual-confirmation-too-late", attempt=attempt.id, row=word.row)
        question = desk.question
        waits = want.back and question is not None and question.order_id == want.order.id
        if waits and loop.time() - self._since >= self._settings.recover_s:
            # A kiosk serves nobody while it waits for that: staff find the payment on their list, and on its slip.
            with suppress(PeripheralError):
                await device.abort()

    async def _confirmations(self, attempt: Attempt) -> tuple[ManualConfirmation, ...]:
        try:
            found = await self._source.confirmations(attempt.id)
        except ClientError as error:
            if not self._away and isinstance(error, ServerUnreachableError):
                _log.warning("manual-confirmations-unreachable", attempt=attempt.id)
            self._away = isinstance(error, ServerUnreachableError)
            return ()
        self._away = False
        return found
