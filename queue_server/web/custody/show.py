"""The custody desk over HTTP: whole at first, then the part that changes, and what a scan means where it is read."""

from typing import Any, Final

import msgspec
from aiohttp import web

from queue_server.accounts.model import Session
from queue_server.centre.centres import Centres
from queue_server.custody.scans import MAX_LETTERS, read_either
from queue_server.custody.settings import CustodyRules
from queue_server.framework.server import SERVER
from queue_server.lockers.settings import LockerRules
from queue_server.web import forms, staff
from queue_server.web.custody.custody_keys import key_table
from queue_server.web.custody.custody_query import read
from queue_server.web.custody.scan_steps import ScanContext
from queue_server.web.custody.scan_views import step
from queue_server.web.custody.views import CustodyContext, custody_page
from queue_server.web.page_context import DESK, signed_in
from queue_server.web.view_context import name_in

#: The page is drawn anew at most so often, however much happens at the centre (milliseconds).
_PAUSE_MS: Final = 500


async def show(request: web.Request) -> web.Response:
    """Show the desk to whoever works with what was handed in here, or the way there."""
    return await _draw(request, await signed_in(request), "custody/index.html")


async def show_part(request: web.Request) -> web.Response:
    """Show what changes, for a page that is open already."""
    return await _draw(request, await signed_in(request), "custody/page.html")


async def accept_scan(request: web.Request) -> web.Response:
    """Say what a scan means where it was read. By POST: a number of somebody's document stands in no address."""
    session = await signed_in(request)
    form = await forms.fields(request, session.csrf)
    desk = request.app[DESK]
    look, asked = desk.view(request, session), read(form)
    scan = read_either(form.get("text", "")[:MAX_LETTERS], form.get("placed", "")[:MAX_LETTERS])
    found = await desk.log.run(
        lambda connection: step(ScanContext(connection, look, asked, session.centre, _api(session)), scan)
    )
    return web.Response(body=msgspec.json.encode(found), content_type="application/json")


def _api(session: Session) -> str:
    return f"/api/v1/centres/{session.centre}"


async def _draw(request: web.Request, session: Session, template: str) -> web.Response:
    desk, settings = request.app[DESK], request.app[SERVER].settings
    rules, locker_rules = settings[CustodyRules], settings[LockerRules]
    look, asked, api = desk.view(request, session), read(request.query), _api(session)
    day_rule = request.app[SERVER][Centres][session.centre].rule
    page = await desk.log.run(
        lambda connection: custody_page(
            CustodyContext(connection, look, asked, session.centre, api, rules, locker_rules, day_rule)
        )
    )
    values: dict[str, Any] = {
        "page": page,
        "news": "",
        "helps": (),
        "single_keys": False,
        "part": asked.address("/custody/page"),
        "centre_api": api,
        "band_do": look.words("Scan nothing and lay nothing away until the connection is here again."),
        "key_table": key_table(look.words),
        "pause_ms": _PAUSE_MS,
        "passes": "",
        **staff.values(
            session,
            look.reader,
            here="/custody",
            centre_name=name_in(look.known.catalogue.centre.name, look.reader.language, session.centre),
            now=page.now,
            refresh_at=page.refresh_at,
            rules=desk.page_rules,
        ),
    }
    return web.Response(text=desk.site.render(template, look.reader.language, values), content_type="text/html")
