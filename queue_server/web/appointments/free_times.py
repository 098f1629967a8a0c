"""The free times as staff take them: the next ones first, then the weeks at a glance and the times of a day. Pure."""

from collections.abc import Iterator
from datetime import date
from itertools import islice

import msgspec
from markupsafe import Markup

from queue_server.contract.appointments import BookableDayView, FreeTimeView, HoldTimeRequest, MoveAppointmentRequest
from queue_server.domain.appointments import AppointmentState
from queue_server.domain.values import Micros, to_datetime, to_micros
from queue_server.web import wording
from queue_server.web.appointments import page
from queue_server.web.appointments.desk_view import DeskView
from queue_server.web.booking.show import is_working
from queue_server.web.booking.time_table import said, time_table

#: Next free times that are named before all others.
SOONEST = 3


def free_times(view: DeskView) -> page.FreeTimes | None:
    """Offer the times at which what is asked for can begin; None where no time is asked for."""
    moved = view.one if view.asked.moving else None
    if view.free is None and not view.refusal:
        return None
    look = view.look
    _ = look.words
    free = view.free or ()
    press = _Presses(view)
    table = time_table(
        free,
        look.reader,
        wanted=view.asked.day or ("" if moved is None else moved.day),
        chosen=None,
        is_working=lambda day: is_working(view.setup, day),
        href=lambda day: "?" + view.asked.written(day=day, at="", hold="", done=""),
    )
    soonest = tuple(press.make(to_micros(one.at), one.clock, "soon") for one in islice(_times(free), SOONEST))
    return page.FreeTimes(
        act="hold-time" if moved is None else "move-appointment",
        url=press.url,
        head=_("Next free times") if moved is None else _("Choose another time"),
        lead=_lead(view, soonest),
        soonest=soonest,
        table=table,
        groups=tuple(
            page.DayTimes(group.name, tuple(press.make(Micros(one.at), one.clock, "at") for one in group.times))
            for group in table.groups
        ),
        none=_none(view, soonest),
    )


def _times(free: tuple[BookableDayView, ...]) -> Iterator[FreeTimeView]:
    return (one for day in free for one in day.times)


def _lead(view: DeskView, soonest: tuple[page.TimePress, ...]) -> Markup:
    _ = view.look.words
    if view.asked.moving and view.one is not None and view.one.state is AppointmentState.BOOKED:
        stays = said(view.look.reader, to_micros(view.one.at))
        return _("%(time)s stays theirs until another one is taken.", time=stays)
    closed = Markup()
    if not view.look.state.closed_services.isdisjoint(view.asked.choice.services):
        closed = _("This is closed for today: a time on another day can be taken.")
    if not soonest:
        return closed
    party = wording.party(_, view.asked.choice.party_size)
    free = _("%(party)s. The next free time is %(time)s.", party=party, time=soonest[0].said)
    return Markup(" ").join((closed, free)) if closed else free


def _none(view: DeskView, soonest: tuple[page.TimePress, ...]) -> Markup:
    _ = view.look.words
    if view.refusal:
        return _("No appointments are given for this: they take a number when they come.")
    if soonest:
        return Markup()
    return _.ngettext(
        "No time is free in the next %(count)s week. What is given back is offered again: look in later.",
        "No time is free in the next %(count)s weeks. What is given back is offered again: look in later.",
        0 if view.rules is None else view.rules.weeks,
    )


class _Presses:
    """Makes the presses that take a time: it is held for whoever books, and moved to where one is moved."""

    def __init__(self, view: DeskView) -> None:
        base = f"/api/v1/centres/{view.look.state.centre}/appointments"
        self._view = view
        self._moved = view.one if view.asked.moving else None
        self.url = f"{base}/holds" if self._moved is None else f"{base}/{self._moved.id}/move"

    def make(self, at: Micros, clock: str, name: str) -> page.TimePress:
        local = self._view.look.clock.local(at).date()
        when = said(self._view.look.reader, at)
        if local == date.fromisoformat(self._view.look.state.day):
            when = str(self._view.look.words("today, %(time)s", time=clock))
        return page.TimePress(
            id=f"{name}-{at}",
            clock=clock,
            said=when,
            body=self._body(at),
            slot=self._slot(at),
        )

    def _body(self, at: Micros) -> str:
        when, choice = to_datetime(at), self._view.asked.choice
        if self._moved is not None:
            return msgspec.json.encode(MoveAppointmentRequest(when)).decode()
        return msgspec.json.encode(HoldTimeRequest(choice.services, when, choice.party_size, choice.people)).decode()

    def _slot(self, at: Micros) -> str:
        if self._moved is not None:
            return f"move:{self._moved.id}:{self._moved.revision}:{at}"
        return f"hold:{at}:{self._view.asked.choice.query()}"
