"""What can be done with an item now, by the same decisions that are taken when it is done; and why not. Pure."""

from collections.abc import Callable, Mapping
from typing import Final

from markupsafe import Markup

from queue_server.custody import decide
from queue_server.custody.errors import ClaimError, CustodyError, ItemStateError
from queue_server.custody.model import Item
from queue_server.custody.values import (
    BagId,
    ConditionMark,
    DestroyReason,
    GiveBackReason,
    HandOverProof,
    Holder,
    MissedBy,
    RecallReason,
    ShelfPlace,
    TrackingId,
)
from queue_server.domain.values import StaffId
from queue_server.web.custody import words
from queue_server.web.wording import MarkupTranslations

#: Two members of staff, neither of whom is anybody.
_ONE, _OTHER = StaffId("1"), StaffId("2")
#: A condition that no item has: whether one can be noted at all does not depend on which.
_OTHERWISE = (ConditionMark.OTHER, ConditionMark.OTHER)

Decide = Callable[[Item], object]

#: Verb, as its route ends -> its decision, on something that is never so already.
VERBS: Final[Mapping[str, Decide]] = {
    "shelve": lambda item: decide.shelve(item, ShelfPlace("")),
    "take": decide.take,
    "bag": lambda item: decide.put_in_bag(item, BagId("")),
    "condition": lambda item: decide.note_condition(item, _OTHERWISE),
    "ready": decide.make_ready,
    "hand-over": lambda item: decide.hand_over(item, HandOverProof.DOCUMENT),
    "give-back": lambda item: decide.give_back(item, GiveBackReason.NOT_NEEDED),
    "call-back": lambda item: call_back(item),  # noqa: PLW0108 - it stands below
    "miss": lambda item: decide.miss(item, MissedBy.STAFF),
    "give-up": lambda item: decide.declare_lost(item, _ONE, _OTHER),
    "destroy": lambda item: decide.destroy(item, DestroyReason.COURT, _ONE, _OTHER),
    "load": lambda item: load(item),  # noqa: PLW0108 - it stands below
    "send": lambda item: decide.send(item, TrackingId("")),
    "delivered": decide.delivered,
    "refused": decide.refused,
}


def load(item: Item) -> object:
    """Refuse what is not laid into a compartment; nothing is decided before its door was shut."""
    decide.may_load(item)
    return True


def call_back(item: Item) -> object:
    """Decide on the reason that is most easily possible."""
    others = [reason for reason in RecallReason if reason is not item.recall]
    for reason in others[:-1]:
        try:
            return decide.call_back(item, reason)
        except CustodyError:
            continue
    return decide.call_back(item, others[-1])


def can(item: Item, verb: str) -> bool:
    """Tell whether a verb would do something to an item as it is now."""
    try:
        return bool(VERBS[verb](item))
    except CustodyError:
        return False


def why_not(_: MarkupTranslations, item: Item, verb: str) -> Markup:
    """Say why a verb does nothing to an item now; "" where it would."""
    try:
        done = VERBS[verb](item)
    except ClaimError:
        return _("it lies in a locker") if item.holder is Holder.COMPARTMENT else _("somebody is just taking it")
    except ItemStateError:
        return _("now: %(what)s", what=words.state(_, item.state))
    except CustodyError:
        return _("now: %(what)s", what=words.holder(_, item.holder))
    return Markup() if done else _("that is so already")
