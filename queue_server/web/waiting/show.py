"""The page of who waits over HTTP: whole at first, then the part that changes. What is asked for is in the address."""

from aiohttp import web

from queue_server.accounts.model import Session
from queue_server.accounts.permissions import of_session
from queue_server.centre.permissions import CALL
from queue_server.centre.views import cursor
from queue_server.domain.values import CallReason
from queue_server.framework.permissions import allowed
from queue_server.people.permissions import ERASE
from queue_server.web import staff
from queue_server.web.page_context import DESK, signed_in
from queue_server.web.view_context import StaffView, name_in
from queue_server.web.waiting.detail import DetailViewer
from queue_server.web.waiting.presenter import waiting_page
from queue_server.web.waiting.waiting_filter import wish_of
from queue_server.web.wording import MarkupTranslations, call_reason


async def show(request: web.Request) -> web.Response:
    """Show who waits, or the way to sign in."""
    return await _draw(request, await signed_in(request), "waiting/index.html")


async def show_part(request: web.Request) -> web.Response:
    """Show what changes, for a page that is open already."""
    return await _draw(request, await signed_in(request), "waiting/page.html")


async def _draw(request: web.Request, session: Session, template: str) -> web.Response:
    principal = of_session(session)
    desk = request.app[DESK]
    live, language = desk.centres[session.centre], desk.language(request)
    centre = live.facts.catalogue.centre
    reader = desk.reader(language, centre.zone)
    look = StaffView(live.state, live.facts, live.settings, reader=reader, now=desk.clock(), rules=desk.page_rules)
    wish = wish_of({name: request.query.getall(name) for name in set(request.query)})
    at_counter = allowed(principal, CALL, centre=session.centre)
    page = waiting_page(
        look,
        wish,
        DetailViewer(
            back=staff.home(session, desk.rooms),
            counter=session.counter if at_counter else None,
            may_forget=allowed(principal, ERASE, centre=session.centre),
            onlooker=await desk.onlooker(session, live.state, wish.visit),
        ),
    )
    values = {
        "page": page,
        "news": page.news,
        "helps": page.helps,
        "centre_api": f"/api/v1/centres/{session.centre}",
        "counter": session.counter,
        "plate": "" if session.counter is None else look.plate_of(session.counter),
        "call_reasons": [(reason.value, call_reason(reader.words, reason)) for reason in CallReason],
        "key_table": key_table(reader.words),
        **staff.values(
            session,
            reader,
            here="/waiting",
            centre_name=name_in(centre.name, language, centre.id),
            now=page.now,
            refresh_at=page.refresh_at,
            rules=desk.page_rules,
            cursor=cursor(look.state),
        ),
    }
    return web.Response(text=desk.site.render(template, language, values), content_type="text/html")


def key_table(_: MarkupTranslations) -> tuple[tuple[str, object, object], ...]:
    """List all keys: cap, what it does, when."""
    chosen = _("a visit is chosen")
    return (
        ("/", _("Look for words"), _("always")),
        ("↑ ↓", _("Choose a visit"), _("always")),
        ("G", _("Call out of turn, with a reason"), _("a visit is chosen, nobody is at your counter")),
        ("K", _("Let it wait again"), _("it is parked, missed or cancelled")),
        ("N", _("Write a note"), chosen),
        ("H", _("Take the first help call"), _("a help call is there")),
        ("Esc", _("Back to your page"), _("always")),
        ("?", _("All keys"), _("always")),
    )
