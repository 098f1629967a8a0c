"""Runs a dialogue over a channel: what it wants sent is sent, and it is told what came, what was decided, and when."""

import asyncio
from collections.abc import Callable
from enum import Enum, auto

import structlog

from peripherals.errors import AnswerTimeoutError, NotConnectedError
from peripherals.payment.port import Follow as Hear
from peripherals.payment.zvt.apdu import Apdu
from peripherals.payment.zvt.bmp import Fields
from peripherals.payment.zvt.channel import ByteChannel
from peripherals.payment.zvt.dialogue import Action, Dialogue, DialogueEnd, Follow, GoodsQuestion, Send

log = structlog.get_logger()

#: Units that wait to be answered; a terminal waits for each answer, so that two is more than there are.
_MAX_WAITING = 64
HALF_A_FRAME = "half-a-frame"


class _Order(Enum):
    ABORT = auto()
    BREAK_OFF = auto()


class Exchange:
    """One dialogue under way. ``asked`` gets the approval that is to be decided about."""

    def __init__(self, hear: Hear | None = None) -> None:
        self.asked: asyncio.Future[Fields] = asyncio.get_running_loop().create_future()
        self._hear = hear
        self._events: asyncio.Queue[Apdu | bool | _Order] = asyncio.Queue()

    def came(self, apdu: Apdu) -> None:
        """Take an APDU of the terminal; one that says more than can be answered is given up."""
        self._events.put_nowait(apdu if self._events.qsize() < _MAX_WAITING else _Order.BREAK_OFF)

    def decide(self, goods: bool) -> None:
        """Say whether the goods can be issued."""
        self._events.put_nowait(goods)

    def abort(self) -> None:
        """Ask the terminal to end it, now or as soon as it can be asked."""
        self._events.put_nowait(_Order.ABORT)

    def left(self) -> list[Apdu]:
        """Give what came and was not taken any more."""
        found = []
        while not self._events.empty():
            if isinstance(event := self._events.get_nowait(), Apdu):
                found.append(event)
        return found

    def break_off(self) -> None:
        """End it here: what the terminal says next cannot be read."""
        self._events.put_nowait(_Order.BREAK_OFF)

    async def run(self, dialogue: Dialogue, channel: ByteChannel) -> DialogueEnd:
        """Hold the dialogue to its end.

        Raises:
            NotConnectedError: the connection ended; the dialogue has what was heard before.
        """
        actions = dialogue.begin(_now())
        while True:
            for action in actions:
                if isinstance(action, DialogueEnd):
                    return action
                await self._do(action, dialogue, channel)
            if dialogue.end is not None:
                return dialogue.end
            actions = await self._next(dialogue)

    async def _do(self, action: Action, dialogue: Dialogue, channel: ByteChannel) -> None:
        match action:
            case Send(apdu):
                try:
                    arrived = await channel.send(apdu)
                except AnswerTimeoutError:
                    dialogue.mute()
                else:
                    dialogue.proved = dialogue.proved or (arrived and dialogue.committed)
            case Follow(progress):
                _notify(self._hear, progress)
            case GoodsQuestion(fields) if not self.asked.done():
                self.asked.set_result(fields)
            case _:
                pass

    async def _next(self, dialogue: Dialogue) -> list[Action]:
        try:
            async with asyncio.timeout_at(dialogue.deadline):
                event = await self._events.get()
        except TimeoutError:
            return dialogue.due(_now())
        if isinstance(event, Apdu):
            return dialogue.received(event, _now())
        if isinstance(event, bool):
            return dialogue.decided(event, _now())
        if event is _Order.BREAK_OFF:
            raise NotConnectedError(reason=HALF_A_FRAME)
        return dialogue.abort()


def _now() -> float:
    return asyncio.get_running_loop().time()


def _notify[T](hear: Callable[[T], None] | None, what: T) -> None:
    if hear is None:
        return
    try:
        hear(what)
    except Exception as error:  # noqa: BLE001 - whoever listens must not end a payment that goes on
        log.error("listener-failed", error=type(error).__name__)  # noqa: TRY400 - its text may hold what it was about
