"""The page on which an administrator sets up a centre in one go; what comes of it is a draft."""

import asyncio
from collections.abc import Iterator, Mapping
from functools import cache
from http import HTTPStatus
from typing import Any
from zoneinfo import available_timezones

import msgspec
from aiohttp import web
from markupsafe import Markup

from queue_server.accounts.model import Session
from queue_server.catalogue import store
from queue_server.catalogue.editing import raw
from queue_server.catalogue.errors import CatalogueError
from queue_server.catalogue.offers import RawSetup, offers
from queue_server.catalogue.outline import outline
from queue_server.contract.catalogue import ServicesAnswer
from queue_server.web.catalogue import show
from queue_server.web.catalogue.acts import owner
from queue_server.web.catalogue.catalogue_query import PATH, CatalogueQuery
from queue_server.web.catalogue.edit import EditedText, read_text, store_draft
from queue_server.web.catalogue.naming import CatalogueNames
from queue_server.web.catalogue.opening import OPENING
from queue_server.web.catalogue.outline_form import OutlineForm, form_of, said_problems
from queue_server.web.catalogue.part_form import PartFormLook
from queue_server.web.catalogue.refusals import refusal
from queue_server.web.catalogue.typed_outline import outlined, typed_outline
from queue_server.web.page_context import DESK, signed_in
from queue_server.web.view_context import PageReader


class BegunOutline(msgspec.Struct, frozen=True):
    """What came of a form: the text that it would make, and the form with what is refused."""

    text: str
    form: OutlineForm
    is_refused: bool


async def show_form(request: web.Request) -> web.Response:
    """Show the form, filled with what is set up."""
    return await _draw(request, await signed_in(request), "catalogue/begin-index.html")


async def show_form_part(request: web.Request) -> web.Response:
    """Show the bar anew; what is being typed stays."""
    return await _draw(request, await signed_in(request), "catalogue/begin.html")


async def save(request: web.Request) -> web.Response:
    """Store what was typed in the draft, and lead to what it changes."""
    session, form = await owner(request)
    there, begun = await _begun(request, session, form)
    if begun.is_refused:
        return await _draw(request, session, "catalogue/begin-index.html", form=form)
    if begun.text != there.text:
        try:
            await store_draft(request, session, form, begun.text)
        except CatalogueError as error:
            return await _draw(request, session, "catalogue/begin-index.html", form=form, error=error)
    elif there.draft is None:
        raise web.HTTPSeeOther(OPENING)
    raise web.HTTPSeeOther(CatalogueQuery("draft", opening=True).href)


async def check(request: web.Request) -> web.Response:
    """Say what of a form would be refused, field by field; nothing is stored."""
    session, form = await owner(request)
    _, begun = await _begun(request, session, form)
    return web.json_response(said_problems(begun.form))


async def _draw(
    request: web.Request,
    session: Session,
    template: str,
    *,
    form: Mapping[str, str] | None = None,
    error: CatalogueError | None = None,
) -> web.Response:
    there, begun = await _begun(request, session, form)
    reader = _reader(request, session)
    values: dict[str, Any] = {
        "form": begun.form,
        # As it was opened: who stores it once more is told again that somebody else has.
        "revision": there.revision if form is None else form.get("revision", ""),
        "refused": Markup() if error is None else refusal(reader.words, error),
        "page_template": "catalogue/begin.html",
        "opening": OPENING,
        "back": PATH,
    }
    response = await show.render(request, session, reader, template, values)
    response.set_status(HTTPStatus.OK if form is None else HTTPStatus.CONFLICT)
    return response


async def _begun(
    request: web.Request, session: Session, form: Mapping[str, str] | None
) -> tuple[EditedText, BegunOutline]:
    """Read the text that is edited, and what a form would make of it."""
    desk = request.app[DESK]
    there = await desk.log.run(lambda connection: read_text(connection, session.centre))
    others = [desk.centres[one].facts.catalogue for one in desk.centres if one != session.centre]
    reader, pictures = _reader(request, session), show.pictures(desk.site)

    def work() -> BegunOutline:
        setup = raw(there.text)
        known = offers(setup, tuple(_as_written(others)), _shipped())
        look = PartFormLook(setup, CatalogueNames(reader, setup), reader, pictures)
        if form is None:
            return BegunOutline(there.text, form_of(look, outline(setup), known, {}, zones=_zones()), is_refused=False)
        wanted = typed_outline(setup, form)
        text, problems = outlined(there.text, wanted, known)
        return BegunOutline(text, form_of(look, wanted, known, problems, zones=_zones()), is_refused=bool(problems))

    # In a thread: texts are read, and zones are looked for on disk.
    return there, await asyncio.to_thread(work)


def _reader(request: web.Request, session: Session) -> PageReader:
    desk = request.app[DESK]
    return desk.reader(desk.language(request), desk.centres[session.centre].facts.catalogue.centre.zone)


def _as_written(found: list[ServicesAnswer]) -> Iterator[RawSetup]:
    """Give what other centres offer as their files say it; what many say alike is given once."""
    seen = set()
    for one in found:
        services = frozenset(service.id for service in one.services)
        if services in seen:
            continue
        seen.add(services)
        kinds = {kind.id for kind in one.kinds}
        yield {
            "governments": [msgspec.to_builtins(government) for government in one.governments],
            "groups": [msgspec.to_builtins(group) for group in one.groups if group.id not in kinds],
            "kinds": [
                {"id": kind.id, "icon": kind.icon, "name": kind.name}
                | ({"group": kind.group} if kind.group not in {"", kind.id} else {})
                for kind in one.kinds
            ],
            "services": [
                {"id": service.id, "government": service.government, "kind": service.kind, "name": service.name}
                for service in one.services
            ],
        }


@cache
def _shipped() -> RawSetup:
    """Read what the centre of the demonstration offers, which comes with the program."""
    return raw(store.demo_catalogues()[0])


@cache
def _zones() -> tuple[str, ...]:
    """List the time zones that are places."""
    return tuple(sorted(one for one in available_timezones() if "/" in one and not one.startswith("Etc/")))
