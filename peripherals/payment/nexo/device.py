"""A payment terminal that speaks nexo as Adyen's Terminal API has it, over HTTPS in the local network.

``nexo+https://host:8443?poi=V400m-123456789&sale=KIOSK1&ca=FILE&key=FILE&key_id=NAME&key_version=1``. ``ca`` is the
vendor's root certificate (PEM), ``key`` a file with the passphrase alone that only its owner may read; neither the
passphrase nor anything of a card stands in an address, a log or an error.

A payment is sent once. While its answer is waited for, and where it cannot be believed or is cut off, the terminal is
asked for the status of that very message (``inquiry``), for ``payment_s``; then the payment is in doubt. The message's
id follows from ``Order.id`` (``requests.service_id``), so ``look_up`` finds it after a crash with the order alone.

That a terminal has no such message shows that nothing was charged only if it remembers what it did: its last
transaction must be the one that it named before, in ``Order.mark``. Else the payment is in doubt (decision 13).
"""

import asyncio
import contextlib
import re
from collections.abc import AsyncGenerator, Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar, Self

import structlog

from peripherals.device import DeviceState, DeviceUrl, LifecycleStage, Timings
from peripherals.device import HealthAnswer as Said
from peripherals.errors import (
    AnswerInvalidError,
    BusyError,
    EnvelopeError,
    NotConnectedError,
    PeripheralError,
    UrlInvalidError,
)
from peripherals.payment.decision import decided
from peripherals.payment.nexo import answers, requests
from peripherals.payment.nexo.answers import InProgressError
from peripherals.payment.nexo.inquiry import Inquiry, own_id
from peripherals.payment.nexo.link import Endpoint, NexoLink, RejectedError
from peripherals.payment.nexo.messages import SaleToPOIRequest
from peripherals.payment.nexo.messages import SaleToPOIResponse as Message
from peripherals.payment.nexo.requests import PeerNames
from peripherals.payment.port import (
    Capabilities,
    Decide,
    Follow,
    Order,
    PaymentTerminal,
    Progress,
    Result,
    TerminalReceipt,
    TerminalReconciliation,
    TerminalStatus,
    Transaction,
)

log = structlog.get_logger()

_OPTIONS = ("poi", "sale", "ca", "key", "key_id", "key_version")
#: Model and serial number; a dot would end the part of a common name that is compared.
_POI_ID = re.compile(r"[A-Za-z0-9]{1,24}-[A-Za-z0-9]{1,32}")
_WORD = re.compile(r"[A-Za-z0-9_.-]{1,64}")
#: How long an abort waits before it is sent again, in seconds: a person looks at the terminal meanwhile.
_ABORT_AGAIN_S = 1.0
_PROGRESS = {
    Result.APPROVED: Progress.APPROVED,
    Result.DECLINED: Progress.DECLINED,
    Result.CANCELLED: Progress.CANCELLED,
    Result.FAILED: Progress.CANCELLED,
}


class NexoTerminal(PaymentTerminal):
    #: Whoever runs it gives money back elsewhere, later, and the terminal does not count it.
    capabilities = Capabilities(can_refund=False)
    _owned: ClassVar[set[str]] = set()

    def __init__(self, url: str, endpoint: Endpoint, sale_id: str, timings: Timings) -> None:
        super().__init__(url, TerminalStatus(state=DeviceState.UNKNOWN))
        self._endpoint = endpoint
        self._names = PeerNames(sale_id, endpoint.poi_id)
        self._timings = timings
        self._link: NexoLink | None = None
        self._owner: asyncio.Task[None] | None = None
        self._inquiry = Inquiry(url, self._names, timings, self._ask, lambda: self._stage is LifecycleStage.ENABLED)
        self._tried = asyncio.Event()
        #: Held while the terminal is asked for something; an abort alone does not wait for it.
        self._line = asyncio.Lock()
        self._taken = False
        self._paying: Order | None = None

    @classmethod
    def from_url(cls, url: DeviceUrl, timings: Timings) -> Self:
        """Read the address; its files are read when it is claimed.

        Raises:
            UrlInvalidError: names the part that is missing or cannot be used.
        """
        url.only(*_OPTIONS)
        if not url.host or url.path not in {"", "/"}:
            raise UrlInvalidError(part="host", value=url.text)
        for name, form in {"poi": _POI_ID, "sale": _WORD, "key_id": _WORD}.items():
            if not form.fullmatch(url.options.get(name, "")):
                raise UrlInvalidError(part=name, value=url.options.get(name, ""))
        for name in ("ca", "key"):
            if not url.options.get(name):
                raise UrlInvalidError(part=name, value="")
        options = url.options
        version = url.number("key_version", 1, 0, 1_000_000)
        files = (Path(options["ca"]), Path(options["key"]))
        endpoint = Endpoint(url.host, url.port or 8443, options["poi"], *files, options["key_id"], version)
        return cls(url.text, endpoint, options["sale"], timings)

    # The life cycle.

    async def _claim(self) -> None:
        """Take the terminal, and read key and certificate (TerminalKeyError)."""
        if self._endpoint.owned in self._owned:
            raise BusyError(port=self._endpoint.owned)
        self._link = await NexoLink.open(self._endpoint, self._timings.connect_s)
        self._owned.add(self._endpoint.owned)

    async def _enable(self) -> None:
        self._tried.clear()
        self._publish(TerminalStatus(state=DeviceState.STARTING))
        self._owner = asyncio.create_task(self._own(), name=f"owner of {self._endpoint.owned}")
        self._owner.add_done_callback(self._ended)
        await self._tried.wait()

    async def _release(self) -> None:
        owner, self._owner = self._owner, None
        if owner is not None:
            owner.cancel()
            await asyncio.wait([owner])
        link, self._link = self._link, None
        if link is not None:
            await link.close()
        self._owned.discard(self._endpoint.owned)
        self._publish(TerminalStatus(state=DeviceState.UNKNOWN))

    async def _check_health(self) -> TerminalStatus:
        """Ask an idle terminal; one that is at work is not disturbed, and stays as it was."""
        return self.status if self._taken else await self._inquire()

    async def _own(self) -> None:
        pause = self._timings.reopen_first_s
        while True:
            if not self._taken:
                await self._inquire()
            self._tried.set()
            if self.status.state is DeviceState.OFFLINE:
                await asyncio.sleep(pause)
                pause = min(pause * 2, self._timings.reopen_max_s)
            else:
                pause = self._timings.reopen_first_s
                await asyncio.sleep(self._timings.terminal_poll_s)

    async def _inquire(self) -> TerminalStatus:
        async with self._line:
            try:
                answer = await self._connected().ask(self._new(requests.diagnosis), self._timings.answer_s)
                status = answers.health(None if answer is None else answer.diagnosis_response)
            except NotConnectedError as error:
                if self.status.state is not DeviceState.OFFLINE:
                    log.warning("device-lost", device=self.url, code=error.code, **error.placeholders)
                status = TerminalStatus(state=DeviceState.OFFLINE)
            except RejectedError:
                status = TerminalStatus(state=DeviceState.USER_ERROR, registered=Said.NO)
            except (AnswerInvalidError, EnvelopeError):
                status = TerminalStatus(state=DeviceState.UNKNOWN)
        if status.state is DeviceState.ONLINE and self.status.state is not DeviceState.ONLINE:
            log.info("device-connected", device=self.url)
        return self._publish(status)

    def _ended(self, owner: asyncio.Task[None]) -> None:
        """Say it loudly where the owner came to an end by a fault of this program."""
        self._tried.set()
        if owner.cancelled() or (error := owner.exception()) is None:
            return
        self._publish(TerminalStatus(state=DeviceState.UNKNOWN))
        message = f"the owner of {self._endpoint.owned} failed"
        owner.get_loop().call_exception_handler({"message": message, "exception": error, "task": owner})

    # What it is for.

    async def mark(self) -> str:
        """Give the reference of the terminal's last transaction; "" where it has none, or tells none.

        Raises:
            BusyError: it is at work for somebody.
            NotConnectedError: it is away.
            AnswerInvalidError, EnvelopeError: it cannot be understood.
        """
        async with self._turn("mark"):
            try:
                return await self._inquiry.last()
            except InProgressError as error:
                raise BusyError(port=self._endpoint.owned) from error

    async def pay(self, order: Order, *, follow: Follow, decide: Decide) -> Transaction:
        """Charge a card; see ``PaymentTerminal``.

        An approval of another amount than was asked for, and one that ``decide`` says no to or fails at, is undone by a
        reversal, which is carried out later: the result is REQUESTED then, FAILED's money never moved. Where nobody
        knows whether that reversal was taken it is IN_DOUBT (``reversal-in-doubt``), where it was refused APPROVED
        (``not-reversed``): the person's money is to be given back by other means. Whoever cancels this call leaves
        the terminal at work, and asks ``look_up``.
        """
        async with self._turn("pay"):
            follow(Progress.PRESENT_CARD)
            self._paying = order
            request = requests.payment(self._names, order, datetime.now(UTC))
            try:
                transaction = await self._inquiry.carry_out(order, request, follow)
            finally:
                self._paying = None
            follow(_PROGRESS.get(transaction.result, Progress.WAIT))
            if transaction.result is not Result.APPROVED:
                return transaction
            if transaction.reason:
                return await self._undo(order, transaction, follow)
            if await decided(decide, transaction):
                return transaction
            return await self._undo(order, replace(transaction, reason="goods-not-issued"), follow)

    async def look_up(self, order: Order) -> Transaction | None:
        """Ask for the status of the order's message, and of the reversal that undid it, if ``pay`` sent one.

        A terminal that cannot be asked leaves it IN_DOUBT. None: it said twice that it has no such message, and that it
        did nothing since the order was marked; else it may have forgotten (IN_DOUBT, ``not-proved``).
        """
        async with self._turn("look_up"):
            found = await self._inquiry.find_out(order, patient=False)
            if found is None or found.result is not Result.APPROVED:
                return found
            # Who knows the payment has not forgotten what came after it.
            undone = await self._inquiry.find_out(requests.undoing(order, found.reference), patient=False, proof=False)
            return found if undone is None else _after(found, undone)

    async def reverse(self, order: Order, paid: Transaction) -> Transaction:
        """Ask for a whole payment to be undone: REQUESTED where it was taken."""
        async with self._turn("reverse"):
            return await self._reverse(order, paid, whole=True)

    async def refund(self, order: Order, paid: Transaction) -> Transaction:
        """Ask for the order's amount to be given back: REQUESTED where it was taken."""
        async with self._turn("refund"):
            return await self._reverse(order, paid, whole=False)

    async def repeat_receipts(self) -> tuple[TerminalReceipt, ...]:
        """Give the receipts of the last transaction once more; raises what goes wrong, since no money moves."""
        async with self._turn("repeat_receipts"):
            answer = await self._connected().ask(self._new(requests.repeat), self._timings.answer_s)
            if answer is None:
                raise AnswerInvalidError
            return answers.repeated(answer)

    async def end_day(self) -> TerminalReconciliation:
        """Ask for the totals: payments alone, for the terminal does not count what is reversed later."""
        async with self._turn("end_day"):
            try:
                answer = await self._connected().ask(self._new(requests.reconciliation), self._timings.payment_s)
                return answers.reconciliation(None if answer is None else answer.reconciliation_response)
            except InProgressError:
                return TerminalReconciliation(Result.FAILED, reason="busy")
            except (AnswerInvalidError, EnvelopeError):
                return TerminalReconciliation(Result.IN_DOUBT, reason="no-answer")

    async def abort(self) -> None:
        """Ask to end the payment that goes on until it has ended; does nothing where none does.

        Each request is on a connection of its own: an abort may overtake the payment that it names, and a terminal that
        knows of none answers it as any other, with nothing.
        """
        self._require("abort", LifecycleStage.ENABLED)
        order = self._paying
        while order is not None and self._paying is order:
            with contextlib.suppress(PeripheralError):
                request = requests.abort(self._names, own_id(), order)
                await self._connected().ask(request, self._timings.answer_s)
            await asyncio.sleep(_ABORT_AGAIN_S)

    # How it is done.

    @contextlib.asynccontextmanager
    async def _turn(self, call: str) -> AsyncGenerator[None]:
        self._require(call, LifecycleStage.ENABLED)
        if self._taken:
            raise BusyError(port=self._endpoint.owned)
        self._taken = True
        try:
            async with self._line:
                yield
        finally:
            self._taken = False

    async def _reverse(self, order: Order, paid: Transaction, *, whole: bool) -> Transaction:
        if not paid.reference or paid.at is None:
            return self._inquiry.unknown(order, Result.FAILED, "no-reference")
        order = replace(order, undoes=paid.reference)
        part = None if whole else order.amount
        return await self._inquiry.carry_out(
            order, requests.reversal(self._names, order, paid, datetime.now(UTC), part)
        )

    async def _undo(self, order: Order, paid: Transaction, follow: Follow) -> Transaction:
        follow(Progress.REVERSING)
        try:
            undone = await self._reverse(requests.undoing(order, paid.reference), paid, whole=True)
        except NotConnectedError:
            undone = self._inquiry.unknown(order, Result.FAILED, "not-connected")
        return _after(paid, undone)

    async def _ask(self, request: SaleToPOIRequest, limit_s: float) -> Message | None:
        return await self._connected().ask(request, limit_s)

    def _connected(self) -> NexoLink:
        if self._link is None:
            raise NotConnectedError(reason="closed")
        return self._link

    def _new(self, make: Callable[[PeerNames, str], SaleToPOIRequest]) -> SaleToPOIRequest:
        return make(self._names, own_id())


def _after(paid: Transaction, undone: Transaction) -> Transaction:
    """Put together a payment and the reversal that undid it."""
    papers = paid.receipts + undone.receipts
    match undone.result:
        case Result.REQUESTED:
            return replace(paid, result=Result.REQUESTED, reason=paid.reason or "goods-not-issued", receipts=papers)
        case Result.IN_DOUBT:
            return replace(paid, result=Result.IN_DOUBT, reason="reversal-in-doubt", receipts=papers)
        case _:
            return replace(paid, result=Result.APPROVED, reason="not-reversed", receipts=papers)
