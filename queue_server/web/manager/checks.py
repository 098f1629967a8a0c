"""What should be so before the doors open, as far as the server knows."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from queue_server.domain.values import Category, CounterState, Intake, StepId
from queue_server.web import wording
from queue_server.web.manager import alarms
from queue_server.web.manager.devices import is_well
from queue_server.web.manager.manager_context import ManagerView
from queue_server.web.manager.page import OpeningCheck

#: Names that are written out; the rest is counted by an ellipsis.
_NAMED = 6


def checks(scene: ManagerView) -> tuple[OpeningCheck, ...]:
    """List them, what is done first, as the morning goes on."""
    found = [_services(scene), _promises(scene), *_hands(scene), *_devices(scene), _intake(scene), _counters(scene)]
    order = {"good": 0, "bad": 1, "open": 2}
    return tuple(sorted(found, key=lambda one: order[one.standing]))


def _services(scene: ManagerView) -> OpeningCheck:
    _, catalogue = scene.words, scene.known.catalogue
    detail = _(
        "%(services)s services of %(governments)s governments",
        services=len(catalogue.services),
        governments=len({service.government for service in catalogue.services}),
    )
    return OpeningCheck("good", _("Services are published"), detail)


def _promises(scene: ManagerView) -> OpeningCheck:
    _, said = scene.words, []
    for category in Category:
        minutes = {
            step.promises[category]
            for service in scene.settings.services.values()
            for step in service.steps
            if category in step.promises
        }
        if minutes:
            low, high = min(minutes), max(minutes)
            said.append(
                _(
                    "%(category)s %(minutes)s min",
                    category=wording.category(_, category),
                    minutes=str(low) if low == high else _("%(low)s to %(high)s", low=low, high=high),
                )
            )
    return OpeningCheck("good" if said else "bad", _("Promises are set"), _(", ").join(said))


def _hands(scene: ManagerView) -> Iterator[OpeningCheck]:
    """Every step of a service needs a counter that can take it."""
    _ = scene.words
    needed: dict[StepId, int] = {}
    for service in scene.settings.services.values():
        for step in {one.step for one in service.steps}:
            needed[step] = needed.get(step, 0) + 1
    lacking = [step for step in needed if not scene.at_step(step)]
    if not lacking:
        yield OpeningCheck("good", _("Every step has a counter"), _("for all services"))
    for step in lacking:
        detail = _.ngettext("%(count)s service needs it", "%(count)s services need it", needed[step])
        yield OpeningCheck("bad", _("No counter can take: %(step)s", step=scene.step(step)), detail)


def _devices(scene: ManagerView) -> Iterator[OpeningCheck]:
    _ = scene.words
    told = [one for one in scene.devices if one.kind in alarms.TELLING]
    for kind, head, without in (
        ("kiosk", _("Kiosks answer"), _("No kiosk is enrolled: tickets come from reception")),
        ("screen", _("Boards answer"), _("No board is enrolled: nobody sees the calls")),
    ):
        there = [one for one in told if one.kind == kind]
        away = [one.name for one in there if not is_well(one)]
        if not there:
            yield OpeningCheck("open", without, Markup())
        elif away:
            bad = _("Kiosks need somebody") if kind == "kiosk" else _("Boards need somebody")
            yield OpeningCheck("bad", bad, _named(scene, away))
        else:
            yield OpeningCheck("good", head, _named(scene, [one.name for one in there]))


def _intake(scene: ManagerView) -> OpeningCheck:
    _ = scene.words
    if scene.state.intake is Intake.OPEN:
        closed = [scene.full_service_name(one) for one in sorted(scene.state.closed_services)]
        if closed:
            return OpeningCheck("open", _("Kiosks issue tickets, but not for what is closed"), _named(scene, closed))
        return OpeningCheck("good", _("Kiosks issue tickets"), Markup())
    return OpeningCheck("bad", _("Kiosks issue no tickets today"), Markup())


def _counters(scene: ManagerView) -> OpeningCheck:
    _, counters = scene.words, scene.counters
    closed = [one for one in counters if one.state is CounterState.CLOSED]
    if not closed:
        return OpeningCheck("good", _("All counters are open"), Markup())
    head = _.ngettext("%(count)s counter is not open yet", "%(count)s counters are not open yet", len(closed))
    plates = [scene.plate_of(one.id) for one in closed]
    return OpeningCheck("open" if len(closed) < len(counters) else "bad", head, _named(scene, plates))


def _named(scene: ManagerView, names: Sequence[str]) -> Markup:
    _ = scene.words
    more = Markup(" …") if len(names) > _NAMED else Markup()
    return Markup("{}{}").format(_(", ").join(names[:_NAMED]), more)
