"""The page on which centres are compared, over HTTP; asked for by the address."""

from typing import Any, Final
from urllib.parse import urlencode

from aiohttp import web
from markupsafe import Markup

from queue_server.accounts.model import Session
from queue_server.domain.values import MINUTE, Micros, to_datetime
from queue_server.framework.server import SERVER
from queue_server.web import staff
from queue_server.web.organisation import scope
from queue_server.web.organisation.comparing import Comparisons
from queue_server.web.organisation.comparison_page import comparison_page
from queue_server.web.organisation.comparison_query import read_query
from queue_server.web.page_context import DESK, signed_in
from queue_server.web.view_context import name_in
from queue_server.web.wording import MarkupTranslations

_PATH: Final = "/organisation"
#: What is past does not change by itself; what still is counted comes in time.
_ANEW: Final = 10 * MINUTE


async def show(request: web.Request) -> web.Response:
    """Compare their centres for who manages them, or show the way to the sign-in."""
    return await _draw(request, await signed_in(request), "organisation/compare-index.html")


async def show_part(request: web.Request) -> web.Response:
    """Show what may have changed, for a page that is open already."""
    return await _draw(request, await signed_in(request), "organisation/compare.html")


async def _draw(request: web.Request, session: Session, template: str) -> web.Response:
    desk, server = request.app[DESK], request.app[SERVER]
    catalogues = {ident: live.facts.catalogue for ident, live in desk.centres.items()}
    here, now = catalogues[session.centre].centre, desk.clock()
    reader = desk.reader(desk.language(request), here.zone)
    query = read_query(request.query, to_datetime(now).date())
    mine = await desk.log.run(lambda connection: scope.of_session(connection, session))
    found = {} if query is None else await server[Comparisons].of(query)
    page = comparison_page(query, found, mine.centres, catalogues, reader)
    asked = {name: request.query[name] for name in ("from", "to", "service") if name in request.query}
    values: dict[str, Any] = {
        "page": page,
        "query": urlencode(asked),
        "page_template": "organisation/compare.html",
        "news": "",
        "helps": (),
        "band_do": reader.words("What you see is of before. It is drawn anew when the connection is back."),
        "key_table": key_table(reader.words),
        **staff.values(
            session,
            reader,
            here=_PATH,
            centre_name=name_in(here.name, reader.language, session.centre),
            now=now,
            refresh_at=Micros(now + _ANEW),
            rules=desk.page_rules,
        ),
    }
    return web.Response(text=desk.site.render(template, reader.language, values), content_type="text/html")


def key_table(_: MarkupTranslations) -> tuple[tuple[str, Markup, Markup], ...]:
    """List all keys: cap, what it does, when."""
    return (("Esc", _("Back to all centres"), _("always")), ("?", _("All keys"), _("always")))
