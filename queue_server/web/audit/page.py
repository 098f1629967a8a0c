"""What the page of auditors shows, as one frozen value: built by ``presenter``, drawn by the templates."""

from typing import Literal

import msgspec
from markupsafe import Markup

from queue_server.domain.values import Micros


class IntegrityCheck(msgspec.Struct, frozen=True):
    """Whether the record is whole. ``tone`` is that of the line, ``slot`` changes with each look."""

    tone: Literal["good", "bad", "open"]
    head: Markup
    lines: tuple[Markup, ...]
    running: bool
    slot: str


class ReadEntry(msgspec.Struct, frozen=True):
    """Somebody read something of a person; ``ticket`` is a code, or "" where it is about no visit of today."""

    when: str
    who: str
    purpose: Markup
    ticket: str


class AuditEntry(msgspec.Struct, frozen=True):
    """Something that was done; ``ticket`` is a code, or "" where it is about no visit of that day."""

    when: str
    who: str
    what: Markup
    detail: Markup
    ticket: str
    url: str = ""


class ChainEntry(msgspec.Struct, frozen=True):
    """An event of a chain; ``hash`` is its beginning."""

    when: str
    what: Markup
    detail: Markup
    who: str
    hash: str
    fits: bool


class Tab(msgspec.Struct, frozen=True):
    """A view that can be chosen; ``key`` is the letter that does it."""

    url: str
    label: Markup
    key: str
    here: bool


class SelectOption(msgspec.Struct, frozen=True):
    """One of a list: what is sent, and what is read."""

    value: str
    text: str
    chosen: bool


class AuditPage(msgspec.Struct, frozen=True):
    """``view`` is what is looked at; of the others the parts are empty. ``older`` and ``newer`` are addresses.

    ``brought`` is the view of a room, drawn.
    """

    now: Micros
    refresh_at: Micros
    news: str
    view: str
    tabs: tuple[Tab, ...]
    check: IntegrityCheck
    looks: tuple[ReadEntry, ...] = ()
    deeds: tuple[AuditEntry, ...] = ()
    people: tuple[SelectOption, ...] = ()
    day: str = ""
    today: str = ""
    older: str = ""
    newer: str = ""
    brought: Markup = Markup()
