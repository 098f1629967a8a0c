"""Turns a centre's day into the counter page of one counter. Pure: the day, the set-up and the time come in.

The engine decides; here is only said what it decided and what it would decide now.
"""

from markupsafe import Markup

from queue_server.centre.views import Facts
from queue_server.domain.values import CounterId, Micros, VisitState
from queue_server.queue.settings import CentreSettings
from queue_server.queue.state import DayState, Undoable, Visit
from queue_server.queue.undo import undoable
from queue_server.web import help_calls, times, wording
from queue_server.web.counter import aside, centre_part, find, forms, keys, page, queue_part, visit_part
from queue_server.web.counter.counter_context import CounterLook
from queue_server.web.help_calls import HelpCallView
from queue_server.web.history import NOBODY, HistoryEntry, Onlooker, history
from queue_server.web.rules import PageRules
from queue_server.web.view_context import Kept, PageReader, Shared


def _head(look: CounterLook, stage: page.Stage) -> tuple[Markup, Markup]:
    """Heading, and the sentence beside it while nobody is at the counter."""
    _, counter = look.words, look.counter
    if look.visit is not None:
        return Markup.escape(look.service(look.visit)), Markup()
    time = look.clock.hhmm(counter.since)
    if stage == "paused":
        reason = Markup() if counter.pause is None else wording.pause_reason(_, counter.pause)
        return _("Paused"), _("%(reason)s, since %(time)s", reason=reason, time=time)
    if stage == "closed":
        lead = _("closed since %(time)s", time=time) if counter.since else _("not open yet today")
        return _("This counter is closed"), lead
    return _("Ready to call"), _("Nobody at your counter since %(time)s", time=time)


def _refresh_at(look: CounterLook, act: Undoable | None) -> Micros:
    """The next instant at which the page changes by time alone."""
    ahead = [times.next_minute(look.now), *help_calls.turns(look)]
    if look.visit is not None and look.visit.state is VisitState.CALLED:
        ahead.append(keys.missed_from(look.visit, look.settings))
    if act is not None:
        # Undo is possible up to and with the end of its window.
        ahead.append(act.at + look.settings.undo_window + 1)
    return Micros(min(at for at in ahead if at > look.now))


def _empty_head(look: CounterLook) -> Markup:
    count = len(look.queue)
    if count == 0:
        return look.words("Your queue is empty")
    return look.words.ngettext(
        "%(count)s visit waits that you could serve", "%(count)s visits wait that you could serve", count
    )


def _empty_text(look: CounterLook, stage: page.Stage) -> Markup:
    _ = look.words
    if stage == "closed":
        return _("Open the counter, then the next visit is shown here and can be called.")
    if stage == "paused":
        return _("Nobody is called here until you go on. The queue is served by the other counters.")
    return _("A new ticket appears here by itself. There is nothing you have to do.")


def _news(look: CounterLook, stage: page.Stage, helps: tuple[HelpCallView, ...]) -> str:
    """Say what a person who does not see the page must hear: help calls first, then who is at the counter."""
    _ = look.words
    said = help_calls.news(look, helps)
    if look.visit is not None:
        code = look.visit.code
        said.append(
            _("%(code)s is called.", code=code) if stage == "called" else _("%(code)s is being served.", code=code)
        )
    return wording.plain(Markup(" ").join(said))


def _is_anybody_callable(state: DayState) -> bool:
    return any(one.state in find.CALLABLE for one in state.visits.values())


def _history(look: CounterLook, visit: Visit, onlooker: Onlooker) -> tuple[HistoryEntry, ...]:
    of = look.state.history.get(visit.id, ()), onlooker
    return look.kept("history", of, lambda: history(look, visit.id, onlooker))


def counter_page(
    state: DayState,
    known: Facts,
    settings: CentreSettings,
    counter: CounterId,
    *,
    reader: PageReader,
    now: Micros,
    silent: frozenset[CounterId] = frozenset(),
    rules: PageRules = PageRules(),  # noqa: B008 - frozen
    onlooker: Onlooker = NOBODY,
    shared: Shared | None = None,
    kept: Kept | None = None,
) -> page.CounterDeskPage:
    """Show ``counter`` as its staff should see it at ``now``; nobody is at ``silent`` counters any more.

    ``onlooker`` is who this person is, with the names of those who have acted on the visit; ``shared`` is what was
    found out already for another page of this state, time and language, ``kept`` what was for this one.
    """
    look = CounterLook(state, known, settings, counter, reader=reader, now=now, rules=rules, shared=shared, kept=kept)
    visit, stage = look.visit, look.stage()
    act = undoable(state, counter, settings, now)
    parked = aside.parked(look)
    situation = keys.Situation(
        counter=look.counter,
        visit=visit,
        candidate=look.queue[0] if look.queue else None,
        after=Markup() if visit is None else look.kept("note", (visit,), lambda: visit_part.finish_note(look, visit)),
        undoable=act,
        parked=parked,
        particular=look.wordless("particular", lambda: _is_anybody_callable(state)),
        settings=settings,
        api=f"/api/v1/centres/{state.centre}/counters/{counter}",
        plate=look.plate,
        now=now,
    )
    head, lead = look.kept("head", (look.counter, visit), lambda: _head(look, stage))
    others, more = centre_part.colleagues(look, silent)
    # A call from here for assistance is for the others: nothing on this screen may give it away.
    own = {call.id for call in state.helps.values() if call.counter == counter and call.waits}
    helps = tuple(call for call in help_calls.waiting(look) if call.id not in own) + help_calls.ended(look)
    return page.CounterDeskPage(
        stage=stage,
        plate=look.plate,
        steps=look.ever(("steps", look.counter.skills), lambda: look.steps(look.counter.skills)),
        head=head,
        lead=lead,
        empty_head=look.once(("empty-head", len(look.queue)), lambda: _empty_head(look)),
        empty_text=look.kept("empty-text", (stage,), lambda: _empty_text(look, stage)),
        now=now,
        refresh_at=_refresh_at(look, act),
        news=look.kept("news", (visit, stage, helps), lambda: _news(look, stage, helps)),
        keys=look.kept("keys", situation.of_keys(), lambda: keys.action_keys(situation, reader.words, reader.clock)),
        big_key=look.kept("big-key", situation.of_big_key(), lambda: keys.big_key(situation, reader.words)),
        visit=None if visit is None else visit_part.panel(look, visit),
        timer=None if visit is None else visit_part.timer(look, visit),
        itinerary=() if visit is None else visit_part.itinerary(look, visit),
        history=() if visit is None else _history(look, visit, onlooker),
        hint=Markup() if visit is None else visit_part.hint(look, visit),
        after=None if visit is None else visit_part.after(look, visit),
        next_up=queue_part.next_up(look),
        order=queue_part.order(look) if visit is None else (),
        rail=queue_part.rail(look),
        figures=centre_part.figures(look),
        forms=None if visit is None else forms.forms(look, visit),
        parked=parked,
        assisted=bool(own),
        day=centre_part.day(look),
        colleagues=others,
        more_colleagues=more,
        helps=helps,
    )
