"""The page that says what a new centre still needs until its first ticket: staff, a kiosk, and a touch."""

import shlex
from typing import Any, Final

import msgspec
from aiohttp import web
from markupsafe import Markup
from sqlalchemy import Connection

from queue_server.accounts import device_store, staff_store
from queue_server.accounts.model import Role
from queue_server.accounts.permissions import of_session
from queue_server.catalogue import drafts, store
from queue_server.centre.first_ticket import FirstTicket, first_ticket
from queue_server.domain.values import CentreId
from queue_server.framework.permissions import allowed
from queue_server.framework.server import SERVER
from queue_server.web import wording
from queue_server.web.catalogue import presenter, show
from queue_server.web.catalogue.catalogue_query import PATH, CatalogueQuery
from queue_server.web.page_context import DESK, signed_in
from queue_server.web.permissions import ENROL_DEVICES
from queue_server.web.view_context import PageReader

OPENING: Final = f"{PATH}/opening"


class OpeningReading(msgspec.Struct, frozen=True):
    """How far a centre is; ``colleagues`` counts who may serve people at it, ``kiosks`` those that have access."""

    version: int
    is_drafted: bool
    colleagues: int
    kiosks: tuple[str, ...]
    first: FirstTicket | None


class OpeningPage(msgspec.Struct, frozen=True):
    """``commands`` add a colleague, and name the roles; ``kiosk_name`` is a name for the next kiosk.

    ``first`` is the first ticket in words, empty where there was none.
    """

    version: int
    draft: str
    colleagues: int
    commands: tuple[str, ...]
    kiosks: tuple[str, ...]
    kiosk_name: Markup
    may_enrol: bool
    first: Markup


async def show_opening(request: web.Request) -> web.Response:
    """Show what is done, and what comes next."""
    return await _draw(request, "catalogue/opening-index.html")


async def show_opening_part(request: web.Request) -> web.Response:
    """Show what changes, for a page that is open already."""
    return await _draw(request, "catalogue/opening.html")


async def _draw(request: web.Request, template: str) -> web.Response:
    session, desk, server = await signed_in(request), request.app[DESK], request.app[SERVER]
    reader = desk.reader(desk.language(request), desk.centres[session.centre].facts.catalogue.centre.zone)
    read = await desk.log.run(lambda connection: _read(connection, session.centre))
    folder = shlex.quote(str(server.place.data))
    page = OpeningPage(
        version=read.version,
        draft=CatalogueQuery("draft", opening=True).href if read.is_drafted else "",
        colleagues=read.colleagues,
        commands=tuple(
            f'queue-server staff add LOGIN --name "NAME" --centre {session.centre} --role {role} --data {folder}'
            for role in (Role.COUNTER, Role.RECEPTION, Role.MANAGER)
        ),
        kiosks=read.kiosks,
        kiosk_name=reader.words("Kiosk %(number)s", number=len(read.kiosks) + 1),
        may_enrol=allowed(of_session(session), ENROL_DEVICES, centre=session.centre),
        first=_first(read.first, reader),
    )
    values: dict[str, Any] = {"page": page, "page_template": "catalogue/opening.html"}
    return await show.render(request, session, reader, template, values)


def _read(connection: Connection, centre: CentreId) -> OpeningReading:
    serving = {Role.COUNTER, Role.RECEPTION, Role.MANAGER}
    staff = staff_store.staff_of(connection, centre)
    devices = device_store.devices(connection, centre)
    return OpeningReading(
        version=store.version(connection, centre) or 0,
        is_drafted=drafts.find(connection, centre) is not None,
        colleagues=sum(1 for one in staff if one.disabled_at is None and serving & one.roles.get(centre, frozenset())),
        kiosks=tuple(one.name for one in devices if one.kind == "kiosk" and one.revoked_at is None),
        first=first_ticket(connection, centre),
    )


def _first(found: FirstTicket | None, reader: PageReader) -> Markup:
    if found is None:
        return Markup()
    code, time = wording.ticket(found.code), presenter.moment(found.at, reader)
    return reader.words("%(ticket)s, %(time)s", ticket=code, time=time)
