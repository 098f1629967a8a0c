"""``/forms``: which forms there are, fill one in, look at it again, choose a PIN, and be told the code.

Nothing is stored before the last step: what was typed travels in the page itself, never in an address.
"""

import re
from collections.abc import Mapping
from datetime import date
from http import HTTPStatus
from typing import Final

import msgspec
from aiohttp import web
from markupsafe import Markup
from msgspec.structs import replace

from queue_server.accounts.errors import TooManyTriesError
from queue_server.appointments import booking
from queue_server.catalogue.forms import FormDefinition
from queue_server.centre.centres import Centres
from queue_server.domain.forms import FormCode, is_weak_pin, read_pin, shown_form_code
from queue_server.domain.values import Micros, new_id
from queue_server.eventlog.port import IdempotencyMismatchError
from queue_server.forms import filling, slowing
from queue_server.forms.answers import AnswerProblem, cleaned, problems
from queue_server.forms.errors import FormAppointmentError
from queue_server.forms.filling import FormGiven
from queue_server.forms.model import FilledForm
from queue_server.forms.settings import FormRules
from queue_server.framework.server import SERVER
from queue_server.web import forms
from queue_server.web.filling import typed as typed_forms
from queue_server.web.filling.context import PATH, FillingContext, context_of, describe, draw
from queue_server.web.filling.page import FormPart
from queue_server.web.filling.presenter import form_part
from queue_server.web.filling.typed import TypedForm, answers
from queue_server.web.page_context import DESK
from queue_server.web.view_context import name_in

_KEY: Final = re.compile(r"[A-Za-z0-9-]{8,64}", re.ASCII)


class FormLink(msgspec.Struct, frozen=True):
    """A form that can be filled in."""

    name: str
    href: str
    services: str


# --- which ---------------------------------------------------------------------------------------------------------


async def show_centres(request: web.Request) -> web.Response:
    """Ask at which centre, or go on where there is but one with forms."""
    desk = request.app[DESK]
    language = desk.language(request)
    found = [one for one in request.app[SERVER][Centres].values() if one.setup.setup.forms]
    if len(found) == 1:
        raise web.HTTPSeeOther(f"{PATH}/{found[0].id}?lang={language}")
    links = [
        (f"{PATH}/{one.id}?lang={language}", name_in(one.setup.setup.centre.name, language, one.id)) for one in found
    ]
    values = {
        "centre_name": desk.site.words[language]("Consular Support Centre"),
        "languages": [(tag, describe(tag), f"{PATH}?lang={tag}") for tag, _ in desk.site.language_names()],
        "secret": False,
        "script": None,
        "centres": sorted(links, key=lambda one: one[1]),
    }
    text = desk.site.render("filling/centres.html", language, values)
    return web.Response(text=text, content_type="text/html")


async def show_list(request: web.Request) -> web.Response:
    """Show which forms there are, and for what."""
    here = context_of(request)
    setup = here.centre.setup.setup
    booked = await booking.by_token(here.server, here.token) if here.token else None
    if here.token and (booked is None or booked[1].id != here.centre.id):
        raise web.HTTPSeeOther(replace(here, token="").path())
    names = {one.id: name_in(one.name, here.language, one.id) for one in setup.services}
    governments = {one.id: name_in(one.name, here.language, one.id) for one in setup.governments}
    of = {one.id: governments[one.government] for one in setup.services}
    comma = str(here.reader.words(", "))
    links = tuple(
        FormLink(
            name_in(one.title, here.language, one.id),
            here.path("fill", one.id),
            " \N{MIDDLE DOT} ".join(comma.join((of[service], names[service])) for service in one.services),
        )
        for one in setup.forms
        if booked is None or set(booked[0].services) & set(one.services)
    )
    return draw(here, "list", forms=links, open_href=here.path("open"))


# --- fill it in ------------------------------------------------------------------------------------------------------


async def show_form(request: web.Request) -> web.Response:
    """Show a form with nothing in it."""
    here = context_of(request)
    form = here.form(request.match_info["form"])
    return draw_form(here, form, TypedForm({}, {}))


async def check(request: web.Request) -> web.Response:
    """Look at what was typed: show what is wrong, or all of it once more before it is stored."""
    here = context_of(request)
    form, sent = here.form(request.match_info["form"]), await forms.public_fields(request)
    typed = typed_forms.read(form, sent)
    wrong = wrong_of(here, form, typed)
    if wrong is not None or "change" in sent:
        return draw_form(here, form, typed, wrong)
    return _draw_review(here, form, typed)


async def save(request: web.Request) -> web.Response:
    """Store what was typed, with the PIN that was chosen, and tell the code."""
    here = context_of(request)
    form, sent = here.form(request.match_info["form"]), await forms.public_fields(request)
    typed = typed_forms.read(form, sent)
    wrong = wrong_of(here, form, typed)
    if wrong is not None:
        return draw_form(here, form, typed, wrong)
    pin, key = read_pin(sent.get("pin", "")), sent.get("key", "")
    error = _pin_error(here, pin)
    if pin is None or error or _KEY.fullmatch(key) is None:
        return _draw_review(here, form, typed, error=error, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    given, filler = answers(form, typed), here.filler(here.command(key, form.id, str(sorted(sent.items()))))
    try:
        await _count(here)
        appointment = await filling.appointment_of(filler, here.token) if here.token else None
        filled, code = await filling.save(
            filler,
            FormGiven(form.id, given, tuple(typed.consents), here.language, pin=pin, appointment=appointment),
        )
    except TooManyTriesError as refused:
        wait = wait_words(here, int(refused.placeholders["retry_after_s"]))
        return _draw_review(here, form, typed, error=wait, status=HTTPStatus.TOO_MANY_REQUESTS)
    except FormAppointmentError:
        error = here.reader.words("The appointment is over or cancelled. Begin without it.")
        return _draw_review(here, form, typed, error=error, status=HTTPStatus.CONFLICT)
    except IdempotencyMismatchError:
        error = here.reader.words("This page was used before. Open your form with its code and PIN.")
        return _draw_review(here, form, typed, error=error, status=HTTPStatus.CONFLICT)
    return draw_saved(here, form, filled, code)


async def _count(here: FillingContext) -> None:
    """Count what an address stores: each is a row of the vault.

    Raises:
        TooManyTriesError: so many were stored that this one waits.
    """
    counted = slowing.saves_of(here.server.settings[FormRules], here.request.remote or "")
    wait = await here.server.log.write(lambda connection: slowing.count(connection, counted, here.now))
    if wait:
        raise TooManyTriesError(retry_after_s=wait)


def _pin_error(here: FillingContext, pin: str | None) -> Markup:
    _ = here.reader.words
    if pin is None:
        return _("Choose 6 to 8 digits.")
    if is_weak_pin(pin):
        return _("That PIN is tried first by others. Choose another one: no row and not always the same.")
    return Markup()


def wrong_of(
    here: FillingContext, form: FormDefinition, typed: TypedForm
) -> tuple[Mapping[str, AnswerProblem], frozenset[str]] | None:
    """Say what is wrong with what was typed: by question, and of which purposes nothing was said."""
    today = date.fromisoformat(here.centre.rule.day_at(here.now))
    found = problems(form, cleaned(form, answers(form, typed)), typed.consents, today)
    unsaid = frozenset(
        one.id for one in form.purposes if one.id not in typed.said or (one.required and one.id not in typed.consents)
    )
    # Of a purpose to which nothing was said nothing is wrong yet.
    known = {one.field: one for one in found if one.field in form.schema.properties}
    return ({}, unsaid) if unsaid and not known else (known, unsaid) if known or unsaid else None


# --- pages -----------------------------------------------------------------------------------------------------------


def part_of(
    here: FillingContext,
    form: FormDefinition,
    typed: TypedForm,
    wrong: tuple[Mapping[str, AnswerProblem], frozenset[str]] | None = None,
) -> FormPart:
    found, unsaid = wrong or ({}, frozenset())
    return form_part(
        form,
        typed,
        found,
        frozenset(one.id for one in form.purposes if one.id in unsaid),
        here.reader.words,
        here.language,
        rtl=here.rtl,
    )


def draw_form(
    here: FillingContext,
    form: FormDefinition,
    typed: TypedForm,
    wrong: tuple[Mapping[str, AnswerProblem], frozenset[str]] | None = None,
) -> web.Response:
    """Show a form with what was typed, and what is wrong with it."""
    return draw(
        here,
        "form",
        status=HTTPStatus.OK if wrong is None else HTTPStatus.UNPROCESSABLE_ENTITY,
        again=f"{PATH}/{here.centre.id}/fill/{form.id}",
        form=part_of(here, form, typed, wrong),
        action=here.path("fill", form.id),
        back_href=here.path(),
        opened="",
        until="",
    )


def _draw_review(
    here: FillingContext,
    form: FormDefinition,
    typed: TypedForm,
    *,
    error: Markup | str = "",
    status: int = HTTPStatus.OK,
) -> web.Response:
    return draw(
        here,
        "review",
        status=status,
        again=f"{PATH}/{here.centre.id}/fill/{form.id}",
        form=part_of(here, form, typed),
        key=new_id(),
        error=error,
        action=here.path("save", form.id),
        change_action=here.path("fill", form.id),
        until=_kept_words(here, form),
    )


def _kept_words(here: FillingContext, form: FormDefinition) -> Markup:
    _ = here.reader.words
    if here.token:
        return _("Your answers are wiped after your appointment.")
    return _.ngettext(
        "Your answers are wiped after %(count)s day, unless you come with them before.",
        "Your answers are wiped after %(count)s days, unless you come with them before.",
        form.retention_days,
    )


def draw_saved(here: FillingContext, form: FormDefinition, filled: FilledForm, code: FormCode | None) -> web.Response:
    """Tell the code, here alone."""
    return draw(
        here,
        "saved",
        again=f"{PATH}/{here.centre.id}",
        title=name_in(form.title, here.language, form.id),
        code="" if code is None else shown_form_code(code),
        until=until_words(here, filled.ends_at),
        open_href=here.path("open"),
        list_href=here.path(),
        booked_href=f"/b/{here.token}?lang={here.reader.language}" if here.token else "",
    )


def until_words(here: FillingContext, at: Micros) -> Markup:
    clock = here.reader.clock
    return here.reader.words(
        "Your answers are wiped on %(day)s at %(time)s.", day=clock.day(at, "d MMMM y"), time=clock.hhmm(at)
    )


def wait_words(here: FillingContext, seconds: int) -> Markup:
    return here.reader.words.ngettext(
        "Too many tries. Wait %(count)s second, then try again.",
        "Too many tries. Wait %(count)s seconds, then try again.",
        seconds,
    )
