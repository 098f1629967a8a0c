"""``/forms/<centre>/open``: a form that was saved, for whoever has its code and PIN: look, change, wipe.

Code and PIN are asked once: the page that they open carries what says so, signed, and good for half an hour. In no
address stands anything of it.
"""

from http import HTTPStatus
from typing import Final

import msgspec
from aiohttp import web
from markupsafe import Markup

from queue_server.accounts.errors import TooManyTriesError
from queue_server.catalogue.forms import FormDefinition
from queue_server.domain.forms import FilledFormId
from queue_server.domain.values import SECOND, Micros, new_id
from queue_server.eventlog.port import IdempotencyMismatchError
from queue_server.forms import filling, opening
from queue_server.forms.errors import FormNotOpenedError
from queue_server.forms.filling import OpenedForm
from queue_server.web import forms
from queue_server.web.booking.signed import SignedForms
from queue_server.web.filling import typed as typed_forms
from queue_server.web.filling.context import PATH, FillingContext, context_of, draw
from queue_server.web.filling.show_fill import part_of, until_words, wait_words, wrong_of
from queue_server.web.filling.typed import TypedForm, answers, written

_OPENED: Final = "opened-form"
#: How long somebody may take to change what they opened.
_OPEN_S: Final = 1_800


class OpenedTicket(msgspec.Struct, frozen=True):
    """Somebody had code and PIN of a form at this centre; good until then. ``key`` names what they do next."""

    filled: FilledFormId
    centre: str
    until: Micros
    key: str


async def show(request: web.Request) -> web.Response:
    """Ask for code and PIN."""
    return _draw_ask(context_of(request))


async def open_form(request: web.Request) -> web.Response:
    """Show what was saved."""
    here, sent = context_of(request), await forms.public_fields(request)
    try:
        found = await opening.open_form(here.filler(new_id()), sent.get("code", ""), sent.get("pin", ""))
    except TooManyTriesError as refused:
        wait = wait_words(here, int(refused.placeholders["retry_after_s"]))
        return _draw_ask(here, error=wait, status=HTTPStatus.TOO_MANY_REQUESTS)
    except FormNotOpenedError:
        error = here.reader.words("This code and this PIN open nothing here. Look at both again.")
        return _draw_ask(here, error=error, status=HTTPStatus.CONFLICT)
    return _draw_opened(here, found)


async def change(request: web.Request) -> web.Response:
    """Store what was changed."""
    here, sent = context_of(request), await forms.public_fields(request)
    ticket = _read(here, sent.get("opened", ""))
    if ticket is None:
        return _draw_over(here)
    try:
        found = await opening.read(here.filler(new_id()), ticket.filled)
        form = _form(here, found)
        if form is None:
            return _draw_opened(here, found)
        typed = typed_forms.read(form, sent)
        wrong = wrong_of(here, form, typed)
        if wrong is not None:
            part = part_of(here, form, typed, wrong)
            return _draw_change(here, found, part=part, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        command = here.command(ticket.key, str(sorted(sent.items())))
        filled, _ = await filling.change(
            here.filler(command), ticket.filled, answers(form, typed), tuple(typed.consents)
        )
    except (FormNotOpenedError, IdempotencyMismatchError):
        return _draw_over(here)
    return draw(
        here,
        "done",
        again=f"{PATH}/{here.centre.id}",
        headline=here.reader.words("Your changes are saved"),
        sentence=until_words(here, filled.ends_at),
        code=here.reader.words("Code and PIN stay as they were."),
        list_href=here.path(),
    )


async def wipe(request: web.Request) -> web.Response:
    """Wipe all that was answered: they consent no more."""
    here, sent = context_of(request), await forms.public_fields(request)
    ticket = _read(here, sent.get("opened", ""))
    if ticket is None:
        return _draw_over(here)
    filler = here.filler(here.command(ticket.key, "wipe"))
    try:
        found = await opening.read(filler, ticket.filled)
        await filling.withdraw(filler, ticket.filled, tuple(found.filled.consents))
    except (FormNotOpenedError, IdempotencyMismatchError):
        return _draw_over(here)
    _ = here.reader.words
    return draw(
        here,
        "done",
        again=f"{PATH}/{here.centre.id}",
        headline=_("All is wiped"),
        sentence=_("Nothing of what you wrote is kept. Code and PIN open nothing any more."),
        code="",
        list_href=here.path(),
    )


def _signed(here: FillingContext) -> SignedForms:
    return SignedForms(here.server.request_keys)


def _read(here: FillingContext, signed: str) -> OpenedTicket | None:
    found = _signed(here).read(_OPENED, OpenedTicket, signed)
    return found if found is not None and found.centre == here.centre.id and here.now < found.until else None


def _form(here: FillingContext, found: OpenedForm) -> FormDefinition | None:
    return next((one for one in here.centre.setup.setup.forms if one.id == found.filled.form), None)


def _draw_ask(here: FillingContext, *, error: Markup | str = "", status: int = HTTPStatus.OK) -> web.Response:
    return draw(here, "open", status=status, action=here.path("open"), back_href=here.path(), error=error)


def _draw_opened(here: FillingContext, found: OpenedForm) -> web.Response:
    form = _form(here, found)
    if form is None:
        # The catalogue has it no more: it can be wiped, and not changed.
        return _draw_change(here, found, part=None)
    said = {one.id: typed_forms.YES if one.id in found.filled.consents else typed_forms.NO for one in form.purposes}
    return _draw_change(here, found, part=part_of(here, form, TypedForm(said, written(form, found.answers))))


def _draw_change(here: FillingContext, found: OpenedForm, *, part: object, status: int = HTTPStatus.OK) -> web.Response:
    ticket = OpenedTicket(found.filled.id, here.centre.id, Micros(here.now + _OPEN_S * SECOND), new_id())
    return draw(
        here,
        "form",
        status=status,
        again=f"{PATH}/{here.centre.id}/open",
        form=part,
        action=here.path("change"),
        wipe_action=here.path("wipe"),
        back_href=here.path(),
        opened=_signed(here).write(_OPENED, ticket),
        until=until_words(here, found.filled.ends_at),
    )


def _draw_over(here: FillingContext) -> web.Response:
    _ = here.reader.words
    return draw(
        here,
        "done",
        status=HTTPStatus.GONE,
        again=f"{PATH}/{here.centre.id}",
        headline=_("This page is too old"),
        sentence=_("Nothing was changed. Open your form with its code and PIN once more."),
        code="",
        list_href=here.path("open"),
    )
