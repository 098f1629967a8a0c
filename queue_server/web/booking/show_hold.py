"""``/book``, further on: a time is held, whoever it is for is asked how they are reached, and it is booked."""

from datetime import date
from http import HTTPStatus
from typing import Final

import msgspec
from aiohttp import web
from markupsafe import Markup
from msgspec.structs import replace

from queue_server.appointments import booking
from queue_server.appointments.errors import (
    AppointmentsError,
    BookingLimitError,
    HoldOverError,
    ServiceClosedTodayError,
    TimeNotOfferedError,
    TimeTakenError,
)
from queue_server.appointments.link import token_of
from queue_server.appointments.people import PersonGiven
from queue_server.catalogue.model import day_rule
from queue_server.contract.base import DocumentNumber
from queue_server.domain.appointments import LINK_PATH
from queue_server.domain.values import SECOND, Language, Micros, new_id
from queue_server.eventlog.port import IdempotencyMismatchError
from queue_server.notices.contact import ContactDetails, read_email, read_telephone
from queue_server.notices.errors import ContactInvalidError
from queue_server.web import forms
from queue_server.web.booking import costs
from queue_server.web.booking.choice import BookingChoice
from queue_server.web.booking.contact_ways import needs_telephone, ways
from queue_server.web.booking.context import BookingContext, context_of_path, draw
from queue_server.web.booking.gate import BookingGate, HeldTime, WaitTicket
from queue_server.web.booking.public_booker import party_of, public_booker
from queue_server.web.booking.show import check_choice, draw_times
from queue_server.web.booking.time_table import said
from queue_server.web.view_context import name_in
from queue_server.web.wording import party

#: An instant as a form sends it has so many digits at most.
_DIGITS: Final = 16
_FIELDS: Final = ("document", "email", "telephone")


# --- a time is held --------------------------------------------------------------------------------------------------


async def hold_time(request: web.Request) -> web.Response:
    """Hold the chosen time for whoever has proved work; whoever has not waits first."""
    here = context_of_path(request)
    check_choice(here)
    form = await forms.public_fields(request)
    at = read_instant(form.get("at", ""))
    if at is None:
        error = here.reader.words("Choose a time first.")
        return await draw_times(here, error=error, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    gate, address = _gate(here), request.remote or ""
    proof = gate.proved(form.get("altcha", ""), here.centre.id, day_rule(here.setup).day_at(at))
    if proof is None:
        ticket = gate.begin_wait(address, here.centre.id, here.choice, at, here.now)
        raise web.HTTPSeeOther(_wait_path(here, gate.write_wait(ticket)))
    if not gate.is_paid(address, proof, here.choice.party_size):
        # The page has a new challenge: a browser works it out by itself, and the time stays chosen.
        error = here.reader.words("Many times are being booked just now. Press the button once more.")
        return await draw_times(here, error=error, chosen=at, status=HTTPStatus.CONFLICT)
    return await _hold(here, at, proof.name)


async def show_wait(request: web.Request) -> web.Response:
    """Show how long somebody waits yet; nothing happens by looking."""
    here = context_of_path(request)
    ticket = _gate(here).read_wait(request.query.get("w", ""), here.centre.id, here.now)
    return _too_old(here) if ticket is None else _draw_wait(replace(here, choice=ticket.choice), ticket)


async def end_wait(request: web.Request) -> web.Response:
    """Hold the time of somebody who has waited."""
    here = context_of_path(request)
    form = await forms.public_fields(request)
    gate, address = _gate(here), request.remote or ""
    ticket = gate.read_wait(form.get("w", ""), here.centre.id, here.now)
    if ticket is None:
        return _too_old(here)
    more = gate.end_wait(address, ticket, here.now)
    if more is not None:
        raise web.HTTPSeeOther(_wait_path(here, gate.write_wait(more)))
    return await _hold(replace(here, choice=ticket.choice), ticket.at, ticket.name)


def read_instant(said: str) -> Micros | None:
    """Read an instant as a form sends it (microseconds); None where it is none."""
    fits = said.isascii() and said.isdigit() and len(said) <= _DIGITS
    return Micros(int(said)) if fits else None


async def _hold(here: BookingContext, at: Micros, name: str) -> web.Response:
    gate, choice = _gate(here), here.choice
    gate.allowance.count(here.request.remote or "", choice.party_size)
    try:
        # What was proved or waited for is worth one hold: for another time it is refused.
        held = await booking.hold(public_booker(here.server, here.centre, f"{name}#{at}"), party_of(choice), at)
    except (TimeTakenError, TimeNotOfferedError) as refused:
        error = gone_words(here, at, refused)
        return await draw_times(here, error=error, gone=at, status=HTTPStatus.CONFLICT)
    except (HoldOverError, IdempotencyMismatchError):
        error = here.reader.words("This page was used before. Choose your time once more.")
        return await draw_times(here, error=error, status=HTTPStatus.CONFLICT)
    before = gate.read_held(here.request.query.get("held", ""), here.centre.id)
    if before is not None and before.hold != held.id:
        # Whoever goes back and takes another time needs the first one no more.
        booker, day = public_booker(here.server, here.centre, new_id()), day_rule(here.setup).day_at(before.at)
        await booking.release(booker, day, before.hold)
    signed = gate.write_held(HeldTime(held.id, here.centre.id, choice, at, held.until))
    raise web.HTTPSeeOther(here.path("details", f"held={signed}"))


def gone_words(here: BookingContext, at: Micros, refused: AppointmentsError) -> Markup:
    """Say why a time cannot be had."""
    if isinstance(refused, ServiceClosedTodayError):
        return here.reader.words("This is closed for today. Choose a time on another day.")
    return here.reader.words("%(time)s is not free any more: somebody was faster.", time=said(here.reader, at))


def _wait_path(here: BookingContext, signed: str) -> str:
    return here.path("wait", f"w={signed}")


def _draw_wait(here: BookingContext, ticket: WaitTicket) -> web.Response:
    remaining = max(0, -(-(ticket.ready_at - here.now) // SECOND))
    wait = here.reader.words.ngettext("Wait %(count)s second, please.", "Wait %(count)s seconds, please.", remaining)
    return draw(
        here.request,
        here.reader.language,
        "wait",
        centre_name=here.centre_name,
        script=bool(remaining),
        action=f"/book/{here.centre.id}/wait",
        ready=not remaining,
        seconds=remaining,
        wait=wait,
        signed=_gate(here).write_wait(ticket),
        services=_services(here),
        said=said(here.reader, ticket.at),
        back_href=_times_path(here, ticket.at),
    )


# --- who, and how they are reached ------------------------------------------------------------------------------------


async def show_details(request: web.Request) -> web.Response:
    """Show what will be booked, until when it is held, and ask for what the centre needs."""
    here = context_of_path(request)
    held = _gate(here).read_held(request.query.get("held", ""), here.centre.id)
    if held is None:
        return _too_old(here)
    here = replace(here, choice=held.choice)
    return _over(here, held) if held.until <= here.now else _draw_details(here, held, {}, {}, "")


async def book(request: web.Request) -> web.Response:
    """Book what is held; whoever sends it twice is led to the one appointment."""
    here = context_of_path(request)
    form = await forms.public_fields(request)
    held = _gate(here).read_held(request.query.get("held", ""), here.centre.id)
    if held is None:
        return _too_old(here)
    here = replace(here, choice=held.choice)
    values = {name: form.get(name, "").strip() for name in _FIELDS}
    given, errors = _read(here, values)
    if errors:
        error = here.reader.words("Something is not right yet. Look at what is marked.")
        return _draw_details(here, held, values, errors, error, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        booked = await booking.book(
            public_booker(here.server, here.centre, held.hold),
            party_of(held.choice),
            held.at,
            Language(here.reader.language),
            held.hold,
            given,
        )
    except BookingLimitError as refused:
        error = here.reader.words.ngettext(
            "There is %(count)s appointment with this document or address already. Cancel it, or ask the centre.",
            "There are %(count)s appointments with this document or address already. Cancel one, or ask the centre.",
            int(refused.placeholders["most"]),
        )
        return _draw_details(here, held, values, {}, error, status=HTTPStatus.CONFLICT)
    except ServiceClosedTodayError as refused:
        return await draw_times(here, error=gone_words(here, held.at, refused), status=HTTPStatus.CONFLICT)
    except (HoldOverError, TimeTakenError, TimeNotOfferedError):
        return _over(here, held)
    raise web.HTTPSeeOther(f"{LINK_PATH}{token_of(here.server, booked.id)}?lang={here.reader.language}")


def _read(here: BookingContext, values: dict[str, str]) -> tuple[PersonGiven, dict[str, Markup]]:
    """Check what was typed; says what is wrong by the name of the field."""
    _, errors = here.reader.words, dict[str, Markup]()
    email, telephone = ways(here.server)
    calls = needs_telephone(here)
    contact = ContactDetails(Language(here.reader.language))
    try:
        if email and values["email"]:
            contact = replace(contact, email=read_email(values["email"]))
    except ContactInvalidError:
        errors["email"] = _("This is no e-mail address. It looks like name@example.org.")
    try:
        if (telephone or calls) and values["telephone"]:
            contact = replace(contact, telephone=read_telephone(values["telephone"]))
    except ContactInvalidError:
        errors["telephone"] = _("Begin with + and the code of the country, such as +33.")
    if calls and contact.telephone is None and "telephone" not in errors:
        errors["telephone"] = _("We call you at your time. Type the number of your telephone.")
    document = None
    if here.rules.confirm_document:
        document = "".join(values["document"].split()).upper()
        try:
            msgspec.convert(document, DocumentNumber)
        except msgspec.ValidationError:
            errors["document"] = _("Type the number as it stands in the document: letters and digits.")
    return PersonGiven(document, contact if contact.channels else None), errors


def _draw_details(
    here: BookingContext,
    held: HeldTime,
    values: dict[str, str],
    errors: dict[str, Markup],
    error: Markup | str,
    *,
    status: int = 200,
) -> web.Response:
    email, telephone = ways(here.server)
    return draw(
        here.request,
        here.reader.language,
        "details",
        centre_name=here.centre_name,
        status=status,
        action=here.path("details", f"held={_gate(here).write_held(held)}"),
        said=said(here.reader, held.at),
        services=_services(here),
        party=party(here.reader.words, held.choice.party_size),
        back_href=_times_path(here, held.at, ("held", _gate(here).write_held(held))),
        until=here.reader.clock.hhmm(held.until),
        address=name_in(here.setup.centre.address, here.reader.language, ""),
        cost=cost_words(here, held.choice, held.at),
        bring=here.bring(held.choice),
        document=here.rules.confirm_document,
        email=email,
        telephone=telephone,
        calls=needs_telephone(here),
        values=dict.fromkeys(_FIELDS, "") | values,
        errors=dict.fromkeys(_FIELDS, "") | errors,
        error=error,
    )


def cost_words(here: BookingContext, choice: BookingChoice, at: Micros) -> Markup:
    """Say what it costs on the day, and that it is paid there."""
    return costs.cost(here.setup, choice, day_of(here, at), here.reader)


def day_of(here: BookingContext, at: Micros) -> date:
    return date.fromisoformat(day_rule(here.setup).day_at(at))


# --- what came to nothing ------------------------------------------------------------------------------------------


def _over(here: BookingContext, held: HeldTime) -> web.Response:
    _ = here.reader.words
    return draw(
        here.request,
        here.reader.language,
        "over",
        centre_name=here.centre_name,
        status=HTTPStatus.CONFLICT,
        headline=_("This time is not held for you any more"),
        sentence=_("It was held for some minutes, and those are over. Nothing is booked. Choose a time once more."),
        href=_times_path(here, held.at),
        link=_("Choose a time"),
    )


def _too_old(here: BookingContext) -> web.Response:
    _ = here.reader.words
    return draw(
        here.request,
        here.reader.language,
        "over",
        centre_name=here.centre_name,
        status=HTTPStatus.GONE,
        headline=_("This page is too old"),
        sentence=_("Nothing is booked. Begin once more, it takes a minute."),
        href=here.path(),
        link=_("Begin once more"),
    )


def _gate(here: BookingContext) -> BookingGate:
    return here.server[BookingGate]


def _services(here: BookingContext) -> str:
    return here.reader.words(", ").join(here.service_names(here.choice.services))


def _times_path(here: BookingContext, at: Micros, *more: tuple[str, str]) -> str:
    return here.path("times", here.choice.query(("day", day_rule(here.setup).day_at(at)), *more))
