"""What a counter does: call the next, recall, start, finish, missed, undo; open, pause, close."""

from queue_server.contract import messages as m
from queue_server.http import views
from queue_server.http.ask import Ask
from queue_server.queue import commands as c
from queue_server.queue.events import VisitCalled
from queue_server.queue.settings import Skills
from queue_server.values import CounterId, GovernmentId, Language, ServiceId, StepId, VisitId, to_datetime
from queue_server.writer import Answer


def _counter(ask: Ask) -> CounterId:
    return CounterId(ask.path("counter"))


def _guard(ask: Ask) -> VisitId | None:
    visit = ask.body(m.CounterRequest).visit
    return None if visit is None else VisitId(visit)


async def call_next(ask: Ask) -> m.CallNextAnswer:
    """Call the next; the answer of a repeated request is the visit called then, as it is now."""
    answer = await ask.execute(c.CallNext(_counter(ask)))
    for event in answer.events:
        if isinstance(event.body, VisitCalled):
            called = event.body
            why = m.Why(
                rule=called.rule.value,
                category=called.category,
                counts_from=to_datetime(called.counts_from),
                promise_min=called.promise,
                due=to_datetime(called.due),
                considered=called.considered,
            )
            return m.CallNextAnswer(views.visit_by_id(answer.state, called.visit), why, answer.cursor)
    return m.CallNextAnswer(None, None, answer.cursor)


async def recall(ask: Ask) -> m.CounterAnswer:
    return _answer(ask, await ask.execute(c.Recall(_counter(ask), _guard(ask))))


async def start(ask: Ask) -> m.CounterAnswer:
    return _answer(ask, await ask.execute(c.Start(_counter(ask), _guard(ask))))


async def finish(ask: Ask) -> m.CounterAnswer:
    return _answer(ask, await ask.execute(c.Finish(_counter(ask), _guard(ask))))


async def missed(ask: Ask) -> m.CounterAnswer:
    return _answer(ask, await ask.execute(c.Missed(_counter(ask), _guard(ask))))


async def undo(ask: Ask) -> m.CounterAnswer:
    return _answer(ask, await ask.execute(c.Undo(_counter(ask), ask.body(m.UndoRequest).seq)))


async def open_counter(ask: Ask) -> m.CounterAnswer:
    """Open with the skills of the set-up, or with those that the body names for today."""
    counter, wanted = _counter(ask), ask.body(m.OpenRequest).skills
    set_up = ask.centre.settings.counters.get(counter)
    if wanted is not None:
        skills = Skills(
            tuple(map(StepId, wanted.steps)),
            tuple(map(ServiceId, wanted.services)),
            tuple(map(GovernmentId, wanted.governments)),
            tuple(map(Language, wanted.languages)),
        )
    else:
        skills = Skills() if set_up is None else set_up.skills
    return _answer(ask, await ask.execute(c.OpenCounter(counter, ask.principal.staff, skills)))


async def close_counter(ask: Ask) -> m.CounterAnswer:
    return _answer(ask, await ask.execute(c.CloseCounter(_counter(ask))))


async def pause(ask: Ask) -> m.CounterAnswer:
    return _answer(ask, await ask.execute(c.PauseCounter(_counter(ask), ask.body(m.PauseRequest).reason)))


def _answer(ask: Ask, answer: Answer) -> m.CounterAnswer:
    """Show the counter, and the visit that the command touched."""
    visits = [visit for event in answer.events if (visit := getattr(event.body, "visit", None)) is not None]
    return m.CounterAnswer(
        counter=views.counter_view(answer.state, ask.centre.facts, _counter(ask)),
        visit=views.visit_by_id(answer.state, visits[-1]) if visits else None,
        cursor=answer.cursor,
    )
