"""Parts that rooms bring for pages of others: drawn in their slots, for whoever may see them."""

import structlog
from aiohttp import web
from markupsafe import Markup

from queue_server.accounts.model import Session
from queue_server.accounts.permissions import of_session
from queue_server.domain.values import ConsularError
from queue_server.framework.parts import RoomAlarm, Shown
from queue_server.framework.permissions import allowed
from queue_server.framework.server import SERVER
from queue_server.web.desk import DESK
from queue_server.web.look import Reader

_log = structlog.get_logger(__name__)


async def parts(request: web.Request, slot: str, session: Session, reader: Reader) -> tuple[Markup, ...]:
    """Draw the parts of a slot, in the order of the rooms. One that cannot be made is left out: the page is needed."""
    shown, site = _shown(request, session, reader), request.app[DESK].site
    drawn = []
    for part in request.app[SERVER].rooms.parts:
        if part.slot != slot or not allowed(shown.principal, part.permission, centre=shown.centre):
            continue
        try:
            values = await part.values(shown)
        except ConsularError as error:
            _log.warning("part-left-out", template=part.template, code=error.code)
            continue
        if values is not None:
            text = site.render(part.template, reader.language, {"part": values, "csrf": session.csrf})
            drawn.append(Markup(text))  # noqa: S704 - a template of ours, which escapes by itself
    return tuple(drawn)


async def alarms(request: web.Request, session: Session, reader: Reader) -> tuple[RoomAlarm, ...]:
    """List the alarms of all rooms. Where one cannot say whether there is any, the log does."""
    shown = _shown(request, session, reader)
    found: list[RoomAlarm] = []
    for tell in request.app[SERVER].rooms.alarms:
        try:
            found += await tell(shown)
        except ConsularError as error:
            _log.warning("alarms-not-known", code=error.code)
    return tuple(found)


def _shown(request: web.Request, session: Session, reader: Reader) -> Shown:
    server = request.app[SERVER]
    principal = of_session(session)
    return Shown(server, principal, session.centre, session.counter, reader.words, server.clock())
