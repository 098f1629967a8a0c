"""How what is tried is made so: by the page of staffing, where it is looked at once more, and at the counters. Pure."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from queue_server.catalogue.appointments import StaffingDefinition
from queue_server.domain.values import MINUTE, CounterId, CounterState, StepId, to_datetime
from queue_server.forecast.what_if import Absent, OneMore, PlanChange, Present
from queue_server.queue.settings import Skills
from queue_server.web.forecast import forecast_words
from queue_server.web.forecast.forecast_view import ForecastView
from queue_server.web.forecast.foresight import ForeseenMoment
from queue_server.web.forecast.page import MadeSo
from queue_server.web.manager.counter_acts import CounterMoment, close
from queue_server.web.manager.page import ActionButton
from queue_server.web.staffing.day_query import ChangeQuery, ChangeVerb, address


def made_so(view: ForecastView, moment: ForeseenMoment) -> Iterator[MadeSo]:
    """Say of each change that is tried how it comes about."""
    for number, change in enumerate(view.asked.changes):
        yield MadeSo(
            id=f"make-{number}",
            head=forecast_words.change(view, change),
            address=_staffing(view, moment, change),
            note=_note(view, change),
            close=_close(view, moment, change),
        )


def _staffing(view: ForecastView, moment: ForeseenMoment, change: PlanChange) -> str:
    """Give the page of staffing with the change filled in; "" where it knows no such."""
    verb: ChangeVerb
    match change:
        case OneMore(step, start, end):
            verb, pool = "more", _pool_of_step(view, step)
        case Present(counter, start, end):
            verb, pool = "more", _pool_of(view, moment, counter)
        case Absent(counter, start, end):
            verb, pool = "fewer", _pool_of(view, moment, counter)
        case _:
            return ""
    if pool is None or view.setup.appointments is None:
        return ""
    return address(view.look.state.day, ChangeQuery(verb, to_datetime(start), to_datetime(end), pool, 1))


def _pool_of_step(view: ForecastView, step: StepId) -> str | None:
    """Choose the pool that does the least beside a step, and that for anybody."""
    found = [one for one in view.setup.staffing if not one.steps or step in one.steps]
    if not found:
        return None
    return min(found, key=lambda one: (_breadth(one.steps), len(one.services), len(one.governments), one.id)).id


def _pool_of(view: ForecastView, moment: ForeseenMoment, counter: CounterId) -> str | None:
    """Name the pool to which a counter of the plan belongs, or that is most like it."""
    if counter.startswith("plan/"):
        return counter.split("/")[1]
    here = next((one for one in moment.plan.counters if one.id == counter), None)
    found = [] if here is None else [one for one in view.setup.staffing if _fits(here.skills, one)]
    return min(found, key=_breadths).id if found else None


def _fits(skills: Skills, pool: StaffingDefinition) -> bool:
    """Tell whether a counter does what a pool is for: the same, or less of it."""
    pairs = ((skills.steps, pool.steps), (skills.services, pool.services), (skills.governments, pool.governments))
    return all(not theirs or (own and set(own) <= set(theirs)) for own, theirs in pairs)


def _breadths(pool: StaffingDefinition) -> tuple[int, int, int]:
    return _breadth(pool.steps), _breadth(pool.services), _breadth(pool.governments)


def _breadth(of: Sequence[str]) -> int:
    """Count what a pool takes; one for anything takes more than any other."""
    return len(of) or 1_000


def _note(view: ForecastView, change: PlanChange) -> Markup:
    """Say who has to be asked: a counter is opened by whoever sits there."""
    _, look = view.look.words, view.look
    if isinstance(change, OneMore):
        shut = [
            look.plate_of(one.id)
            for one in look.state.counters.values()
            if one.state is CounterState.CLOSED and (not one.skills.steps or change.step in one.skills.steps)
        ]
        if not shut:
            return _("Every counter that can take it is open.")
        return _("Closed, and can take it: %(counters)s. Whoever sits there opens it.", counters=_(", ").join(shut))
    if isinstance(change, Present):
        return _("Ask who sits there, or somebody who stands in for them.")
    if isinstance(change, Absent):
        return Markup()
    return _("Whether they come is up to them.")


def _close(view: ForecastView, moment: ForeseenMoment, change: PlanChange) -> ActionButton | None:
    """Offer to close a counter that should not be there from now on."""
    if not isinstance(change, Absent) or change.start > moment.base.now + MINUTE:
        return None
    state = view.look.state
    counter = state.counters.get(change.counter)
    if counter is None:
        return None
    api, visit = f"/api/v1/centres/{state.centre}", counter.visit
    here = (
        CounterMoment(api, counter) if visit is None else CounterMoment(api, counter, visit, state.visits[visit].code)
    )
    return close(view.look.words, here)
