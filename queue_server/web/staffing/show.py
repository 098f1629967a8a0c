"""The page of a day's staffing over HTTP: whole at first, then the part that changes; asked for by the address."""

from typing import Final

from aiohttp import web
from markupsafe import Markup

from queue_server.accounts.model import Session
from queue_server.domain.values import Micros
from queue_server.framework.server import SERVER
from queue_server.web import staff
from queue_server.web.manager.rules import ManagerRules
from queue_server.web.page_context import DESK, signed_in
from queue_server.web.staffing.day_query import read
from queue_server.web.staffing.presenter import staffing_page
from queue_server.web.staffing.reading import staffing_view
from queue_server.web.view_context import name_in
from queue_server.web.wording import MarkupTranslations

_PATH: Final = "/staffing"


async def show(request: web.Request) -> web.Response:
    """Show a day to who manages the centre, or the way to the sign-in."""
    return await _draw(request, await signed_in(request), "staffing/index.html")


async def show_part(request: web.Request) -> web.Response:
    """Show what changes, for a page that is open already."""
    return await _draw(request, await signed_in(request), "staffing/page.html")


async def _draw(request: web.Request, session: Session, template: str) -> web.Response:
    desk, server = request.app[DESK], request.app[SERVER]
    look, asked = desk.view(request, session), read(request.query)
    view = await staffing_view(server, look, asked, session.centre)
    page, reader = staffing_page(view), look.reader
    centre = look.known.catalogue.centre
    values = {
        "page": page,
        "news": page.news,
        "helps": (),
        "band_do": reader.words("What you see is of before. It is drawn anew when the connection is back."),
        "key_table": key_table(reader.words),
        # What is booked on the web is no event of the centre's day: the page is fetched anew by time.
        **staff.values(
            session,
            reader,
            here=_PATH,
            centre_name=name_in(centre.name, reader.language, centre.id),
            now=look.now,
            refresh_at=Micros(look.now + server.settings[ManagerRules].refresh_ms * 1000),
            rules=desk.page_rules,
        ),
    }
    return web.Response(text=desk.site.render(template, reader.language, values), content_type="text/html")


def key_table(_: MarkupTranslations) -> tuple[tuple[str, Markup, Markup], ...]:
    """List all keys: cap, what it does, when."""
    return (
        ("P", _("Day before"), _("always")),
        ("N", _("Day after"), _("always")),
        ("Esc", _("Back to your page"), _("always")),
        ("?", _("All keys"), _("always")),
    )
