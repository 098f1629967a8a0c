"""What became of a message that moves money: its answer, or what the terminal says of it when it is asked.

The message is sent once. While its answer is waited for the terminal is asked for the status of that very message, on a
connection of its own (nexo Sale to POI Protocol 3.0, TransactionStatus: done, with the answer once more; InProgress;
NotFound): so an answer that was lost, and a terminal that is gone, are noticed within seconds. Once the answer is lost
for good, the terminal is asked until it knows.
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from typing import Protocol

import structlog

from peripherals.device import DeviceState, Timings
from peripherals.errors import AnswerInvalidError, EnvelopeError, NotConnectedError
from peripherals.payment.nexo import answers, requests
from peripherals.payment.nexo.answers import InProgressError, NotFound
from peripherals.payment.nexo.link import LostError
from peripherals.payment.nexo.messages import SaleToPOIRequest, SaleToPOIResponse
from peripherals.payment.nexo.requests import PeerNames
from peripherals.payment.port import Follow, Order, Progress, Result, Transaction

log = structlog.get_logger()

#: So often in a row must a terminal say that it has no such message: the first time it may not have looked at it yet.
_SURE = 2
#: So often in a row is it not reached until people are told: it may have been busy with a card.
_GONE = 2


class SendInquiry(Protocol):
    def __call__(self, request: SaleToPOIRequest, limit_s: float) -> Awaitable[SaleToPOIResponse | None]: ...


class Inquiry:
    """``ask`` sends one request (``Link.ask``), ``there`` is whether the driver is still open."""

    def __init__(
        self, device: str, names: PeerNames, timings: Timings, ask: SendInquiry, there: Callable[[], bool]
    ) -> None:
        self._device = device
        self._names = names
        self._timings = timings
        self._ask = ask
        self._there = there

    async def carry_out(self, order: Order, request: SaleToPOIRequest, follow: Follow | None = None) -> Transaction:
        """Send what moves money, once, and find out what became of it.

        ``follow`` hears NO_ANSWER where nobody knows what the terminal does, PRESENT_CARD where it is at work again.

        Raises:
            NotConnectedError: it was not sent.
        """
        voice = _Voice(follow)
        sent = asyncio.ensure_future(self._ask(request, self._timings.payment_s))
        try:
            found = await self._beside(order, sent, voice)
        finally:
            sent.cancel()
            await asyncio.wait([sent])
            if not sent.cancelled():
                # What it ended with is no matter any more where the terminal has said more.
                sent.exception()
        if found is not None:
            return found
        voice.report(Progress.NO_ANSWER)
        found = await self.find_out(order, patient=True, voice=voice)
        return self.unknown(order, Result.FAILED, "not-found") if found is None else found

    async def _beside(
        self, order: Order, sent: "asyncio.Future[SaleToPOIResponse | None]", voice: "_Voice"
    ) -> Transaction | None:
        """Wait for the answer, and ask for the state beside it; None where there will be no answer."""
        gone = missing = 0
        while not (await asyncio.wait([sent], timeout=self._timings.poll_s))[0]:
            try:
                found = await self._status(order)
            except InProgressError:
                gone = missing = 0
                voice.report(Progress.PRESENT_CARD)
                continue
            except (NotConnectedError, LostError):
                gone += 1
                if gone >= _GONE:
                    voice.report(Progress.NO_ANSWER)
                continue
            except (AnswerInvalidError, EnvelopeError):
                # It is there, and says nothing that helps.
                gone = 0
                continue
            if not isinstance(found, NotFound):
                log.warning("answer-overdue", device=self._device, order=order.id)
                return found
            gone, missing = 0, missing + 1
            if missing >= _SURE and await self._idle():
                log.warning("payment-in-doubt", device=self._device, order=order.id, code="forgotten")
                return None
        try:
            return self._read(sent.result(), order)
        except (AnswerInvalidError, EnvelopeError) as error:
            log.warning("payment-in-doubt", device=self._device, order=order.id, code=error.code)
            return None

    async def find_out(
        self, order: Order, *, patient: bool, proof: bool = True, voice: "_Voice | None" = None
    ) -> Transaction | None:
        """Ask for the status until the terminal knows it, or for ``payment_s``; None where it surely never had it.

        ``patient``: also while it cannot be reached, or what it says cannot be believed. ``proof``: it has to show that
        it remembers.
        """
        loop = asyncio.get_running_loop()
        until = loop.time() + self._timings.payment_s
        voice = voice or _Voice(None)
        missing = 0
        while True:
            reason = "no-answer"
            try:
                found = await self._status(order)
                if not isinstance(found, NotFound):
                    return found
                missing += 1
            except InProgressError:
                missing, reason = 0, "in-progress"
                voice.report(Progress.PRESENT_CARD)
            except (NotConnectedError, AnswerInvalidError, EnvelopeError):
                missing = 0
                if not patient:
                    return self.unknown(order, Result.IN_DOUBT, reason)
                voice.report(Progress.NO_ANSWER)
            if missing == _SURE:
                sure = not proof or await self._untouched(order)
                return None if sure else self.unknown(order, Result.IN_DOUBT, "not-proved")
            if loop.time() >= until or not self._there():
                return self.unknown(order, Result.IN_DOUBT, reason)
            await asyncio.sleep(self._timings.poll_s)

    async def last(self) -> str:
        """Give the reference of the terminal's last transaction (``answers.last``)."""
        return answers.last(await self._ask(requests.last(self._names, own_id()), self._timings.answer_s))

    def unknown(self, order: Order, result: Result, reason: str) -> Transaction:
        return Transaction(result, order.amount, terminal=self._names.poi_id, reason=reason)

    async def _status(self, order: Order) -> Transaction | NotFound:
        answer = await self._ask(requests.status(self._names, own_id(), order), self._timings.answer_s)
        if answer is None:
            raise AnswerInvalidError
        return answers.outcome(answer, order, self._names.poi_id)

    async def _idle(self) -> bool:
        """Whether the terminal says that it does nothing: one that is at work may name what it works at only later."""
        try:
            answer = await self._ask(requests.diagnosis(self._names, own_id()), self._timings.answer_s)
            return answers.health(None if answer is None else answer.diagnosis_response).state is DeviceState.ONLINE
        except (NotConnectedError, AnswerInvalidError, EnvelopeError):
            return False

    async def _untouched(self, order: Order) -> bool:
        """Whether the terminal shows that it did nothing since the order was marked."""
        try:
            return bool(order.mark) and await self.last() == order.mark
        except (NotConnectedError, AnswerInvalidError, EnvelopeError):
            return False

    def _read(self, answer: SaleToPOIResponse | None, order: Order) -> Transaction:
        if answer is None:
            # An empty answer is one that says nothing.
            raise AnswerInvalidError
        if order.undoes:
            return answers.reversal(answer.reversal_response, order, self._names.poi_id)
        return answers.payment(answer.payment_response, order, self._names.poi_id)


class _Voice:
    """Says each thing once, until another is so."""

    def __init__(self, follow: Follow | None) -> None:
        self._follow = follow
        self._last = Progress.PRESENT_CARD

    def report(self, progress: Progress) -> None:
        if progress is not self._last:
            self._last = progress
            if self._follow is not None:
                self._follow(progress)


def own_id() -> str:
    """Name a message that nobody will ask for again."""
    return requests.service_id(secrets.token_hex(16))
