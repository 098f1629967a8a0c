"""The page of colleagues over HTTP: who is signed in where, ending that, and letting in who is kept out."""

from typing import Any, Final

from aiohttp import web
from markupsafe import Markup
from sqlalchemy import Connection

from queue_server.accounts import admissions, guard, staff_store
from queue_server.accounts import signed_in as sessions_of
from queue_server.accounts.model import Session, SessionId, Staff
from queue_server.accounts.signed_in import SignedIn
from queue_server.domain.values import Actor, CentreId, Micros, StaffId
from queue_server.framework.problems import NotFoundError
from queue_server.framework.server import SERVER
from queue_server.web import forms, staff
from queue_server.web.colleagues import presenter
from queue_server.web.page_context import DESK, WebContext, signed_in
from queue_server.web.times import next_minute
from queue_server.web.view_context import name_in
from queue_server.web.wording import MarkupTranslations

_PATH: Final = "/colleagues"


async def show(request: web.Request) -> web.Response:
    """Show the accounts of a centre to who manages it, or the way to the sign-in."""
    return await _draw(request, await signed_in(request), "colleagues/index.html")


async def show_part(request: web.Request) -> web.Response:
    """Show what changes, for a page that is open already."""
    return await _draw(request, await signed_in(request), "colleagues/page.html")


async def end_sessions(request: web.Request) -> web.Response:
    """End the sessions of a colleague at this centre; one's own stays."""
    session, form = await _form(request)
    desk = request.app[DESK]

    def end(connection: Connection) -> frozenset[SessionId]:
        one = _colleague(connection, session.centre, form.get("staff", ""))
        return sessions_of.end(
            connection,
            one.id,
            actor=Actor(f"staff/{session.staff}"),
            now=desk.clock(),
            but=session.id,
            centre=session.centre,
        )

    request.app[SERVER].feeds.end(frozenset(await desk.log.write(end)))
    raise web.HTTPSeeOther(f"{_PATH}?done=ended")


async def admit(request: web.Request) -> web.Response:
    """Let a colleague try at once, whatever strangers have tried."""
    session, form = await _form(request)
    desk = request.app[DESK]

    def let_in(connection: Connection) -> None:
        one = _colleague(connection, session.centre, form.get("staff", ""))
        admissions.let_in(connection, one, actor=Actor(f"staff/{session.staff}"), now=desk.clock())

    await desk.log.write(let_in)
    raise web.HTTPSeeOther(f"{_PATH}?done=admitted")


async def _form(request: web.Request) -> tuple[Session, dict[str, str]]:
    session = await signed_in(request)
    return session, await forms.fields(request, session.csrf)


def _colleague(connection: Connection, centre: CentreId, ident: str) -> Staff:
    """Find somebody who has a role at a centre.

    Raises:
        NotFoundError: nobody there has this id.
    """
    found = next((one for one in staff_store.staff_of(connection, centre) if one.id == ident), None)
    if found is None:
        raise NotFoundError
    return found


async def _draw(request: web.Request, session: Session, template: str) -> web.Response:
    desk, now, centre = request.app[DESK], request.app[DESK].clock(), session.centre
    facts = {ident: live.facts for ident, live in desk.centres.items()}
    here = facts[centre].catalogue.centre
    reader = desk.reader(desk.language(request), here.zone)
    people, sessions, locked_out = await desk.log.run(lambda connection: _read(connection, desk, centre))
    rows = presenter.rows(people, sessions, locked_out, facts, reader, centre, now=now, me=session.id)
    done, asked = _done(reader.words), request.query.get("done", "")
    shown: dict[str, Any] = {
        "rows": rows,
        "done": done.get(asked, Markup()),
        "done_key": asked if asked in done else "",
        "news": "",
        "helps": (),
        "band_do": reader.words("What you see is of before. It is drawn anew when the connection is back."),
        "key_table": (("?", reader.words("All keys"), reader.words("always")),),
        **staff.values(
            session,
            reader,
            here=_PATH,
            centre_name=name_in(here.name, reader.language, centre),
            now=now,
            refresh_at=Micros(next_minute(now)),
            rules=desk.page_rules,
        ),
    }
    return web.Response(text=desk.site.render(template, reader.language, shown), content_type="text/html")


def _read(
    connection: Connection, desk: WebContext, centre: CentreId
) -> tuple[list[Staff], tuple[SignedIn, ...], frozenset[StaffId]]:
    people, now = staff_store.staff_of(connection, centre), desk.clock()
    sessions = sessions_of.signed_in(connection, [one.id for one in people], now, desk.rules, centre)
    locked_out = frozenset(one.id for one in people if guard.is_locked_out(connection, desk.rules, one.login, now))
    return people, sessions, locked_out


def _done(_: MarkupTranslations) -> dict[str, Markup]:
    return {
        "ended": _("Ended. Their pages close within two seconds."),
        "admitted": _("They can try at once now, for a quarter of an hour. The password is asked for as ever."),
    }
