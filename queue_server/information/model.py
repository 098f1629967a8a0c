"""A page of information, as managers write it and the table keeps it. Pure.

A page is about one topic of one centre, in as many languages as it was written in. Where one language was changed and
another one was not, the other is ``stale`` until somebody changes it too, or says that it still says the same.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta
from msgspec.structs import replace

from queue_server.catalogue.fields import CatalogueSection, Centre_, Government_, Line, Names, Service_, Tag
from queue_server.domain.values import Actor, Micros

#: No id of a page is longer; it stands in addresses.
Topic = Annotated[str, Meta(max_length=64, pattern=r"\A[a-z0-9][a-z0-9-]*\Z")]
#: Markdown of one language: text with line breaks, and nothing that turns the direction of what follows.
MarkdownText = Annotated[
    str, Meta(min_length=1, max_length=20_000, pattern=r"\A[^\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]+\Z")
]


class TopicKind(StrEnum):
    """What a page is about; people find the pages in this order."""

    EMERGENCY = "emergency"
    NEXT = "next"
    HOURS = "hours"
    FEES = "fees"
    DIRECTIONS = "directions"
    OTHER = "other"


class PageText(CatalogueSection, frozen=True):
    """A page in one language. ``stale``: another language was changed since, and this one was not."""

    title: Line
    text: MarkdownText
    stale: bool = False

    def says_same(self, other: "PageText | None") -> bool:
        return other is not None and (self.title, self.text) == (other.title, other.text)


class EmergencyContact(CatalogueSection, frozen=True):
    """Who is called, and when somebody answers; ``telephone`` as ITU-T E.164 has it."""

    name: Names
    telephone: Annotated[str, Meta(max_length=40)]
    hours: Annotated[dict[Tag, Line], Meta(max_length=40)] = msgspec.field(default_factory=dict)


class InformationPage(CatalogueSection, frozen=True):
    """``owner`` answers for it: a team or a post, never a person. ``reviewed`` is when it was last looked through.

    ``valid_until`` is the last day on which it holds, None without such an end. A page of one ``government`` or of
    one ``service`` is found with that.
    """

    topic: Topic
    kind: TopicKind
    owner: Line
    reviewed: date
    texts: Annotated[dict[Tag, PageText], Meta(min_length=1, max_length=40)]
    valid_until: date | None = None
    government: Government_ | None = None
    service: Service_ | None = None
    contacts: Annotated[tuple[EmergencyContact, ...], Meta(max_length=20)] = ()

    def is_over(self, day: date) -> bool:
        return self.valid_until is not None and self.valid_until < day


class InformationFile(CatalogueSection, frozen=True):
    """All pages of a centre, as they are written outside."""

    centre: Centre_
    pages: Annotated[tuple[InformationPage, ...], Meta(max_length=200)] = ()


class PageRevision(msgspec.Struct, frozen=True):
    """A page as it was stored: its ``version`` counts from 1, ``page`` is None where it was taken out."""

    topic: str
    version: int
    at: Micros
    actor: Actor
    page: InformationPage | None


def in_order(pages: Collection[PageRevision]) -> tuple[PageRevision, ...]:
    """Give the pages that there are, in the order in which people find them."""
    kinds = list(TopicKind)
    there = [one for one in pages if one.page is not None]
    return tuple(sorted(there, key=lambda one: (kinds.index(_of(one).kind), one.topic)))


def _of(revision: PageRevision) -> InformationPage:
    assert revision.page is not None  # noqa: S101 - asked before
    return revision.page


def outdated(before: InformationPage | None, new: InformationPage, confirmed: Collection[str] = ()) -> InformationPage:
    """Mark the languages of a ``new`` page that were left as they were while others changed.

    ``confirmed`` are languages that somebody has read and left as they are on purpose.
    """
    old: Mapping[str, PageText] = {} if before is None else before.texts
    changed = {tag for tag, text in new.texts.items() if not text.says_same(old.get(tag))}

    def mark(tag: str, text: PageText) -> PageText:
        if tag in confirmed or tag in changed:
            return replace(text, stale=False)
        return replace(text, stale=bool(changed & old.keys()) or old[tag].stale)

    return replace(new, texts={tag: mark(tag, text) for tag, text in new.texts.items()})


def stale_languages(page: InformationPage, languages: Collection[str]) -> Iterator[str]:
    """List what a manager has to look at: languages that are behind, and those of the centre that are not written."""
    yield from (tag for tag, text in page.texts.items() if text.stale)
    yield from (tag for tag in languages if tag not in page.texts)
