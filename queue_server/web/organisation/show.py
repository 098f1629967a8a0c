"""The page of all centres over HTTP: whole at first, then the part that changes."""

from typing import Any, Final

from aiohttp import web
from markupsafe import Markup

from queue_server.accounts.model import Session
from queue_server.domain.values import Micros
from queue_server.framework.server import SERVER
from queue_server.web import staff
from queue_server.web.manager.rules import ManagerRules
from queue_server.web.organisation import scope
from queue_server.web.organisation.look import OrganisationLook
from queue_server.web.organisation.presenter import organisation_page
from queue_server.web.page_context import DESK, signed_in
from queue_server.web.view_context import name_in
from queue_server.web.wording import MarkupTranslations

_PATH: Final = "/organisation"


async def show(request: web.Request) -> web.Response:
    """Show their centres to who manages them, or the way to the sign-in."""
    return await _draw(request, await signed_in(request), "organisation/index.html")


async def show_part(request: web.Request) -> web.Response:
    """Show what changes, for a page that is open already."""
    return await _draw(request, await signed_in(request), "organisation/page.html")


async def _draw(request: web.Request, session: Session, template: str) -> web.Response:
    desk, server = request.app[DESK], request.app[SERVER]
    places = {ident: live.facts.catalogue.centre for ident, live in desk.centres.items()}
    here, now = places[session.centre], desk.clock()
    reader = desk.reader(desk.language(request), here.zone)
    mine = await desk.log.run(lambda connection: scope.of_session(connection, session))
    page = organisation_page(await server[OrganisationLook].now(), mine, places, reader)
    values: dict[str, Any] = {
        "page": page,
        "news": page.news,
        "helps": (),
        "band_do": reader.words("What you see is of before. It is drawn anew when the connection is back."),
        "key_table": key_table(reader.words),
        # Other centres have feeds of their own, which this page does not follow: it is fetched anew by time.
        **staff.values(
            session,
            reader,
            here=_PATH,
            centre_name=name_in(here.name, reader.language, session.centre),
            now=now,
            refresh_at=Micros(now + server.settings[ManagerRules].refresh_ms * 1000),
            rules=desk.page_rules,
        ),
    }
    return web.Response(text=desk.site.render(template, reader.language, values), content_type="text/html")


def key_table(_: MarkupTranslations) -> tuple[tuple[str, Markup, Markup], ...]:
    """List all keys: cap, what it does, when."""
    return (
        ("C", _("Compare centres"), _("always")),
        ("Esc", _("Back to your page"), _("always")),
        ("?", _("All keys"), _("always")),
    )
