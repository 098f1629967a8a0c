"""What is asked of people who do not know which service they need: three questions, of what the centre offers. Pure."""

import msgspec

from queue_server.catalogue.model import ServiceDefinition, Setup
from queue_server.contract.base import Names
from queue_server.domain.values import GovernmentId


class ServiceTopic(msgspec.Struct, frozen=True):
    """What people think of as one: a group of kinds, or a kind that is in none. ``kinds`` with their ``services``."""

    id: str
    names: Names
    kinds: tuple["KindInTopic", ...]


class KindInTopic(msgspec.Struct, frozen=True):
    """A kind, and what of it a government offers."""

    names: Names
    services: tuple[ServiceDefinition, ...]


def topics(setup: Setup, government: GovernmentId) -> tuple[ServiceTopic, ...]:
    """List what somebody may come for to a government, in the order in which kiosks ask; nothing that is empty.

    Services for which no appointment is made are among them: whoever looks for one learns that they need none.
    """
    groups = {one.id: one for one in setup.groups}
    found: dict[str, ServiceTopic] = {}
    for kind in setup.kinds:
        services = tuple(one for one in setup.services if one.government == government and one.kind == kind.id)
        if not services:
            continue
        group = groups.get(kind.group) if kind.group else None
        ident, names = (f"kind-{kind.id}", kind.name) if group is None else (f"group-{group.id}", group.name)
        before = found.get(ident)
        kinds = (*(() if before is None else before.kinds), KindInTopic(kind.name, services))
        found[ident] = ServiceTopic(ident, names, kinds)
    return tuple(found.values())
