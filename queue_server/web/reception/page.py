"""What the reception page shows, as one frozen value: built by ``presenter``, drawn by the templates.

Texts that may hold a ticket code are ``Markup`` already in the reader's language; times are written out.
"""

from typing import Literal

import msgspec
from markupsafe import Markup

from queue_server.domain.values import Micros, VisitId
from queue_server.web.help_calls import HelpCallView
from queue_server.web.view_context import Tag


class Press(msgspec.Struct, frozen=True):
    """A button that posts ``body`` to ``url``, or opens the dialog ``dialog``, or leads to ``link``.

    ``slot`` changes when the visit has moved on, so that a request is repeated for the same moment only.
    """

    act: str
    icon: str
    label: Markup
    url: str = ""
    body: str = "{}"
    slot: str = ""
    dialog: str = ""
    link: str = ""


class PriorityWish(msgspec.Struct, frozen=True):
    """Somebody who asked for priority at a kiosk and waits for an answer."""

    visit: VisitId
    code: str
    facts: Markup
    since: Markup
    answers: tuple[Press, ...]


class TicketStopView(msgspec.Struct, frozen=True):
    name: str
    icon: str
    state: Literal["done", "now", "next", "skipped"]
    note: Markup


class TicketView(msgspec.Struct, frozen=True):
    """The ticket in the hand. ``say`` is what to read out, in the person's language; ``write`` what to write by hand.

    ``data`` is JSON that the dialogs are filled from: id, code, services, party_size, language, category, state.
    """

    visit: VisitId
    code: str
    state: str
    head: Markup
    foot: Markup
    services: tuple[str, ...]
    governments: Markup
    tags: tuple[Tag, ...]
    sentence: Markup
    say: Markup
    say_language: str
    write: Markup
    stops: tuple[TicketStopView, ...]
    acts: tuple[Press, ...]
    notes: int
    data: str


class FoundTicket(msgspec.Struct, frozen=True, cache_hash=True):
    """A ticket of today as one line of the list."""

    visit: VisitId
    code: str
    what: Markup
    issued: str
    state: Markup
    over: bool


class Listing(msgspec.Struct, frozen=True, cache_hash=True):
    """``rows`` are the first of ``total`` that fit what was typed; ``more`` says how to see the others."""

    head: Markup
    total: int
    rows: tuple[FoundTicket, ...]
    more: Markup
    empty: Markup


class StepWait(msgspec.Struct, frozen=True, cache_hash=True):
    """How things stand at a step: what to answer when somebody asks how long."""

    name: str
    icon: str
    waiting: int
    last: Markup
    open: Markup
    late: Markup


class ReceptionPage(msgspec.Struct, frozen=True):
    """``refresh_at`` is the next instant at which time alone changes the page; ``news`` is read out when it changes.

    ``version`` is that of the set-up: the form offers its services. ``how_long`` answers who asks how long it takes.
    ``closed`` names the services that are closed for today, empty where none is.
    """

    now: Micros
    refresh_at: Micros
    news: str
    version: int
    helps: tuple[HelpCallView, ...]
    wishes: tuple[PriorityWish, ...]
    shown: TicketView | None
    listing: Listing
    waits: tuple[StepWait, ...]
    how_long: Markup
    closed: Markup
