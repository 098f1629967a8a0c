"""Parts that rooms bring for pages of others: drawn in their slots, for whoever may see them."""

import asyncio
from collections.abc import Mapping
from typing import Any

import msgspec
import structlog
from aiohttp import web
from markupsafe import Markup

from queue_server.accounts.model import Session
from queue_server.accounts.permissions import of_session
from queue_server.domain.values import ConsularError, VisitId
from queue_server.framework.parts import Alarms, KeyLine, PagePart, PartContext, RoomAlarm, View
from queue_server.framework.permissions import allowed
from queue_server.framework.server import SERVER
from queue_server.web.page_context import DESK
from queue_server.web.view_context import PageReader

_log = structlog.get_logger(__name__)


class FoundAlarms(msgspec.Struct, frozen=True):
    """``complete`` unless a room could not say whether it has any."""

    alarms: tuple[RoomAlarm, ...]
    complete: bool


class Drawn(msgspec.Struct, frozen=True):
    """The parts of a page by slots; ``news`` is read out when it changes."""

    slots: Mapping[str, tuple[Markup, ...]]
    news: str


async def parts(
    request: web.Request, page: str, session: Session, reader: PageReader, visit: VisitId | None = None
) -> Drawn:
    """Draw the parts of a page, in the order of the rooms. One that cannot be made is left out: the page is needed.

    ``visit`` is the one that this browser looks at.
    """
    shown, site = _shown(request, session, reader, visit), request.app[DESK].site
    seen = [
        part
        for part in request.app[SERVER].rooms.parts
        if (part.slot == page or part.slot.startswith(f"{page}-"))
        and allowed(shown.principal, part.permission, centre=shown.centre)
    ]
    asked = {part.values: part for part in seen}
    # All at once: one that reads waits for its thread longer than it reads.
    found = await asyncio.gather(*(_values(part, shown) for part in asked.values()))
    known = dict(zip(asked, found, strict=True))
    drawn: dict[str, tuple[Markup, ...]] = {}
    for part in seen:
        values = known[part.values]
        if values is not None:
            text = site.render(part.template, reader.language, {"part": values, "csrf": session.csrf})
            # A template of ours, which escapes by itself.
            drawn[part.slot] = (*drawn.get(part.slot, ()), Markup(text))  # noqa: S704
    read = [values for values in known.values() if values is not None]
    return Drawn(
        drawn,
        " ".join(str(values["news"]) for values in read if values.get("news")),
    )


async def _values(part: PagePart, shown: PartContext) -> Mapping[str, Any] | None:
    try:
        return await part.values(shown)
    except ConsularError as error:
        _log.warning("part-left-out", template=part.template, code=error.code)
        return None


def key_lines(page: str, session: Session, reader: PageReader) -> tuple[KeyLine, ...]:
    """List the keys of the parts that rooms bring to a page."""
    principal = of_session(session)
    return tuple(
        line
        for keys in reader.brought.page_keys
        if keys.page == page and allowed(principal, keys.permission, centre=session.centre)
        for line in keys.lines(reader.words)
    )


async def alarms(request: web.Request, session: Session, reader: PageReader) -> FoundAlarms:
    """List the alarms of all rooms. Where one cannot say whether there is any, the log does."""
    shown = _shown(request, session, reader)
    told = await asyncio.gather(*(_told(tell, shown) for tell in request.app[SERVER].rooms.alarms))
    return FoundAlarms(tuple(one for found in told if found is not None for one in found), None not in told)


async def _told(tell: Alarms, shown: PartContext) -> tuple[RoomAlarm, ...] | None:
    try:
        return await tell(shown)
    except ConsularError as error:
        _log.warning("alarms-not-known", code=error.code)
        return None


async def view(request: web.Request, one: View, subject: str, session: Session, reader: PageReader) -> Markup:
    """Draw a view of the record: all that there is to ask, and what was asked for."""
    values = await one.values(_shown(request, session, reader), subject)
    text = request.app[DESK].site.render(one.template, reader.language, {"part": values})
    return Markup(text)  # noqa: S704 - a template of ours, which escapes by itself


def _shown(request: web.Request, session: Session, reader: PageReader, visit: VisitId | None = None) -> PartContext:
    server = request.app[SERVER]
    principal = of_session(session)
    return PartContext(request, server, principal, session.centre, session.counter, reader.words, server.clock(), visit)
