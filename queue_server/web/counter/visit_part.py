"""The visit at the counter: the ticket in the hand, its journey, and what has happened at this step."""

import msgspec
from markupsafe import Markup

from queue_server.centre.views import StopState, stop_states
from queue_server.domain.values import CounterState, Micros, StepId, VisitState
from queue_server.queue.order import can_serve
from queue_server.queue.state import StepRecord, Visit
from queue_server.web import times, wording
from queue_server.web.counter import keys, page
from queue_server.web.counter.counter_context import CounterLook

#: Stops of the itinerary that there is room for, and those of them before the one at hand.
MAX_STOPS = 6
BEFORE = 2


def panel(look: CounterLook, visit: Visit) -> page.VisitPanel:
    return look.kept("panel", (visit,), lambda: _panel(look, visit))


def _panel(look: CounterLook, visit: Visit) -> page.VisitPanel:
    _, clock = look.words, look.clock
    called, last = visit.called_at or look.now, visit.last_call_at
    if visit.state is VisitState.CALLED:
        head = _("Called, on the way")
        foot = _("called %(time)s to counter %(plate)s", time=clock.hhmmss(called), plate=look.plate)
    else:
        head = _("Serving now")
        foot = (
            _("called %(time)s, again %(last)s", time=clock.hhmm(called), last=clock.hhmm(last))
            if visit.calls > 1 and last is not None
            else _("called %(time)s", time=clock.hhmm(called))
        )
    return page.VisitPanel(
        id=visit.id,
        code=visit.code,
        head=head,
        foot=foot,
        service=look.service(visit),
        government=look.government(visit.step.government),
        tags=look.tags(visit),
        sentence=Markup("{} {}").format(look.why(visit), promise_kept(look, visit)),
        notes=len(visit.notes),
        applications=len(visit.applications),
        party=visit.party_size,
    )


def promise_kept(look: CounterLook, visit: Visit) -> Markup:
    """Say how the call stands to the promise."""
    _, called = look.words, visit.called_at or look.now
    late = times.minutes_left(visit.due, called)
    if late >= 0:
        return _("Called %(time)s, promise kept.", time=look.clock.hhmm(called))
    return _.ngettext(
        "Called %(time)s, %(count)s min late.",
        "Called %(time)s, %(count)s min late.",
        -late,
        time=look.clock.hhmm(called),
    )


def timer(look: CounterLook, visit: Visit) -> page.Timer:
    _ = look.words
    if visit.state is VisitState.CALLED:
        since = visit.called_at or look.now
        limit = look.settings.missed_after
        return page.Timer(
            label=_("Called for"),
            since=Micros(since),
            text=times.stopwatch(look.now - since),
            limit=limit,
            gone=round(min(100.0, (look.now - since) * 100 / limit), 1) if limit else 100.0,
            mark=50,
            note=_("recall at %(time)s", time=times.stopwatch(limit // 2)),
        )
    since = visit.started_at or look.now
    return page.Timer(_("With you for"), Micros(since), times.stopwatch(look.now - since))


def itinerary(look: CounterLook, visit: Visit) -> tuple[page.ItineraryStop, ...]:
    """Show the plan around where the visit is; what there is no room for is counted at either end."""
    # Who waits is said of the stops that are to come.
    waits = tuple(_waiting_for(look, plan.step) for plan in visit.steps[visit.at_step + 1 :])
    return look.kept("itinerary", (visit, waits), lambda: _itinerary(look, visit))


def _itinerary(look: CounterLook, visit: Visit) -> tuple[page.ItineraryStop, ...]:
    states, records = stop_states(visit), _records(visit)
    first = max(0, min(visit.at_step - BEFORE, len(visit.steps) - MAX_STOPS))
    shown = range(first, min(len(visit.steps), first + MAX_STOPS))
    stops = [_stop(look, visit, index, states[index], records.get(index)) for index in shown]
    if first:
        stops[0] = _more(look, first + 1)
    if rest := len(visit.steps) - shown.stop:
        stops[-1] = _more(look, rest + 1)
    return tuple(stops)


def _more(look: CounterLook, count: int) -> page.ItineraryStop:
    return page.ItineraryStop(
        look.words.ngettext("%(count)s more step", "%(count)s more steps", count), "dots", "more", Markup()
    )


def _records(visit: Visit) -> dict[int, StepRecord]:
    """Find for each stop that is done what happened there: a visit may have been at a step more than once."""
    past = [record for record in visit.records[:-1] if record.finished_at is not None]
    found = {}
    for index, plan in enumerate(visit.steps):
        record = next((one for one in past if one.step == plan.step), None)
        if plan.done and record is not None:
            past.remove(record)
            found[index] = record
    return found


def _stop(
    look: CounterLook, visit: Visit, index: int, state: StopState, record: StepRecord | None
) -> page.ItineraryStop:
    _, clock, plan = look.words, look.clock, visit.steps[index]
    name, icon = look.step(plan.step), wording.step_icon(plan.step)
    if state == "done":
        if record is None or record.started_at is None or record.finished_at is None or record.counter is None:
            return page.ItineraryStop(name, icon, "done", _("done"))
        note = _(
            "%(start)s to %(end)s, counter %(plate)s",
            start=clock.hhmm(record.started_at),
            end=clock.hhmm(record.finished_at),
            plate=look.plate_of(record.counter),
        )
        return page.ItineraryStop(name, icon, "done", note)
    if state == "skipped":
        return page.ItineraryStop(name, icon, "skipped", _("left out"))
    if state == "now":
        if visit.state is VisitState.CALLED:
            note = _("Called to you, %(time)s", time=clock.hhmm(visit.called_at or look.now))
        else:
            note = _("Now, since %(time)s, with you", time=clock.hhmm(visit.started_at or look.now))
        return page.ItineraryStop(name, icon, "now", note)
    return page.ItineraryStop(name, icon, "next", _waiting_for(look, plan.step))


def _waiting_for(look: CounterLook, step: StepId) -> Markup:
    count, _ = look.waiting_at(step)
    return look.ever(("waiting-for", count), lambda: _say_waiting(look, count))


def _say_waiting(look: CounterLook, count: int) -> Markup:
    return look.words.ngettext("%(count)s waiting", "%(count)s waiting", count) if count else look.words("nobody waits")


def hint(look: CounterLook, visit: Visit) -> Markup:
    if visit.state is not VisitState.CALLED or keys.may_miss(visit, look.settings, look.now):
        return Markup()
    return look.kept("hint", (visit,), lambda: _hint(look, visit))


def _hint(look: CounterLook, visit: Visit) -> Markup:
    called = visit.called_at or look.now
    return look.words(
        "If nobody comes: recall at %(recall)s, and Missed is possible from %(missed)s.",
        recall=look.clock.hhmm(called + look.settings.missed_after // 2),
        missed=look.clock.hhmm(keys.missed_from(visit, look.settings)),
    )


def after(look: CounterLook, visit: Visit) -> page.After:
    _ = look.words
    if (stop := visit.next_stop) is None:
        return page.After(Markup(), _("This is the last step today: the visit is over when you finish."))
    plan = visit.steps[stop]
    key = "open-for", plan.step, plan.service, plan.government, visit.language
    plates = look.wordless(key, lambda: _open_for(look, msgspec.structs.replace(visit, at_step=stop)))
    waits = _waiting_for(look, plan.step)
    return look.kept("after", (visit, waits, plates), lambda: _after(look, plan.step, waits, plates))


def _open_for(look: CounterLook, visit: Visit) -> tuple[str, ...]:
    return tuple(
        look.plate_of(counter.id)
        for counter in look.state.counters.values()
        if counter.state is CounterState.OPEN
        and can_serve(counter.skills, visit, language_filters=look.settings.language_filters)
    )


def _after(look: CounterLook, step: StepId, waits: Markup, plates: tuple[str, ...]) -> page.After:
    _ = look.words
    sentence = (
        _("They take a seat and watch the boards. Open for it now:")
        if plates
        else _("They take a seat and watch the boards. No counter is open for it now.")
    )
    head = _("Then: %(step)s, %(waiting)s", step=look.step(step), waiting=waits)
    return page.After(head, sentence, plates)


def finish_note(look: CounterLook, visit: Visit) -> Markup:
    if visit.next_stop is None:
        return look.words("last step of the visit")
    return look.words("to %(step)s", step=look.step(visit.steps[visit.next_stop].step))
