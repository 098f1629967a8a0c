"""Who comes to reception with an appointment, over HTTP: what it is worth, as the dialog of the page shows it."""

from typing import Any, Final

import msgspec
from aiohttp import web

from queue_server.accounts.permissions import of_session
from queue_server.appointments import check_in
from queue_server.appointments.booking import by_token
from queue_server.appointments.model import StoredAppointment
from queue_server.centre.centres import Centre, Centres
from queue_server.domain.appointments import CheckInVerdict, read_link
from queue_server.domain.values import VisitId
from queue_server.framework.problems import NotSignedInError
from queue_server.framework.server import SERVER, Server
from queue_server.web import forms
from queue_server.web.appointments import reading
from queue_server.web.appointments.arrival import ArrivalFacts, arrival
from queue_server.web.page_context import DESK, signed_in
from queue_server.web.view_context import StaffView, name_in

#: Letters of what was scanned that are read.
_MAX_LETTERS: Final = 512


async def show(request: web.Request) -> web.Response:
    """Say what the appointment is worth that was typed or scanned; nothing changes by asking.

    Asked by POST: it may be the number of a document, and no address holds it.
    """
    session = await signed_in(request)
    text = (await forms.fields(request, session.csrf)).get("text", "").strip()[:_MAX_LETTERS]
    server, actor = request.app[SERVER], of_session(session).actor
    if actor is None:
        raise NotSignedInError
    desk, centre = request.app[DESK], server[Centres].find(session.centre)
    look = desk.view(request, session)
    found = await reading.find(server, centre, text, actor) if text else ()
    one = check_in.meant(found, centre.rule.day_at(server.clock()))
    facts = _elsewhere(look, await _of_link(server, text)) if one is None else None
    shown = arrival(look, facts or _facts(look, centre, one, server))
    html = desk.site.render("appointments/arrival.html", look.reader.language, {"arrival": shown})
    known: dict[str, Any] = {"found": one is not None or facts is not None, "html": html}
    return web.Response(body=msgspec.json.encode(known), content_type="application/json")


def _facts(look: StaffView, centre: Centre, one: StoredAppointment | None, server: Server) -> ArrivalFacts:
    rules, now = centre.setup.setup.appointments, server.clock()
    today = centre.rule.day_at(now)
    verdict = CheckInVerdict.UNKNOWN if rules is None else check_in.verdict(one, centre.id, today, now, rules)
    visit = None if one is None or one.visit is None else look.state.visits.get(VisitId(one.visit))
    return ArrivalFacts(
        verdict=verdict,
        one=one,
        rules=rules,
        today=today,
        zone=centre.rule.zone,
        ticket=None if visit is None else visit.id,
        ticket_code="" if visit is None else visit.code,
    )


async def _of_link(server: Server, text: str) -> tuple[StoredAppointment, Centre] | None:
    """Find what a link leads to at another centre: it proves whose it is."""
    token = read_link(text)
    return None if token is None else await by_token(server, token)


def _elsewhere(look: StaffView, known: tuple[StoredAppointment, Centre] | None) -> ArrivalFacts | None:
    if known is None:
        return None
    one, there = known
    return ArrivalFacts(
        verdict=CheckInVerdict.OTHER_CENTRE,
        one=one,
        rules=None,
        today=look.state.day,
        zone=there.rule.zone,
        elsewhere=name_in(there.setup.setup.centre.name, look.reader.language, there.id),
    )
