"""What a room shows where others draw: an entry in the bar, parts in slots, tables of a paper, views, and alarms."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from aiohttp import web
from markupsafe import Markup
from sqlalchemy import Connection

from queue_server.domain.service_day import DayRule
from queue_server.domain.values import CentreId, CounterId, Day, Micros, VisitId
from queue_server.framework.permissions import EVERYBODY, Permission, Principal, PrincipalKind
from queue_server.framework.server import Server
from queue_server.framework.words import PageTranslations


class NavigationEntry(msgspec.Struct, frozen=True):
    """A page of staff in the bar of all of them, in the order of ``order``; only who has the ``permission`` sees it.

    Whoever has just signed in goes to the first that they see. ``at_counter``: first they choose a counter. It
    stands in the bar of those alone whom it is ``only_for``; others who may open it come from a page of theirs.
    """

    path: str
    order: int
    permission: Permission
    icon: str
    label: Callable[[PageTranslations], Markup]
    at_counter: bool = False
    only_for: frozenset[PrincipalKind] = EVERYBODY


@dataclass(frozen=True, slots=True)
class PartContext:
    """For whom a page is drawn: what its parts may ask.

    ``counter`` is where this person works, if anywhere; ``visit`` the one that this browser looks at, where the page
    knows.
    """

    request: web.Request
    server: Server
    principal: Principal
    centre: CentreId
    counter: CounterId | None
    words: PageTranslations
    now: Micros
    visit: VisitId | None = None


class PagePart(msgspec.Struct, frozen=True):
    """A part of a page: ``template`` is drawn in ``slot`` with ``values``, where those are not None.

    Slots of the page of a counter are ``counter`` (below the work), ``counter-bar``, ``counter-band`` (between bar and
    work), ``counter-visit`` (beside what is known of the visit), ``counter-forms`` (dialogs drawn with the page) and
    ``counter-dialogs`` (those that stay); of that of reception ``reception-bar``, ``reception-visit`` (below the ticket
    in the hand) and ``reception-dialogs``; of that of managers ``manager`` (below the figures of the centre),
    ``manager-today`` (above them) and ``manager-strip`` (beside the ways to its other pages); of that of figures
    ``figures`` (below what is counted of visits). Only who has the ``permission`` sees it. ``template`` finds the
    values as ``part``. Where several parts have one function of values, it is asked once. Of the values ``news`` is
    read out when it changes.
    """

    slot: str
    template: str
    permission: Permission
    values: Callable[[PartContext], Awaitable[Mapping[str, Any] | None]]


class PaperTable(msgspec.Struct, frozen=True):
    """A table on the paper of a day. Each of ``rows`` has a text for each column, and says first what it is of."""

    head: Markup
    columns: tuple[Markup, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class PaperContext:
    """Which day of a centre is put on paper, for a manager of it who reads ``language``."""

    centre: CentreId
    rule: DayRule
    day: Day
    language: str
    words: PageTranslations


#: Reads what a room has to say of a day; None where there is nothing.
PaperTables = Callable[[Connection, PaperContext], PaperTable | None]

#: A line of the list of keys: cap, what it does, when.
KeyLine = tuple[str, Markup, Markup]


class PageKeys(msgspec.Struct, frozen=True):
    """Keys of a room's parts on a ``page``, for who has the ``permission``."""

    page: str
    permission: Permission
    lines: Callable[[PageTranslations], tuple[KeyLine, ...]]


class View(msgspec.Struct, frozen=True):
    """What auditors can ask about one kind of thing: a view of their page, in the order of ``order``.

    ``name`` is the view's in addresses, ``key`` the letter that leads to it, ``find`` what auditors look for. Deeds in
    streams whose names begin with ``stream`` lead to it, with the rest of the name as what is asked for; ``values`` are
    asked with that, or with "", and drawn by the ``template`` as ``part``.
    """

    name: str
    order: int
    key: str
    label: Callable[[PageTranslations], Markup]
    find: Callable[[PageTranslations], Markup]
    stream: str
    template: str
    values: Callable[[PartContext, str], Awaitable[Mapping[str, Any]]]


class RoomAct(msgspec.Struct, frozen=True):
    """A button: what it says, and where a press is posted; ``slot`` changes when the same press means something new.

    One that is not ``ready`` says why in ``note``.
    """

    id: str
    label: Markup
    url: str
    slot: str
    body: str = "{}"
    ready: bool = True
    note: Markup = Markup()


class RoomAlarm(msgspec.Struct, frozen=True):
    """What needs somebody now, in words: what is so, since when, what to do. ``id`` names it as long as it lasts.

    ``announcement`` is what a person who does not see the page must hear of it, where that is not ``head``: what
    changes by the minute is left out. ``taken`` says who does something about it.
    """

    id: str
    icon: str
    head: Markup
    since: Markup
    todo: Markup
    bad: bool = False
    acts: tuple[RoomAct, ...] = ()
    announcement: Markup = Markup()
    taken: Markup = Markup()


Alarms = Callable[[PartContext], Awaitable[tuple[RoomAlarm, ...]]]


class AlarmCount(msgspec.Struct, frozen=True):
    """How many alarms of a kind a centre has: of people and counters, of devices, or of what else somebody sees to."""

    people: int = 0
    devices: int = 0
    others: int = 0

    @property
    def all(self) -> int:
        return self.people + self.devices + self.others


#: Counts what ``Alarms`` lists, for all centres in one look; a centre that has none may be left out.
AlarmCounter = Callable[[Server], Awaitable[Mapping[CentreId, AlarmCount]]]
