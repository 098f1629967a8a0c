"""Messages of the hall: calls for help, what staff announce, and whether tickets are given."""

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
)


class HelpRequest(Message, frozen=True):
    """``id``: made by a kiosk, so that it can withdraw a call of which it never heard an answer.

    ``language``: the person's, as far as it is known. ``about``: where they stand, or what does not work.
    """

    kind: HelpKind
    id: Uuid | None = None
    language: LanguageTag | None = None
    about: HelpSubject | None = None


class HelpView(Message, frozen=True):
    """``device_name`` says where the person stands; ``counter`` is where staff called for assistance.

    ``ended_at``: nobody needs to come any more.
    """

    id: HelpId
    kind: HelpKind
    at: datetime
    device: DeviceId | None = None
    device_name: str | None = None
    counter: CounterId | None = None
    taken_at: datetime | None = None
    taken_at_counter: CounterId | None = None
    language: Language | None = None
    about: HelpSubject | None = None
    ended_at: datetime | None = None


class HelpAnswer(Message, frozen=True):
    help: HelpView
    cursor: str


class NoticeRequest(Message, frozen=True):
    """``own`` is typed text by language, where ``text`` is ``own``. ``minutes``: how long it is shown, until ended."""

    kind: NoticeKind
    text: NoticeText
    where: NoticePlace = NoticePlace.EVERYWHERE
    own: Annotated[dict[LanguageTag, Line], Meta(max_length=40)] = msgspec.field(default_factory=dict)
    minutes: Annotated[int, Meta(ge=1, le=1440)] | None = None


class NoticeView(Message, frozen=True):
    """What screens show; they stop at ``until`` by themselves.

    ``own`` is the typed text by language, empty where this server has not read it yet: a snapshot follows with it.
    """

    id: NoticeId
    kind: NoticeKind
    text: NoticeText
    where: NoticePlace
    at: datetime
    until: datetime | None = None
    own: Names = msgspec.field(default_factory=dict)


class NoticeAnswer(Message, frozen=True):
    """``notice`` is None where it has ended."""

    notice: NoticeView | None
    cursor: str


class IntakeRequest(Message, frozen=True):
    intake: Intake


class IntakeAnswer(Message, frozen=True):
    intake: Intake
    cursor: str
