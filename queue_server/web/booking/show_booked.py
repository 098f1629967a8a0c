"""``/b/<token>``: an appointment for whoever has its link.

Looking changes nothing: machines that look for viruses open the links of letters, so only a form that is sent moves or
cancels.
"""

import asyncio
from contextlib import suppress
from http import HTTPStatus
from typing import Final, NamedTuple

from aiohttp import web
from markupsafe import Markup

from queue_server.appointments import booking, remote
from queue_server.appointments.calendar_file import MEDIA_TYPE, CalendarEntry, calendar_file
from queue_server.appointments.errors import (
    AppointmentStateError,
    TimeNotOfferedError,
    TimeTakenError,
    TooLateToChangeError,
)
from queue_server.contract.appointments import AppointmentView
from queue_server.domain.appointments import RemoteChannel
from queue_server.domain.values import Micros, new_id, to_datetime, to_micros
from queue_server.framework.problems import NotFoundError
from queue_server.framework.server import SERVER
from queue_server.web import forms
from queue_server.web.booking.booked_page import KEPT, BookedFacts, booked_page, may_cancel
from queue_server.web.booking.choice import BookingChoice
from queue_server.web.booking.context import BookingContext, context_of, draw
from queue_server.web.booking.public_booker import by_token, public_booker
from queue_server.web.booking.show import free_days, is_working, near, promised, summary
from queue_server.web.booking.show_hold import cost_words, gone_words, read_instant
from queue_server.web.booking.time_table import said, time_table
from queue_server.web.page_context import DESK
from queue_server.web.reception.paper import qr
from queue_server.web.ticket import path_of
from queue_server.web.view_context import name_in
from queue_server.web.wording import party

_DAY: Final = "day"


class Booked(NamedTuple):
    """An appointment that a link leads to."""

    here: BookingContext
    token: str
    appointment: AppointmentView

    @property
    def path(self) -> str:
        return f"/b/{self.token}"

    @property
    def booker(self) -> booking.Booker:
        return public_booker(self.here.server, self.here.centre, new_id())

    @property
    def forms_href(self) -> str:
        """Give where the forms for it are filled in; empty where there are none, or nobody comes for it."""
        wanted = set(self.appointment.services)
        has_forms = any(wanted & set(one.services) for one in self.here.setup.forms)
        known = self.appointment.state in KEPT and has_forms
        return f"/forms/{self.here.centre.id}?a={self.token}&lang={self.here.reader.language}" if known else ""

    @property
    def query(self) -> str:
        return f"?lang={self.here.reader.language}"


async def show(request: web.Request) -> web.Response:
    """Show an appointment to whoever holds its link; anything else is not found, whatever is wrong with it."""
    found = await _find(request)
    if found is None:
        return unknown(request)
    here, one = found.here, found.appointment
    facts = BookedFacts(
        services=here.reader.words(", ").join(here.service_names(one.services)),
        address=name_in(here.setup.centre.address, here.reader.language, ""),
        cost=cost_words(here, here.choice, to_micros(one.at)),
        qr=qr(f"{here.server.public_url}{found.path}"),
        early_min=here.rules.early_min,
        video=remote.video_of(here.server, here.centre, one.services, one.id, to_micros(one.booked_at)),
        path=found.path,
        query=found.query,
        again_href=here.path(),
        ticket_href=_ticket(found),
    )
    page = booked_page(one, facts, here.reader, here.now)
    return draw(
        request,
        here.reader.language,
        "booked",
        centre_name=here.centre_name,
        page=page,
        bring=here.bring(here.choice),
        forms_href=found.forms_href,
    )


async def send_calendar(request: web.Request) -> web.Response:
    """Send an appointment as a file for a calendar."""
    found = await _find(request)
    if found is None or found.appointment.state not in KEPT:
        return unknown(request)
    here, one = found.here, found.appointment
    _ = here.reader.words
    entry = CalendarEntry(
        appointment=one.id,
        code=one.code,
        revision=one.revision,
        stamp=to_datetime(here.now).replace(microsecond=0),
        start=one.at,
        minutes=max(15, one.minutes),
        summary=str(_("Appointment")),
        centre=here.centre_name,
        address=_place(found),
        description=str(
            (
                _("Show the code at a kiosk. Change or cancel here:")
                if one.remote is None
                else _("You need not come. Look here what to do, change or cancel:")
            ).unescape()
        ),
        link=f"{here.server.public_url}{found.path}",
    )
    headers = {"Content-Disposition": 'attachment; filename="appointment.ics"', "X-Robots-Tag": "noindex, nofollow"}
    # It reads files of its own as it is used first.
    written = await asyncio.to_thread(calendar_file, entry)
    return web.Response(body=written, content_type=MEDIA_TYPE, charset="utf-8", headers=headers)


def _place(found: Booked) -> str:
    """Say where somebody has to be: at the centre, or nowhere."""
    _, here = found.here.reader.words, found.here
    match found.appointment.remote:
        case RemoteChannel.TELEPHONE:
            return str(_("By telephone").unescape())
        case RemoteChannel.VIDEO:
            return str(_("By video").unescape())
    return name_in(here.setup.centre.address, here.reader.language, "")


# --- another time ----------------------------------------------------------------------------------------------------


async def show_change(request: web.Request) -> web.Response:
    """Show the times to which it can be moved; it stays where it is until another one is booked."""
    found = await _find(request)
    if found is None:
        return unknown(request)
    if not _may_change(found):
        raise _back(found)
    return await _draw_change(found)


async def change(request: web.Request) -> web.Response:
    """Move it."""
    found = await _find(request)
    if found is None:
        return unknown(request)
    here, form = found.here, await forms.public_fields(request)
    at = read_instant(form.get("at", ""))
    if at is None:
        error = here.reader.words("Choose a time first.")
        return await _draw_change(found, error=error, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        await booking.move(found.booker, found.appointment.id, at)
    except (TimeTakenError, TimeNotOfferedError) as refused:
        return await _draw_change(found, error=gone_words(here, at, refused), gone=at, status=HTTPStatus.CONFLICT)
    except (AppointmentStateError, TooLateToChangeError):
        # Its page says how it is now.
        raise _back(found) from None
    raise _back(found)


async def _draw_change(
    found: Booked, *, error: Markup | None = None, gone: Micros | None = None, status: int = 200
) -> web.Response:
    here, one = found.here, found.appointment
    days = await free_days(here, here.choice, one.id)
    wanted = here.request.query.get(_DAY, "") or one.day

    def href(day: str) -> str:
        return f"{found.path}/change{found.query}&{_DAY}={day}"

    table = time_table(
        days,
        here.reader,
        wanted=wanted,
        chosen=None,
        is_working=lambda day: is_working(here.setup, day),
        href=href,
    )
    kept = here.reader.words(
        "%(time)s stays yours until you have another one.", time=said(here.reader, to_micros(one.at))
    )
    return draw(
        here.request,
        here.reader.language,
        "times",
        centre_name=here.centre_name,
        status=status,
        script=True,
        action=href(table.day),
        proof="",
        moving=kept if one.until is not None and one.state in KEPT else " ",
        walk_in="",
        services=here.reader.words(", ").join(here.service_names(one.services)),
        summary=summary(here, here.choice),
        change_href="",
        error=error or "",
        nearest=near(here, days, gone, href),
        table=table,
        fields=(),
        promise=promised(here, here.choice),
        weeks=here.rules.weeks,
        waitlist_href="",
    )


# --- cancel ----------------------------------------------------------------------------------------------------------


async def show_cancel(request: web.Request) -> web.Response:
    """Ask whether it shall be cancelled."""
    found = await _find(request)
    if found is None:
        return unknown(request)
    here, one = found.here, found.appointment
    if not may_cancel(one, here.now):
        raise _back(found)
    return draw(
        request,
        here.reader.language,
        "cancel",
        centre_name=here.centre_name,
        said=said(here.reader, to_micros(one.at)),
        services=here.reader.words(", ").join(here.service_names(one.services)),
        party=party(here.reader.words, one.party_size),
        error="",
        action=f"{found.path}/cancel{found.query}",
        back_href=f"{found.path}{found.query}",
    )


async def cancel(request: web.Request) -> web.Response:
    """Cancel it."""
    found = await _find(request)
    if found is None:
        return unknown(request)
    await forms.public_fields(request)
    # Where it cannot be any more, its page says how it is now.
    with suppress(AppointmentStateError, TooLateToChangeError):
        await booking.cancel(found.booker, found.appointment.id)
    raise _back(found)


def _ticket(found: Booked) -> str:
    """Say where the ticket is with which they came in: whoever holds this link has booked it."""
    visit = found.appointment.visit
    path = "" if visit is None else path_of(found.here.request.app[DESK], found.here.centre.id, visit)
    return f"{path}{found.query}" if path else ""


# --- what all share --------------------------------------------------------------------------------------------------


async def _find(request: web.Request) -> Booked | None:
    token = request.match_info["token"]
    known = await by_token(request.app[SERVER], token)
    if known is None:
        return None
    centre, one = known
    try:
        here = context_of(request, centre, BookingChoice(one.services, one.party_size, one.people))
    except NotFoundError:
        # The centre has stopped giving appointments: its staff know what was booked.
        return None
    return Booked(here, token, one)


def _may_change(found: Booked) -> bool:
    until = found.appointment.until
    return until is not None and to_micros(until) > found.here.now


def _back(found: Booked) -> web.HTTPSeeOther:
    return web.HTTPSeeOther(f"{found.path}{found.query}")


def unknown(request: web.Request) -> web.Response:
    """Say that a link leads nowhere here."""
    desk = request.app[DESK]
    language = desk.language(request)
    words = desk.site.words[language]
    return draw(
        request,
        language,
        "over",
        centre_name=words("Consular Support Centre"),
        status=HTTPStatus.NOT_FOUND,
        headline=words("This page is not known here"),
        sentence=words("Look whether the address is complete. If it is, ask the centre with your code."),
        href="",
        link="",
    )
