"""The port through which people are told, one for each way: a driver knows its wire, and nothing of the outbox."""

from contextlib import AbstractAsyncContextManager
from enum import StrEnum
from typing import Protocol

import msgspec

from queue_server.domain.values import Micros
from queue_server.notices.errors import NoticeChannelError
from queue_server.notices.values import NoticeChannel, NotificationId, UndeliverableReason


class InlinePicture(msgspec.Struct, frozen=True):
    """A PNG picture within the HTML of a letter, which names it ``cid:`` and ``name`` (RFC 2392)."""

    name: str
    content: bytes


class PaperAttachment(msgspec.Struct, frozen=True):
    """A PDF that comes with a letter. Never printed."""

    name: str
    content: bytes

    def __repr__(self) -> str:
        return f"PaperAttachment({self.name!r}, ...)"


class LetterParts(msgspec.Struct, frozen=True):
    """What an e-mail has beside its plain text. Never printed.

    ``html`` says the same as the text; "" for text alone. ``papers`` are attached. ``calendar`` is an iCalendar text
    with its ``method`` (RFC 6047), which stands beside them and is attached. Who follows ``unsubscribe`` gets no more
    of the kind (RFC 2369, section 3.2).
    """

    html: str = ""
    pictures: tuple[InlinePicture, ...] = ()
    calendar: str = ""
    method: str = ""
    unsubscribe: str = ""
    papers: tuple[PaperAttachment, ...] = ()

    def __repr__(self) -> str:
        return "LetterParts(...)"


class OutgoingMessage(msgspec.Struct, frozen=True):
    """What one person is told. ``at`` is when it was queued, or may leave: each try says the same. Never printed.

    ``sender_name`` is who tells them, ``subject``, ``text`` and ``parts`` are for a letter, ``short`` is for a
    telephone.
    """

    id: NotificationId
    address: str
    language: str
    sender_name: str
    subject: str
    text: str
    short: str
    at: Micros
    parts: LetterParts | None = None

    def __repr__(self) -> str:
        return f"OutgoingMessage({self.id!r}, ...)"


class SendState(StrEnum):
    """What became of one try."""

    ACCEPTED = "accepted"
    #: This way does not lead to this person.
    REFUSED = "refused"
    #: Not now; or nobody knows, since the answer was lost: it is said again, under the same name.
    DEFERRED = "deferred"
    #: It was not even tried: the way is closed to everybody.
    UNSENT = "unsent"


class SendResult(msgspec.Struct, frozen=True):
    """``reason`` is why it is refused, ``code`` what kept it; ``trouble`` is what ails the way itself, if anything."""

    state: SendState
    reason: UndeliverableReason | None = None
    code: str = ""
    trouble: NoticeChannelError | None = None


class NoticeSession(Protocol):
    """An open line to whoever takes messages."""

    async def send(self, message: OutgoingMessage) -> SendResult:
        """Hand over one message; what goes wrong is in the result."""
        ...


class NoticePort(Protocol):
    """A way in which people are told."""

    @property
    def channel(self) -> NoticeChannel: ...

    def session(self) -> AbstractAsyncContextManager[NoticeSession]:
        """Open a line.

        Raises:
            NoticeChannelError: it cannot be opened now.
        """
        ...
