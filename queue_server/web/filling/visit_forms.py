"""``/visit-forms``: what the people of a visit have filled in, and what is filled in together with them, for staff.

The address names the visit, and what of it is open: ``filled`` a form that is there, ``form`` one that is begun. Where
the page around it is drawn anew nothing is read once more: who looked is written down, and once is once.
"""

import hmac
from datetime import date
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlencode

import msgspec
from aiohttp import web
from markupsafe import Markup
from msgspec.structs import replace

from queue_server.accounts.errors import TooManyTriesError
from queue_server.accounts.model import Session
from queue_server.accounts.permissions import of_session
from queue_server.catalogue.forms import FormDefinition
from queue_server.centre.centres import Centre, Centres
from queue_server.centre.errors import VisitUnknownError
from queue_server.domain.forms import FormFieldId
from queue_server.domain.values import Actor, Micros, VisitId, new_id
from queue_server.eventlog.port import IdempotencyMismatchError
from queue_server.forms import filling, opening, store
from queue_server.forms.answers import AnswerProblem, cleaned, problems
from queue_server.forms.errors import FormNotOpenedError
from queue_server.forms.filling import Filler, FormGiven, OpenedForm
from queue_server.forms.model import FilledForm
from queue_server.framework.server import SERVER, Server
from queue_server.queue.state import Visit
from queue_server.vault.access import came_with, may_read_notes
from queue_server.vault.errors import NotTheirVisitError
from queue_server.web import forms, staff
from queue_server.web.filling import typed as typed_forms
from queue_server.web.filling.context import request_key_of
from queue_server.web.filling.page import FormPart
from queue_server.web.filling.presenter import form_part
from queue_server.web.filling.typed import TypedForm, answers, written
from queue_server.web.page_context import DESK, signed_in
from queue_server.web.times import next_minute
from queue_server.web.view_context import PageReader, StaffView, name_in

PATH: Final = "/visit-forms"
Wrong = tuple[dict[str, AnswerProblem], frozenset[str]]


class ListedForm(msgspec.Struct, frozen=True):
    """A form of the visit: filled in ``at``, or empty where it is not yet."""

    title: str
    at: str
    href: str


class VisitContext(msgspec.Struct, frozen=True):
    """One look at a visit by whoever serves it; ``visits`` are those that were merged into it, too."""

    request: web.Request
    session: Session
    server: Server
    centre: Centre
    look: StaffView
    visit: Visit
    visits: tuple[VisitId, ...]

    @property
    def reader(self) -> PageReader:
        return self.look.reader

    def path(self, **more: str) -> str:
        return f"{PATH}?{urlencode({'visit': self.visit.id} | more)}"

    def filler(self, command: str) -> Filler:
        actor = Actor(f"staff/{self.session.staff}")
        return Filler(self.server, self.centre, actor, command, str(actor))

    def form(self, ident: str) -> FormDefinition | None:
        return next((one for one in self.centre.setup.setup.forms if one.id == ident), None)


async def _context(request: web.Request, visit: str) -> VisitContext:
    """Look at a visit of today.

    Raises:
        VisitUnknownError: there is none.
        NotTheirVisitError: it is another counter's.
    """
    session, server, desk = await signed_in(request), request.app[SERVER], request.app[DESK]
    centre, look = server[Centres][session.centre], desk.view(request, session)
    found = look.state.visits.get(VisitId(visit))
    if found is None:
        raise VisitUnknownError
    if not may_read_notes(of_session(session), found, look.state):
        raise NotTheirVisitError
    return VisitContext(request, session, server, centre, look, found, came_with(look.state, found))


# --- look ------------------------------------------------------------------------------------------------------------


async def show(request: web.Request) -> web.Response:
    """Show the forms of a visit, and the one that is open."""
    here = await _context(request, request.query.get("visit", ""))
    form = here.form(request.query.get("form", ""))
    if form is not None:
        return await _draw(here, form=form, typed=TypedForm({}, {}))
    ident = request.query.get("filled", "")
    if not ident:
        return await _draw(here)
    try:
        found = await opening.read_for_visit(here.filler(new_id()), here.visits, ident)
    except FormNotOpenedError:
        error = here.reader.words("What was filled in is wiped, or belongs to another visit.")
        return await _draw(here, error=error, status=HTTPStatus.NOT_FOUND)
    return await _draw_opened(here, found)


async def show_part(request: web.Request) -> web.Response:
    """Draw what is around an open form anew: what is being typed stays, and nothing is read."""
    return await _draw(await _context(request, request.query.get("visit", "")), template="filling/visit-page.html")


# --- do --------------------------------------------------------------------------------------------------------------


async def act(request: web.Request) -> web.Response:
    """Do what a form of the page asks for: ``open``, ``save``, ``change`` or ``wipe``."""
    sent = await forms.fields(request, (await signed_in(request)).csrf)
    here = await _context(request, sent.get("visit", ""))
    filler = here.filler(_command(here, sent))
    try:
        match sent.get("do", ""):
            case "open":
                found = await opening.open_form(filler, sent.get("code", ""), sent.get("pin", ""), here.visit.id)
                raise web.HTTPSeeOther(here.path(filled=found.filled.id))
            case "wipe":
                filled = await _theirs(here, filler, sent.get("filled", ""))
                await filling.withdraw(filler, filled.id, tuple(filled.consents))
                raise web.HTTPSeeOther(here.path())
            case _:
                return await _store(here, filler, sent)
    except FormNotOpenedError:
        error = here.reader.words("Code and PIN do not open a form. Look at both again. It may also be wiped already.")
        return await _draw(here, error=error, status=HTTPStatus.CONFLICT)
    except TooManyTriesError as refused:
        error = here.reader.words.ngettext(
            "Too many tries. Wait %(count)s second, then try again.",
            "Too many tries. Wait %(count)s seconds, then try again.",
            int(refused.placeholders["retry_after_s"]),
        )
        return await _draw(here, error=error, status=HTTPStatus.TOO_MANY_REQUESTS)
    except IdempotencyMismatchError:
        # The page was used before: what is stored is shown.
        raise web.HTTPSeeOther(here.path()) from None


async def _store(here: VisitContext, filler: Filler, sent: dict[str, str]) -> web.Response:
    filled = await _theirs(here, filler, sent["filled"]) if sent.get("filled") else None
    form = here.form(sent.get("form", "") if filled is None else filled.form)
    if form is None:
        raise web.HTTPSeeOther(here.path())
    typed = typed_forms.read(form, sent)
    wrong = _wrong(here, form, typed)
    if wrong is not None:
        return await _draw(
            here, form=form, typed=typed, wrong=wrong, filled=filled, status=HTTPStatus.UNPROCESSABLE_ENTITY
        )
    given, consents = answers(form, typed), tuple(typed.consents)
    if filled is None:
        await filling.save(filler, FormGiven(form.id, given, consents, here.reader.language, visit=here.visit.id))
    else:
        await filling.change(filler, filled.id, given, consents)
    raise web.HTTPSeeOther(here.path())


async def _theirs(here: VisitContext, filler: Filler, ident: str) -> FilledForm:
    """Find a form of this visit.

    Raises:
        FormNotOpenedError: there is none, or it is wiped.
    """
    return await here.server.log.run(lambda connection: opening.of_visits(filler, connection, here.visits, ident))


def _command(here: VisitContext, sent: dict[str, str]) -> str:
    said = str(sorted(sent.items())).encode()
    key = sent.get("key", "") or new_id()
    return f"{key}#{hmac.digest(request_key_of(here.server, key), said, 'sha256').hex()[:16]}"


def _wrong(here: VisitContext, form: FormDefinition, typed: TypedForm) -> Wrong | None:
    today = date.fromisoformat(here.look.state.day)
    found = {
        one.field: one
        for one in problems(form, cleaned(form, answers(form, typed)), typed.consents, today)
        if FormFieldId(one.field) in form.schema.properties
    }
    unsaid = frozenset(
        one.id for one in form.purposes if one.id not in typed.said or (one.required and one.id not in typed.consents)
    )
    return (found, unsaid) if found or unsaid else None


# --- draw ------------------------------------------------------------------------------------------------------------


async def _draw_opened(here: VisitContext, found: OpenedForm) -> web.Response:
    form = here.form(found.filled.form)
    if form is None:
        return await _draw(here, filled=found.filled)
    said = {one.id: typed_forms.YES if one.id in found.filled.consents else typed_forms.NO for one in form.purposes}
    return await _draw(here, form=form, typed=TypedForm(said, written(form, found.answers)), filled=found.filled)


async def _draw(
    here: VisitContext,
    *,
    form: FormDefinition | None = None,
    typed: TypedForm | None = None,
    wrong: Wrong | None = None,
    filled: FilledForm | None = None,
    error: Markup | str = "",
    status: int = HTTPStatus.OK,
    template: str = "filling/visit-index.html",
) -> web.Response:
    look, reader = here.look, here.reader
    listed = await here.server.log.run(
        lambda connection: store.of_visits(connection, here.centre.id, here.visits, look.now)
    )
    known = {one.id: name_in(one.title, reader.language, one.id) for one in here.centre.setup.setup.forms}
    part = None if form is None or typed is None else _part(here, form, typed, wrong or ({}, frozenset()))
    at_counter = here.session.counter is not None
    values: dict[str, Any] = {
        "visit": here.visit.id,
        "code": here.visit.code,
        "done": tuple(_done(here, one, known) for one in listed),
        "asked": tuple(
            ListedForm(known[one.id], "", here.path(form=one.id))
            for one in here.centre.setup.setup.forms
            if set(one.services) & set(here.visit.services)
        ),
        "form": part,
        "filled": "" if filled is None else filled.id,
        "open_href": here.path(),
        "key": new_id(),
        "error": error,
        "reading": reader.language,
        "reading_rtl": reader.rtl,
        "back": "/counter" if at_counter else "/reception",
        "news": "",
        "helps": (),
        "band_do": reader.words("What you see is of before. It is drawn anew when the connection is back."),
        "key_table": ((("Esc", reader.words("Back to your page"), reader.words("always"))),),
        "page_template": "filling/visit-page.html",
        **staff.values(
            here.session,
            reader,
            here=PATH,
            centre_name=name_in(look.known.catalogue.centre.name, reader.language, here.centre.id),
            now=look.now,
            refresh_at=Micros(next_minute(look.now)),
            rules=look.rules,
        ),
    }
    text = here.request.app[DESK].site.render(template, reader.language, values)
    return web.Response(text=text, status=status, content_type="text/html", headers={"Cache-Control": "no-store"})


def _done(here: VisitContext, one: FilledForm, known: dict[Any, str]) -> ListedForm:
    clock = here.reader.clock
    at = here.reader.words("saved on %(day)s, %(time)s", day=clock.day(one.saved_at), time=clock.hhmm(one.saved_at))
    return ListedForm(known.get(one.form, one.form), str(at), here.path(filled=one.id))


def _part(here: VisitContext, form: FormDefinition, typed: TypedForm, wrong: Wrong) -> FormPart:
    unsaid = frozenset(one.id for one in form.purposes if one.id in wrong[1])
    reader = here.reader
    made = form_part(form, typed, wrong[0], unsaid, reader.words, reader.language, rtl=reader.rtl)
    return replace(made, hidden=())
