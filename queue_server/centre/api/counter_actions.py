"""What a counter does: call, recall, start, finish, missed, transfer, park, hand back, undo; open, pause, close."""

from collections.abc import Iterable

from queue_server.accounts import staff_store
from queue_server.accounts.model import AccountRules
from queue_server.centre import views
from queue_server.centre.advancing import Advancing
from queue_server.centre.errors import CounterNotSilentError, SkillsNotSetUpError
from queue_server.centre.refusals import refused
from queue_server.centre.submit import centre_of, done_before, execute
from queue_server.contract.catalogue import SkillsView
from queue_server.contract.visits import (
    CallNextAnswer,
    CallRequest,
    CounterAnswer,
    CounterRequest,
    OpenRequest,
    ParkRequest,
    PauseRequest,
    TransferRequest,
    UndoRequest,
    Why,
)
from queue_server.domain.values import (
    MINUTE,
    CounterId,
    GovernmentId,
    Language,
    Micros,
    ServiceId,
    StepId,
    VisitId,
    to_datetime,
)
from queue_server.framework.permissions import PrincipalKind
from queue_server.framework.problems import BodyInvalidError
from queue_server.framework.refusals import refuses
from queue_server.framework.request_context import RequestContext
from queue_server.queue import commands as c
from queue_server.queue.events import VisitCalled
from queue_server.queue.settings import Skills
from queue_server.writer import CommandResult


def _counter(ask: RequestContext) -> CounterId:
    return CounterId(ask.path("counter"))


def _guard(ask: RequestContext) -> VisitId | None:
    visit = ask.body(CounterRequest).visit
    return None if visit is None else VisitId(visit)


@refuses(refused(c.CallNext))
async def call_next(ask: RequestContext) -> CallNextAnswer:
    """Call the next; the answer of a repeated request is the visit called then, as it is now."""
    answer = await execute(ask, c.CallNext(_counter(ask)))
    for event in answer.events:
        if isinstance(event.body, VisitCalled):
            called = event.body
            why = Why(
                rule=called.rule.value,
                category=called.category,
                counts_from=to_datetime(called.counts_from),
                promise_min=called.promise,
                due=to_datetime(called.due),
                considered=called.considered,
            )
            return CallNextAnswer(views.visit_by_id(answer.state, called.visit), why, answer.cursor)
    return CallNextAnswer(None, None, answer.cursor)


@refuses(refused(c.CallVisit))
async def call(ask: RequestContext) -> CounterAnswer:
    wanted = ask.body(CallRequest)
    return _answer(ask, await execute(ask, c.CallVisit(_counter(ask), VisitId(wanted.visit), wanted.reason)))


@refuses(refused(c.Recall))
async def recall(ask: RequestContext) -> CounterAnswer:
    return _answer(ask, await execute(ask, c.Recall(_counter(ask), _guard(ask))))


@refuses(refused(c.StartServing))
async def start(ask: RequestContext) -> CounterAnswer:
    return _answer(ask, await execute(ask, c.StartServing(_counter(ask), _guard(ask))))


@refuses(refused(c.Finish))
async def finish(ask: RequestContext) -> CounterAnswer:
    await _check_going_on(ask, _guard(ask), None)
    return _answer(ask, await execute(ask, c.Finish(_counter(ask), _guard(ask))))


@refuses(refused(c.Missed))
async def missed(ask: RequestContext) -> CounterAnswer:
    return _answer(ask, await execute(ask, c.Missed(_counter(ask), _guard(ask))))


@refuses(refused(c.Transfer))
async def transfer(ask: RequestContext) -> CounterAnswer:
    """Hand on whom the counter has.

    Raises:
        BodyInvalidError: not exactly one of step and counter is named.
    """
    wanted = ask.body(TransferRequest)
    if (wanted.step is None) == (wanted.counter is None):
        raise BodyInvalidError("Expected exactly one of `step` and `counter` - at `$`")
    command = c.Transfer(
        counter=_counter(ask),
        reason=wanted.reason,
        visit=None if wanted.visit is None else VisitId(wanted.visit),
        to_step=None if wanted.step is None else StepId(wanted.step),
        to_counter=None if wanted.counter is None else CounterId(wanted.counter),
        where=wanted.where,
    )
    if command.to_step is not None:
        await _check_going_on(ask, command.visit, command.to_step)
    return _answer(ask, await execute(ask, command))


async def _check_going_on(ask: RequestContext, visit: VisitId | None, to: StepId | None) -> None:
    """Ask other rooms whether the visit at the counter may go on to a later step."""
    await ask.server[Advancing].check(ask, centre_of(ask).writer.state, _counter(ask), visit, to)


@refuses(refused(c.Park))
async def park(ask: RequestContext) -> CounterAnswer:
    """Put whom the counter has aside; minutes count from now by this server's clock."""
    wanted = ask.body(ParkRequest)
    command = c.Park(
        counter=_counter(ask),
        reason=wanted.reason,
        visit=None if wanted.visit is None else VisitId(wanted.visit),
        until=None if wanted.minutes is None else Micros(ask.server.clock() + wanted.minutes * MINUTE),
    )
    return _answer(ask, await execute(ask, command))


@refuses(CounterNotSilentError, refused(c.HandBack))
async def hand_back(ask: RequestContext) -> CounterAnswer:
    """Give whom a counter has back to the queue: one's own at any time, another's once it has gone silent.

    Raises:
        CounterNotSilentError: somebody was seen there lately, and this is not a manager.
    """
    if not await _may_hand_back(ask) and not await done_before(ask):
        raise CounterNotSilentError(counter=_counter(ask))
    return _answer(ask, await execute(ask, c.HandBack(_counter(ask), _guard(ask))))


async def _may_hand_back(ask: RequestContext) -> bool:
    counter, principal = _counter(ask), ask.principal
    if principal.staff is None or principal.counter == counter or PrincipalKind.MANAGER in principal.kinds:
        return True
    centre, now, rules = centre_of(ask).id, ask.server.clock(), ask.server.settings[AccountRules]
    return await ask.server.log.run(lambda connection: staff_store.is_silent(connection, centre, counter, now, rules))


@refuses(refused(c.UndoCommand))
async def undo(ask: RequestContext) -> CounterAnswer:
    return _answer(ask, await execute(ask, c.UndoCommand(_counter(ask), ask.body(UndoRequest).seq)))


@refuses(SkillsNotSetUpError, refused(c.OpenCounter))
async def open_counter(ask: RequestContext) -> CounterAnswer:
    """Open with the skills of the set-up, or with those of them that the body names for today.

    Raises:
        SkillsNotSetUpError: the body names others.
    """
    counter, wanted = _counter(ask), ask.body(OpenRequest).skills
    set_up = centre_of(ask).settings.counters.get(counter)
    if wanted is not None:
        if set_up is not None and not await done_before(ask):
            _check_skills(ask, wanted, set_up.skills)
        skills = Skills(
            tuple(dict.fromkeys(map(StepId, wanted.steps))),
            tuple(dict.fromkeys(map(ServiceId, wanted.services))),
            tuple(dict.fromkeys(map(GovernmentId, wanted.governments))),
            tuple(dict.fromkeys(map(Language, wanted.languages))),
        )
    else:
        skills = Skills() if set_up is None else set_up.skills
    return _answer(ask, await execute(ask, c.OpenCounter(counter, ask.principal.staff, skills)))


def _check_skills(ask: RequestContext, wanted: SkillsView, set_up: Skills) -> None:
    """Refuse skills that the counter is not set up with; where it takes any, those that the centre does not know."""
    services = centre_of(ask).settings.services.values()
    known: dict[str, Iterable[str]] = {
        "steps": (step.step for service in services for step in service.steps),
        "services": (service.id for service in services),
        "governments": (service.government for service in services),
        "languages": centre_of(ask).facts.catalogue.centre.languages,
    }
    for sort, all_there_are in known.items():
        asked, own = set(getattr(wanted, sort)), set(getattr(set_up, sort))
        # No skills of a sort means any: more than a counter has that is set up with some.
        if (own and not asked) or not asked <= (own or set(all_there_are)):
            raise SkillsNotSetUpError(sort=sort)


@refuses(refused(c.CloseCounter))
async def close_counter(ask: RequestContext) -> CounterAnswer:
    return _answer(ask, await execute(ask, c.CloseCounter(_counter(ask))))


@refuses(refused(c.PauseCounter))
async def pause(ask: RequestContext) -> CounterAnswer:
    return _answer(ask, await execute(ask, c.PauseCounter(_counter(ask), ask.body(PauseRequest).reason)))


def _answer(ask: RequestContext, answer: CommandResult) -> CounterAnswer:
    """Show the counter, and the visit that the command touched."""
    visits = [visit for event in answer.events if (visit := getattr(event.body, "visit", None)) is not None]
    return CounterAnswer(
        counter=views.counter_view(answer.state, centre_of(ask).facts, _counter(ask)),
        visit=views.visit_by_id(answer.state, visits[-1]) if visits else None,
        cursor=answer.cursor,
    )
