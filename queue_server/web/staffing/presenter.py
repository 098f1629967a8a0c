"""Turns a day's capacity and bookings into the page of its staffing. Pure: everything comes in, the time too."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import msgspec
from markupsafe import Markup

from queue_server.contract.appointments import AppointmentView, PoolPeriodView
from queue_server.domain.appointments import PoolId, shown_code
from queue_server.domain.values import to_datetime
from queue_server.web import wording
from queue_server.web.appointments.words import state
from queue_server.web.staffing import change_form, words
from queue_server.web.staffing.day_query import ChangeQuery, DayQuery, address, digest, written
from queue_server.web.staffing.hours import PoolHour, StaffedHour, by_hour, edges, total
from queue_server.web.staffing.page import (
    BookedRow,
    ChangePreview,
    ChangeRow,
    HourRow,
    PageLink,
    PoolCell,
    StaffingPage,
)
from queue_server.web.staffing.staffing_view import StaffingView

_DAY: Final = timedelta(days=1)
_ALL: Final = 100


def staffing_page(view: StaffingView) -> StaffingPage:
    """Show a day as managers plan it."""
    look, _ = view.look, view.look.words
    day = date.fromisoformat(view.day.day)
    hours = by_hour(view.day.pools, ZoneInfo(look.clock.zone))
    pools = tuple(pool for pool in view.day.pools if pool.periods)
    ahead = tuple(edge for edge in edges(view.day.pools) if edge >= to_datetime(look.now))
    preview = _preview(view)
    done = words.done(_, view.asked.done)
    return StaffingPage(
        day=view.day.day,
        query=_query(view.asked, view.day.day, done),
        head=Markup.escape(words.day(look, day)),
        lead=_lead(view),
        before=address((day - _DAY).isoformat()),
        after=address((day + _DAY).isoformat()),
        pools=tuple(view.pool(pool.id) for pool in pools),
        hours=tuple(_hour(view, one, tuple(pool.id for pool in pools)) for one in hours),
        total=tuple(_cell(view, total(pool.periods)) for pool in pools),
        rest=_rest(view, ahead, edges(view.day.pools)),
        form=change_form.form(view, ahead),
        preview=preview,
        changes=tuple(_changes(view)),
        booked=tuple(_booked(view, one) for one in view.booked),
        done=done,
        news=wording.plain(done or ("" if preview is None else preview.problem or preview.concerned)),
    )


def _query(asked: DayQuery, day: str, done: Markup) -> str:
    """Write what the page was asked for, so that it is the same when it is fetched anew."""
    query = written(day, asked.change)
    if asked.asked and asked.change is None:
        query += "&kind="
    return f"{query}&done={asked.done}" if done else query


def _lead(view: StaffingView) -> Markup:
    _ = view.look.words
    if not view.offers:
        return _("This centre gives no appointments.")
    periods: list[PoolPeriodView] = [one for pool in view.day.pools for one in pool.periods]
    party = words.people(_, view.day.people)
    booked = _.ngettext(
        "%(count)s appointment, %(party)s.", "%(count)s appointments, %(party)s.", view.day.booked, party=party
    )
    if not view.day.booked:
        booked = _("Nothing is booked.")
    if not periods:
        return Markup(" ").join((_("Nobody is planned on this day: nothing can be booked."), booked))
    ahead = [one for one in periods if one.at >= to_datetime(view.look.now)]
    if not ahead:
        return booked
    whole = total(ahead)
    free = sum(max(0, one.bookable - one.taken) for one in ahead) // 60
    room = _("%(free)s of %(all)s minutes for bookings are free.", free=free, all=whole.bookable // 60)
    if len(ahead) < len(periods):
        room = _("From now on, %(free)s of %(all)s minutes for bookings are free.", free=free, all=whole.bookable // 60)
    return Markup(" ").join((booked, room))


def _hour(view: StaffingView, hour: StaffedHour, pools: Iterable[PoolId]) -> HourRow:
    look, now = view.look, to_datetime(view.look.now)
    left = next((start for start in hour.starts if start >= now), None)
    return HourRow(
        label=words.span(look.clock, hour.start, hour.end),
        cells=tuple(_cell(view, hour.pools.get(pool)) for pool in pools),
        close="" if left is None else address(view.day.day, ChangeQuery("close", left, hour.end)),
        note=look.words("over") if hour.end <= now else look.words("now"),
    )


def _cell(view: StaffingView, hour: PoolHour | None) -> PoolCell:
    _ = view.look.words
    if hour is None or not hour.most:
        return PoolCell("nobody", _("nobody"), Markup(), Markup(), 0)
    # What is free is never shown as more than it is.
    taken, bookable = -(-hour.taken // 60), hour.bookable // 60
    counters = (
        _.ngettext("%(count)s counter", "%(count)s counters", hour.most)
        if hour.fewest == hour.most
        else _("%(least)s to %(most)s counters", least=hour.fewest, most=hour.most)
    )
    minutes = _("%(taken)s of %(all)s min", taken=taken, all=bookable)
    if hour.taken > hour.bookable:
        more = -(-(hour.taken - hour.bookable) // 60)
        return PoolCell("over", minutes, counters, _("%(count)s min too many", count=more), _ALL)
    if hour.taken == hour.bookable:
        return PoolCell("full", minutes, counters, _("full"), _ALL)
    return PoolCell("free", minutes, counters, Markup(), _ALL * hour.taken // hour.bookable)


def _rest(view: StaffingView, ahead: tuple[datetime, ...], whole: tuple[datetime, ...]) -> PageLink | None:
    _ = view.look.words
    if len(ahead) < len(("start", "end")):
        return None
    text = _("Close the whole day") if ahead == whole else _("Close the rest of the day")
    return PageLink(address(view.day.day, ChangeQuery("close", ahead[0], ahead[-1])), text)


def _preview(view: StaffingView) -> ChangePreview | None:
    _, change = view.look.words, view.asked.change
    if not view.asked.asked:
        return None
    if change is None or view.concerned is None:
        problem = _("This change makes no sense: it needs a time that ends after it begins, and counters need a pool.")
        return ChangePreview(_("This cannot be changed so"), Markup(), Markup(), (), "", "", "", problem)
    many = len(view.concerned)
    party = words.people(_, sum(one.party_size for one in view.concerned))
    concerned = _.ngettext(
        "It concerns %(count)s appointment, %(party)s. Their time is taken away; they keep code and link, and choose "
        "another time.",
        "It concerns %(count)s appointments, %(party)s. Their times are taken away; they keep code and link, and "
        "choose other times.",
        many,
        party=party,
    )
    press = _.ngettext("Change it, and take %(count)s time away", "Change it, and take %(count)s times away", many)
    return ChangePreview(
        head=words.change(_, view.look.clock, change, view.pool(change.pool)),
        concerned=concerned if many else _("It concerns nobody: everybody keeps their time."),
        press=press if many else _("Change it"),
        rows=tuple(_booked(view, one) for one in view.concerned),
        url=f"{view.api}/changes",
        body=msgspec.json.encode(change.request(view.concerned)).decode(),
        slot=f"change:{written(view.day.day, change)}:{digest(view.concerned)}",
    )


def _changes(view: StaffingView) -> Iterable[ChangeRow]:
    for one in view.day.changes:
        text = words.change(view.look.words, view.look.clock, words.query_of(one), view.pool(one.pool))
        yield ChangeRow(text, f"{view.api}/changes/{one.id}/restore", f"restore:{one.id}")


def _booked(view: StaffingView, one: AppointmentView) -> BookedRow:
    _ = view.look.words
    return BookedRow(
        clock=one.clock,
        code=shown_code(one.code),
        party=words.people(_, one.party_size),
        services=_(", ").join(view.look.service_name(service) for service in one.services),
        state=state(_, one.state),
    )
