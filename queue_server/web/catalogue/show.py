"""The page of the set-up over HTTP: what is in force, what is planned, and what was before."""

import asyncio
from http import HTTPStatus
from typing import Any, Final

import msgspec
from aiohttp import web
from markupsafe import Markup
from sqlalchemy import Connection

from queue_server.accounts import staff_store
from queue_server.accounts.model import Session
from queue_server.catalogue import drafts, planning, removals, store, toml, versions
from queue_server.catalogue.cache import Catalogues
from queue_server.catalogue.difference import plain
from queue_server.catalogue.drafts import CatalogueDraft
from queue_server.catalogue.errors import CatalogueError
from queue_server.catalogue.model import Stored
from queue_server.catalogue.planning import CataloguePlan
from queue_server.catalogue.versions import CatalogueVersion
from queue_server.catalogue.views import services_answer
from queue_server.domain.values import Actor, CentreId, Micros, to_datetime
from queue_server.framework.problems import NotFoundError
from queue_server.framework.server import SERVER
from queue_server.web import staff
from queue_server.web.catalogue import comparing, presenter
from queue_server.web.catalogue.catalogue_query import PATH, CatalogueQuery
from queue_server.web.catalogue.kiosk_picture import kiosk_pictures
from queue_server.web.catalogue.page import ChangeSheet
from queue_server.web.page_context import DESK, signed_in
from queue_server.web.site import Site
from queue_server.web.times import next_minute
from queue_server.web.view_context import PageReader, name_in
from queue_server.web.wording import MarkupTranslations

#: Versions of the history on one page.
_LISTED: Final = 8
_PICTURES: Final = "kiosk-pictures/"


class CatalogueReading(msgspec.Struct, frozen=True):
    """What was read of a centre; ``past`` are versions of the history, the newest first, one more than are shown."""

    text: str
    draft: CatalogueDraft | None
    newest: CatalogueVersion | None
    plans: tuple[CataloguePlan, ...]
    past: tuple[CatalogueVersion, ...]
    names: dict[Actor, str]


async def show(request: web.Request) -> web.Response:
    """Show the set-up to an administrator, or the way to the sign-in."""
    return await draw(request, await signed_in(request), "catalogue/index.html")


async def show_part(request: web.Request) -> web.Response:
    """Show what changes, for a page that is open already."""
    return await draw(request, await signed_in(request), "catalogue/page.html")


async def draw(
    request: web.Request,
    session: Session,
    template: str,
    *,
    query: CatalogueQuery | None = None,
    refused: Markup | None = None,
    status: int = HTTPStatus.OK,
) -> web.Response:
    """Draw the page; ``refused`` says why what was asked for last was not done."""
    desk, server, centre = request.app[DESK], request.app[SERVER], session.centre
    asked = CatalogueQuery.of(request.query) if query is None else query
    stored = await server[Catalogues].get(centre)
    reader = desk.reader(desk.language(request), stored.setup.centre.zone)
    read = await desk.log.run(lambda connection: _read(connection, centre, asked))
    done, said = _done(reader.words), request.query.get("done", "")
    if said not in done or refused is not None:
        said = ""
    # In a thread: texts are read and compared.
    view = await asyncio.to_thread(_view, asked, plain(stored.setup), read, reader, stored.version)
    if (found := view.pop("compared", None)) is not None:
        state = desk.centres[centre].state
        uses = () if state.closed else removals.counted(state, found.differences)
        view["sheet"] = msgspec.structs.replace(view["sheet"], uses=comparing.used(found, uses, reader))
    values: dict[str, Any] = {
        "query": asked,
        "version": stored.version,
        "stored_at": presenter.moment(None if read.newest is None else read.newest.at, reader),
        "stored_by": presenter.actor(versions.SYSTEM if read.newest is None else read.newest.actor, read.names, reader),
        "plans": presenter.plans(read.plans, read.names, reader),
        "undo_href": CatalogueQuery("version", version=stored.version - 1).href if stored.version > 1 else "",
        "history_href": CatalogueQuery("history").href,
        "done": done.get(said, Markup()),
        "done_key": said,
        "refused": refused or Markup(),
        "draft": read.draft,
        "draft_href": CatalogueQuery("draft").href,
        "drafted": "" if read.draft is None else presenter.drafted(read.draft, read.names, reader),
        **view,
    }
    response = await render(request, session, reader, template, values)
    response.set_status(status)
    return response


def _read(connection: Connection, centre: CentreId, asked: CatalogueQuery) -> CatalogueReading:
    version = store.version(connection, centre) or 0
    newest = versions.find(connection, centre, version)
    plans = planning.plans(connection, centre)
    past: tuple[CatalogueVersion, ...] = ()
    if asked.view == "history":
        past = versions.history(connection, centre, until=asked.version or None, limit=_LISTED + 1)
    elif asked.view == "version" and (found := versions.find(connection, centre, asked.version)) is not None:
        past = (found,)
    draft = drafts.find(connection, centre)
    actors = {one.actor for one in (*plans, *past, draft, newest) if one is not None}
    names = dict(staff_store.names(connection, actors))
    return CatalogueReading(store.export_catalogue(connection, centre) or "", draft, newest, plans, past, names)


def _view(
    asked: CatalogueQuery, set_up: dict[str, Any], read: CatalogueReading, reader: PageReader, version: int
) -> dict[str, Any]:
    """Gather what is shown beside the list of sections.

    Raises:
        NotFoundError: the address names a version or a day of which there is nothing.
    """
    if read.draft is not None and (drafted := _readable(read.draft.text)) is not None:
        set_up = drafted
    view: dict[str, Any] = {"section_links": presenter.links(set_up, reader, asked)}
    match asked.view:
        case "draft":
            if read.draft is None:
                raise NotFoundError
            return view | _of_draft(read.draft, read, reader)
        case "section":
            return view | {"shown": presenter.section(set_up, asked.section, reader)}
        case "history":
            older = read.past[_LISTED].version if len(read.past) > _LISTED else 0
            return view | {
                "past": presenter.history(read.past, read.names, reader, version, _LISTED),
                "older": CatalogueQuery("history", version=older).href if older else "",
            }
        case "version":
            if not read.past:
                raise NotFoundError
            return view | _of_version(read.past[0], read, reader, version)
        case "plan":
            plan = next((one for one in read.plans if one.from_day == asked.day), None)
            if plan is None:
                raise NotFoundError
            return view | _of_plan(plan, read, reader)


def _readable(text: str) -> dict[str, Any] | None:
    """Read a draft as far as types tell; None where this release cannot."""
    try:
        found: dict[str, Any] = plain(toml.unchecked(text))
    except CatalogueError:
        return None
    return found


def _of_draft(draft: CatalogueDraft, read: CatalogueReading, reader: PageReader) -> dict[str, Any]:
    _ = reader.words
    by = presenter.actor(draft.actor, read.names, reader)
    lead = _("Changed last %(time)s, %(name)s.", time=presenter.moment(draft.at, reader), name=by)
    view = _sheet(_("The draft"), lead, draft.text, read, reader) | {"base": draft.base, "kiosks": ()}
    try:
        setup = toml.parse(draft.text)
    except CatalogueError as error:
        view["sheet"] = msgspec.structs.replace(view["sheet"], refused=presenter.refused(error, reader))
        return view
    view["sheet"] = msgspec.structs.replace(view["sheet"], unpaid=comparing.unpaid(setup, reader))
    # Of hours, which alone go by the time, nothing is drawn.
    offered = services_answer(Stored(setup, draft.base), to_datetime(draft.at))
    return view | {"kiosks": kiosk_pictures(offered, reader.language)}


def _of_version(one: CatalogueVersion, read: CatalogueReading, reader: PageReader, in_force: int) -> dict[str, Any]:
    _ = reader.words
    by = presenter.actor(one.actor, read.names, reader)
    lead = _("Stored %(time)s, %(name)s.", time=presenter.moment(one.at, reader), name=by)
    return _sheet(_("Version %(number)s", number=one.version), lead, one.text, read, reader) | {
        "again": one.version != in_force
    }


def _of_plan(plan: CataloguePlan, read: CatalogueReading, reader: PageReader) -> dict[str, Any]:
    _ = reader.words
    by = presenter.actor(plan.actor, read.names, reader)
    lead = _("Planned %(time)s, %(name)s.", time=presenter.moment(plan.at, reader), name=by)
    return _sheet(_("From %(day)s on", day=presenter.day(plan.from_day, reader)), lead, plan.text, read, reader)


def _sheet(head: Markup, lead: Markup, text: str, read: CatalogueReading, reader: PageReader) -> dict[str, Any]:
    both = comparing.compared(read.text, text)
    if both is None:
        words = reader.words("This release of the server cannot read it any more, so it cannot be put in force.")
        return {"sheet": ChangeSheet(head, lead, refused=words)}
    return {"sheet": ChangeSheet(head, lead, comparing.lines(both, reader)), "compared": both}


async def render(
    request: web.Request,
    session: Session,
    reader: PageReader,
    template: str,
    values: dict[str, Any],
) -> web.Response:
    """Draw a page of the set-up with what all of them share."""
    desk, now = request.app[DESK], request.app[DESK].clock()
    here = desk.centres[session.centre].facts.catalogue.centre
    shown = {
        "news": "",
        "helps": (),
        "page_template": "catalogue/page.html",
        "pictures": pictures(desk.site),
        "band_do": reader.words("What you type stays here. Store it when the connection is back."),
        "key_table": (("?", reader.words("All keys"), reader.words("always")),),
        **staff.values(
            session,
            reader,
            here=PATH,
            centre_name=name_in(here.name, reader.language, session.centre),
            now=now,
            refresh_at=Micros(next_minute(now)),
            rules=desk.page_rules,
        ),
        **values,
    }
    text = desk.site.render(template, reader.language, shown)
    return web.Response(text=text, content_type="text/html")


def pictures(site: Site) -> tuple[str, ...]:
    """Name the pictures that kiosks have."""
    return tuple(
        path.removeprefix(_PICTURES).removesuffix(".svg") for path in site.assets if path.startswith(_PICTURES)
    )


def _done(_: MarkupTranslations) -> dict[str, Markup]:
    return {
        "put-back": _("Done. Kiosks, boards and pages show it within seconds."),
        "saved": _("Stored in the draft. It counts once it is put in force."),
        "planned": _("Planned. It counts from that day on."),
        "dropped": _("The draft is thrown away."),
        "withdrawn": _("Withdrawn. Nothing changes on that day."),
    }
