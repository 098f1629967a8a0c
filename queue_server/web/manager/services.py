"""The services of the centre: each is closed for today, and given again, by one press."""

from collections.abc import Iterator

from markupsafe import Markup

from queue_server.contract.catalogue import GovernmentView
from queue_server.web.manager.manager_context import ManagerView
from queue_server.web.manager.page import ActionButton, ClosedService, ServicesOfGovernment


def groups(scene: ManagerView) -> tuple[ServicesOfGovernment, ...]:
    """List all services under the governments for which they are given; what has none is left out."""
    governments = scene.known.catalogue.governments
    made = (ServicesOfGovernment(scene.name(one.name, one.id), tuple(_acts(scene, one))) for one in governments)
    return tuple(one for one in made if one.acts)


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


def _acts(scene: ManagerView, government: GovernmentView) -> Iterator[ActionButton]:
    _ = scene.words
    for service in scene.known.catalogue.services:
        if service.government == government.id:
            is_closed = service.id in scene.state.closed_services
            verb, note = ("reopen", _("closed: give it again")) if is_closed else ("close", _("close for today"))
            yield ActionButton(
                act=f"service-{verb}-{service.id}",
                label=Markup.escape(scene.service_name(service.id)),
                url=f"{scene.api}/services/{service.id}/{verb}",
                slot=f"service-{verb}:{service.id}",
                note=note,
            )
