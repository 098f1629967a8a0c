"""The line of a bank to its server: what the bank is, what happened there, which orders wait, and what time it is.

The bank connects outwards; nobody connects to it. Nothing of what it does waits for the server, and without it no door
opens: an order comes from nowhere else.
"""

import asyncio
import uuid
from collections.abc import Callable
from typing import Final

import msgspec
import structlog

from peripherals.errors import LockerJournalError, OrderRefusedError
from peripherals.lockers.agent import bank_events
from peripherals.lockers.agent.agent import LockerAgent
from peripherals.lockers.agent.order_keys import OrderKeys
from peripherals.lockers.agent.server_clock import ServerClock
from peripherals.lockers.agent.settings import LinkSettings
from queue_server.contract.backoff import Backoff, woken
from queue_server.contract.banks import MAX_TOLD, BankEventsRequest, LockerOrderFrame
from queue_server.contract.client import ApiClient, ClientError, ProblemError
from queue_server.contract.devices import PartStatus, StatusRequest
from queue_server.contract.lockers import OrderInvalidError, SignedOrder
from queue_server.contract.release import RUNNING
from queue_server.contract.remote_commands import RemoteCommands
from queue_server.contract.starts import DeviceStart
from queue_server.domain.lockers import OrderRefusal

_log = structlog.get_logger(__name__)

#: The server does not know this journal: it is described again.
_UNKNOWN: Final = frozenset({"bank-unknown", "bank-journal-unknown"})
#: So long after an order that its server never gave the bank says that one came, in seconds.
_STRANGE_S: Final = 900.0


class BankLink:
    """Runs beside the agent. ``connect`` makes a client of the server; ``clock`` is what it tells the time to.

    ``start`` knows whether another machine is this bank too: as long as it is, nothing that is ordered is done.
    ``keys`` are those of orders, and ``commands`` does what managers ask of it from afar.
    """

    def __init__(
        self,
        agent: LockerAgent,
        connect: Callable[[], ApiClient],
        start: DeviceStart,
        clock: ServerClock,
        settings: LinkSettings,
        *,
        keys: OrderKeys,
        commands: RemoteCommands,
    ) -> None:
        self._agent = agent
        self._connect = connect
        self._centre = start.centre
        self._start = start
        self._clock = clock
        self._settings = settings
        self._keys = keys
        self._commands = commands
        self._waiting: dict[str, SignedOrder] = {}
        self._acknowledged = 0
        #: Why an order was none of its server's, and when that was, by the clock of the loop.
        self._strange: tuple[str, float] | None = None
        #: Up to which event the server may have heard of this journal.
        self._told = 0
        #: The last order that was not carried out because another machine may be this bank.
        self._withheld = ""

    async def run(self) -> None:
        """Keep the line until managers ask for a restart and no door is being opened.

        Raises:
            LockerJournalError: the server has heard more than the journal holds: it is an old copy.
        """
        await self._agent.ready.wait()
        self._told = self._agent.found_seq
        async with self._connect() as client:
            await self._describe(client)
            try:
                async with asyncio.TaskGroup() as tasks:
                    works = (self._relay(client), self._follow(client), self._report_status(client))
                    beside = [tasks.create_task(work) for work in works]
                    await self._until_restart()
                    for task in beside:
                        task.cancel()
            except* LockerJournalError as failed:
                raise LockerJournalError(reason="old") from failed
        # What was ordered in that moment comes to its end first.
        await self._until(lambda: self._agent.is_at_rest)

    async def _until_restart(self) -> None:
        """Wait until managers ask for it and no door is open for anybody."""
        while True:
            await self._until(lambda: self._commands.is_waiting and self._agent.is_at_rest)
            if await self._commands.begin_restart():
                return

    async def _until(self, reached: Callable[[], bool]) -> None:
        with self._agent.following() as news:
            self._commands.waits = news.set
            while not reached():
                await woken(news, self._settings.beat_s)
                news.clear()

    async def _describe(self, client: ApiClient) -> None:
        """Say what the bank is until the server has heard it: before that no order is taken."""
        backoff = Backoff(self._settings.retry_first_s, self._settings.retry_max_s)
        request = bank_events.description(self._agent.journal_id, self._agent.compartments)
        while True:
            try:
                answer = await client.describe_bank(self._centre, request, str(uuid.uuid4()))
            except ClientError as error:
                _log_outage(error, backoff)
                await asyncio.sleep(backoff.failed())
                continue
            if answer.acknowledged > self._told:
                # What was used since is not in it: with it an order could be used twice. What this start has written
                # counts for nothing: by that an old copy would catch up.
                _log.critical("journal-is-old", acknowledged=answer.acknowledged, last=self._told)
                raise LockerJournalError(reason="old")
            self._acknowledged = answer.acknowledged
            self._clock.note(answer.at)
            await self._keys.accept(answer.order_keys)
            _log.info("bank-described", acknowledged=answer.acknowledged)
            return

    async def _relay(self, client: ApiClient) -> None:
        backoff = Backoff(self._settings.retry_first_s, self._settings.retry_max_s)
        with self._agent.following() as news:
            while True:
                news.clear()
                try:
                    is_behind = await self._report_events(client)
                    backoff.worked()
                except (ClientError, LockerJournalError) as error:
                    if isinstance(error, ProblemError) and error.code in _UNKNOWN:
                        await self._describe(client)
                    _log_outage(error, backoff)
                    await asyncio.sleep(backoff.failed())
                    continue
                if self._acknowledged > self._told:
                    # Another machine has told in its name: what happens here would pass for told.
                    _log.critical("journal-is-forked", acknowledged=self._acknowledged, told=self._told)
                    raise LockerJournalError(reason="old")
                if not is_behind:
                    await woken(news, self._settings.beat_s)

    async def _report_events(self, client: ApiClient) -> bool:
        """Tell what the server has not heard; whether there is more."""
        entries = await self._agent.entries(self._acknowledged, MAX_TOLD)
        until = entries[-1].seq if entries else self._acknowledged
        request = BankEventsRequest(self._agent.journal_id, self._acknowledged, until, bank_events.bank_events(entries))
        self._told = max(self._told, until)
        # Told again it is the position that says so, and no key.
        answer = await client.report_bank_events(self._centre, request, str(uuid.uuid4()))
        self._acknowledged = answer.acknowledged
        self._clock.note(answer.at)
        await self._keys.accept(answer.order_keys)
        return len(entries) == MAX_TOLD or answer.acknowledged < until

    async def _follow(self, client: ApiClient) -> None:
        backoff = Backoff(self._settings.retry_first_s, self._settings.retry_max_s)
        while True:
            try:
                async for frame in client.locker_orders(self._centre, self._settings.silence_s):
                    backoff.worked()
                    self._clock.note(frame.at)
                    self._take(frame)
                    await self._carry_out()
            except ClientError as error:
                _log_outage(error, backoff)
            await asyncio.sleep(backoff.failed())

    def _take(self, frame: LockerOrderFrame) -> None:
        if frame.type == "snapshot":
            self._waiting.clear()
        for ident, view in frame.entities.items():
            if view is None:
                self._waiting.pop(ident, None)
            else:
                self._waiting[ident] = view.order

    async def _carry_out(self) -> None:
        """Give the agent what waits, each order once; what its disk did not take is tried again at the next beat."""
        for ident, signed in tuple(self._waiting.items()):
            if self._start.copied:
                if ident != self._withheld:
                    _log.error("order-of-a-copy", order=ident)
                self._withheld = ident
                return
            try:
                await self._agent.order(signed)
            except OrderInvalidError as error:
                _log.error("order-not-signed", order=ident)
                self._note_strange(error.code)
            except OrderRefusedError as error:
                reason = str(error.placeholders["reason"])
                _log.info("order-not-carried-out", order=ident, reason=reason)
                if reason == OrderRefusal.OTHER_BANK:
                    self._note_strange(reason)
            except LockerJournalError:
                continue
            del self._waiting[ident]

    async def _report_status(self, client: ApiClient) -> None:
        """Say how the bank is: at once when that changes, and now and then."""
        backoff = Backoff(self._settings.retry_first_s, self._settings.retry_max_s)
        said, since = None, 0.0
        loop = asyncio.get_running_loop()
        while True:
            part = self._part()
            if part != said or loop.time() - since >= self._settings.status_s:
                try:
                    answer = await client.report_status(self._centre, self._status(part))
                    said, since = part, loop.time()
                    backoff.worked()
                    await self._commands.accept(answer.commands, client, self._centre)
                except ClientError as error:
                    _log_outage(error, backoff)
                    await asyncio.sleep(backoff.failed())
            await asyncio.sleep(self._settings.retry_first_s)

    def _status(self, part: PartStatus) -> StatusRequest:
        commands = self._commands
        return StatusRequest("in-service", (part,), version=RUNNING, takes=commands.takes, commands=commands.report)

    def _note_strange(self, code: str) -> None:
        """Keep that somebody sent an order that the server never gave to this bank."""
        self._strange = code, asyncio.get_running_loop().time()

    def _part(self) -> PartStatus:
        code, at = self._strange or ("", 0.0)
        if code and asyncio.get_running_loop().time() - at < _STRANGE_S:
            return PartStatus("lockers", "fraudAttempt", code)
        state = self._agent.state.value
        return msgspec.convert({"name": "lockers", "state": state, "code": _code(state)}, PartStatus)


def _code(state: str) -> str:
    """Say what is wrong by a code of the boards, where the state alone does not."""
    return "" if state in {"online", "fraudAttempt"} else "device-timeout"


def _log_outage(error: Exception, backoff: Backoff) -> None:
    """Log once an outage that nothing is heard."""
    if backoff.works:
        _log.warning("server-away", code=getattr(error, "code", type(error).__name__))
