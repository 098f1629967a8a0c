"""The page of appointments over HTTP: whole at first, then the part that changes; and what a search has found."""

from typing import Final

import msgspec
from aiohttp import web

from queue_server.accounts.model import Session
from queue_server.accounts.permissions import of_session
from queue_server.centre.centres import Centres
from queue_server.centre.views import cursor
from queue_server.framework.problems import NotSignedInError
from queue_server.framework.server import SERVER
from queue_server.web import desk_reader, forms, staff
from queue_server.web.appointments import reading, words
from queue_server.web.appointments.desk_query import DeskQuery, read
from queue_server.web.appointments.presenter import appointments_page
from queue_server.web.page_context import DESK, signed_in
from queue_server.web.view_context import name_in

PATH: Final = "/appointments"
#: Letters of a search that are read.
_MAX_LETTERS: Final = 512
#: Digits of the number with which the page asks for itself, so that it knows what it shows.
_MAX_DIGITS: Final = 8


class FoundAppointments(msgspec.Struct, frozen=True):
    """Ids of what was found, the likeliest first."""

    found: tuple[str, ...]


async def show(request: web.Request) -> web.Response:
    """Show the desk at which appointments are made, or the way to sign in."""
    return await _draw(request, await signed_in(request), "appointments/index.html")


async def show_part(request: web.Request) -> web.Response:
    """Show what changes, for a page that is open already."""
    return await _draw(request, await signed_in(request), "appointments/page.html")


async def find(request: web.Request) -> web.Response:
    """Find appointments by what was typed or scanned. Asked by POST: no address holds the number of a document."""
    session = await signed_in(request)
    text = (await forms.fields(request, session.csrf)).get("text", "").strip()[:_MAX_LETTERS]
    server, actor = request.app[SERVER], of_session(session).actor
    if actor is None:
        raise NotSignedInError
    found = await reading.find(server, server[Centres].find(session.centre), text, actor) if text else ()
    answer = FoundAppointments(tuple(one.id for one in found))
    return web.Response(body=msgspec.json.encode(answer), content_type="application/json")


def _asked(request: web.Request, session: Session) -> DeskQuery:
    setup = request.app[SERVER][Centres].find(session.centre).setup.setup
    return read(lambda name: request.query.getall(name, []), tuple(request.query), setup)


async def _draw(request: web.Request, session: Session, template: str) -> web.Response:
    desk = request.app[DESK]
    view = await reading.desk_view(request, session, _asked(request, session))
    look, page = view.look, appointments_page(view)
    reader, centre = look.reader, look.known.catalogue.centre
    values = {
        "page": page,
        "news": page.news,
        "helps": page.helps,
        "help_code": "F9",
        "help_cap": "F9",
        "single_keys": False,
        "asked": request.query.get("ask", "")[:_MAX_DIGITS],
        "band_do": reader.words(
            "Nothing can be booked or changed until then. Write down who wants which time, and enter it afterwards."
        ),
        "key_table": words.key_table(reader.words),
        **staff.values(
            session,
            reader,
            here=PATH,
            centre_name=name_in(centre.name, reader.language, centre.id),
            now=page.now,
            refresh_at=page.refresh_at,
            rules=desk.page_rules,
            cursor=cursor(look.state),
        ),
        "refusals": {**reader.brought.refusals(reader.words), **words.refusals(reader.words)},
    }
    text = desk.site.render(template, reader.language, values)
    return desk_reader.may_ask(web.Response(text=text, content_type="text/html"), desk.page_rules)
