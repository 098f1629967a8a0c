"""The page of how right it was over HTTP: whole at first, then the part that changes."""

from typing import Final

from aiohttp import web
from markupsafe import Markup

from queue_server.accounts.model import Session
from queue_server.domain.values import Micros
from queue_server.framework.server import SERVER
from queue_server.waiting.accuracy import WEEK_DAYS, last_week
from queue_server.waiting.waiting_times import WaitingTimes
from queue_server.web import staff
from queue_server.web.accuracy.presenter import accuracy_page
from queue_server.web.page_context import DESK, signed_in
from queue_server.web.view_context import name_in
from queue_server.web.wording import MarkupTranslations

_PATH: Final = "/manager/accuracy"
#: A day is judged in the night: it is looked whether there is more once in so long.
_REFRESH_US: Final = 600_000_000


async def show(request: web.Request) -> web.Response:
    """Show how right it was to who manages the centre, or the way to the sign-in."""
    return await _draw(request, await signed_in(request), "accuracy/index.html")


async def show_part(request: web.Request) -> web.Response:
    """Show what changes, for a page that is open already."""
    return await _draw(request, await signed_in(request), "accuracy/page.html")


async def _draw(request: web.Request, session: Session, template: str) -> web.Response:
    desk = request.app[DESK]
    look = desk.view(request, session)
    reader, centre = look.reader, look.known.catalogue.centre
    days = await request.app[SERVER][WaitingTimes].judged(session.centre, WEEK_DAYS)
    values = {
        "page": accuracy_page(look, last_week(days, look.state.day)),
        "page_template": "accuracy/page.html",
        "news": "",
        "helps": (),
        "band_do": reader.words("What you see is of before. It is read anew when the connection is back."),
        "key_table": key_table(reader.words),
        **staff.values(
            session,
            reader,
            here=_PATH,
            centre_name=name_in(centre.name, reader.language, centre.id),
            now=look.now,
            refresh_at=Micros(look.now + _REFRESH_US),
            rules=desk.page_rules,
        ),
    }
    return web.Response(text=desk.site.render(template, reader.language, values), content_type="text/html")


def key_table(_: MarkupTranslations) -> tuple[tuple[str, Markup, Markup], ...]:
    """List all keys: cap, what it does, when."""
    return (
        ("Esc", _("Back to the hours ahead"), _("always")),
        ("?", _("All keys"), _("always")),
    )
