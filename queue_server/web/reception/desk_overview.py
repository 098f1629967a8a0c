"""Around the desk: who asked for priority, how long it takes where, and the list of today's tickets."""

from collections.abc import Iterable, Sequence

import msgspec
from markupsafe import Markup

from queue_server.domain.values import MINUTE, Category, CounterState, StepId, VisitId, VisitState
from queue_server.queue.state import StepRecord, Visit
from queue_server.web import times, wording
from queue_server.web.reception import page, search, words
from queue_server.web.reception.page import Press
from queue_server.web.reception.ticket_view import service_name
from queue_server.web.view_context import StaffView

#: Lines of the list; typing narrows it.
ROWS = 9
_OVER = (VisitState.DONE, VisitState.CANCELLED, VisitState.NOT_SERVED)


def wishes(look: StaffView) -> tuple[page.PriorityWish, ...]:
    """List those who asked for priority and wait for an answer, the first who asked on top."""
    asking = [visit for visit in look.state.visits.values() if visit.asks_priority and visit.state not in _OVER]
    return tuple(_wish(look, visit) for visit in sorted(asking, key=lambda visit: visit.issued_at))


def _wish(look: StaffView, visit: Visit) -> page.PriorityWish:
    _ = look.words
    facts = (look.service(visit), look.spoken(visit.language), wording.party(_, visit.party_size))
    url = f"/api/v1/centres/{look.state.centre}/visits/{visit.id}/reclassify"
    answers = ((Category.PRIORITY, _("Priority")), (Category.URGENT, _("Urgent")), (visit.category, _("No")))
    return page.PriorityWish(
        visit=visit.id,
        code=visit.code,
        facts=Markup(" · ").join(facts),
        since=_("since %(time)s", time=look.clock.hhmm(visit.issued_at)),
        answers=tuple(
            Press(
                act=f"wish-{visit.id}-{index}",
                icon="",
                label=label,
                url=url,
                body=msgspec.json.encode({"category": category}).decode(),
                slot=f"wish:{visit.id}:{visit.last_seq}:{index}",
            )
            for index, (category, label) in enumerate(answers)
        ),
    )


def waits(look: StaffView) -> tuple[page.StepWait, ...]:
    """Say for every step where anybody waits or a counter is open: how many, how long the last one called waited."""
    waiting = list(look.waiting())
    counters = [one for one in look.state.counters.values() if one.state is CounterState.OPEN]
    made = []
    for step in (*look.known.steps, *{visit.step.step for visit in waiting} - set(look.known.steps)):
        here = [visit for visit in waiting if visit.step.step == step]
        able = sum(not one.skills.steps or step in one.skills.steps for one in counters)
        named = any(step in one.skills.steps for one in counters)
        if here or named:
            made.append(_wait(look, step, here, able))
    return tuple(made)


def _wait(look: StaffView, step: StepId, here: Sequence[Visit], able: int) -> page.StepWait:
    _ = look.words
    last = _last_called(look.state.visits.values(), step)
    overdue = sum(times.minutes_left(visit.due, look.now) < 0 for visit in here)
    return page.StepWait(
        name=look.step(step),
        icon=wording.step_icon(step),
        waiting=len(here),
        last=_("nobody yet")
        if last is None or last.called_at is None
        else _.ngettext("%(count)s min", "%(count)s min", (last.called_at - last.ready_at) // MINUTE),
        open=Markup.escape(able) if able else _("none"),
        late=_.ngettext("%(count)s late", "%(count)s late", overdue) if overdue else Markup(),
    )


def _last_called(visits: Iterable[Visit], step: StepId) -> StepRecord | None:
    called = (record for visit in visits for record in visit.records if record.step == step and record.called_at)
    return max(called, key=lambda record: record.called_at or 0, default=None)


def listing(look: StaffView, typed: str, only: Sequence[VisitId]) -> page.Listing:
    """List today's tickets, the newest first: all, those that fit what was typed, or ``only`` some that were found."""
    _, visits = look.words, look.state.visits
    if only:
        found = [visits[one] for one in only if one in visits]
        head = _.ngettext(
            "%(count)s ticket on this document today", "%(count)s tickets on this document today", len(found)
        )
        empty = _("There is no ticket of today on this document.")
    else:
        wanted = search.words(typed)
        found = [visit for visit in visits.values() if not wanted or search.fits(wanted, _known(look, visit))]
        head, empty = _("Tickets of today"), _("No ticket of today fits.") if wanted else _("No ticket yet today.")
    found.sort(key=lambda visit: (visit.issued_at, visit.seq), reverse=True)
    return page.Listing(
        head=head,
        total=len(found),
        rows=tuple(_found(look, visit) for visit in found[:ROWS]),
        more=_("Type to find the others.") if len(found) > ROWS else Markup(),
        empty=empty,
    )


def _known(look: StaffView, visit: Visit) -> list[str]:
    """Collect the folded words by which a visit is found."""
    governments = dict.fromkeys(plan.government for plan in visit.steps)
    texts = (
        visit.code,
        # People leave out zeros: B 42 is B 042.
        f"{visit.code[0]}{int(visit.code[1:])}",
        look.clock.hhmm(visit.issued_at),
        *(service_name(look, service) for service in visit.services),
        *(one for government in governments for one in (government, wording.plain(look.government(government)))),
        wording.plain(words.state(look, visit)),
        wording.plain(wording.category(look.words, visit.category)),
        look.spoken(visit.language),
    )
    return [word for text in texts for word in search.fold(text).split()]


def _found(look: StaffView, visit: Visit) -> page.FoundTicket:
    names = look.words(", ").join(service_name(look, service) for service in visit.services)
    return page.FoundTicket(
        visit=visit.id,
        code=visit.code,
        what=names,
        issued=look.clock.hhmm(visit.issued_at),
        state=words.state(look, visit),
        over=visit.state in _OVER,
    )
