"""What the page of auditors shows, as one frozen value: built by ``presenter``, drawn by the templates."""

from typing import Literal

import msgspec
from markupsafe import Markup

from queue_server.domain.values import Micros

View = Literal["money", "looked", "acted"]


class Check(msgspec.Struct, frozen=True):
    """Whether the record is whole. ``tone`` is that of the line, ``slot`` changes with each look."""

    tone: Literal["good", "bad", "open"]
    head: Markup
    lines: tuple[Markup, ...]
    running: bool
    slot: str


class Looked(msgspec.Struct, frozen=True):
    """Somebody read something of a person; ``ticket`` is a code, or "" where it is about no visit of today."""

    when: str
    who: str
    purpose: Markup
    ticket: str


class Deed(msgspec.Struct, frozen=True):
    """Something that was done; ``ticket`` is a code, or "" where it is about no visit of that day."""

    when: str
    who: str
    what: Markup
    detail: Markup
    ticket: str
    payment: str = ""


class Step(msgspec.Struct, frozen=True):
    """An event of a payment's chain; ``hash`` is its beginning."""

    when: str
    what: Markup
    detail: Markup
    who: str
    hash: str
    fits: bool


class Found(msgspec.Struct, frozen=True):
    """A payment; ``ident`` names it in addresses, ``number`` on paper."""

    ident: str
    number: str
    amount: Markup
    standing: Markup
    what: Markup
    where: Markup
    bad: bool


class Choice(msgspec.Struct, frozen=True):
    """One of a list: what is sent, and what is read."""

    value: str
    text: str
    chosen: bool


class AuditPage(msgspec.Struct, frozen=True):
    """``view`` is what is looked at; of the others the parts are empty. ``older`` and ``newer`` are addresses.

    ``payment`` is the one whose ``chain`` is shown; ``unknown``: the one that was asked for is not there.
    """

    now: Micros
    refresh_at: Micros
    news: str
    view: View
    check: Check
    looks: tuple[Looked, ...] = ()
    deeds: tuple[Deed, ...] = ()
    people: tuple[Choice, ...] = ()
    day: str = ""
    today: str = ""
    older: str = ""
    newer: str = ""
    payment: Found | None = None
    chain: tuple[Step, ...] = ()
    unknown: bool = False
