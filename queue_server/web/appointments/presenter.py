"""Turns what was read into the page of appointments. Pure: everything comes in, the time too."""

import msgspec
from markupsafe import Markup

from queue_server.contract.appointments import AppointmentView
from queue_server.domain.appointments import AppointmentState, shown_code
from queue_server.domain.values import Micros, to_micros
from queue_server.web import help_calls, times, wording
from queue_server.web.appointments import page, words
from queue_server.web.appointments.card import card
from queue_server.web.appointments.desk_query import MAX_SERVICES
from queue_server.web.appointments.desk_view import DeskView
from queue_server.web.appointments.free_times import free_times
from queue_server.web.appointments.held import held
from queue_server.web.booking.choice import BAND, PEOPLE, bookable, max_people
from queue_server.web.reception.drawing import languages
from queue_server.web.reception.offer import offer

#: Rows of those who are expected; the others are found by their time.
ROWS = 9
_OVER = (AppointmentState.CANCELLED, AppointmentState.MISSED, AppointmentState.MOVED)


def appointments_page(view: DeskView) -> page.AppointmentsPage:
    """Show the desk at which appointments are made."""
    look, asked = view.look, view.asked
    _, helps = look.words, help_calls.waiting(look) + help_calls.ended(look)
    shown, done, error = card(view), words.done(_, asked.done), _error(view)
    kept = None if shown is not None else held(view)
    free = None if kept is not None else free_times(view)
    return page.AppointmentsPage(
        now=look.now,
        refresh_at=Micros(min((times.next_minute(look.now), *help_calls.turns(look)))),
        news=_news(view, helps, done, error, free),
        version=look.known.catalogue.version,
        query=asked.written(),
        back=view.back,
        helps=helps,
        wanted=_wanted(view),
        times=free,
        held=kept,
        card=shown,
        listed=_listed(view),
        done=done,
        error=error,
    )


def _news(
    view: DeskView,
    helps: tuple[help_calls.HelpCallView, ...],
    done: Markup,
    error: Markup,
    free: page.FreeTimes | None,
) -> str:
    said = [*help_calls.news(view.look, helps), *(one for one in (done, error) if one)]
    if free is not None and not said:
        said = [free.none or free.lead]
    return wording.plain(Markup(" ").join(said))


def _error(view: DeskView) -> Markup:
    """Say why what the address asks for is not shown."""
    _, asked = view.look.words, view.asked
    if view.rules is None:
        return _("This centre gives no appointments.")
    if asked.appointment and view.one is None:
        return _("There is no such appointment here.")
    if asked.choice.services and not asked.choice.party_size:
        return _("At most %(most)s people come together; at least one.", most=max_people(view.setup))
    if asked.hold and view.held_until is None:
        return _("The time was kept for some minutes, and that is over. Take a time again.")
    return Markup()


def _wanted(view: DeskView) -> page.WantedForm:
    """Fill in what is asked for; else what the visit came for, at whose counter it is booked."""
    look, asked = view.look, view.asked
    _, visit = look.words, view.visit
    given = bookable(view.setup)
    most = max_people(view.setup)
    people = {one.band: one.count for one in asked.choice.people}
    fields = tuple(
        page.PartyField(f"{BAND}{band.id}", Markup.escape(look.name(band.name, band.id)), people.get(band.id, 0), 0)
        for band in view.setup.bands
    ) or (page.PartyField(PEOPLE, _("People"), max(1, asked.choice.party_size), 1),)
    return page.WantedForm(
        offer=msgspec.json.encode(offer(look, {one.id for one in given})).decode(),
        chosen=msgspec.json.encode(asked.choice.services[:MAX_SERVICES]).decode(),
        party=fields,
        most=most,
        languages=tuple(languages(look)),
        language=asked.language or look.known.catalogue.centre.languages[0],
        note=Markup() if visit is None else _("as %(code)s came for", code=wording.ticket(visit.code)),
    )


# --- who is found, or expected ---------------------------------------------------------------------------------------


def _listed(view: DeskView) -> page.AppointmentRows:
    _, asked = view.look.words, view.asked
    rows = tuple(_row(view, one) for one in view.listed[: len(view.listed) if asked.found else ROWS])
    if asked.found:
        head = _.ngettext("%(count)s appointment found", "%(count)s appointments found", len(view.listed))
        return page.AppointmentRows(head, rows, len(view.listed), Markup(), _("There is no such appointment here."))
    return page.AppointmentRows(
        head=_("Still expected today"),
        rows=rows,
        total=len(view.listed),
        more=_("Type a time to find the others.") if len(view.listed) > ROWS else Markup(),
        empty=_("Nobody with an appointment is expected any more today."),
    )


def _row(view: DeskView, one: AppointmentView) -> page.AppointmentRow:
    look = view.look
    at = to_micros(one.at)
    return page.AppointmentRow(
        href="?" + view.asked.written_for(one.id),
        day="" if one.day == look.state.day else look.clock.day(at),
        clock=one.clock,
        code=shown_code(one.code),
        what=look.words(", ").join(look.service_name(service) for service in one.services),
        state=words.state(look.words, one.state),
        over=one.state in _OVER,
        here=view.asked.appointment == one.id,
    )
