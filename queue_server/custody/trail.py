"""Whose hand an item goes through, event by event, and what of that cannot be. Pure.

A judge of its own: it folds the streams by the rules below, and by nothing that the tables or ``model`` say. An event
that does not fit is named, and believed all the same, so that what follows from it is not named again.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import msgspec

from queue_server.custody import events as e
from queue_server.custody.manifest import ManifestLine
from queue_server.custody.values import FOR_GOOD, ConditionMark, HandOverProof, Holder, ItemKind
from queue_server.domain.values import Actor, CentreId, Micros
from queue_server.eventlog.payload import Payload

_H = Holder
_AT_HAND: Final = frozenset({_H.DESK, _H.SHELF})
#: Where an item may lie while somebody has its door open, or be missed from.
_BEHIND_A_DOOR: Final = frozenset({_H.COMPARTMENT, _H.UNKNOWN})
_ANYWHERE: Final = frozenset(_H) - {_H.PERSON, _H.NOBODY}


class CustodyHand(msgspec.Struct, frozen=True):
    """Who has an item from ``since`` on; ``where`` is the place, the bag or the door, ``by`` who did it.

    ``event`` is what was done. While nobody knows where it is, ``where`` is the last that is known.
    """

    since: Micros
    holder: Holder
    where: str
    by: Actor
    event: str


@dataclass(slots=True)
class ItemTrail:
    """An item as the judge has followed it."""

    label: int
    centre: CentreId
    kind: ItemKind
    pages: int | None
    condition: tuple[ConditionMark, ...]
    hand: CustodyHand
    is_back: bool = False
    is_ready: bool = False
    is_recalled: bool = False
    is_for_good: bool = False
    is_expired: bool = False
    has_ended: bool = False
    claim: str | None = None
    #: Who has claimed it since it was laid where it is.
    claims: set[str] = field(default_factory=set)
    hands: list[CustodyHand] = field(default_factory=list)

    @property
    def line(self) -> ManifestLine:
        return ManifestLine(self.label, self.kind, self.pages, self.condition)


class _HandRule(NamedTuple):
    """From whose hand an event takes an item, and into whose; ``to`` None: it stays where it is.

    ``out_of`` is where it has to be, as the event says it; ``where`` where it then is. ``also`` is what else has to be
    so, ``after`` what else is so from then on.
    """

    held_by: frozenset[Holder]
    to: Holder | None = None
    where: Callable[[Any], str] = lambda _: ""
    out_of: Callable[[Any], str] | None = None
    also: Callable[[ItemTrail, Any], bool] = lambda *_: True
    after: Callable[[ItemTrail, Any], None] = lambda *_: None


def door(body: e.ItemLoaded | e.ItemUnloaded) -> str:
    return f"{body.bank}/{body.compartment}"


def _bag(body: Any) -> str:
    return str(body.bag)


def _sets(**changes: Any) -> Callable[[ItemTrail, Any], None]:
    def apply(trail: ItemTrail, _: Any) -> None:
        for name, value in changes.items():
            setattr(trail, name, value)

    return apply


def _unclaimed(trail: ItemTrail, _: Any) -> bool:
    return trail.claim is None


def _may_be_handed_over(trail: ItemTrail, body: e.ItemHandedOver) -> bool:
    """A carrier says so of what it has; a locker of what somebody had claimed; all else is ready, and unclaimed."""
    holder = trail.hand.holder
    if holder is _H.CARRIER or body.proof is HandOverProof.CARRIER:
        return holder is _H.CARRIER and body.proof is HandOverProof.CARRIER
    if holder in {_H.COMPARTMENT, _H.UNKNOWN}:
        # Their door was open: whatever was said of it meanwhile, they had it, unless it was found since.
        return body.claim in trail.claims and trail.claim in {body.claim, None}
    return trail.is_ready and trail.claim == body.claim


def _recalled(trail: ItemTrail, body: e.ItemCalledBack) -> None:
    trail.claim, trail.is_ready, trail.is_back, trail.is_recalled = None, False, False, True
    trail.is_for_good = trail.is_for_good or body.reason in FOR_GOOD


def _acknowledged(trail: ItemTrail, _: e.ItemAcknowledged) -> None:
    trail.has_ended = trail.is_for_good or trail.is_expired


def _returned(trail: ItemTrail, body: e.ItemReturned) -> None:
    trail.condition, trail.is_ready, trail.is_expired = body.condition, False, False
    trail.is_recalled, trail.is_back = trail.is_for_good, not trail.is_for_good


def _damaged(trail: ItemTrail, body: e.ItemDamaged) -> None:
    trail.condition = body.condition


def _loaded(trail: ItemTrail, _: e.ItemLoaded) -> None:
    """What had come back is ready with that; what nobody may have for now lies behind its door all the same."""
    trail.claim, trail.is_ready = None, trail.is_ready or trail.is_back
    trail.claims.clear()


def _claimed(trail: ItemTrail, body: e.ItemClaimed) -> None:
    trail.claim = body.claim
    trail.claims.add(body.claim)


_ENDS: Final = _sets(has_ended=True, claim=None)
RULES: Final[dict[type[Payload], _HandRule]] = {
    e.ItemGivenBack: _HandRule(_AT_HAND, _H.PERSON, also=lambda trail, _: not trail.is_for_good, after=_ENDS),
    e.ItemShelved: _HandRule(_AT_HAND | {_H.UNKNOWN}, _H.SHELF, where=lambda body: str(body.place)),
    e.ItemTaken: _HandRule(frozenset({_H.SHELF, _H.UNKNOWN}), _H.DESK),
    e.ItemBagged: _HandRule(_AT_HAND, _H.BAG, where=_bag),
    e.ItemUnbagged: _HandRule(frozenset({_H.BAG}), _H.DESK, out_of=_bag),
    e.ItemDispatched: _HandRule(frozenset({_H.BAG}), _H.CARRIER, where=_bag, out_of=_bag, after=_sets(is_back=False)),
    e.ItemAcknowledged: _HandRule(frozenset({_H.CARRIER}), _H.AUTHORITY, out_of=_bag, after=_acknowledged),
    e.ItemReturned: _HandRule(frozenset({_H.AUTHORITY, _H.CARRIER, _H.UNKNOWN}), _H.DESK, after=_returned),
    e.ItemDamaged: _HandRule(_AT_HAND, after=_damaged),
    e.ItemReadied: _HandRule(_AT_HAND, after=_sets(is_ready=True)),
    e.ItemLoaded: _HandRule(_AT_HAND | {_H.UNKNOWN, _H.COMPARTMENT}, _H.COMPARTMENT, where=door, after=_loaded),
    e.ItemUnloaded: _HandRule(frozenset({_H.COMPARTMENT}), _H.DESK, out_of=door, after=_sets(claim=None)),
    e.ItemClaimed: _HandRule(
        _AT_HAND | {_H.COMPARTMENT}, also=lambda trail, _: trail.is_ready and trail.claim is None, after=_claimed
    ),
    e.ClaimReleased: _HandRule(
        _ANYWHERE, also=lambda trail, body: bool(trail.claim == body.claim), after=_sets(claim=None)
    ),
    e.ItemHandedOver: _HandRule(
        _AT_HAND | {_H.COMPARTMENT, _H.CARRIER, _H.UNKNOWN}, _H.PERSON, also=_may_be_handed_over, after=_ENDS
    ),
    e.ItemSent: _HandRule(_AT_HAND, _H.CARRIER, also=_unclaimed),
    e.ItemRefused: _HandRule(_AT_HAND | {_H.CARRIER, _H.UNKNOWN}, _H.DESK, after=_sets(is_ready=False, is_back=True)),
    e.ItemCalledBack: _HandRule(_ANYWHERE, also=_unclaimed, after=_recalled),
    e.ItemExpired: _HandRule(
        _ANYWHERE,
        also=lambda trail, _: trail.is_ready and trail.claim is None,
        after=_sets(is_back=False, is_ready=False, is_expired=True),
    ),
    e.ItemMissed: _HandRule(_ANYWHERE - {_H.UNKNOWN}, _H.UNKNOWN, after=_sets(claim=None)),
    e.ItemLost: _HandRule(frozenset({_H.UNKNOWN}), after=_ENDS),
    e.ItemDestroyed: _HandRule(
        _AT_HAND, _H.NOBODY, also=lambda trail, _: trail.is_expired or trail.is_recalled, after=_ENDS
    ),
}


def begin(body: e.ItemReceived, at: Micros, by: Actor) -> ItemTrail:
    hand = CustodyHand(at, _H.DESK, "", by, body.type)
    return ItemTrail(body.label, body.centre, body.kind, body.pages, body.condition, hand, hands=[hand])


def follow(trail: ItemTrail, body: Payload, at: Micros, by: Actor) -> str | None:
    """Follow an item through one event; says what of it cannot be, in a few words."""
    rule = RULES.get(type(body))
    if rule is None:
        return "does not belong here"
    wrong = _wrong(trail, rule, body)
    before, where = trail.hand, rule.where(body)
    if rule.to is _H.UNKNOWN:
        where = before.where
    hand = CustodyHand(at, before.holder, before.where, by, body.type)
    if rule.to is not None:
        hand = msgspec.structs.replace(hand, holder=rule.to, where=where)
    trail.hand = hand
    trail.hands.append(hand)
    rule.after(trail, body)
    if trail.hand.holder not in _BEHIND_A_DOOR:
        trail.claims.clear()
    return wrong


def _wrong(trail: ItemTrail, rule: _HandRule, body: Payload) -> str | None:
    hand = trail.hand
    if trail.has_ended:
        return "after its end"
    if hand.holder not in rule.held_by:
        return f"out of the wrong hand: {hand.holder}"
    if rule.out_of is not None and hand.where != rule.out_of(body):
        return f"out of the wrong {hand.holder}: {hand.where}"
    return None if rule.also(trail, body) else "too early, or for somebody else"
