"""Around the desk: who asked for priority, how long it takes where, and the list of today's tickets."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import partial

import msgspec
from markupsafe import Markup

from queue_server.domain.values import MINUTE, Category, CounterState, Micros, StepId, VisitId, VisitState
from queue_server.queue.state import Visit
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
    return tuple(_wish(look, visit) for visit in look.wordless("asking", lambda: _asking(look)))


def _asking(look: StaffView) -> list[Visit]:
    asking = (visit for visit in look.state.visits.values() if visit.asks_priority and visit.state not in _OVER)
    return sorted(asking, key=lambda visit: visit.issued_at)


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


def closed(look: StaffView) -> Markup:
    """Say which services are closed for today, empty where none is."""
    _, ids = look.words, sorted(look.state.closed_services)
    if not ids:
        return Markup()
    return _("Closed for today: %(services)s", services=Markup(" · ").join(map(look.full_service_name, ids)))


def waits(look: StaffView) -> tuple[page.StepWait, ...]:
    """Say for every step where anybody waits or a counter is open: how many, how long the last one called waited."""
    return tuple(
        look.ever(("step-wait", one), partial(_wait, look, one)) for one in look.wordless("steps", lambda: _steps(look))
    )


class _Step(msgspec.Struct, frozen=True):
    """How things stand at a step: who waits and is overdue, the minutes of the last one called, open counters."""

    id: StepId
    waiting: int
    overdue: int
    last_min: int | None
    able: int


def _steps(look: StaffView) -> tuple[_Step, ...]:
    waiting, last = defaultdict[StepId, list[Visit]](list), _last_called(look.state.visits.values())
    for visit in look.waiting():
        waiting[visit.step.step].append(visit)
    counters = [one for one in look.state.counters.values() if one.state is CounterState.OPEN]
    made = []
    for step in dict.fromkeys((*look.known.steps, *waiting)):
        here = waiting.get(step, ())
        able = sum(not one.skills.steps or step in one.skills.steps for one in counters)
        if here or any(step in one.skills.steps for one in counters):
            overdue = sum(times.minutes_left(visit.due, look.now) < 0 for visit in here)
            made.append(_Step(step, len(here), overdue, last.get(step), able))
    return tuple(made)


def _wait(look: StaffView, here: _Step) -> page.StepWait:
    _ = look.words
    return page.StepWait(
        name=look.step(here.id),
        icon=wording.step_icon(here.id),
        waiting=here.waiting,
        last=_("nobody yet") if here.last_min is None else _.ngettext("%(count)s min", "%(count)s min", here.last_min),
        open=Markup.escape(here.able) if here.able else _("none"),
        late=_.ngettext("%(count)s late", "%(count)s late", here.overdue) if here.overdue else Markup(),
    )


def _last_called(visits: Iterable[Visit]) -> dict[StepId, int]:
    """Find for each step how many minutes the one waited who was called there last."""
    called = dict[StepId, tuple[Micros, Micros]]()
    for visit in visits:
        for record in visit.records:
            if record.called_at and (record.step not in called or record.called_at > called[record.step][0]):
                called[record.step] = record.called_at, record.ready_at
    return {step: (at - ready) // MINUTE for step, (at, ready) in called.items()}


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
        found = (
            [visit for visit in visits.values() if search.fits(wanted, _known(look, visit))]
            if wanted
            else look.wordless("newest", lambda: _newest_first(visits.values()))
        )
        head, empty = _("Tickets of today"), _("No ticket of today fits.") if wanted else _("No ticket yet today.")
    if only or typed:
        found = _newest_first(found)
    return page.Listing(
        head=head,
        total=len(found),
        rows=tuple(_found(look, visit) for visit in found[:ROWS]),
        more=_("Type to find the others.") if len(found) > ROWS else Markup(),
        empty=empty,
    )


def _newest_first(visits: Iterable[Visit]) -> list[Visit]:
    return sorted(visits, key=lambda visit: (visit.issued_at, visit.seq), reverse=True)


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
    # Where a visit stands follows from it alone, and the codes of tickets.
    return look.ever(("found", visit.id, visit.last_seq), lambda: _timeless(look, visit))


def _timeless(look: StaffView, visit: Visit) -> page.FoundTicket:
    names = look.words(", ").join(service_name(look, service) for service in visit.services)
    return page.FoundTicket(
        visit=visit.id,
        code=visit.code,
        what=names,
        issued=look.clock.hhmm(visit.issued_at),
        state=words.state(look, visit),
        over=visit.state in _OVER,
    )
