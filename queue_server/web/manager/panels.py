"""Who is at each counter and what happens there, with the buttons of what managers may do."""

from markupsafe import Markup

from queue_server.domain.values import CounterState, VisitState
from queue_server.queue.state import Counter
from queue_server.web import wording
from queue_server.web.manager import alarms, counter_acts
from queue_server.web.manager.counter_acts import CounterMoment
from queue_server.web.manager.manager_context import ManagerView
from queue_server.web.manager.page import CounterPanel
from queue_server.web.wording import ticket


def panels(scene: ManagerView) -> tuple[CounterPanel, ...]:
    return tuple(_panel(scene, counter) for counter in scene.counters)


def _panel(scene: ManagerView, counter: Counter) -> CounterPanel:
    return CounterPanel(
        id=counter.id,
        plate=scene.plate_of(counter.id),
        steps=scene.steps(counter.skills),
        sentence=standing(scene, counter),
        acts=counter_acts.acts(scene.words, moment(scene, counter)),
    )


def standing(scene: ManagerView, counter: Counter) -> Markup:
    """Say in a sentence who is at a counter and what happens there."""
    _, hhmm = scene.words, scene.clock.hhmm
    silent = alarms.silent_since(counter, scene.presence, scene.limits, scene.now)
    said = [_at_work(scene, counter)]
    if counter.state is not CounterState.CLOSED and scene.who(counter):
        said.insert(0, Markup("{}.").format(scene.who(counter)))
    if silent is not None:
        said.append(_("Nobody was seen there since %(time)s.", time=hhmm(silent)))
    return Markup(" ").join(said)


def _at_work(scene: ManagerView, counter: Counter) -> Markup:
    _, hhmm = scene.words, scene.clock.hhmm
    visit = None if counter.visit is None else scene.state.visits[counter.visit]
    since = hhmm(counter.since)
    if visit is not None:
        if visit.state is VisitState.CALLED:
            return _("%(code)s is called since %(time)s.", code=ticket(visit.code), time=since)
        return _("%(code)s is served since %(time)s.", code=ticket(visit.code), time=since)
    if counter.state is CounterState.CLOSED:
        return _("Closed since %(time)s.", time=since) if counter.since else _("Not open yet today.")
    if counter.state is CounterState.PAUSED:
        reason = _("paused") if counter.pause is None else wording.pause_reason(_, counter.pause)
        return _("Paused since %(time)s: %(reason)s.", time=since, reason=reason)
    return _("Free since %(time)s.", time=since)


def moment(scene: ManagerView, counter: Counter) -> CounterMoment:
    """Give a counter and whom it has, as its buttons need them."""
    if counter.visit is None:
        return CounterMoment(scene.api, counter)
    return CounterMoment(scene.api, counter, counter.visit, scene.state.visits[counter.visit].code)
