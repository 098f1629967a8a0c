"""An appointment as it is shown to staff: what to say, and what can be done with it. Pure."""

from markupsafe import Markup

from queue_server.appointments.letter_words import remote
from queue_server.contract.appointments import AppointmentView
from queue_server.domain.appointments import AppointmentState, shown_code
from queue_server.domain.values import HOUR, Micros, to_micros
from queue_server.web import wording
from queue_server.web.appointments import page, words
from queue_server.web.appointments.desk_query import DeskQuery
from queue_server.web.appointments.desk_view import DeskView
from queue_server.web.view_context import PageReader, StaffView

#: What has a place to give back, or a time to choose.
_KEPT = (AppointmentState.BOOKED, AppointmentState.DISPLACED)
_TONES = {AppointmentState.BOOKED: "good", AppointmentState.CHECKED_IN: "good", AppointmentState.DISPLACED: "bad"}


def card(view: DeskView) -> page.AppointmentCard | None:
    """Show the appointment that is asked for; None where none is."""
    one, look = view.one, view.look
    if one is None:
        return None
    person = view.person(one.language)
    is_kept, is_today = one.state in _KEPT, one.day == look.state.day
    comes = one.state is AppointmentState.BOOKED and is_today and view.receives
    api = f"/api/v1/centres/{look.state.centre}/appointments/{one.id}"
    is_printed = one.state in (AppointmentState.BOOKED, AppointmentState.CHECKED_IN)
    return page.AppointmentCard(
        id=one.id,
        code=shown_code(one.code),
        state=one.state.value,
        head=words.state(look.words, one.state),
        tone=_TONES.get(one.state, ""),
        day=day_name(look.reader, one),
        clock=one.clock,
        services=tuple(look.service_name(service) for service in one.services),
        facts=_facts(look, one),
        sentence=_sentence(look, one),
        say=_say(person, one, look.now),
        say_language=person.language,
        print_href=f"/appointments/slip/{one.id}" if is_printed else "",
        move_href="?" + DeskQuery(appointment=one.id, moving=True).written() if is_kept else "",
        arrival_href=f"/reception?appointment={one.id}" if comes else "",
        cancel_url=f"{api}/cancel" if is_kept else "",
        slot=f"{one.id}:{one.revision}:{one.state.value}",
    )


def day_name(reader: PageReader, one: AppointmentView) -> str:
    return reader.clock.day(to_micros(one.at), "EEEE d MMMM")


def _facts(look: StaffView, one: AppointmentView) -> tuple[Markup, ...]:
    _ = look.words
    about = _.ngettext("about %(count)s min", "about %(count)s min", one.minutes)
    facts = [wording.party(_, one.party_size), Markup.escape(look.spoken(one.language)), about]
    if one.remote is not None:
        facts.append(remote(_, one.remote))
    if one.has_document:
        facts.append(_("comes with the document that was named"))
    return tuple(facts)


def _sentence(look: StaffView, one: AppointmentView) -> Markup:
    """Say what the state means for whoever stands here, where that is not plain."""
    _ = look.words
    if one.state is AppointmentState.BOOKED and to_micros(one.at) <= look.now:
        return _("The time has come. Nobody has come in with it yet.")
    return {
        AppointmentState.CHECKED_IN: _("They have a ticket already."),
        AppointmentState.DISPLACED: _("The centre cannot keep this time. Choose another one; the code stays."),
        AppointmentState.CANCELLED: _("Its time belongs to others. Book a new one."),
        AppointmentState.MISSED: _("Nobody came at the time. Book a new one."),
    }.get(one.state, Markup())


def _say(person: PageReader, one: AppointmentView, now: Micros) -> Markup:
    """Word what to read out to the person, in their language."""
    _ = person.words
    if one.state is not AppointmentState.BOOKED or to_micros(one.at) + HOUR < now:
        return Markup()
    code = Markup('<bdi dir="ltr">{}</bdi>').format(shown_code(one.code))
    return _(
        "Your appointment is on %(day)s at %(time)s. Your code is %(code)s.",
        day=day_name(person, one),
        time=one.clock,
        code=code,
    )
