"""``/reminders/<token>``: no more reminders of an appointment, for whoever has the link of its letters.

Looking changes nothing, since machines open the links of letters; only what is sent does. A mail program may send it by
itself, in whichever form (RFC 8058, section 3.2): what is in it says nothing that the address does not.
"""

from http import HTTPStatus
from typing import Final

from aiohttp import web
from markupsafe import Markup
from sqlalchemy import Connection

from queue_server.appointments import store
from queue_server.appointments.letters import stop_reminders, wants_no_reminders
from queue_server.appointments.model import StoredAppointment
from queue_server.appointments.people import subject_of
from queue_server.appointments.reminders_link import REMINDERS_PATH, reminders_of
from queue_server.centre.centres import Centres
from queue_server.domain.values import Actor
from queue_server.framework.routing import PageRoute
from queue_server.framework.server import SERVER
from queue_server.web.page_context import DESK
from queue_server.web.reminders.permissions import REMINDERS_PAGE
from queue_server.web.view_context import name_in

#: Nobody knows who it is.
_PUBLIC: Final = Actor("public")


async def show(request: web.Request) -> web.Response:
    """Ask whether they want none."""
    one = await _find(request)
    if one is None:
        return _unknown(request)
    is_stopped = await request.app[SERVER].log.run(lambda connection: wants_no_reminders(connection, one.id))
    return _draw(request, one, is_stopped=is_stopped)


async def stop(request: web.Request) -> web.Response:
    """Remind them no more; once or twice is the same."""
    one, server = await _find(request), request.app[SERVER]
    if one is None:
        return _unknown(request)

    def work(connection: Connection) -> None:
        stop_reminders(server, connection, one.id, f"no-reminders/{one.id}", _PUBLIC)

    await server.log.write_in_turn(subject_of(one.id), work)
    return _draw(request, one, is_stopped=True)


async def _find(request: web.Request) -> StoredAppointment | None:
    """Find the appointment of a link. One that no server of this house has made is not even looked for."""
    server = request.app[SERVER]
    ident = reminders_of(server, request.match_info["token"])
    return None if ident is None else await server.log.run(lambda connection: store.by_id(connection, ident))


def _draw(request: web.Request, one: StoredAppointment, *, is_stopped: bool) -> web.Response:
    desk = request.app[DESK]
    language = desk.language(request)
    words, centre = desk.site.words[language], request.app[SERVER][Centres].get(one.centre)
    name = one.centre if centre is None else name_in(centre.setup.setup.centre.name, language, one.centre)
    if is_stopped:
        headline = words("You get no more reminders")
        sentence = words("Your appointment stays as it is. If its time changes, we still tell you.")
    else:
        headline = words("No more reminders?")
        sentence = words("Your appointment stays as it is. We only do not remind you of it.")
    return _page(request, language, name, headline, sentence, asks=not is_stopped)


def _unknown(request: web.Request) -> web.Response:
    desk = request.app[DESK]
    language = desk.language(request)
    words = desk.site.words[language]
    return _page(
        request,
        language,
        words("Consular Support Centre"),
        words("This page is not known here"),
        words("Look whether the address is complete."),
        asks=False,
        status=HTTPStatus.NOT_FOUND,
    )


def _page(
    request: web.Request,
    language: str,
    centre: Markup | str,
    headline: Markup,
    sentence: Markup,
    *,
    asks: bool,
    status: int = HTTPStatus.OK,
) -> web.Response:
    desk = request.app[DESK]
    values = {
        "centre_name": centre,
        "headline": headline,
        "sentence": sentence,
        "action": f"{request.path}?lang={language}" if asks else "",
        "languages": [(tag, name, f"{request.path}?lang={tag}") for tag, name in desk.site.language_names()],
        "secret": True,
        "script": None,
    }
    text = desk.site.render("reminders/page.html", language, values)
    headers = {"X-Robots-Tag": "noindex, nofollow"}
    return web.Response(text=text, status=status, content_type="text/html", headers=headers)


_PATH: Final = f"{REMINDERS_PATH}{{token}}"
PAGES: Final = (
    PageRoute("GET", _PATH, REMINDERS_PAGE, show, waits=True, public=True),
    PageRoute("POST", _PATH, REMINDERS_PAGE, stop, waits=True, public=True),
)
