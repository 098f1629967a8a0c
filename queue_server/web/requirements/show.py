"""The paper of what is missing: in the language of its person, with the words of staff below."""

from aiohttp import web

from queue_server.centre.errors import VisitUnknownError
from queue_server.domain.values import VisitId
from queue_server.framework.server import SERVER
from queue_server.web import desk_reader
from queue_server.web.page_context import DESK, signed_in
from queue_server.web.print_footer import foot_of
from queue_server.web.requirements.presenter import checklist_part
from queue_server.web.requirements.reading import read_checklist
from queue_server.web.site import choose_language
from queue_server.web.view_context import StaffView, name_in


async def show_missing(request: web.Request) -> web.Response:
    """Show what a visit still has to bring; the browser prints it.

    Raises:
        VisitUnknownError: it is none of today's.
    """
    session = await signed_in(request)
    desk, server = request.app[DESK], request.app[SERVER]
    live = desk.centres[session.centre]
    visit = live.state.visits.get(VisitId(request.match_info["visit"]))
    if visit is None:
        raise VisitUnknownError
    centre, staff = live.facts.catalogue.centre, desk.view(request, session)
    language = choose_language((visit.language, *centre.languages))
    reader = desk.reader(language, centre.zone)
    look = StaffView(live.state, live.facts, live.settings, reader=reader, now=desk.clock(), rules=desk.page_rules)
    now = await read_checklist(server.log, look, visit)
    api = f"/api/v1/centres/{session.centre}"
    mine, theirs = checklist_part(staff, visit, now, api), checklist_part(look, visit, now, api)
    # Staff read along where they read another language than the person.
    beside = () if mine is None or staff.reader.language == language else mine.missing
    values = {
        "centre": name_in(centre.name, language, centre.id),
        "list": theirs,
        "beside": beside,
        "staff_language": staff.reader.language,
        "staff_rtl": staff.reader.rtl,
        "foot": foot_of(centre, reader),
        "printed": f"{reader.clock.day(look.now, 'd MMM y')} {reader.clock.hhmm(look.now)}",
        "desk_port": desk.page_rules.desk_port,
    }
    text = desk.site.render("requirements/missing.html", language, values)
    return desk_reader.may_ask(web.Response(text=text, content_type="text/html"), desk.page_rules)
