"""The services of the centre: each is closed for today once somebody has read whom that concerns, and given again."""

from collections.abc import Iterator

from markupsafe import Markup

from queue_server.contract.catalogue import GovernmentView
from queue_server.domain.values import ServiceId, VisitState
from queue_server.web.manager.manager_context import ManagerView
from queue_server.web.manager.page import ActionButton, ClosedService, ServicesOfGovernment, ServiceToday


def groups(scene: ManagerView) -> tuple[ServicesOfGovernment, ...]:
    """List all services under the governments for which they are given; what has none is left out."""
    governments = scene.known.catalogue.governments
    made = (ServicesOfGovernment(scene.name(one.name, one.id), tuple(_services(scene, one))) for one in governments)
    return tuple(one for one in made if one.services)


def closed(scene: ManagerView) -> tuple[ClosedService, ...]:
    """List what is closed for today, also where the set-up does not name it any more."""
    _ = scene.words
    return tuple(
        ClosedService(
            scene.full_service_name(ident),
            ActionButton(
                f"service-again-{ident}",
                _("Give it again"),
                f"{scene.api}/services/{ident}/reopen",
                f"service-again:{ident}",
            ),
        )
        for ident in sorted(scene.state.closed_services)
    )


def _services(scene: ManagerView, government: GovernmentView) -> Iterator[ServiceToday]:
    _ = scene.words
    for service in scene.known.catalogue.services:
        if service.government == government.id:
            is_closed = service.id in scene.state.closed_services
            verb, label = ("reopen", _("Give it again")) if is_closed else ("close", _("Close for today"))
            yield ServiceToday(
                id=service.id,
                name=scene.service_name(service.id),
                is_closed=is_closed,
                question=Markup() if is_closed else _question(scene, service.id),
                act=ActionButton(
                    act=f"service-{verb}-{service.id}",
                    label=label,
                    url=f"{scene.api}/services/{service.id}/{verb}",
                    slot=f"service-{verb}:{service.id}",
                ),
            )


def _question(scene: ManagerView, service: ServiceId) -> Markup:
    """Return the question before a service is closed, with the numbers of waiting visits and of bookings."""
    _ = scene.words
    waiting = sum(service in one.services for one in scene.state.visits.values() if one.state is VisitState.WAITING)
    booked = scene.booked.get(service, 0)
    return Markup(" ").join(
        (
            _("Close %(service)s for everybody today?", service=scene.service_name(service)),
            _.ngettext("%(count)s visit waits for it,", "%(count)s visits wait for it,", waiting),
            _.ngettext(
                "%(count)s party has booked it for later today: they are still served.",
                "%(count)s parties have booked it for later today: they are still served.",
                booked,
            ),
        )
    )
