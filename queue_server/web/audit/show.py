"""The page of auditors over HTTP: whole at first, then the part that changes, and what a search has found."""

import re
from collections.abc import Iterable
from typing import Any, Final

from aiohttp import web
from markupsafe import Markup
from sqlalchemy import Connection

from queue_server.accounts.model import Session
from queue_server.accounts.permissions import of_session
from queue_server.audit.verification import Verification
from queue_server.centre.centres import Centres
from queue_server.domain.values import VisitId
from queue_server.framework.problems import NotSignedInError
from queue_server.framework.server import SERVER
from queue_server.payments import store as payments
from queue_server.payments.marks import wanted
from queue_server.payments.model import Payment
from queue_server.vault.model import Kind
from queue_server.vault.store import Vault
from queue_server.web import forms, staff
from queue_server.web.audit import asked as address
from queue_server.web.audit import presenter, reading
from queue_server.web.desk import DESK, Live, signed_in
from queue_server.web.look import Look, name_in
from queue_server.web.wording import Words

#: Payments that a search finds at most.
_MOST_FOUND: Final = 50
#: What is typed and read: as long as a slip's number.
_MOST_LETTERS: Final = 24
_CARD_END: Final = re.compile(r"[0-9]{4}", re.ASCII)
#: The page is drawn anew at most so often, however much happens at the centre (milliseconds).
_PAUSE_MS: Final = 2_000


async def show(request: web.Request) -> web.Response:
    """Show the record to whoever looks at it here, or the way there."""
    return await _draw(request, await signed_in(request), "audit/index.html")


async def show_part(request: web.Request) -> web.Response:
    """Show what changes, for a page that is open already."""
    return await _draw(request, await signed_in(request), "audit/page.html")


async def show_found(request: web.Request) -> web.Response:
    """Show the payments with a slip of this number, of this amount, or by a card that ends so.

    That somebody looked for a card is recorded. Asked for by POST: no address holds what was typed.
    """
    session = await signed_in(request)
    form = await forms.fields(request, session.csrf)
    desk, server, centre = request.app[DESK], request.app[SERVER], session.centre
    actor, now = of_session(session).actor, server.clock()
    if actor is None:
        raise NotSignedInError
    said = form.get("q", "").strip()[:_MOST_LETTERS]

    def look_up(connection: Connection) -> tuple[Payment, ...]:
        visits: Iterable[VisitId] = ()
        if _CARD_END.fullmatch(said):
            visits = server[Vault].find(connection, centre, Kind.CARD_END, said, actor=actor, now=now)
        return payments.by_marks(connection, centre, wanted(said), visits, _MOST_FOUND) if said else ()

    found = await server.log.write(look_up)
    look = _look(request, desk.centres[centre])
    values = {"found": tuple(presenter.found(look, one) for one in found), "most": _MOST_FOUND, "said": said}
    text = desk.site.render("audit/found.html", look.reader.language, values)
    return web.Response(text=text, content_type="text/html")


def _look(request: web.Request, live: Live) -> Look:
    desk = request.app[DESK]
    reader = desk.reader(desk.language(request), live.facts.catalogue.centre.zone)
    return Look(live.state, live.facts, live.settings, reader=reader, now=desk.clock())


async def _draw(request: web.Request, session: Session, template: str) -> web.Response:
    desk, server, centre = request.app[DESK], request.app[SERVER], session.centre
    live, asked = desk.centres[centre], address.read(request.query)
    look, rule, verified = _look(request, live), server[Centres].find(centre).rule, server[Verification].state
    page = await desk.log.run(
        lambda connection: reading.page(
            connection, centre, look, asked, rule=rule, verified=verified, streams=server.rooms.streams.values()
        )
    )
    values: dict[str, Any] = {
        "page": page,
        "news": page.news,
        "helps": (),
        "part": asked.address("/audit/page"),
        "centre_api": f"/api/v1/centres/{centre}",
        "band_do": look.words("What you see is of before. It is drawn anew when the connection is back."),
        "key_table": key_table(look.words),
        "pause_ms": _PAUSE_MS,
        **staff.values(
            session,
            look.reader,
            here="/audit",
            centre_name=name_in(live.facts.catalogue.centre.name, look.reader.language, centre),
            now=page.now,
            refresh_at=page.refresh_at,
            rules=desk.page_rules,
        ),
    }
    return web.Response(text=desk.site.render(template, look.reader.language, values), content_type="text/html")


def key_table(_: Words) -> tuple[tuple[str, Markup, Markup], ...]:
    """List all keys: cap, what it does, when."""
    return (
        ("/", _("Find a payment"), _("always")),
        ("M", _("Payments"), _("always")),
        ("L", _("Who looked"), _("always")),
        ("A", _("Who acted"), _("always")),
        ("V", _("Look at every event"), _("nobody is looking already")),
        ("?", _("All keys"), _("always")),
    )
