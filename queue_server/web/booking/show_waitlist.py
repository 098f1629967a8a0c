"""``/book/<centre>/waitlist``: somebody for whom no time suits waits for one."""

from datetime import date
from http import HTTPStatus

from aiohttp import web
from babel.dates import format_date
from markupsafe import Markup

from queue_server.appointments import waitlist
from queue_server.appointments.engine import days_between, last_day
from queue_server.appointments.errors import AppointmentsNotOfferedError, BookingLimitError, WaitlistInvalidError
from queue_server.appointments.waitlist_link import WAITLIST_PATH, waitlist_token
from queue_server.domain.values import Day, Language, new_id
from queue_server.framework.problems import NotFoundError
from queue_server.web import forms
from queue_server.web.booking.contact_ways import waits, ways
from queue_server.web.booking.context import BookingContext, context_of_path, draw
from queue_server.web.booking.public_booker import party_of, public_booker
from queue_server.web.booking.show import check_choice, is_working, summary
from queue_server.web.booking.waiting_choice import FIELDS, read_waiting


async def show_waitlist(request: web.Request) -> web.Response:
    """Ask on which days they can come, and how they are told."""
    here = _here(request)
    return _draw(here, {}, {}, "")


async def join(request: web.Request) -> web.Response:
    """Put them on the list; they are led to their page."""
    here = _here(request)
    form = await forms.public_fields(request)
    values = {name: form.get(name, "").strip() for name in FIELDS}
    first, last = _bounds(here)
    _ = here.reader.words
    choice, errors = read_waiting(values, here.reader.language, ways(here.server), first, last, _)
    if errors:
        error = _("Something is not right yet. Look at what is marked.")
        return _draw(here, values, errors, error, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        entry = await waitlist.join(
            public_booker(here.server, here.centre, new_id()),
            party_of(here.choice),
            choice.when,
            Language(here.reader.language),
            choice.contact,
        )
    except BookingLimitError:
        error = _("This address has as many appointments as one may have, or waits for as many. Cancel one first.")
        return _draw(here, values, {}, error, status=HTTPStatus.CONFLICT)
    except (AppointmentsNotOfferedError, WaitlistInvalidError):
        raise NotFoundError from None
    raise web.HTTPSeeOther(f"{WAITLIST_PATH}{waitlist_token(here.server, entry.id)}?lang={here.reader.language}")


def _here(request: web.Request) -> BookingContext:
    here = context_of_path(request)
    check_choice(here)
    if not waits(here):
        # Nobody could be told, or nobody called.
        raise NotFoundError
    return here


def _bounds(here: BookingContext) -> tuple[Day, Day]:
    return here.centre.rule.day_at(here.now), last_day(here.centre, here.rules, here.now)


def _draw(
    here: BookingContext, values: dict[str, str], errors: dict[str, Markup], error: Markup | str, *, status: int = 200
) -> web.Response:
    first, last = _bounds(here)
    email, telephone = ways(here.server)
    days = [
        (day, format_date(date.fromisoformat(day), "EEE d MMMM", locale=here.reader.clock.locale))
        for day in days_between(first, last)
        if is_working(here.setup, date.fromisoformat(day))
    ]
    return draw(
        here.request,
        here.reader.language,
        "waitlist",
        centre_name=here.centre_name,
        status=status,
        action=here.path("waitlist", here.choice.query()),
        services=here.reader.words(", ").join(here.service_names(here.choice.services)),
        summary=summary(here, here.choice),
        back_href=here.path("times", here.choice.query()),
        days=days,
        email=email,
        telephone=telephone,
        values={"from": days[0][0] if days else first, "to": days[-1][0] if days else last, "time": "any"}
        | dict.fromkeys(("email", "telephone"), "")
        | {name: value for name, value in values.items() if value},
        errors=dict.fromkeys(FIELDS, "") | errors,
        error=error,
    )
