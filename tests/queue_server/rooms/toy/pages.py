from collections.abc import Mapping
from typing import Any

from aiohttp import web
from markupsafe import Markup
from sqlalchemy import Connection

from queue_server.framework.parts import (
    NavigationEntry,
    PageKeys,
    PagePart,
    PaperContext,
    PaperTable,
    PartContext,
    RoomAlarm,
    View,
)
from queue_server.framework.routing import PageRoute
from queue_server.framework.server import SERVER
from queue_server.web.page_context import signed_in
from tests.queue_server.rooms.toy import store
from tests.queue_server.rooms.toy.permissions import FOUND, FOUND_PAGE
from tests.queue_server.rooms.toy.settings import FoundRules


async def _at_counter(shown: PartContext) -> Mapping[str, Any] | None:
    count = await shown.server.log.run(lambda connection: store.lying(connection, shown.centre))
    return {"count": count} if count else None


def on_paper(connection: Connection, shown: PaperContext) -> PaperTable | None:
    count = store.lying(connection, shown.centre)
    head = shown.words("Found things")
    return PaperTable(head, (head,), ((str(count),),)) if count else None


async def alarms(shown: PartContext) -> tuple[RoomAlarm, ...]:
    _, most = shown.words, shown.server.settings[FoundRules].most
    count = await shown.server.log.run(lambda connection: store.lying(connection, shown.centre))
    if count <= most:
        return ()
    head = _.ngettext("%(count)s found thing lies here", "%(count)s found things lie here", count)
    return (RoomAlarm("found", "doc", head, Markup(), _("Take them to the house's office.")),)


async def show(request: web.Request) -> web.Response:
    """List what lies here, to whoever may open it: that was asked before."""
    session, server = await signed_in(request), request.app[SERVER]
    found = await server.log.run(lambda connection: store.listed(connection, session.centre))
    return web.Response(text="\n".join(what for _, what, _ in found))


PAGES = (PageRoute("GET", "/found", FOUND_PAGE, show, leads_in=True),)
ENTRIES = (NavigationEntry("/found", 60, FOUND_PAGE, "doc", lambda _: _("Found things")),)


async def _record(shown: PartContext, thing: str) -> Mapping[str, Any]:
    found = await shown.server.log.run(lambda connection: store.listed(connection, shown.centre))
    return {"lies_here": thing in {ident for ident, _, _ in found}}


VIEWS = (
    View(
        name="found",
        order=20,
        key="F",
        label=lambda _: _("Found things"),
        find=lambda _: _("Find a found thing"),
        stream=store.THINGS.prefix,
        template="found/record.html",
        values=_record,
    ),
)
KEYS = (PageKeys("counter", FOUND, lambda _: (("X", _("Find a found thing"), _("always")),)),)
PARTS = (PagePart("counter", "found/counter.html", FOUND, _at_counter),)
