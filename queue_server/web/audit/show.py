"""The page of auditors over HTTP: whole at first, then the part that changes."""

from collections.abc import Iterable
from typing import Any, Final

import msgspec
from aiohttp import web
from markupsafe import Markup

from queue_server.accounts.model import Session
from queue_server.audit.verification import Verification
from queue_server.centre.centres import Centres
from queue_server.framework.parts import View
from queue_server.framework.server import SERVER
from queue_server.web import staff
from queue_server.web.audit import audit_query as address
from queue_server.web.audit import reading
from queue_server.web.page_context import DESK, signed_in
from queue_server.web.parts import view
from queue_server.web.view_context import name_in
from queue_server.web.wording import MarkupTranslations

#: The page is drawn anew at most so often, however much happens at the centre (milliseconds).
_PAUSE_MS: Final = 2_000


async def show(request: web.Request) -> web.Response:
    """Show the record to whoever looks at it here, or the way there."""
    return await _draw(request, await signed_in(request), "audit/index.html")


async def show_part(request: web.Request) -> web.Response:
    """Show what changes, for a page that is open already."""
    return await _draw(request, await signed_in(request), "audit/page.html")


async def _draw(request: web.Request, session: Session, template: str) -> web.Response:
    desk, server, centre = request.app[DESK], request.app[SERVER], session.centre
    views = {one.name: one for one in server.rooms.views}
    look, asked = desk.view(request, session), address.read(request.query, tuple(views))
    rule, verified = server[Centres].find(centre).rule, server[Verification].state
    page = await desk.log.run(
        lambda connection: reading.page(
            connection, centre, look, asked, rule=rule, verified=verified, rooms=server.rooms
        )
    )
    if asked.view in views:
        drawn = await view(request, views[asked.view], asked.subject, session, look.reader)
        page = msgspec.structs.replace(page, brought=drawn)
    values: dict[str, Any] = {
        "page": page,
        "news": page.news,
        "helps": (),
        "part": asked.address("/audit/page"),
        "centre_api": f"/api/v1/centres/{centre}",
        "band_do": look.words("What you see is of before. It is drawn anew when the connection is back."),
        "key_table": key_table(look.words, server.rooms.views),
        "pause_ms": _PAUSE_MS,
        **staff.values(
            session,
            look.reader,
            here="/audit",
            centre_name=name_in(look.known.catalogue.centre.name, look.reader.language, centre),
            now=page.now,
            refresh_at=page.refresh_at,
            rules=desk.page_rules,
        ),
    }
    return web.Response(text=desk.site.render(template, look.reader.language, values), content_type="text/html")


def key_table(_: MarkupTranslations, views: Iterable[View]) -> tuple[tuple[str, Markup, Markup], ...]:
    """List all keys: cap, what it does, when."""
    return (
        *(("/", one.find(_), _("always")) for one in views),
        *((one.key, one.label(_), _("always")) for one in views),
        ("L", _("Who looked"), _("always")),
        ("A", _("Who acted"), _("always")),
        ("V", _("Look at every event"), _("nobody is looking already")),
        ("?", _("All keys"), _("always")),
    )
