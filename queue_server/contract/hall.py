"""Messages of the hall: calls for help, what staff announce, and what tickets are given for."""

from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from queue_server.contract.base import LanguageTag, Line, Message, Names, Uuid
from queue_server.domain.values import (
    CounterId,
    DeviceId,
    HelpId,
    HelpKind,
    HelpSubject,
    Intake,
    Language,
    NoticeId,
    NoticeKind,
    NoticePlace,
    NoticeText,
    ServiceId,
)


class HelpRequest(Message, frozen=True):
    """Call staff."""

    kind: HelpKind
    """What for."""
    id: Uuid | None = None
    """The id of the call (a UUID), made by a kiosk, so that it can withdraw a call of which it never heard an answer;
    else the server makes one.
    """
    language: LanguageTag | None = None
    """The person's language (BCP 47), as far as it is known."""
    about: HelpSubject | None = None
    """Where the person stands, or what does not work."""


class HelpView(Message, frozen=True):
    """A call for help."""

    id: HelpId
    """The id of the call (a UUID)."""
    kind: HelpKind
    """What for."""
    at: datetime
    """When it was called (UTC)."""
    device: DeviceId | None = None
    """Id of the device where the person stands; null for a call from a counter."""
    device_name: str | None = None
    """The name of that device; null for a call from a counter."""
    counter: CounterId | None = None
    """Id of the counter from where staff called; null for a call from a device."""
    taken_at: datetime | None = None
    """When somebody went (UTC); null before."""
    taken_at_counter: CounterId | None = None
    """Id of the counter from which somebody went; null before, or where they sit at none."""
    language: Language | None = None
    """The person's language (BCP 47); null where it is not known."""
    about: HelpSubject | None = None
    """Where the person stands, or what does not work; null where that was not told."""
    ended_at: datetime | None = None
    """When nobody needed to come any more (UTC); null before."""


class HelpAnswer(Message, frozen=True):
    """A help call as it is now."""

    help: HelpView
    """The help call."""
    cursor: str
    """A place in the centre's feed at which this has happened; opaque."""


class NoticeRequest(Message, frozen=True):
    """Show a notice."""

    kind: NoticeKind
    """Whether it announces something, or is about an emergency."""
    text: NoticeText
    """Which prepared sentence it is; ``own`` for one that is typed."""
    where: NoticePlace = NoticePlace.EVERYWHERE
    """Which screens show it."""
    own: Annotated[dict[LanguageTag, Line], Meta(max_length=40)] = msgspec.field(default_factory=dict)
    """The typed sentence by language, where ``text`` is ``own``; else empty."""
    minutes: Annotated[int, Meta(ge=1, le=1440)] | None = None
    """How many minutes it is shown; null: until somebody ends it."""


class NoticeView(Message, frozen=True):
    """What screens show."""

    id: NoticeId
    """The id of the notice (a UUID)."""
    kind: NoticeKind
    """Whether it announces something, or is about an emergency."""
    text: NoticeText
    """Which prepared sentence it is; ``own`` for one that was typed."""
    where: NoticePlace
    """Which screens show it."""
    at: datetime
    """Since when it is shown (UTC)."""
    until: datetime | None = None
    """When screens stop showing it by themselves (UTC); null: when it is ended."""
    own: Names = msgspec.field(default_factory=dict)
    """The typed sentence by language; empty where there is none, or this server has not read it yet: a snapshot follows
    with it.
    """


class NoticeAnswer(Message, frozen=True):
    """A notice as it is now."""

    notice: NoticeView | None
    """The notice; null where it has ended."""
    cursor: str
    """A place in the centre's feed at which this has happened; opaque."""


class IntakeRequest(Message, frozen=True):
    """Say whether kiosks issue tickets for the rest of the day."""

    intake: Intake
    """Whether they do."""


class IntakeAnswer(Message, frozen=True):
    """Whether kiosks issue tickets."""

    intake: Intake
    """Whether they do."""
    cursor: str
    """A place in the centre's feed at which this has happened; opaque."""


class ClosedServicesAnswer(Message, frozen=True):
    """Which services are closed for today."""

    closed_services: tuple[ServiceId, ...]
    """Ids of the services that are closed for the rest of this day."""
    cursor: str
    """A place in the centre's feed at which this has happened; opaque."""
