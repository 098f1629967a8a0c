"""Messages about information: pages by topic, as people read them and as managers write them."""

from datetime import date, datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from queue_server.contract.base import LanguageTag, Line, Message, Name, Names


class InformationBlock(Message, frozen=True):
    """A piece of a page, without any markup."""

    kind: Literal["heading", "paragraph", "item", "row"]
    """What it is: `heading`, `paragraph`, `item` of a list, or `row` of a table with two columns."""
    text: str
    """What it says; lines are parted by a line feed."""
    value: str = ""
    """What stands before an `item` (a number, a bullet), or in the second column of a `row`."""


class InformationContactView(Message, frozen=True):
    """Somebody to call in an emergency."""

    name: Names
    """Who that is."""
    telephone: str
    """Their number, as ITU-T E.164 has it."""
    shown: str
    """The same as people read it, in groups."""
    hours: Names
    """When somebody answers; empty where nobody has said."""


class InformationTextView(Message, frozen=True):
    """A page in one language."""

    title: str
    """Its title."""
    blocks: tuple[InformationBlock, ...]
    """What it says, with everything from the catalogue filled in."""


class InformationTopicView(Message, frozen=True):
    """A page of information, as people read it."""

    topic: str
    """Its id."""
    kind: str
    """What it is about: `emergency`, `next`, `hours`, `fees`, `directions` or `other`."""
    texts: dict[str, InformationTextView]
    """The page by language (BCP 47)."""
    contacts: tuple[InformationContactView, ...]
    """Who is called in an emergency."""
    reviewed: date
    """When it was last looked through."""
    valid_until: date | None
    """The last day on which it holds; null without such an end."""
    government: str | None
    """Of which government it is; null where of all."""
    service: str | None
    """Of which service it is; null where of all."""


class InformationAnswer(Message, frozen=True):
    """All pages of a centre, in the order in which people find them."""

    centre: str
    """Id of the centre."""
    day: date
    """The day of the centre for which fees and hours are told."""
    topics: tuple[InformationTopicView, ...]
    """The pages."""


class InformationTextRequest(Message, frozen=True):
    """A page in one language, as it is written."""

    title: Annotated[str, Meta(max_length=160)]
    """Its title, one line."""
    text: Annotated[str, Meta(max_length=20_000)]
    """Markdown (CommonMark), with placeholders in double braces."""


class InformationContactRequest(Message, frozen=True):
    """Somebody to call in an emergency, as it is written."""

    name: dict[LanguageTag, Line]
    """Who that is, by language."""
    telephone: Annotated[str, Meta(max_length=40)]
    """Their number with the code of its country."""
    hours: dict[LanguageTag, Line] = msgspec.field(default_factory=dict)
    """When somebody answers, by language."""


class SaveInformationRequest(Message, frozen=True):
    """Store a page."""

    version: Annotated[int, Meta(ge=0)]
    """The version that was opened, 0 for a page that is new."""
    kind: Annotated[str, Meta(max_length=16)]
    """What it is about: `emergency`, `next`, `hours`, `fees`, `directions` or `other`."""
    owner: Annotated[str, Meta(max_length=160)]
    """Who answers for it: a team or a post, never a person."""
    reviewed: date
    """When it was last looked through."""
    texts: Annotated[dict[LanguageTag, InformationTextRequest], Meta(min_length=1, max_length=40)]
    """The page by language."""
    valid_until: date | None = None
    """The last day on which it holds."""
    government: Annotated[str, Meta(max_length=3)] | None = None
    """Of which government it is."""
    service: Name | None = None
    """Of which service it is."""
    contacts: Annotated[tuple[InformationContactRequest, ...], Meta(max_length=20)] = ()
    """Who is called in an emergency."""
    confirmed: Annotated[tuple[LanguageTag, ...], Meta(max_length=40)] = ()
    """Languages that somebody has read and left as they are on purpose: they are not behind the others."""


class RemoveInformationRequest(Message, frozen=True):
    """Take a page out."""

    version: Annotated[int, Meta(ge=1)]
    """The version that was opened."""


class InformationTextAnswer(Message, frozen=True):
    """A page in one language, as it was written."""

    title: str
    """Its title."""
    text: str
    """Markdown, with placeholders in double braces."""
    stale: bool
    """Whether another language was changed since, and this one was not."""


class InformationPageAnswer(Message, frozen=True):
    """A page as it is stored."""

    topic: str
    """Its id."""
    version: int
    """Its version; every change counts it up."""
    at: datetime
    """When it was stored (UTC)."""
    by: str
    """Who stored it."""
    kind: str
    """What it is about."""
    owner: str
    """Who answers for it."""
    reviewed: date
    """When it was last looked through."""
    valid_until: date | None
    """The last day on which it holds."""
    government: str | None
    """Of which government it is."""
    service: str | None
    """Of which service it is."""
    texts: dict[str, InformationTextAnswer]
    """The page by language."""
    contacts: tuple[InformationContactView, ...]
    """Who is called in an emergency."""


class InformationPagesAnswer(Message, frozen=True):
    """All pages of a centre, as they are stored."""

    pages: tuple[InformationPageAnswer, ...]
    """The pages, in the order in which people find them."""


class InformationRevisionView(Message, frozen=True):
    """That a page was stored."""

    version: int
    """The version that it became."""
    at: datetime
    """When (UTC)."""
    by: str
    """Who did it."""
    removed: bool
    """Whether it was taken out."""


class InformationHistoryAnswer(Message, frozen=True):
    """Who changed a page, and when."""

    revisions: tuple[InformationRevisionView, ...]
    """The newest first."""


class InformationRemovedAnswer(Message, frozen=True):
    """A page was taken out."""

    topic: str
    """Its id."""
    version: int
    """The version with which it was."""


class PreviewInformationRequest(Message, frozen=True):
    """See what people would read."""

    language: LanguageTag
    """In which language."""
    text: Annotated[str, Meta(max_length=20_000)]
    """Markdown, with placeholders in double braces."""


class InformationPreviewAnswer(Message, frozen=True):
    """What people would read; nothing is stored."""

    html: str
    """As a browser shows it."""
    blocks: tuple[InformationBlock, ...]
    """As a kiosk shows it."""
