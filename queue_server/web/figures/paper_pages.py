"""A day on paper over HTTP: at once, and asking for it by e-mail each evening."""

import asyncio
from datetime import date
from typing import Final

import msgspec
from aiohttp import web

from queue_server.accounts.model import Session
from queue_server.centre.centres import Centres
from queue_server.domain.values import Day
from queue_server.framework.server import SERVER
from queue_server.notices import contacts
from queue_server.notices.contact import read_email
from queue_server.notices.errors import ContactInvalidError
from queue_server.notices.settings import MailSettings
from queue_server.web import forms
from queue_server.web.figures.day_paper import can_print, day_pdf
from queue_server.web.figures.day_reports import recipient_of, subscribe
from queue_server.web.figures.figures_query import PATH, FiguresQuery, read
from queue_server.web.figures.page import FiguresPage
from queue_server.web.figures.paper_tables import brought_tables
from queue_server.web.figures.period import PeriodLength
from queue_server.web.figures.presenter import figures_page
from queue_server.web.figures.reading import paper_data
from queue_server.web.figures.report_settings import DayReportRules
from queue_server.web.page_context import DESK, signed_in
from queue_server.web.view_context import name_in

#: What was done, or not, as addresses say it.
_DONE: Final = ("asked", "stopped", "no-address")


class ReportForm(msgspec.Struct, frozen=True):
    """The part of a day's page that is about paper: ``paper`` is its address, empty where nothing sets it.

    ``can_send``: this server sends e-mail, at ``hour``.
    """

    paper: str
    can_send: bool
    is_asked: bool
    hour: str
    done: str


async def report_form(request: web.Request, session: Session, page: FiguresPage) -> ReportForm | None:
    """Say whether somebody gets their days by e-mail; None where it is about no day.

    Where nothing is installed that sets a paper the page says so: a key that was there yesterday may not just be gone.
    """
    asked = read(request.query)
    if asked.length is not PeriodLength.DAY or asked.flow:
        return None
    if not can_print():
        return ReportForm(paper="", can_send=False, is_asked=False, hour="", done="")
    settings, done = request.app[SERVER].settings, request.query.get("done", "")
    recipient = recipient_of(session.centre, session.staff)
    known = await request.app[DESK].log.run(lambda connection: contacts.find(connection, recipient))
    return ReportForm(
        paper=f"{PATH}/day.pdf?{FiguresQuery(day=date.fromisoformat(page.day)).written()}",
        can_send=bool(settings[MailSettings].host),
        is_asked=known is not None,
        hour=f"{settings[DayReportRules].hour:02}:00",
        done=done if done in _DONE else "",
    )


async def send_paper(request: web.Request) -> web.Response:
    """Send a day as PDF."""
    session = await signed_in(request)
    if not can_print():
        raise web.HTTPNotFound
    desk, centre = request.app[DESK], session.centre
    look, live = desk.view(request, session), request.app[SERVER][Centres].find(centre)
    today = date.fromisoformat(live.rule.day_at(look.now))
    asked = FiguresQuery(day=read(request.query).day or today)
    day = Day((asked.day or today).isoformat())
    data, others = await desk.log.run(
        lambda connection: (
            paper_data(connection, centre, asked, today),
            brought_tables(connection, look, centre, live.rule, day),
        )
    )
    page = figures_page(look, data, asked, live.rule, live.setup.setup, by_date=True)
    name = name_in(look.known.catalogue.centre.name, look.reader.language, centre)
    made = await asyncio.to_thread(day_pdf, look, page, name, others)
    return web.Response(
        body=made,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{asked.day}.pdf"'},
    )


async def ask_for_reports(request: web.Request) -> web.Response:
    """Take where somebody wants their days, or that they want them no more."""
    session = await signed_in(request)
    form = await forms.fields(request, session.csrf)
    server, language = request.app[SERVER], request.app[DESK].language(request)
    try:
        email = None if form.get("stop") else read_email(form.get("email", ""))
    except ContactInvalidError as error:
        raise web.HTTPSeeOther(f"{PATH}?done=no-address#report-head") from error
    await server.log.write(lambda connection: subscribe(server, connection, session, email, language))
    raise web.HTTPSeeOther(f"{PATH}?done={'stopped' if email is None else 'asked'}#report-head")
