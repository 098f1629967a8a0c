"""The page of the teams over HTTP: whole at first, then the part that changes."""

from typing import Final

from aiohttp import web
from markupsafe import Markup

from queue_server.accounts.model import Role, Session
from queue_server.accounts.presence import presence
from queue_server.centre.centres import Centres
from queue_server.centre.views import cursor
from queue_server.domain.values import Micros, new_id
from queue_server.framework.server import SERVER
from queue_server.team.desk import MAX_MESSAGE, StaffDesk, teams_of
from queue_server.web import staff
from queue_server.web.page_context import DESK, signed_in
from queue_server.web.team.presenter import teams_page
from queue_server.web.times import next_minute
from queue_server.web.view_context import name_in
from queue_server.web.wording import MarkupTranslations

_PATH: Final = "/team"


async def show(request: web.Request) -> web.Response:
    """Show the teams of a centre to a lead or a manager, or the way to the sign-in."""
    return await _draw(request, await signed_in(request), "team/index.html")


async def show_part(request: web.Request) -> web.Response:
    """Show what changes, for a page that is open already."""
    return await _draw(request, await signed_in(request), "team/page.html")


async def _draw(request: web.Request, session: Session, template: str) -> web.Response:
    desk, server = request.app[DESK], request.app[SERVER]
    centre, look = server[Centres].find(session.centre), desk.view(request, session)
    there = await server.log.run(lambda connection: presence(connection, session.centre))
    page = teams_page(
        look,
        teams_of(centre),
        there,
        await server[StaffDesk].messages(centre),
        figures_of_counters=centre.setup.setup.rules.staff_figures,
        new=new_id(),
    )
    reader, known = look.reader, look.known.catalogue.centre
    values = {
        "page": page,
        "max_message": MAX_MESSAGE,
        "leads_back": Role.MANAGER in session.roles,
        "done": _done(reader.words).get(request.query.get("done", ""), Markup()),
        "news": "",
        "helps": (),
        "band_do": reader.words("What you see is of before. It is drawn anew when the connection is back."),
        "key_table": _key_table(reader.words, leads_back=Role.MANAGER in session.roles),
        **staff.values(
            session,
            reader,
            here=_PATH,
            centre_name=name_in(known.name, reader.language, known.id),
            now=look.now,
            refresh_at=Micros(next_minute(look.now)),
            rules=desk.page_rules,
            cursor=cursor(look.state),
        ),
    }
    return web.Response(text=desk.site.render(template, reader.language, values), content_type="text/html")


def _done(_: MarkupTranslations) -> dict[str, Markup]:
    return {
        "sent": _("Sent. Each counter shows it between two visits."),
        "taken-back": _("Taken back. Whoever has not read it yet does not see it any more."),
    }


def _key_table(_: MarkupTranslations, *, leads_back: bool) -> tuple[tuple[str, Markup, Markup], ...]:
    """List all keys: cap, what it does, when."""
    back = (("Esc", _("Back to your page"), _("always")),) if leads_back else ()
    return (*back, ("?", _("All keys"), _("always")))
