"""What can be issued, as the picker of the page offers it: governments, their kinds, the services of each. Pure.

By digits one goes down the three lists; by typing one finds a service by any word of any language the centre has.
"""

from collections.abc import Container

import msgspec

from queue_server.contract.base import Names
from queue_server.contract.catalogue import KindView, ServiceView
from queue_server.domain.values import GovernmentId, ServiceId
from queue_server.web.reception.search import fold
from queue_server.web.view_context import StaffView


class OfferedService(msgspec.Struct, frozen=True):
    """``words`` is what typing finds it by, folded; ``full`` names it where its government is not seen."""

    id: ServiceId
    name: str
    full: str
    stops: str
    words: str


class OfferedKind(msgspec.Struct, frozen=True):
    id: str
    name: str
    services: tuple[OfferedService, ...]


class OfferedGovernment(msgspec.Struct, frozen=True):
    id: GovernmentId
    name: str
    kinds: tuple[OfferedKind, ...]


def offer(look: StaffView, only: Container[ServiceId] | None = None) -> tuple[OfferedGovernment, ...]:
    """List what the centre offers, ``only`` some of it; a government or kind without a service is left out."""
    catalogue, made = look.known.catalogue, []
    for government in catalogue.governments:
        own = [
            service
            for service in catalogue.services
            if service.government == government.id and (only is None or service.id in only)
        ]
        kinds = tuple(
            OfferedKind(kind.id, look.name(kind.name, kind.id), _services(look, government.name, kind, own))
            for kind in catalogue.kinds
            if any(service.kind == kind.id for service in own)
        )
        if kinds:
            made.append(OfferedGovernment(government.id, look.name(government.name, government.id), kinds))
    return tuple(made)


def _services(look: StaffView, government: Names, kind: KindView, own: list[ServiceView]) -> tuple[OfferedService, ...]:
    return tuple(
        OfferedService(
            id=service.id,
            name=look.name(service.name, service.id),
            full=look.words(
                "%(service)s, %(government)s",
                service=look.name(service.name, service.id),
                government=look.name(government, service.government),
            ).unescape(),
            stops=look.words(", ").join(look.name(step.name, step.id) for step in service.steps).unescape(),
            words=" ".join(_spoken(service, government, kind)),
        )
        for service in own
        if service.kind == kind.id
    )


def _spoken(service: ServiceView, government: Names, kind: KindView) -> dict[str, None]:
    """Collect the folded words under which a service is known, each once."""
    texts = (service.government, *government.values(), *kind.name.values(), *service.name.values())
    return dict.fromkeys(word for text in texts for word in fold(text).split())
