"""The relay of the outbox: takes what is due to whoever delivers it, and stores what became of it.

A message is held by one process while it is sent (``store.hold``), so two servers never send one at once. Whoever dies
in between leaves it held until ``held_until``: then it is sent once more, under the same name. Nothing is lost, and
what comes twice can be told by its name (Message-ID).
"""

import asyncio
from collections.abc import Callable, Mapping
from typing import Protocol

import msgspec
import structlog
from sqlalchemy import Connection

from queue_server.contract.backoff import Backoff
from queue_server.contract.periodic import Periodic
from queue_server.database.failures import DatabaseUnavailableError
from queue_server.domain.values import SECOND, Actor, Micros, new_id
from queue_server.eventlog.aggregate import append
from queue_server.eventlog.port import EventLog
from queue_server.notices import contacts, model, store
from queue_server.notices.contact import ContactDetails
from queue_server.notices.errors import ChannelUnreachableError, NoticeChannelError
from queue_server.notices.model import Notification
from queue_server.notices.port import LetterParts, NoticePort, NoticeSession, OutgoingMessage, SendResult, SendState
from queue_server.notices.queueing import drop
from queue_server.notices.settings import NoticeRules
from queue_server.notices.store import NOTIFICATIONS, DeliveryAttempt
from queue_server.notices.values import DropReason, NotificationId, NotificationKind, UndeliverableReason
from queue_server.vault.store import Vault

_log = structlog.get_logger(__name__)

_ACTOR = Actor("system")


class MessageWords(msgspec.Struct, frozen=True):
    """The words of a message (``OutgoingMessage``). Never printed."""

    sender_name: str
    subject: str
    text: str
    short: str
    parts: LetterParts | None = None

    def __repr__(self) -> str:
        return "MessageWords(...)"


class Composer(Protocol):
    """Makes the words of one kind of notification."""

    def __call__(
        self, connection: Connection, notification: Notification, details: ContactDetails, now: Micros
    ) -> MessageWords | None:
        """Make them, in a transaction that writes; None where it is not true any more."""
        ...


class HeldMessage(msgspec.Struct, frozen=True):
    """A message that this process is sending."""

    notification: Notification
    attempt: DeliveryAttempt
    message: OutgoingMessage


def pause_s(tries: int, rules: NoticeRules) -> float:
    """Tell how long is waited after so many tries that were put off: each time twice as long, up to a limit."""
    backoff = Backoff(rules.retry_s, rules.max_retry_s)
    pause = backoff.failed()
    for _ in range(1, tries):
        pause = backoff.failed()
    return pause


class NoticeRelay:
    """Sends in one way. ``task`` does it again and again; ``composers`` make the words."""

    def __init__(  # noqa: PLR0917 - put together in one place
        self,
        log: EventLog,
        vault: Vault,
        port: NoticePort,
        rules: NoticeRules,
        clock: Callable[[], Micros],
        composers: Mapping[NotificationKind, Composer],
    ) -> None:
        self._log = log
        self._vault = vault
        self._port = port
        self._rules = rules
        self._clock = clock
        self._composers = composers
        self._holder = new_id()
        #: What became of messages and could not be stored: they are not sent again by this process.
        self._unstored: dict[NotificationId, tuple[HeldMessage, SendResult]] = {}
        self.task = Periodic(f"notices-{port.channel}", rules.poll_s, self.relay, at_once=True)

    async def relay(self) -> None:
        """Send what is due.

        Raises:
            NoticeChannelError: the way is closed; what is due waits.
            DatabaseUnavailableError: nothing can be stored: nothing is sent.
        """
        for held, result in tuple(self._unstored.values()):
            await self._store(held, result)
        now, rules = self._clock(), self._rules
        due = await self._log.run(lambda connection: store.due(connection, self._port.channel, now, rules.batch))
        if not due:
            return
        failed: Exception | None = None
        async with self._port.session() as session:
            for ident in due:
                try:
                    await self._one(session, ident)
                except (NoticeChannelError, DatabaseUnavailableError):
                    raise
                except Exception as error:  # noqa: BLE001 - one message that cannot be made must not hold up the others
                    failed = error
        if failed is not None:
            raise failed
        if len(due) == rules.batch:
            self.task.wake()

    async def _one(self, session: NoticeSession, ident: NotificationId) -> None:
        held = await self._log.write_in_turn(
            NOTIFICATIONS.stream(ident), lambda connection: self._hold(connection, ident)
        )
        if held is None:
            return
        result = await self._send(session, held)
        self._unstored[ident] = held, result
        await self._store(held, result)
        if result.trouble is not None:
            raise result.trouble

    def _hold(self, connection: Connection, ident: NotificationId) -> HeldMessage | None:
        """Take a message for this process and make it; one that is not true any more is dropped."""
        now = self._clock()
        until = Micros(now + round(self._rules.attempt_s * SECOND * 4 / 3))
        attempt = store.hold(connection, ident, self._holder, now=now, until=until)
        found = None if attempt is None else store.by_id(connection, ident)
        if attempt is None or found is None:
            return None
        if found.next_channel is not self._port.channel:
            # Since it was found due this way has turned out to lead nowhere.
            self._let_go(connection, attempt, attempt.next_at)
            return None
        details = contacts.read(self._vault, connection, found.recipient, actor=_ACTOR, now=now)
        if details is None:
            self._drop(connection, found, DropReason.CONTACT_GONE)
            return None
        address = details.address(self._port.channel)
        if address is None:
            self._settle(connection, found, attempt, SendResult(SendState.REFUSED, UndeliverableReason.RECIPIENT))
            return None
        words = self._composers[found.kind](connection, found, details, now)
        if words is None:
            self._drop(connection, found, DropReason.OUTDATED)
            return None
        message = OutgoingMessage(
            id=ident,
            address=address,
            language=details.language,
            sender_name=words.sender_name,
            subject=words.subject,
            text=words.text,
            short=words.short,
            at=Micros(max(found.queued_at, found.not_before)),
            parts=words.parts,
        )
        return HeldMessage(found, attempt, message)

    def _drop(self, connection: Connection, found: Notification, reason: DropReason) -> None:
        command, at = f"drop/{found.id}/{found.seq}", self._clock()
        append(connection, drop(self._vault, connection, found.id, reason, at=at, command=command, actor=_ACTOR))

    def _let_go(self, connection: Connection, attempt: DeliveryAttempt, next_at: Micros, code: str = "") -> None:
        """Let others take it; it was not tried."""
        store.let_go(connection, attempt.id, self._holder, next_at=next_at, tries=attempt.tries, code=code)

    def _end(self, connection: Connection, ident: NotificationId, now: Micros) -> None:
        """Stop sending it; what it told once is shredded."""
        store.end(connection, ident)
        self._vault.end_row(connection, ident, actor=_ACTOR, now=now)

    async def _send(self, session: NoticeSession, held: HeldMessage) -> SendResult:
        try:
            async with asyncio.timeout(self._rules.attempt_s):
                return await session.send(held.message)
        except TimeoutError:
            # Nobody knows whether it was taken.
            trouble = ChannelUnreachableError(channel=self._port.channel.value)
            return SendResult(SendState.DEFERRED, code=trouble.code, trouble=trouble)

    async def _store(self, held: HeldMessage, result: SendResult) -> None:
        """Store what became of a message. Where that fails it is done before anything else is sent."""
        ident = held.notification.id
        await self._log.write_in_turn(
            NOTIFICATIONS.stream(ident),
            lambda connection: self._settle(connection, held.notification, held.attempt, result),
        )
        self._unstored.pop(ident, None)
        _log.info("notification-tried", notification=ident, channel=self._port.channel, state=result.state)

    def _settle(
        self, connection: Connection, found: Notification, attempt: DeliveryAttempt, result: SendResult
    ) -> None:
        """Note what became of a message, also of one that could not be addressed in this way."""
        now, tries = self._clock(), attempt.tries + 1
        ident, channel = found.id, self._port.channel
        first_at = attempt.first_at or now
        is_over = now - first_at >= self._rules.give_up_s * SECOND
        reason = result.reason
        if result.state is SendState.DEFERRED and is_over:
            reason = UndeliverableReason.GIVEN_UP
        if result.state is SendState.ACCEPTED:
            self._advance(connection, found, lambda before: model.sent(before, channel, tries))
            self._end(connection, ident, now)
        elif reason is not None:
            after = self._advance(connection, found, lambda before: model.refused(before, channel, reason, tries))
            if after is not None and after.next_channel is not None:
                store.begin(connection, ident, now)
            else:
                self._end(connection, ident, now)
        elif result.state is SendState.UNSENT:
            self._let_go(connection, attempt, now, result.code)
        else:
            later = Micros(now + round(pause_s(tries, self._rules) * SECOND))
            store.let_go(connection, ident, self._holder, next_at=later, tries=tries, code=result.code)

    def _advance(
        self, connection: Connection, found: Notification, decide: "Callable[[Notification | None], model.Decided]"
    ) -> Notification | None:
        return NOTIFICATIONS.advance(
            connection,
            found.id,
            decide,
            at=self._clock(),
            command=f"settle/{found.id}/{found.seq}",
            actor=_ACTOR,
        ).after
