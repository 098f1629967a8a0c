"""One's own day over HTTP: whole at first, then the part that changes. Only its owner sees it."""

from typing import Final

from aiohttp import web
from markupsafe import Markup

from queue_server.accounts.model import Session
from queue_server.accounts.presence import presence
from queue_server.centre.centres import Centres
from queue_server.centre.views import cursor
from queue_server.domain.values import Actor, Micros
from queue_server.framework.server import SERVER
from queue_server.team.desk import MAX_NOTE, StaffDesk, teams_of
from queue_server.team.served import served_by
from queue_server.team.teams import team_of
from queue_server.vault.model import end_of
from queue_server.web import staff
from queue_server.web.page_context import DESK, signed_in
from queue_server.web.team.presenter import for_counter, own_day_page
from queue_server.web.times import next_minute
from queue_server.web.view_context import name_in
from queue_server.web.wording import MarkupTranslations

_PATH: Final = "/my-day"


async def show(request: web.Request) -> web.Response:
    """Show somebody their day, with what they have noted: that they look at it is recorded."""
    session, server = await signed_in(request), request.app[SERVER]
    note = await server[StaffDesk].note(server[Centres].find(session.centre), session)
    return await _draw(request, session, "team/my-day-index.html", note)


async def show_part(request: web.Request) -> web.Response:
    """Show what changes, for a page that is open already: what is typed there stays as it is."""
    return await _draw(request, await signed_in(request), "team/my-day.html", "")


async def _draw(request: web.Request, session: Session, template: str, note: str) -> web.Response:
    desk, server = request.app[DESK], request.app[SERVER]
    centre, look = server[Centres].find(session.centre), desk.view(request, session)
    team = None if session.counter is None else team_of(teams_of(centre), session.counter)
    people = await server.log.run(lambda connection: presence(connection, session.centre))
    messages = for_counter(await server[StaffDesk].messages(centre), None if team is None else team.id, session.staff)
    page = own_day_page(
        look,
        served_by(look.state, Actor(f"staff/{session.staff}")),
        await server[StaffDesk].breaks(centre, session),
        messages,
        me=session.staff,
        names=people.names,
        counter=session.counter,
        ends_at=end_of(centre.rule, centre.rule.day_at(look.now), 1),
    )
    reader, known = look.reader, look.known.catalogue.centre
    is_done = request.query.get("done") == "noted"
    values = {
        "page": page,
        "page_template": "team/my-day.html",
        "note": note,
        "max_note": MAX_NOTE,
        "done": reader.words("Written down.") if is_done else Markup(),
        "news": "",
        "helps": (),
        "band_do": reader.words("What you see is of before. It is drawn anew when the connection is back."),
        "key_table": key_table(reader.words),
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


def key_table(_: MarkupTranslations) -> tuple[tuple[str, Markup, Markup], ...]:
    """List all keys: cap, what it does, when."""
    return (
        ("Shift R", _("Say that you have read the message"), _("a message is shown")),
        ("Esc", _("Back to your page"), _("always")),
        ("?", _("All keys"), _("always")),
    )
