"""What a phone shows of a ticket: code, state, who comes before, and the counter once it is called. Pure.

No name, no document, and nothing that the paper does not say already.
"""

from typing import Literal

import msgspec
from markupsafe import Markup

from queue_server.centre.views import Facts, place, visit_view
from queue_server.contract.base import Names
from queue_server.contract.visits import VisitStepView
from queue_server.domain.values import (
    SECOND,
    Category,
    Micros,
    NoticeKind,
    NoticePlace,
    NoticeText,
    VisitState,
    to_micros,
)
from queue_server.queue.order import is_away
from queue_server.queue.settings import CentreSettings
from queue_server.queue.state import DayState, NoticeState, Visit
from queue_server.waiting.rounding import CallTimes, ClosesBefore, latest
from queue_server.web.manager.words import notice_text
from queue_server.web.ticket_choices import TicketChoices, closing, ticket_choices
from queue_server.web.ticket_range import TicketRange, ticket_range
from queue_server.web.times import next_minute
from queue_server.web.view_context import PageReader, name_in
from queue_server.web.wording import appointment, plain, step_icon, ticket


class TicketStop(msgspec.Struct, frozen=True):
    name: str
    icon: str
    state: Literal["done", "now", "next", "skipped"]
    note: Markup


class TicketNotice(msgspec.Struct, frozen=True):
    """What is announced to everybody; ``language`` is that of the text where it is not the page's."""

    emergency: bool
    text: Markup
    language: str


class PhoneTicketPage(msgspec.Struct, frozen=True):
    """``plate`` is the counter to go to, where there is one; ``ahead`` None where nobody is counted.

    ``place`` says where the step is; ``title`` stands on the tab of the browser. ``latest`` is the promise, or that it
    is ``broken``. ``before`` is ``ahead`` in words, ``expected`` is when they are called, as far as anybody can say;
    ``choices`` are what they may say, None where the page only tells. ``stale_at`` is when time alone changes the page,
    None where it never does.
    """

    code: str
    state: VisitState
    category: Markup
    headline: Markup
    sentence: Markup
    plate: str | None
    step: str
    place: str
    ahead: int | None
    latest: Markup
    broken: bool
    called: str
    stops: tuple[TicketStop, ...]
    notices: tuple[TicketNotice, ...]
    title: str
    stale_at: Micros | None
    before: Markup = Markup()
    expected: TicketRange | None = None
    choices: TicketChoices | None = None


#: A notice whose typed text this server has not read yet is looked for again after this (microseconds).
_SOON = SECOND


def ticket_page(
    state: DayState,
    known: Facts,
    visit: Visit,
    reader: PageReader,
    *,
    now: Micros,
    settings: CentreSettings | None = None,
    expected: CallTimes | ClosesBefore | None = None,
) -> PhoneTicketPage:
    """Show a ticket as it stands at ``now``; with the ``settings`` of its centre, also what may be said there."""
    here = visit.state in (VisitState.CALLED, VisitState.SERVING) and visit.counter is not None
    plate = None
    if here and visit.counter is not None:
        found = known.plates.get(visit.counter)
        plate = visit.counter if found is None else found.name
    headline, text = _words(state, visit, reader, plate, now)
    ahead = place(state, visit)
    notices, stale_at = _notices(state, known, reader, now)
    waits = visit.state is VisitState.WAITING
    away = waits and is_away(visit, now)
    turn = visit.due if waits and visit.due > now else None
    back = visit.away_until if away else None
    minute = Micros(next_minute(now)) if waits and expected is not None else None
    return PhoneTicketPage(
        code=visit.code,
        state=visit.state,
        # Why somebody comes first, and what for, is nobody else's business: a phone is looked at over a shoulder.
        category=_appointment(visit, reader),
        headline=headline,
        sentence=text,
        plate=plate,
        step=name_in(known.steps.get(visit.step.step, {}), reader.language, visit.step.step),
        place=_place(known, visit, reader) if waits or here else "",
        ahead=ahead,
        latest=_latest(visit, reader, now, expected) if waits and not away else Markup(),
        broken=visit.due <= now,
        called=reader.clock.hhmm(visit.last_call_at or visit.called_at or visit.issued_at) if here else "",
        stops=tuple(_stop(known, visit, step, reader) for step in visit_view(visit, None).steps),
        notices=notices,
        title=plain(Markup("{}: {}").format(ticket(visit.code), headline)),
        stale_at=min((one for one in (stale_at, turn, back, minute) if one is not None), default=None),
        before=Markup() if ahead is None else _before(reader, ahead),
        expected=None if expected is None or not waits or away else ticket_range(expected, reader, now),
        choices=None if settings is None else _choices(known, visit, settings, reader, now),
    )


def _before(reader: PageReader, ahead: int) -> Markup:
    return reader.words.ngettext("%(count)s number before you", "%(count)s numbers before you", ahead)


def _choices(known: Facts, visit: Visit, settings: CentreSettings, reader: PageReader, now: Micros) -> TicketChoices:
    openings = tuple((to_micros(one.opens), to_micros(one.closes)) for one in known.catalogue.centre.openings)
    return ticket_choices(visit, settings, reader, now=now, closes=closing(openings, now))


def _appointment(visit: Visit, reader: PageReader) -> Markup:
    if visit.category is not Category.APPOINTMENT:
        return Markup()
    return appointment(reader.words, None if visit.booked_at is None else reader.clock.hhmm(visit.booked_at))


def _latest(visit: Visit, reader: PageReader, now: Micros, expected: CallTimes | ClosesBefore | None) -> Markup:
    """Say until when somebody is called at the latest.

    That is as it is foreseen, and that nobody can say where nothing is; once the promise is broken, that it is. Nothing
    is said beside a rough range, nor of who is not reached before closing.
    """
    _, hhmm = reader.words, reader.clock.hhmm
    if visit.due <= now:
        return _("later than the %(time)s that we promised", time=hhmm(visit.due))
    if expected is None:
        return _("We cannot say yet how long it takes.")
    last = None if isinstance(expected, ClosesBefore) else latest(expected, now)
    return Markup() if last is None else _("at the latest %(time)s", time=hhmm(last))


def _notices(
    state: DayState, known: Facts, reader: PageReader, now: Micros
) -> tuple[tuple[TicketNotice, ...], Micros | None]:
    """List what boards show now, emergencies first, and say when that changes by time alone."""
    shown = [
        one
        for one in state.notices.values()
        if one.where is not NoticePlace.KIOSKS and (one.until is None or one.until > now)
    ]
    shown.sort(key=lambda one: (one.kind is not NoticeKind.EMERGENCY, one.at))
    told = [one for one in shown if one.text is not NoticeText.OWN or known.notices.get(one.id)]
    ends = [one.until for one in shown if one.until is not None]
    if len(told) < len(shown):
        ends.append(Micros(now + _SOON))
    return tuple(_notice(one, known.notices.get(one.id, {}), reader) for one in told), min(ends, default=None)


def _notice(notice: NoticeState, own: Names, reader: PageReader) -> TicketNotice:
    emergency = notice.kind is NoticeKind.EMERGENCY
    if notice.text is not NoticeText.OWN:
        return TicketNotice(emergency, notice_text(reader.words, notice.text), reader.language)
    language = next(one for one in (reader.language, "en", *own) if one in own)
    return TicketNotice(emergency, Markup.escape(own[language]), language)


def _place(known: Facts, visit: Visit, reader: PageReader) -> str:
    """Say where the present step is, where the centre has said so."""
    for service in known.catalogue.services:
        for step in service.steps:
            if service.id == visit.step.service and step.id == visit.step.step:
                return name_in(step.place, reader.language, "")
    return ""


def _waiting(visit: Visit, reader: PageReader, now: Micros) -> tuple[Markup, Markup]:
    _, hhmm = reader.words, reader.clock.hhmm
    if visit.away_until is not None and is_away(visit, now):
        until = _("You have time until %(time)s", time=hhmm(visit.away_until))
        return until, _("Until then we do not call you. Are you back sooner? Tell us here.")
    return _("Please wait"), _(
        "Arrived %(arrived)s. We promised to call you by %(due)s.",
        arrived=hhmm(visit.issued_at),
        due=hhmm(visit.due),
    )


def _words(  # noqa: PLR0911 - one a state
    state: DayState, visit: Visit, reader: PageReader, plate: str | None, now: Micros
) -> tuple[Markup, Markup]:
    _ = reader.words
    match visit.state:
        case VisitState.WAITING:
            return _waiting(visit, reader, now)
        case VisitState.CALLED:
            return _("Your turn: counter %(plate)s", plate=plate or ""), _("Please go there now.")
        case VisitState.SERVING:
            return _("You are being served"), _("At counter %(plate)s.", plate=plate or "")
        case VisitState.PARKED:
            return _("Your visit is on hold"), _("You keep your place. Tell staff when you are back.")
        case VisitState.MISSED:
            return _("We called you, and nobody came"), _("Please tell staff that you are here.")
        case VisitState.DONE:
            return _("Your visit is over"), _("Thank you. You may leave.")
        case VisitState.CANCELLED:
            into = None if visit.merged_into is None else state.visits.get(visit.merged_into)
            if into is not None:
                return _("You go on with %(code)s", code=ticket(into.code)), _(
                    "Your tickets were joined. Watch the boards for that number."
                )
            return _("This ticket was cancelled"), _("If that is a mistake, please tell staff or take a new ticket.")
        case VisitState.NOT_SERVED:
            return _("The day ended before your turn"), _("Please come back and take a new ticket.")


def _stop(known: Facts, visit: Visit, step: VisitStepView, reader: PageReader) -> TicketStop:
    _ = reader.words
    name, icon = name_in(known.steps.get(step.id, {}), reader.language, step.id), step_icon(step.id)
    note = {"done": _("done"), "skipped": _("not needed"), "next": Markup()}.get(step.state)
    if note is None:
        note = {
            VisitState.WAITING: _("you wait for this"),
            VisitState.CALLED: _("go there now"),
            VisitState.SERVING: _("now"),
        }.get(visit.state, Markup())
    return TicketStop(name, icon, step.state, note)
