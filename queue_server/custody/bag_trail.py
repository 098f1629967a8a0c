"""What goes into a bag and with it, event by event, and what of that cannot be. Pure; a judge, like ``trail``."""

from dataclasses import dataclass, field
from typing import Final, NamedTuple

from queue_server.custody import events as e
from queue_server.custody.manifest import ManifestLine, manifest_csv, manifest_hash
from queue_server.custody.values import Direction, ItemId, SealNumber
from queue_server.domain.values import CentreId, GovernmentId, Hex
from queue_server.eventlog.payload import Payload


@dataclass(slots=True)
class BagTrail:
    """A bag as the judge has followed it; ``last`` is the type of its last event that was more than an item."""

    centre: CentreId
    government: GovernmentId
    direction: Direction
    seal: SealNumber | None
    last: str = "bag-opened"
    items: list[ItemId] = field(default_factory=list)


class _BagRule(NamedTuple):
    """After which event another one may come, and of bags that go which way."""

    after: str
    directions: frozenset[Direction]


_OUT, _BACK = frozenset({Direction.OUT}), frozenset({Direction.BACK})
BAG_RULES: Final[dict[type[Payload], _BagRule]] = {
    e.BagItemAdded: _BagRule("bag-opened", _OUT | _BACK),
    e.BagItemRemoved: _BagRule("bag-opened", _OUT),
    e.BagSealed: _BagRule("bag-opened", _OUT),
    e.BagDispatched: _BagRule("bag-sealed", _OUT),
    e.BagAcknowledged: _BagRule("bag-dispatched", _OUT),
    e.BagEmptied: _BagRule("bag-opened", _BACK),
}


def begin(body: e.BagOpened) -> BagTrail:
    return BagTrail(body.centre, body.government, body.direction, body.seal)


def follow(trail: BagTrail, body: Payload) -> str | None:
    """Follow a bag through one event; says what of it cannot be, in a few words."""
    rule = BAG_RULES.get(type(body))
    if rule is None:
        return "does not belong here"
    fits = trail.last == rule.after and trail.direction in rule.directions
    match body:
        case e.BagItemAdded():
            fits = fits and body.item not in trail.items
            trail.items.append(body.item)
        case e.BagItemRemoved():
            fits = fits and body.item in trail.items
            trail.items = [one for one in trail.items if one != body.item]
        case e.BagSealed():
            trail.last, trail.seal = body.type, body.seal
        case _:
            trail.last = body.type
    return None if fits else f"after {trail.last}"


def manifest_of(trail: BagTrail, seal: SealNumber, lines: list[ManifestLine]) -> Hex:
    """Hash the list that the bag should have been sealed with."""
    return manifest_hash(manifest_csv(seal, trail.government, lines))
