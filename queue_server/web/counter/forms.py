"""What the dialogs about the visit at the counter offer: where to hand it on, why to park it, what to change."""

from collections.abc import Iterator
from functools import partial

from markupsafe import Markup

from queue_server.domain.values import Category, CounterState, ParkReason, StepId, TransferReason, Where
from queue_server.queue.order import can_serve
from queue_server.queue.state import Counter, Visit
from queue_server.web import wording
from queue_server.web.counter import page
from queue_server.web.counter.counter_context import CounterLook

#: Minutes until somebody means to be back, as they are offered; the first stands for "not said".
MINUTES = (0, 5, 10, 15, 30, 60, 120)
USUAL_MINUTES = 15


def forms(look: CounterLook, visit: Visit) -> page.Forms:
    steps = look.ever(
        ("steps-with", visit.steps),
        lambda: tuple(dict.fromkeys((*(plan.step for plan in visit.steps), *look.known.steps))),
    )
    waits = tuple(look.waiting_at(step) for step in steps if step != visit.step.step)
    counters = _all_counters(look, visit)
    return look.kept("forms", (visit, waits, counters), lambda: _forms(look, visit))


def _forms(look: CounterLook, visit: Visit) -> page.Forms:
    _ = look.words
    return page.Forms(
        visit=visit.id,
        code=visit.code,
        line=_(
            "%(party)s, now at %(step)s, counter %(plate)s",
            party=wording.party(_, visit.party_size),
            step=look.step(visit.step.step),
            plate=look.plate,
        ),
        targets=tuple(_targets(look, visit)),
        reasons=look.ever("transfer-reasons", lambda: _reasons(look)),
        places=_places(look, visit),
        park_reasons=look.ever("park-reasons", lambda: _park_reasons(look)),
        minutes=look.ever("minutes", lambda: _all_minutes(look)),
        categories=_categories(look, visit),
        asks_priority=visit.asks_priority,
        party=visit.party_size,
        most=max(look.settings.max_party, visit.party_size),
        languages=_languages(look, visit),
        services=tuple(
            page.Option(service, Markup.escape(look.service_name(service)), chosen=True) for service in visit.services
        ),
        others=tuple(
            one for one in look.ever("all-services", lambda: _services(look)) if one.value not in visit.services
        ),
    )


def _reasons(look: CounterLook) -> tuple[page.Option, ...]:
    return tuple(
        page.Option(reason, wording.transfer_reason(look.words, reason), reason is TransferReason.NEXT_STEP)
        for reason in TransferReason
    )


def _park_reasons(look: CounterLook) -> tuple[page.Option, ...]:
    return tuple(
        page.Option(reason, wording.park_reason(look.words, reason), reason is ParkReason.DOCUMENT)
        for reason in ParkReason
    )


def _all_minutes(look: CounterLook) -> tuple[page.Option, ...]:
    return tuple(page.Option(str(many or ""), _minutes(look, many), many == USUAL_MINUTES) for many in MINUTES)


def _services(look: CounterLook) -> tuple[page.Option, ...]:
    """Name all services with their governments."""
    return tuple(
        page.Option(service.id, Markup("{} · {}").format(name, look.government_name(service.government)))
        for service in look.known.catalogue.services
        if (name := look.name(service.name, service.id))
    )


def _minutes(look: CounterLook, many: int) -> Markup:
    if not many:
        return look.words("not said")
    return look.words.ngettext("in %(count)s minute", "in %(count)s minutes", many)


def _places(look: CounterLook, visit: Visit) -> tuple[page.Option, ...]:
    _, due = look.words, look.clock.hhmm(visit.due)
    return (
        page.Option(Where.ORDER, _("Keeps its due time, %(time)s", time=due), chosen=True),
        page.Option(Where.END, _("At the end: counts from now")),
        page.Option(Where.FRONT, _("At the front: due now")),
    )


def _categories(look: CounterLook, visit: Visit) -> tuple[page.Option, ...]:
    """Offer what staff can set: an appointment has to be proved, so only who came with one has it."""
    given = {visit.category, Category.WALK_IN, Category.PRIORITY, Category.URGENT}
    proved = given if visit.appointment is None else given | {Category.APPOINTMENT}
    return tuple(
        page.Option(category, wording.category(look.words, category), category is visit.category)
        for category in Category
        if category in proved
    )


def _languages(look: CounterLook, visit: Visit) -> tuple[page.Option, ...]:
    known = dict.fromkeys((*look.known.catalogue.centre.languages, visit.language))
    return tuple(page.Option(tag, Markup.escape(look.spoken(tag)), tag == visit.language) for tag in known)


def _targets(look: CounterLook, visit: Visit) -> Iterator[page.Target]:
    """List where the visit can go: the next step, other counters for this one, later and earlier steps, extra ones."""
    _, here = look.words, visit.at_step
    seen = {visit.step.step}
    if visit.next_stop is not None and (following := visit.steps[visit.next_stop].step) not in seen:
        seen.add(following)
        yield _step(look, following, _("next step of the itinerary"), TransferReason.NEXT_STEP)
    yield from _counters(look, visit)
    for plan in visit.steps[here + 1 :]:
        if plan.step not in seen:
            seen.add(plan.step)
            yield _step(look, plan.step, _("later step: what lies between is left out"), TransferReason.WRONG_STEP)
    for plan in reversed(visit.steps[:here]):
        if plan.step not in seen:
            seen.add(plan.step)
            yield _step(look, plan.step, _("goes back to this step"), TransferReason.WRONG_STEP)
    for step in look.known.steps:
        if step not in seen:
            note = _("extra step, comes back to %(step)s", step=look.step(visit.step.step))
            yield _step(look, step, note, TransferReason.SPECIALIST)


def _step(look: CounterLook, step: StepId, note: Markup, reason: TransferReason) -> page.Target:
    name = Markup.escape(look.step(step))
    return page.Target("step", step, wording.step_icon(step), name, note, _waits(look, step), reason)


def _waits(look: CounterLook, step: StepId) -> Markup:
    waiting, overdue = look.waiting_at(step)
    return look.ever(("waits", waiting, overdue), lambda: _waiting(look, waiting, overdue))


def _waiting(look: CounterLook, waiting: int, overdue: int) -> Markup:
    _ = look.words
    count = _.ngettext("%(count)s waiting", "%(count)s waiting", waiting) if waiting else _("nobody waits")
    if overdue:
        count = _(", ").join((count, _.ngettext("%(count)s overdue", "%(count)s overdue", overdue)))
    return count


def _counters(look: CounterLook, visit: Visit) -> Iterator[page.Target]:
    """List the other counters that are not closed: those that speak the party's language, then those of this step."""
    return (one for one in _all_counters(look, visit) if one.value != look.counter.id)


def _all_counters(look: CounterLook, visit: Visit) -> tuple[page.Target, ...]:
    """List that of all counters, whoever asks among them."""
    stop = visit.step
    sort = stop.step, stop.service, stop.government, visit.language
    return look.once(("targets", sort), lambda: _targets_in_order(look, visit))


def _targets_in_order(look: CounterLook, visit: Visit) -> tuple[page.Target, ...]:
    found = []
    for counter in _in_order(look, visit):
        key = "target", counter.id, counter.skills, counter.state, visit.step.step, visit.language
        found.append(look.ever(key, partial(_counter, look, counter, visit)))
    return tuple(found)


def _in_order(look: CounterLook, visit: Visit) -> list[Counter]:
    others = [counter for counter in look.state.counters.values() if counter.state is not CounterState.CLOSED]
    place = {ident: index for index, ident in enumerate(look.known.plates)}
    return sorted(
        others, key=lambda one: (not _speaks(one, visit), not _fits(one, visit), place.get(one.id, len(place)))
    )


def _speaks(counter: Counter, visit: Visit) -> bool:
    return visit.language in counter.skills.languages


def _fits(counter: Counter, visit: Visit) -> bool:
    return can_serve(counter.skills, visit, language_filters=False)


def _counter(look: CounterLook, counter: Counter, visit: Visit) -> page.Target:
    _ = look.words
    notes = [look.steps(counter.skills)]
    if _speaks(counter, visit):
        notes.append(_("speaks %(language)s", language=look.spoken_within(visit.language)))
    state = _("paused") if counter.state is CounterState.PAUSED else _("only this counter calls it")
    reason = TransferReason.LANGUAGE if _speaks(counter, visit) else TransferReason.SPECIALIST
    name = _("%(step)s, counter %(plate)s", step=look.step(visit.step.step), plate=look.plate_of(counter.id))
    icon = wording.step_icon(visit.step.step)
    return page.Target("counter", counter.id, icon, name, Markup(" · ").join(notes), state, reason)
