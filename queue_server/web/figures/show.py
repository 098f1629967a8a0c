"""The pages of figures over HTTP: each whole at first, then the part that changes; and the same as files."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from aiohttp import web
from markupsafe import Markup

from queue_server.accounts.model import Session
from queue_server.centre.centres import Centres
from queue_server.domain.service_day import DayRule
from queue_server.framework.problems import NotFoundError
from queue_server.framework.server import SERVER
from queue_server.web import parts, staff
from queue_server.web.figures import export
from queue_server.web.figures.figures_query import PATH, read, read_visits
from queue_server.web.figures.paper_pages import report_form
from queue_server.web.figures.presenter import figures_page
from queue_server.web.figures.reading import FiguresData, figures_data, visits_data
from queue_server.web.figures.visits_list import visits_page
from queue_server.web.page_context import DESK, signed_in
from queue_server.web.view_context import StaffView, name_in
from queue_server.web.wording import MarkupTranslations

#: A file of visits has no more rows: a year of a busy centre.
_MAX_ROWS: Final = 250_000
_TABLES: Final[Mapping[str, Callable[[FiguresData], str]]] = {"steps": export.steps_csv, "ways": export.ways_csv}


async def show(request: web.Request) -> web.Response:
    """Show figures to who manages the centre, or the way to the sign-in."""
    return await _draw(request, await signed_in(request), "figures/index.html")


async def show_part(request: web.Request) -> web.Response:
    """Show what changes, for a page that is open already."""
    return await _draw(request, await signed_in(request), "figures/page.html")


async def show_visits(request: web.Request) -> web.Response:
    """Show the visits behind a number."""
    return await _draw_visits(request, await signed_in(request), "figures/visits-index.html")


async def show_visits_part(request: web.Request) -> web.Response:
    return await _draw_visits(request, await signed_in(request), "figures/visits.html")


async def send_table(request: web.Request) -> web.Response:
    """Send what a page shows as CSV.

    Raises:
        NotFoundError: there is no such table.
    """
    session = await signed_in(request)
    table, desk, centre = request.match_info["table"], request.app[DESK], session.centre
    today, asked = _today(request, session), read_visits(request.query)
    if table == "visits":
        listed = await desk.log.run(lambda connection: visits_data(connection, centre, asked, today, _MAX_ROWS))
        return _file(table, export.visits_csv(listed))
    if table not in _TABLES:
        raise NotFoundError
    data = await desk.log.run(lambda connection: figures_data(connection, centre, asked.of, today))
    return _file(table, _TABLES[table](data))


async def _draw(request: web.Request, session: Session, template: str) -> web.Response:
    desk, asked = request.app[DESK], read(request.query)
    look, rule, today = desk.view(request, session), _rule(request, session), _today(request, session)
    data = await desk.log.run(lambda connection: figures_data(connection, session.centre, asked, today))
    page = figures_page(look, data, asked, rule, request.app[SERVER][Centres].find(session.centre).setup.setup)
    report = await report_form(request, session, page)
    drawn = await parts.parts(request, "figures", session, look.reader)
    shown = {"page": page, "page_template": "figures/page.html", "report": report, "parts": drawn.slots}
    return answer(request, session, look, template, shown)


async def _draw_visits(request: web.Request, session: Session, template: str) -> web.Response:
    desk, asked = request.app[DESK], read_visits(request.query)
    look, rule, today = desk.view(request, session), _rule(request, session), _today(request, session)
    data = await desk.log.run(lambda connection: visits_data(connection, session.centre, asked, today))
    page = visits_page(look, data, asked, rule)
    return answer(request, session, look, template, {"page": page, "page_template": "figures/visits.html"})


def answer(
    request: web.Request, session: Session, look: StaffView, template: str, shown: dict[str, Any]
) -> web.Response:
    """Draw a page of figures, or the part of it that changes."""
    desk, reader = request.app[DESK], look.reader
    values = {
        **shown,
        "news": "",
        "helps": (),
        "band_do": reader.words("What you see is of before. It is drawn anew when the connection is back."),
        "key_table": key_table(reader.words),
        **staff.values(
            session,
            reader,
            here=PATH,
            centre_name=name_in(look.known.catalogue.centre.name, reader.language, session.centre),
            now=look.now,
            refresh_at=shown["page"].refresh_at,
            rules=desk.page_rules,
        ),
    }
    return web.Response(text=desk.site.render(template, reader.language, values), content_type="text/html")


def _rule(request: web.Request, session: Session) -> DayRule:
    return request.app[SERVER][Centres].find(session.centre).rule


def _today(request: web.Request, session: Session) -> date:
    return date.fromisoformat(_rule(request, session).day_at(request.app[DESK].clock()))


def _file(table: str, text: str) -> web.Response:
    return web.Response(
        text=text,
        content_type="text/csv",
        charset="utf-8",
        headers={"Content-Disposition": f'attachment; filename="{table}.csv"'},
    )


def key_table(_: MarkupTranslations) -> tuple[tuple[str, Markup, Markup], ...]:
    """List all keys: cap, what it does, when."""
    return (
        ("D", _("Day"), _("always")),
        ("W", _("Week"), _("always")),
        ("O", _("Month"), _("always")),
        ("Y", _("Year"), _("always")),
        ("F", _("Ways between steps"), _("always")),
        ("P", _("Before"), _("always")),
        ("N", _("After"), _("always")),
        ("Esc", _("Back to your page"), _("always")),
        ("?", _("All keys"), _("always")),
    )
