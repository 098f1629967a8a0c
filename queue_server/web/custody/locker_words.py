"""A bank of lockers in words: how a door is, and what to do at it now. Pure."""

from collections.abc import Sequence
from typing import Literal

from markupsafe import Markup

from queue_server.contract.banks import LockerBankView
from queue_server.custody.values import UnloadReason
from queue_server.domain.lockers import CompartmentState, LockerVerb
from queue_server.lockers.model import DoorOrder
from queue_server.lockers.values import OrderState
from queue_server.web.custody.item_rows import ltr
from queue_server.web.wording import MarkupTranslations

_S = OrderState
_BAD = frozenset({_S.OVERDUE, _S.SHUT_UNKNOWN, _S.NOT_OPENED, _S.FROZEN, _S.GIVEN_UP})


def state(_: MarkupTranslations, value: CompartmentState) -> Markup:
    return {
        CompartmentState.FREE: _("nothing in it"),
        CompartmentState.RESERVED: _("about to open"),
        CompartmentState.OCCUPIED: _("holds a document"),
        CompartmentState.OPEN: _("open"),
        CompartmentState.BLOCKED: _("out of use"),
        CompartmentState.UNKNOWN: _("nobody knows what is in it"),
    }[value]


def unload_reason(_: MarkupTranslations, value: UnloadReason) -> Markup:
    return {
        UnloadReason.EXPIRED: _("nobody came for it in time"),
        UnloadReason.CALLED_BACK: _("it is wanted back"),
        UnloadReason.AT_COUNTER: _("it is handed over at a counter"),
        UnloadReason.MISPLACED: _("it should not be there"),
        UnloadReason.OUT_OF_ORDER: _("the door is out of order"),
    }[value]


def tone(order: DoorOrder | None, *, is_answering: bool) -> Literal["good", "bad", ""]:
    if not is_answering:
        return "bad"
    if order is None:
        return ""
    if order.state in _BAD or (order.verb is LockerVerb.LOAD and order.state is _S.SHUT_EMPTY):
        return "bad"
    return "good" if order.state in {_S.SHUT_WITH_ITEM, _S.SHUT_EMPTY, _S.SETTLED} else ""


def head(
    _: MarkupTranslations,
    order: DoorOrder | None,
    bank: LockerBankView,
    label: str,
    proposed: str,
    *,
    is_overdue: bool,
) -> Markup:
    """Say in a few words how things are at the bank."""
    if not bank.is_connected:
        return _("Nothing is heard of this bank")
    if order is None:
        if not label:
            return _("Scan the label of a document")
        return _("Now scan compartment %(door)s", door=ltr(proposed)) if proposed else _("No compartment is free")
    door = ltr(order.compartment)
    if is_overdue:
        return _("Nothing is heard of door %(door)s", door=door)
    return {
        _S.ORDERED: _("Door %(door)s is about to open", door=door),
        _S.ACCEPTED: _("Door %(door)s is about to open", door=door),
        _S.OPEN: _("Door %(door)s is open", door=door),
        _S.REMINDED: _("Door %(door)s is still open", door=door),
        _S.OVERDUE: _("Door %(door)s stands open too long", door=door),
        _S.SHUT_EMPTY: _("Door %(door)s is shut, and empty", door=door),
        _S.SHUT_WITH_ITEM: _("Door %(door)s is shut, and holds a document", door=door),
        _S.SHUT_UNKNOWN: _("Door %(door)s is shut, and nobody knows what is in it", door=door),
        _S.SETTLED: _("What you found at %(door)s is noted", door=door),
        _S.NOT_OPENED: _("Door %(door)s has stayed shut", door=door),
        _S.FROZEN: _("Stop: call a manager to door %(door)s", door=door),
        _S.GIVEN_UP: _("Door %(door)s is not waited for any more", door=door),
    }[order.state]


def sentence(_: MarkupTranslations, order: DoorOrder | None, label: str, where: Markup, *, is_overdue: bool) -> Markup:
    """Say what to do now."""
    named = ltr(label)
    if order is None:
        return Markup(" ").join((_("It is the smallest that is free."), where)) if label and where else Markup()
    if is_overdue:
        return _("The bank does not answer this order. See that the door is shut, then press F8.")
    if order.state in {_S.ORDERED, _S.ACCEPTED}:
        return Markup(" ").join((_("Wait for the door."), where))
    if order.state in {_S.OPEN, _S.REMINDED, _S.OVERDUE}:
        do = {
            LockerVerb.LOAD: _("Lay %(label)s flat in it and close the door: then it counts.", label=named),
            LockerVerb.UNLOAD: _("Take %(label)s out and close the door.", label=named),
            LockerVerb.COLLECT: _("A person takes out what is theirs. Wait until the door is shut."),
        }.get(order.verb, _("Look into it and close the door. Then say what is there: F7."))
        return Markup(" ").join((do, where))
    return _after(_, order, named)


def _after(_: MarkupTranslations, order: DoorOrder, label: Markup) -> Markup:
    """Say what follows from a door that is shut."""
    if order.state in {_S.FROZEN, _S.SHUT_UNKNOWN, _S.GIVEN_UP}:
        return (
            _("Nobody knows where %(label)s is until somebody has looked.", label=label)
            if label
            else _("Look into it.")
        )
    if order.state is _S.NOT_OPENED:
        return _("Nothing has happened. Take another compartment, and call a technician.")
    if order.verb is LockerVerb.LOAD and order.state is _S.SHUT_EMPTY:
        return _("%(label)s was not laid in it: it is still with you. Scan it again.", label=label)
    if order.verb is LockerVerb.LOAD:
        return _("%(label)s waits there for whoever it is for. Scan the next label.", label=label)
    if order.verb is LockerVerb.UNLOAD and order.state is _S.SHUT_EMPTY:
        return _("%(label)s is with you: scan where you lay it, or the next one.", label=label)
    return _("Scan the next label.")


def picture(_: MarkupTranslations, states: Sequence[CompartmentState], where: Markup) -> str:
    """Describe the picture for those who hear the page."""
    counted = (f"{states.count(one)} {state(_, one).striptags()}" for one in CompartmentState if one in states)
    return f"{str(_(', ')).join(counted)}. {where.striptags()}".strip()
