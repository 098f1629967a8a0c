"""Messages about being told: how somebody wants to be told of what is theirs, and what became of it."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta

from queue_server.contract.base import LanguageTag, Message


class ContactRequest(Message, frozen=True):
    """Say how somebody is told; without address and number they want not to be."""

    language: LanguageTag
    """The language in which they read (BCP 47)."""
    email: Annotated[str, Meta(max_length=254)] | None = None
    """Their e-mail address."""
    telephone: Annotated[str, Meta(max_length=40)] | None = None
    """Their telephone number with the code of its country (`+33 6 12 34 56 78`)."""


class ContactView(Message, frozen=True):
    """What is known of how somebody is told; the address and the number themselves nobody is shown."""

    language: str
    """The language in which they read."""
    has_email: bool
    """Whether they gave an e-mail address."""
    has_telephone: bool
    """Whether they gave a telephone number."""
    given_at: datetime
    """When (UTC)."""


class NotificationView(Message, frozen=True):
    """Something that somebody was, or is to be, told."""

    id: str
    """Its id."""
    kind: str
    """What about: `item-ready`, `item-reminder` or `item-expiring`."""
    state: str
    """How far it is: `waiting`, `sent`, `undeliverable` or `dropped`."""
    changed_at: datetime
    """Since when (UTC)."""
    channel: str | None
    """How it was sent: `email` or `sms`; null while it was not."""
    reason: str | None
    """Why it was not delivered, or is not sent any more."""


class ContactAnswer(Message, frozen=True):
    """How whoever an item is for is told, and of what they were told."""

    contact: ContactView | None
    """How; null where they did not say, or want not to be told."""
    notifications: tuple[NotificationView, ...]
    """Of what, the oldest first."""


class UndeliverableAnswer(Message, frozen=True):
    """What became of messages that could not be delivered."""

    count: int
    """How many they were."""


class WaitingItemView(Message, frozen=True):
    """An item that is ready and for which nobody has come."""

    id: str
    """Id of the item."""
    label: str
    """Its short number, as people read it."""
    barcode: str
    """The same as a scanner reads it."""
    holder: str
    """Who or what has it."""
    place: str | None
    """The place in which it lies."""
    ready_since: datetime
    """Since when it can be collected (UTC)."""
    last_day: str
    """The last service day on which it can be (`YYYY-MM-DD`)."""
    is_contact_known: bool
    """Whether somebody said how they are told."""
    sent: int
    """How many messages were sent to them."""
    last_sent_at: datetime | None
    """When the last one was (UTC)."""
    is_undeliverable: bool
    """Whether one could not be delivered."""


class RecallListAnswer(Message, frozen=True):
    """What nobody comes for, the longest ready first."""

    items: tuple[WaitingItemView, ...]
    """The items."""
    next: str | None
    """Where the list goes on; null at its end."""
