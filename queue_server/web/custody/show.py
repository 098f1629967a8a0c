"""The custody desk over HTTP: whole at first, then the part that changes, and what a scan means where it is read."""

from typing import Any, Final

import msgspec
from aiohttp import web
from sqlalchemy import Connection

from queue_server.accounts.model import Session
from queue_server.custody.scans import read_either
from queue_server.domain.values import Micros
from queue_server.web import forms, staff, times
from queue_server.web.custody import item_detail, item_list, reading
from queue_server.web.custody.custody_query import CustodyQuery, CustodyView, read
from queue_server.web.custody.item_rows import borders
from queue_server.web.custody.page import CustodyPage, ViewTab
from queue_server.web.custody.scan_steps import ScanContext, step
from queue_server.web.page_context import DESK, signed_in
from queue_server.web.view_context import StaffView, name_in
from queue_server.web.wording import MarkupTranslations

#: The page is drawn anew at most so often, however much happens at the centre (milliseconds).
_PAUSE_MS: Final = 500
#: What a scan is read up to, and the address of the page on which it was read.
_MAX_LETTERS: Final = 64


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
    scan = read_either(form.get("text", "")[:_MAX_LETTERS], form.get("placed", "")[:_MAX_LETTERS])
    found = await desk.log.run(
        lambda connection: step(ScanContext(connection, look, asked, session.centre, _api(session)), scan)
    )
    return web.Response(body=msgspec.json.encode(found), content_type="application/json")


async def _draw(request: web.Request, session: Session, template: str) -> web.Response:
    desk = request.app[DESK]
    look, asked = desk.view(request, session), read(request.query)
    page = await desk.log.run(lambda connection: _page(connection, look, asked, session))
    values: dict[str, Any] = {
        "page": page,
        "news": page.news,
        "helps": (),
        "single_keys": False,
        "part": asked.address("/custody/page"),
        "centre_api": _api(session),
        "band_do": look.words("Scan nothing and lay nothing away until the connection is here again."),
        "key_table": key_table(look.words),
        "pause_ms": _PAUSE_MS,
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


def _api(session: Session) -> str:
    return f"/api/v1/centres/{session.centre}"


def _page(connection: Connection, look: StaffView, asked: CustodyQuery, session: Session) -> CustodyPage:
    _, centre, api = look.words, session.centre, _api(session)
    page = CustodyPage(
        now=look.now,
        refresh_at=Micros(times.next_minute(look.now)),
        news="",
        view=asked.view,
        tabs=_tabs(_, asked),
    )
    if asked.view is CustodyView.ITEM:
        found = reading.chain(connection, centre, asked.item)
        if found is None:
            return msgspec.structs.replace(page, lost=_("There is no such document here. Scan its label again."))
        return msgspec.structs.replace(
            page, item=item_detail.item_detail(look, found, api), keys=item_detail.keys(_, found.item, api)
        )
    listed = reading.listed(connection, centre, asked, borders(look))
    return msgspec.structs.replace(page, items=item_list.item_list(look, asked, listed), keys=item_list.keys(_))


def _tabs(_: MarkupTranslations, asked: CustodyQuery) -> tuple[ViewTab, ...]:
    every = ((CustodyView.ITEMS, _("Documents"), (CustodyView.ITEM,)),)
    return tuple(
        ViewTab(CustodyQuery(view).address(), label, str(digit), asked.view in (view, *single))
        for digit, (view, label, single) in enumerate(every, start=1)
    )


def key_table(_: MarkupTranslations) -> tuple[tuple[str, Any, Any], ...]:
    """List all keys: cap, what it does, when."""
    listed, one = _("in the list"), _("a document is open")
    return (
        ("Enter", _("Read what was scanned or typed"), _("always")),
        ("↓ ↑", _("Go along the list; Space marks, Enter opens"), listed),
        ("F2", _("Hand over; in the list: put into a bag"), one),
        ("F3", _("Say that it can be collected"), one),
        ("F4", _("Note its condition; in the list: ready"), one),
        ("F6", _("Take in hand"), one),
        ("F7", _("Give back; in the list: call back"), one),
        ("F8", _("Call back; in the list: not where it should be"), one),
        ("F9", _("Other; in the list: mark all"), one),
        ("F1", _("All keys"), _("always")),
        ("1–9", _("Choose in a list"), _("in a dialog")),  # noqa: RUF001 - a range is written with a dash
    )
