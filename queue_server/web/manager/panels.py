"""What managers may do at a counter that is not theirs: pause it, let it go on, close it, hand back whom it has."""

import msgspec
from markupsafe import Markup

from queue_server.domain.values import CounterState, PauseReason, VisitState
from queue_server.queue.state import Counter
from queue_server.web import wording
from queue_server.web.manager import alarms
from queue_server.web.manager.manager_context import ManagerView
from queue_server.web.manager.page import ActionButton, CounterPanel
from queue_server.web.wording import ticket


def panels(scene: ManagerView) -> tuple[CounterPanel, ...]:
    return tuple(_panel(scene, counter) for counter in scene.counters)


def _panel(scene: ManagerView, counter: Counter) -> CounterPanel:
    return CounterPanel(
        id=counter.id,
        plate=scene.plate_of(counter.id),
        steps=scene.steps(counter.skills),
        sentence=standing(scene, counter),
        acts=acts(scene, counter),
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


def acts(scene: ManagerView, counter: Counter) -> tuple[ActionButton, ...]:
    """List all that can be done at a counter; what cannot be done now says why."""
    _ = scene.words
    visit = None if counter.visit is None else scene.state.visits[counter.visit]
    busy = Markup() if visit is None else _("hand back %(code)s first", code=ticket(visit.code))
    closed = _("is closed") if counter.state is CounterState.CLOSED else Markup()
    paused = _("is paused") if counter.state is CounterState.PAUSED else Markup()
    found = [hand_back(scene, counter)]
    found.extend(
        _act(scene, counter, "pause", _("Pause: %(reason)s", reason=wording.pause_reason(_, reason)),
             why=busy or closed or paused, body={"reason": reason.value})
        for reason in PauseReason
    )  # fmt: skip
    going_on = counter.state is CounterState.PAUSED
    found.append(_act(scene, counter, "open", _("Let it go on"), why=Markup() if going_on else _("is not paused")))
    found.append(close(scene, counter))
    return tuple(found)


def hand_back(scene: ManagerView, counter: Counter) -> ActionButton:
    _ = scene.words
    if counter.visit is None:
        return _act(scene, counter, "hand-back", _("Hand back"), why=_("nobody is there"))
    visit = scene.state.visits[counter.visit]
    label = _("Hand back %(code)s", code=ticket(visit.code))
    return _act(scene, counter, "hand-back", label, body={"visit": visit.id})


def close(scene: ManagerView, counter: Counter) -> ActionButton:
    _ = scene.words
    visit = None if counter.visit is None else scene.state.visits[counter.visit]
    busy = Markup() if visit is None else _("hand back %(code)s first", code=ticket(visit.code))
    closed = _("is closed") if counter.state is CounterState.CLOSED else Markup()
    return _act(scene, counter, "close", _("Close the counter"), why=busy or closed)


def _act(
    scene: ManagerView,
    counter: Counter,
    verb: str,
    label: Markup,
    *,
    why: Markup = Markup(),  # noqa: B008 - a constant
    body: dict[str, str] | None = None,
) -> ActionButton:
    """Offer a verb of the API; ``why`` says why it is not possible now."""
    reason = "" if body is None else body.get("reason", "")
    return ActionButton(
        act=f"{verb}-{counter.id}-{reason}" if reason else f"{verb}-{counter.id}",
        label=label,
        url=f"{scene.api}/counters/{counter.id}/{verb}",
        slot=f"{verb}:{counter.id}:{reason}:{counter.since}",
        body=msgspec.json.encode(body or {}).decode(),
        ready=not why,
        note=why,
    )
