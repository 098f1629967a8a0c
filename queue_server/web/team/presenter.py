"""Turns one's own day, and the teams of a centre, into pages. Pure: what is known comes in.

Counters stand in the order of the set-up, never of what they have served.
"""

from collections.abc import Iterable, Mapping
from typing import Final, Literal

from markupsafe import Markup

from queue_server.accounts.presence import Presence
from queue_server.domain.values import MINUTE, CounterId, CounterState, Micros, StaffId
from queue_server.queue.order import can_serve
from queue_server.queue.settings import Skills
from queue_server.queue.state import Visit
from queue_server.team.breaks import BreakStanding
from queue_server.team.desk import DayBreak, SentMessage
from queue_server.team.served import ServedFigures, served_at
from queue_server.team.teams import OTHERS, Team, TeamId
from queue_server.web import times
from queue_server.web.counter.centre_part import doing
from queue_server.web.team.page import (
    BreakLine,
    CounterRow,
    MessageLine,
    OwnDayPage,
    SentLine,
    TeamOption,
    TeamPanel,
    TeamsPage,
)
from queue_server.web.view_context import StaffView

# --- one's own day ---------------------------------------------------------------------------------------------------


def own_day_page(
    look: StaffView,
    served: ServedFigures,
    breaks: Iterable[DayBreak],
    messages: Iterable[SentMessage],
    *,
    me: StaffId,
    names: Mapping[StaffId, str],
    counter: CounterId | None,
    ends_at: Micros,
) -> OwnDayPage:
    """Show what somebody has done today, and what is ahead; ``messages`` are those for their counter."""
    _, here = look.words, None if counter is None else look.state.counters.get(counter)
    is_serving = here is not None and here.visit is not None
    lines = tuple(messages)
    # What is not read yet is for the time between two visits.
    held = sum(not one.was_read_by(me) for one in lines) if is_serving else 0
    return OwnDayPage(
        head=_("Your day, %(day)s", day=look.clock.day(look.now, "EEEE d MMMM")),
        served=served.count,
        mean=minutes(look, served.mean),
        breaks=tuple(break_line(look, one) for one in breaks),
        no_break=(
            _("You are at no counter, so no break is planned for you.")
            if counter is None
            else _("The plan of the centre has no break for your counter today.")
        ),
        messages=tuple(
            message_line(look, one, me, names) for one in reversed(lines) if not is_serving or one.was_read_by(me)
        ),
        held=(
            _.ngettext(
                "%(count)s message is shown when this visit is finished.",
                "%(count)s messages are shown when this visit is finished.",
                held,
            )
            if held
            else Markup()
        ),
        wiped=_("Wiped at %(time)s, when the day of the centre ends.", time=look.clock.hhmm(ends_at)),
        back="/manager" if counter is None else "/counter",
    )


def for_counter(messages: Iterable[SentMessage], team: TeamId | None, me: StaffId) -> tuple[SentMessage, ...]:
    """Choose the messages for whoever is at a counter of a team, without their own."""
    return tuple(one for one in messages if one.head.sender != me and one.head.team in {None, team})


def minutes(look: StaffView, length: int | None) -> Markup:
    """Write a mean in whole minutes, a dash where there is none."""
    if length is None:
        return Markup("\N{EN DASH}")
    return look.words.ngettext("%(count)s min", "%(count)s min", max(1, round(length / MINUTE)))


def break_line(look: StaffView, one: DayBreak) -> BreakLine:
    """Say when a break is, and how it stands."""
    _, planned = look.words, one.planned
    left = times.minutes_left(planned.starts_at, look.now)
    text = {
        BreakStanding.AHEAD: _.ngettext("in %(count)s min", "in %(count)s min", left),
        BreakStanding.DUE: _("now: you are asked between two visits"),
        BreakStanding.TAKEN: _("you have taken it"),
        BreakStanding.LEFT_OUT: _("you have left it out"),
        BreakStanding.OVER: _("its time is over"),
    }[one.standing]
    return BreakLine(span(look, planned.starts_at, planned.ends_at), text, one.standing is BreakStanding.DUE)


def span(look: StaffView, start: Micros, end: Micros) -> Markup:
    return Markup('<bdi dir="ltr">{}\N{EN DASH}{}</bdi>').format(look.clock.hhmm(start), look.clock.hhmm(end))


def message_line(look: StaffView, one: SentMessage, me: StaffId, names: Mapping[StaffId, str]) -> MessageLine:
    """Write a message for its reader."""
    _, hhmm = look.words, look.clock.hhmm
    read = next((each.at for each in one.reads if each.staff == me), None)
    return MessageLine(
        one.head.id,
        one.text,
        _("%(who)s, %(time)s", who=names.get(one.head.sender, ""), time=hhmm(one.head.at)),
        Markup() if read is None else _("You have read it at %(time)s", time=hhmm(read)),
    )


# --- the teams -------------------------------------------------------------------------------------------------------


def teams_page(
    look: StaffView,
    teams: tuple[Team, ...],
    there: Presence,
    messages: Iterable[SentMessage],
    *,
    figures_of_counters: bool,
    new: str,
) -> TeamsPage:
    """Show how the counters of each team stand, who waits for them, and what was written to them."""
    named = {one.id: team_name(look, one) for one in teams}
    return TeamsPage(
        teams=tuple(_panel(look, one, there, figures_of_counters=figures_of_counters) for one in teams),
        figures_of_counters=figures_of_counters,
        to=(TeamOption("", look.words("All counters")), *(TeamOption(one, name) for one, name in named.items())),
        sent=tuple(_sent(look, one, teams, there, named) for one in reversed(tuple(messages))),
        new=new,
    )


def team_name(look: StaffView, team: Team) -> Markup:
    """Name a team as the plan does, else by what it takes."""
    if team.id == OTHERS:
        return look.words("Counters in no plan")
    name = look.name(team.name, "")
    return Markup.escape(name) if name else look.steps(team.skills)


def _panel(look: StaffView, team: Team, there: Presence, *, figures_of_counters: bool) -> TeamPanel:
    _, now = look.words, look.now
    waiting = [visit for visit in look.waiting() if _is_for(look, visit, team)]
    overdue = sum(times.minutes_left(visit.due, now) < 0 for visit in waiting)
    longest = max((max(0, now - visit.records[-1].ready_at) // MINUTE for visit in waiting), default=None)
    served = served_at(look.state, team.counters)
    return TeamPanel(
        id=team.id,
        name=team_name(look, team),
        waiting=_.ngettext("%(count)s waiting", "%(count)s waiting", len(waiting)),
        # In whole minutes, as the page of managers has it.
        longest=Markup()
        if longest is None
        else _("the longest for %(time)s", time=_.ngettext("%(count)s min", "%(count)s min", longest)),
        overdue=_.ngettext("%(count)s overdue", "%(count)s overdue", overdue) if overdue else Markup(),
        served=(
            _.ngettext(
                "Today: %(count)s served, %(mean)s on average",
                "Today: %(count)s served, %(mean)s on average",
                served.count,
                mean=minutes(look, served.mean),
            )
            if served.count
            else _("Today: nobody served yet")
        ),
        counters=tuple(_row(look, one, there, figures_of_counters=figures_of_counters) for one in team.counters),
    )


def _is_for(look: StaffView, visit: Visit, team: Team) -> bool:
    """Tell whether a counter of the team can take a visit."""
    return any(
        can_serve(_skills(look, one), visit, language_filters=look.settings.language_filters) for one in team.counters
    )


def _skills(look: StaffView, counter: CounterId) -> Skills:
    own = look.settings.counters.get(counter)
    return Skills() if own is None else own.skills


def _row(look: StaffView, counter: CounterId, there: Presence, *, figures_of_counters: bool) -> CounterRow:
    _, here = look.words, look.state.counters.get(counter)
    staff = there.signed_in.get(counter)
    served = served_at(look.state, {counter}) if figures_of_counters else None
    busy = here is not None and here.visit is not None
    return CounterRow(
        id=counter,
        plate=look.plate_of(counter),
        state="closed" if here is None else "busy" if busy else _STATES[here.state],
        who="" if staff is None else there.names.get(staff, ""),
        doing=_("not open yet today") if here is None else doing(look, here),
        served=Markup() if served is None else Markup.escape(served.count),
        mean=Markup() if served is None else minutes(look, served.mean),
    )


_STATES: Final[Mapping[CounterState, Literal["open", "paused", "closed"]]] = {
    CounterState.OPEN: "open",
    CounterState.PAUSED: "paused",
    CounterState.CLOSED: "closed",
}


def _sent(
    look: StaffView, one: SentMessage, teams: tuple[Team, ...], there: Presence, named: Mapping[TeamId, Markup]
) -> SentLine:
    _, hhmm = look.words, look.clock.hhmm
    read = [_("%(who)s, %(time)s", who=there.names.get(each.staff, ""), time=hhmm(each.at)) for each in one.reads]
    counters = {counter for team in teams if one.head.team in {None, team.id} for counter in team.counters}
    # By name, not by the order of the counters: nobody is shown as the last.
    waits = sorted(
        there.names.get(staff, "")
        for counter, staff in there.signed_in.items()
        if counter in counters and staff != one.head.sender and not one.was_read_by(staff)
    )
    comma = _(", ")
    return SentLine(
        one.head.id,
        one.text,
        _("%(who)s, %(time)s", who=there.names.get(one.head.sender, ""), time=hhmm(one.head.at)),
        _("All counters") if one.head.team is None else named.get(one.head.team, Markup.escape(one.head.team)),
        _("Read by: %(who)s", who=_("; ").join(read)) if read else _("Nobody has read it yet"),
        _("Not read yet: %(who)s", who=comma.join(waits)) if waits else Markup(),
    )
