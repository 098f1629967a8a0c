"""The form of one part of the set-up: what is stored from it goes into the draft, not into force."""

import asyncio
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

import msgspec
from aiohttp import web
from markupsafe import Markup
from sqlalchemy import Connection

from queue_server.accounts.model import Session
from queue_server.catalogue import drafts, editing, store
from queue_server.catalogue.checking import check_part, check_types
from queue_server.catalogue.drafts import CatalogueDraft
from queue_server.catalogue.errors import CatalogueDraftChangedError, CatalogueError
from queue_server.catalogue.schema import sections
from queue_server.domain.values import CentreId
from queue_server.framework.problems import NotFoundError
from queue_server.web.catalogue import part_form, show, typed
from queue_server.web.catalogue.acts import actor_of, owner
from queue_server.web.catalogue.catalogue_query import CatalogueQuery
from queue_server.web.catalogue.naming import CatalogueNames
from queue_server.web.catalogue.refusals import refusal
from queue_server.web.page_context import DESK, signed_in
from queue_server.web.view_context import PageReader

_NEW: Final = "new"
_TEXT: Final = "text"


class EditedPart(msgspec.Struct, frozen=True):
    """What is edited: a part of a section by its place, None for a new one; or the whole section as text."""

    section: str
    number: int | None = 0
    as_text: bool = False

    @classmethod
    def of(cls, said: Mapping[str, str]) -> "EditedPart":
        """Read what an address or a form names.

        Raises:
            NotFoundError: there is no such section.
        """
        section, part = said.get("section", "centre"), said.get("part", "0")
        if section not in sections():
            raise NotFoundError
        if part == _TEXT or sections()[section].nested:
            return cls(section, 0, as_text=True)
        return cls(section, None if part == _NEW else int(part) if part.isdecimal() and len(part) < 6 else 0)  # noqa: PLR2004

    @property
    def part(self) -> str:
        return _TEXT if self.as_text else _NEW if self.number is None else str(self.number)


class EditedText(msgspec.Struct, frozen=True):
    """The text that is edited: that of the draft, or of what is in force where there is none."""

    draft: CatalogueDraft | None
    text: str

    @property
    def revision(self) -> str:
        return "" if self.draft is None else self.draft.revision


def read_text(connection: Connection, centre: CentreId) -> EditedText:
    draft = drafts.find(connection, centre)
    return EditedText(draft, (store.export_catalogue(connection, centre) or "") if draft is None else draft.text)


async def show_form(request: web.Request) -> web.Response:
    """Show the form of a part."""
    return await draw(request, await signed_in(request), EditedPart.of(request.query), "catalogue/edit-index.html")


async def show_form_part(request: web.Request) -> web.Response:
    """Show the bar anew; what is being typed stays."""
    return await draw(request, await signed_in(request), EditedPart.of(request.query), "catalogue/edit.html")


async def save(request: web.Request) -> web.Response:
    """Store what was typed in the draft."""
    session, form = await owner(request)
    edited, desk = EditedPart.of(form), request.app[DESK]
    there = await desk.log.run(lambda connection: read_text(connection, session.centre))
    try:
        text = await asyncio.to_thread(_text_after, edited, there.text, form)
        if text is None:
            return await draw(request, session, edited, "catalogue/edit-index.html", form=form)
        await store_draft(request, session, form, text)
    except CatalogueError as error:
        return await draw(request, session, edited, "catalogue/edit-index.html", form=form, error=error)
    raise web.HTTPSeeOther(f"{CatalogueQuery(section=edited.section).href}&done=saved")


async def store_draft(request: web.Request, session: Session, form: Mapping[str, str], text: str) -> None:
    """Store a text in place of the draft that the form was opened with.

    Raises:
        CatalogueDraftChangedError: somebody else has changed, begun or dropped it since.
    """
    desk = request.app[DESK]
    await desk.log.write(
        lambda connection: drafts.save(
            connection,
            session.centre,
            text,
            revision=form.get("revision", ""),
            actor=actor_of(session),
            at=desk.clock(),
        )
    )


async def check(request: web.Request) -> web.Response:
    """Say what of a form would be refused, field by field; nothing is stored."""
    session, form = await owner(request)
    edited, desk = EditedPart.of(form), request.app[DESK]
    there = await desk.log.run(lambda connection: read_text(connection, session.centre))
    reader = desk.reader(desk.language(request), desk.centres[session.centre].facts.catalogue.centre.zone)

    def find() -> dict[str, str]:
        raw, fields = editing.raw(there.text), sections()[edited.section]
        number, before = _place(raw, edited)
        found = check_part(raw, edited.section, number, typed.part(fields, before, form)).fields
        return {
            one.name: part_form.problem(reader, one, found[one.name]).striptags()
            for one in fields.fields
            if one.name in found
        }

    return web.json_response(await asyncio.to_thread(find))


def _text_after(edited: EditedPart, text: str, form: Mapping[str, str]) -> str | None:
    """Give the text with what was typed; None where a field is refused."""
    if edited.as_text:
        said = form.get("text", "").replace("\r\n", "\n")
        after = editing.replace_section(text, edited.section, said)
        check_types(edited.section, editing.raw(after).get(edited.section))
        return after
    raw, fields = editing.raw(text), sections()[edited.section]
    number, before = _place(raw, edited)
    part = typed.part(fields, before, form)
    if check_part(raw, edited.section, number, part).fields:
        return None
    if edited.number is None:
        return editing.add(text, edited.section, part)
    return editing.change(text, edited.section, number, part)


def _place(raw: Mapping[str, Any], edited: EditedPart) -> tuple[int, Mapping[str, Any]]:
    """Say at which place a part stands, and what it says now."""
    if not sections()[edited.section].many:
        return 0, raw.get(edited.section, {})
    parts = raw.get(edited.section, [])
    if edited.number is None:
        return len(parts), {}
    if edited.number >= len(parts):
        raise NotFoundError
    return edited.number, parts[edited.number]


async def draw(
    request: web.Request,
    session: Session,
    edited: EditedPart,
    template: str,
    *,
    form: Mapping[str, str] | None = None,
    error: CatalogueError | None = None,
) -> web.Response:
    """Draw the form, with what was typed where it was refused."""
    desk = request.app[DESK]
    there = await desk.log.run(lambda connection: read_text(connection, session.centre))
    reader = desk.reader(desk.language(request), desk.centres[session.centre].facts.catalogue.centre.zone)
    pictures = show.pictures(desk.site)
    view = await asyncio.to_thread(_view, edited, there, reader, pictures, form)
    if form is not None:
        # As it was opened: who stores it once more is told again that somebody else has.
        view["revision"] = form.get("revision", "")
    refused = Markup() if error is None else _why(reader, edited, error)
    values = {
        "edited": edited,
        "refused": refused,
        "back": CatalogueQuery(section=edited.section).href,
        "address": f"section={edited.section}&part={edited.part}",
        "page_template": "catalogue/edit.html",
        **view,
    }
    response = await show.render(request, session, reader, template, values)
    response.set_status(HTTPStatus.OK if form is None else HTTPStatus.CONFLICT)
    return response


def _why(reader: PageReader, edited: EditedPart, error: CatalogueError) -> Markup:
    """Say why nothing was stored; of text, what exactly is expected and where."""
    text = refusal(reader.words, error)
    if not edited.as_text or isinstance(error, CatalogueDraftChangedError):
        return text
    where = [str(error.placeholders[name]) for name in ("section", "key", "reason") if error.placeholders.get(name)]
    return Markup('{} <bdi dir="ltr">{}</bdi>').format(text, ", ".join(where))


def _view(
    edited: EditedPart,
    there: EditedText,
    reader: PageReader,
    pictures: tuple[str, ...],
    form: Mapping[str, str] | None,
) -> dict[str, Any]:
    raw, fields = editing.raw(there.text), sections()[edited.section]
    named = CatalogueNames(reader, raw)
    view: dict[str, Any] = {
        "head": named.section(edited.section),
        "title": "",
        "revision": there.revision,
        "fields": (),
        "text": "",
        "count": len(raw.get(edited.section) or ()) if fields.many else 0,
    }
    if edited.as_text:
        text = editing.section_text(there.text, edited.section) if form is None else form.get("text", "")
        return view | {"text": text}
    number, before = _place(raw, edited)
    part = before if form is None else typed.part(fields, before, form)
    problems = {} if form is None else check_part(raw, edited.section, number, part).fields
    look = part_form.PartFormLook(raw, named, reader, pictures)
    title = named.title(edited.section, before) if fields.many and edited.number is not None else ""
    return view | {"title": title, "fields": part_form.part_fields(look, fields, part, problems)}
