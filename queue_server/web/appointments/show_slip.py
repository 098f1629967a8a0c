"""The slip of an appointment over HTTP; the browser prints it."""

from aiohttp import web

from queue_server.appointments import store
from queue_server.appointments.days import shown
from queue_server.appointments.errors import AppointmentUnknownError
from queue_server.appointments.link import token_of
from queue_server.centre.centres import Centres
from queue_server.domain.appointments import LINK_PATH
from queue_server.framework.server import SERVER
from queue_server.web import desk_reader
from queue_server.web.appointments.slip import slip
from queue_server.web.page_context import DESK, signed_in
from queue_server.web.site import choose_language


async def show(request: web.Request) -> web.Response:
    """Show the slip of an appointment, in the language of its person.

    Raises:
        AppointmentUnknownError: there is none here.
    """
    session = await signed_in(request)
    desk, server = request.app[DESK], request.app[SERVER]
    centre, ident = server[Centres].find(session.centre), request.match_info["appointment"]
    row = await server.log.run(lambda connection: store.by_id(connection, ident))
    if row is None or row.centre != centre.id:
        raise AppointmentUnknownError
    one, catalogue = shown(server, centre, (row,))[0], centre.facts.catalogue
    reader = desk.reader(choose_language((one.language, *catalogue.centre.languages)), catalogue.centre.zone)
    link = f"{server.public_url}{LINK_PATH}{token_of(server, row.id)}"
    paper = slip(one, centre.setup.setup, catalogue, reader, link)
    values = {"slip": paper, "desk_port": desk.page_rules.desk_port}
    text = desk.site.render("appointments/slip.html", reader.language, values)
    return desk_reader.may_ask(web.Response(text=text, content_type="text/html"), desk.page_rules)
