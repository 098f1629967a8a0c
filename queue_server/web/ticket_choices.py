"""What somebody may say on the page of their ticket: that they need more time, and that they come. Pure."""

from typing import Literal

import msgspec
from markupsafe import Markup

from queue_server.domain.values import MINUTE, Micros, VisitState
from queue_server.queue.order import is_away
from queue_server.queue.settings import MORE_TIME_MIN, CentreSettings
from queue_server.queue.state import Visit
from queue_server.queue.step_back import may_step_back, stepped_back
from queue_server.web.view_context import PageReader


class MoreTime(msgspec.Struct, frozen=True):
    """One length of time that may be asked for, with what it costs."""

    minutes: int
    label: Markup
    cost: Markup


class TicketChoices(msgspec.Struct, frozen=True):
    """``coming`` is the label of the button, ``known`` what is said once it was pressed; empty where there is none.

    ``seq`` names how the visit stood when this was drawn: pressed twice, it is one press.
    """

    seq: int
    more: tuple[MoreTime, ...] = ()
    left: Markup = Markup()
    coming: Markup = Markup()
    known: Markup = Markup()
    look: Literal["filled", "plain"] = "plain"


def ticket_choices(
    visit: Visit, settings: CentreSettings, reader: PageReader, *, now: Micros, closes: Micros | None
) -> TicketChoices:
    """List them as they are at ``now``; nobody is given time beyond ``closes``."""
    _, away = reader.words, visit.state is VisitState.WAITING and is_away(visit, now)
    coming, known = _coming(visit, reader, away=away)
    more: tuple[MoreTime, ...] = ()
    if may_step_back(visit, settings) and not away:
        offered = (one for one in MORE_TIME_MIN if closes is None or now + one * MINUTE <= closes)
        more = tuple(_more(visit, one, reader, now) for one in offered)
    left = settings.more_time_times - visit.step_backs
    return TicketChoices(
        seq=visit.last_seq,
        more=more,
        left=_.ngettext(
            "You keep your number. You can do this %(count)s time today.",
            "You keep your number. You can do this %(count)s times today.",
            left,
        )
        if more
        else Markup(),
        coming=coming,
        known=known,
        look="filled" if visit.state is VisitState.CALLED or away else "plain",
    )


def closing(openings: tuple[tuple[Micros, Micros], ...], now: Micros) -> Micros | None:
    """Say when the centre closes that is open now; None where it is not known."""
    return next((end for start, end in openings if start <= now < end), None)


def _more(visit: Visit, minutes: int, reader: PageReader, now: Micros) -> MoreTime:
    _, hhmm = reader.words, reader.clock.hhmm
    _from, due, _place = stepped_back(visit, minutes)
    until = now + minutes * MINUTE
    label = _.ngettext("%(count)s minute", "%(count)s minutes", minutes)
    if due <= until:
        return MoreTime(minutes, label, _("We call you after %(time)s.", time=hhmm(until)))
    return MoreTime(minutes, label, _("Others go first. We call you by %(time)s.", time=hhmm(due)))


def _coming(visit: Visit, reader: PageReader, *, away: bool) -> tuple[Markup, Markup]:
    _ = reader.words
    if away:
        return _("I am back"), Markup()
    if visit.state not in (VisitState.CALLED, VisitState.PARKED, VisitState.MISSED):
        return Markup(), Markup()
    if visit.on_the_way_at is not None:
        return Markup(), _("Staff know that you are coming.")
    return (_("I am coming") if visit.state is VisitState.CALLED else _("I am on my way")), Markup()
