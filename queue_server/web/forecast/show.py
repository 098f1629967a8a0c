"""The page of the hours ahead over HTTP: whole at first, then the part that changes; asked for by the address."""

from http import HTTPStatus
from typing import Final

from aiohttp import web
from msgspec.structs import replace

from queue_server.accounts.model import Session
from queue_server.centre.centres import Centres
from queue_server.domain.values import Micros
from queue_server.forecast.what_if import moved, simplest
from queue_server.framework.server import SERVER
from queue_server.web import staff
from queue_server.web.forecast.forecast_query import ForecastQuery, read
from queue_server.web.forecast.forecast_view import BesidePlan, ForecastView
from queue_server.web.forecast.foresight import Foresight
from queue_server.web.forecast.presenter import forecast_page
from queue_server.web.forecast.saved_plans import SavedPlan, of_day
from queue_server.web.forecast.saving import asked_of
from queue_server.web.forecast.week_reading import coming_week
from queue_server.web.page_context import DESK, signed_in
from queue_server.web.view_context import name_in
from queue_server.web.wording import MarkupTranslations

_PATH: Final = "/manager/forecast"
#: The hours ahead are looked at anew so often; a press of a colleague is not waited for.
_REFRESH_US: Final = 20_000_000


async def show(request: web.Request) -> web.Response:
    """Show the hours ahead to who manages the centre, or the way to the sign-in."""
    return await _draw(request, await signed_in(request), "forecast/index.html")


async def show_part(request: web.Request) -> web.Response:
    """Show what changes, for a page that is open already."""
    return await _draw(request, await signed_in(request), "forecast/page.html")


async def show_waiting(request: web.Request) -> web.Response:
    """Show only who waits until closing, while somebody drags a counter: the rest of the page stays as it is.

    The answer is 204 where nothing is foreseen, for example once the centre has closed.
    """
    session = await signed_in(request)
    desk = request.app[DESK]
    view = await _view(request, session, read(request.query), held=True)
    page = forecast_page(view)
    if page.picture is None:
        return web.Response(status=HTTPStatus.NO_CONTENT)
    return web.Response(
        text=desk.site.render("forecast/waiting.html", view.look.reader.language, {"page": page}),
        content_type="text/html",
    )


async def _draw(request: web.Request, session: Session, template: str) -> web.Response:
    desk = request.app[DESK]
    look = desk.view(request, session)
    page, reader = forecast_page(await _view(request, session, read(request.query))), look.reader
    values = {
        "page": page,
        "page_template": "forecast/page.html",
        "news": "",
        "helps": (),
        "band_do": reader.words("What you see is of before. It is looked at anew when the connection is back."),
        "key_table": key_table(reader.words),
        **staff.values(
            session,
            reader,
            here=_PATH,
            centre_name=name_in(look.known.catalogue.centre.name, reader.language, look.known.catalogue.centre.id),
            now=look.now,
            refresh_at=Micros(look.now + _REFRESH_US),
            rules=desk.page_rules,
        ),
    }
    return web.Response(text=desk.site.render(template, reader.language, values), content_type="text/html")


async def _view(request: web.Request, session: Session, asked: ForecastQuery, *, held: bool = False) -> ForecastView:
    """Look at what is asked; ``held``: at the moment that is looked at already, and without advice."""
    desk, server = request.app[DESK], request.app[SERVER]
    look, centre, foresight = desk.view(request, session), server[Centres][session.centre], server[Foresight]
    if asked.part == "week":
        return ForecastView(look, asked, centre.setup.setup, week=await coming_week(server, centre, look.now))
    moment = await (foresight.held_moment if held else foresight.moment)(centre)
    if moment is None:
        opens = await foresight.is_known(centre)
        return ForecastView(look, asked, centre.setup.setup, is_known=opens)
    kept: tuple[SavedPlan, ...] = ()
    if asked.beside or not held:
        # Who drags a counter does not wait for what they do not see.
        kept = await server.log.run(lambda connection: of_day(connection, session.centre, moment.state.day))
    laid = next((one for one in kept if one.id == asked.beside), None)
    changes = asked.changes
    if asked.move is not None:
        at = max(asked.move.to, moment.base.now)
        changes = tuple(
            moved(moment.plan, changes, asked.move.counter, asked.move.edge, Micros(min(at, moment.base.closes)))
        )
    changes = simplest(moment.plan, changes)
    other = await foresight.foresee(moment, changes) if changes else None
    beside = None
    if laid is not None:
        beside = BesidePlan(
            laid, await foresight.foresee(moment, simplest(moment.plan, asked_of(laid.changes).changes))
        )
    advice = () if held else await foresight.advice(session.centre, moment)
    return ForecastView(
        look,
        replace(asked, changes=changes, move=None, beside="" if laid is None else laid.id),
        centre.setup.setup,
        moment=moment,
        other=other,
        advice=advice,
        kept=kept,
        beside=beside,
    )


def key_table(_: MarkupTranslations) -> tuple[tuple[str, str, str], ...]:
    """List all keys: cap, what it does, when."""
    return (
        ("←, →", _("15 minutes earlier or later"), _("an edge of a bar has the focus")),
        ("R", _("Begin anew"), _("something was changed")),
        ("K", _("Keep what is tried by a name"), _("something was changed")),
        ("Esc", _("Back to your page"), _("always")),
        ("?", _("All keys"), _("always")),
    )
