"""What every page of staff shares.

How a new page (``reception``, ``manager``) is made of it:

1. ``templates/<page>/index.html`` extends ``staff/index.html`` and names its script and its dialogs;
   ``templates/<page>/page.html`` extends ``staff/part.html`` and fills ``place`` (beginning of the bar) and ``main``.
2. Two handlers in the ``pages`` of its room, ``/<page>`` and ``/<page>/page``, render them with ``values`` below and
   their own. Whether somebody may open them is asked before, by the permission of their rows.
   The second is fetched anew at ``refresh_at`` and after every event of the feed beyond ``cursor``, what is shown
   already, and morphed into the page: elements that should stay themselves (focus, an open list) keep an ``id``;
   ``hx-morph-skip`` leaves one alone. A page whose parts are pushed (``open_pages``) is put together of them
   (``page_parts``), and has a third handler, ``/<page>/live``.
3. ``static/js/<page>.js`` calls ``start`` of ``staff.js``. A press is ``<button data-act="NAME" data-url data-body
   data-slot>`` (macro ``action``, or any button) or ``<form method="dialog" data-act data-url>`` in a macro ``dialog``;
   its fields become the body: a dotted name is a path, ``data-kind="number"`` or ``"list"`` says what a field is, an
   empty one is left out. ``data-slot`` changes when the same press would mean something new.
   ``data-code="KeyX"`` (and ``data-shift``) gives a control its single key, ``data-dialog="ID"`` opens a dialog, digits
   choose in it. ``aria-disabled="true"`` is off, with its reason as the second line.
4. Its part of the stylesheet is ``css/<page>.css``; its sentences live in ``locale/<language>/LC_MESSAGES/<page>.po``
   (``translations``); its entry in the bar stands in the ``navigation`` of its room, what its refusals mean in its
   ``vocabulary``.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final, NotRequired, TypedDict, Unpack

import msgspec
from markupsafe import Markup, escape

from queue_server.accounts.model import Session
from queue_server.accounts.permissions import of_session
from queue_server.domain.values import Micros, new_id
from queue_server.framework.parts import NavigationEntry
from queue_server.framework.permissions import allowed
from queue_server.framework.rooms import RoomCollection
from queue_server.web import reader_words
from queue_server.web.rules import PageRules
from queue_server.web.view_context import PageReader

#: Where somebody chooses the counter at which they sit.
CHOOSE_COUNTER: Final = "/sign-in/counter"


class NavigationLink(msgspec.Struct, frozen=True):
    """A page that this member of staff may open; ``here`` where it is open now."""

    path: str
    icon: str
    label: Markup
    here: bool


def _entries(session: Session, rooms: RoomCollection) -> Iterator[NavigationEntry]:
    principal = of_session(session)
    return (
        one
        for one in rooms.navigation
        if principal.kinds & one.only_for and allowed(principal, one.permission, centre=session.centre)
    )


def navigation(session: Session, reader: PageReader, here: str) -> tuple[NavigationLink, ...]:
    """List the pages for this session; one alone needs no list."""
    links = tuple(
        NavigationLink(one.path, one.icon, one.label(reader.words), one.path == here)
        for one in _entries(session, reader.brought)
    )
    return links if len(links) > 1 else ()


def home(session: Session, rooms: RoomCollection) -> str:
    """Say where somebody goes who has just signed in: to the counter, once one is chosen, else to their own page.

    A living session has a role, and every role a page.
    """
    entry = next(_entries(session, rooms))
    return CHOOSE_COUNTER if entry.at_counter and session.counter is None else entry.path


class StaffFrame(TypedDict):
    """What any page of staff says of itself: ``here`` is its own path, ``now`` when it is drawn.

    ``cursor`` is up to where in the centre's feed the page shows what has happened; left out, it is fetched once more.
    """

    here: str
    centre_name: str
    now: Micros
    refresh_at: Micros
    rules: PageRules
    cursor: NotRequired[str]


def values(session: Session, reader: PageReader, **frame: Unpack[StaffFrame]) -> dict[str, Any]:
    """Gather what ``staff/index.html`` and ``staff/part.html`` need."""
    return part_values(session, reader, **frame) | whole_values(reader)


def part_values(session: Session, reader: PageReader, **frame: Unpack[StaffFrame]) -> dict[str, Any]:
    """Gather of that what ``staff/part.html`` needs: all that a page needs which is open already."""
    still = still_values(
        session,
        reader,
        here=frame["here"],
        centre_name=frame["centre_name"],
        now=frame["now"],
        rules=frame["rules"],
    )
    return still | moving_values(frame["now"], frame["refresh_at"], frame.get("cursor", ""))


def still_values(
    session: Session, reader: PageReader, *, here: str, centre_name: str, now: Micros, rules: PageRules
) -> dict[str, Any]:
    """Gather of that what is the same as long as the minute is, and the set-up."""
    clock = reader.clock
    return {
        "here": here,
        "links": navigation(session, reader, here),
        "centre_name": centre_name,
        "staff": session.staff,
        "staff_name": session.name,
        "csrf": session.csrf,
        "login": session.login,
        "lock_minutes": session.lock_minutes,
        "zone": clock.zone,
        "feed": f"/api/v1/centres/{session.centre}/events",
        "today": clock.day(now),
        "clock": clock.hhmm(now),
        **msgspec.structs.asdict(rules),
    }


def moving_values(now: Micros, refresh_at: Micros, cursor: str) -> dict[str, Any]:
    """Gather the rest: when the page is drawn, and as of what."""
    return {"now_ms": now // 1000, "refresh_ms": refresh_at // 1000, "cursor": cursor}


def write_now(values: Mapping[str, Any], release: str) -> str:
    """Write as of what a page is: no part of it changes as often. ``own`` are names and values of the page's own."""
    own = "".join(f' data-{name}="{escape(value)}"' for name, value in values["own"])
    return (
        f'<div id="now" data-part="now" hidden data-now="{values["now_ms"]}" data-refresh-at="{values["refresh_ms"]}"'
        f' data-release="{release}" data-cursor="{escape(values["cursor"])}" data-news="{escape(values["news"])}"'
        f"{own}></div>"
    )


def whole_values(reader: PageReader) -> dict[str, Any]:
    """Gather what stands beside the part, and stays as it was first drawn."""
    return {"refusals": reader.brought.refusals(reader.words), **reader_words.values(reader.words)}


def line_values(here: str) -> dict[str, Any]:
    """Name an open page of which the server is to push the parts that change (``open_pages``)."""
    name = new_id()
    return {"feed": f"{here}/live?page={name}", "page_name": name}
