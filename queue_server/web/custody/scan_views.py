"""What a scan means on each view of the custody desk. Nothing is changed here: the page sends the verb."""

from collections.abc import Callable, Mapping
from typing import Final

from markupsafe import Markup

from queue_server.applications import store as applications
from queue_server.custody import labels, store
from queue_server.custody.bag_model import Bag
from queue_server.custody.model import Item
from queue_server.custody.scans import DeskScan, ScanKind, drawer_of
from queue_server.custody.values import ENDED, BagState, Direction, Holder, ItemState, UnloadReason
from queue_server.domain.values import Reference
from queue_server.lockers import store as store_of_banks
from queue_server.lockers.model import BankRecord
from queue_server.queue.state import Visit
from queue_server.web import wording
from queue_server.web.custody import words
from queue_server.web.custody.custody_query import CustodyQuery, CustodyView
from queue_server.web.custody.item_verbs import can, why_not
from queue_server.web.custody.receiving import KINDS
from queue_server.web.custody.scan_steps import (
    ScanContext,
    ScanStep,
    SeenLabel,
    anywhere,
    bad,
    no_case,
    no_label,
    shelve,
    unread,
)

#: What may stand on a bag or on a document.
_PRINTED: Final = frozenset({ScanKind.PRINTED, ScanKind.PLACE, ScanKind.DRAWER})
#: Characters of a number on a bag, and on a document (``contract.custody.Seal``, ``contract.base.DocumentNumber``).
_MIN_SEAL, _MIN_DOCUMENT, _MAX_DOCUMENT, _MAX_SEAL = 4, 4, 32, 24


def step(here: ScanContext, scan: DeskScan) -> ScanStep:
    """Say what a scan means on the page on which it was read."""
    return unread(here.look, scan) or _BY_VIEW.get(here.asked.view, anywhere)(here, scan)


def on_item(here: ScanContext, scan: DeskScan) -> ScanStep:
    """A place: the item that is shown is laid there. An open bag: it goes into it."""
    item = store.item_by_id(here.connection, here.centre, here.asked.item)
    if item is not None and scan.kind is ScanKind.PLACE:
        return shelve(here, item, scan.value)
    bag = here.bag(scan.value) if scan.kind in _PRINTED else None
    if item is not None and bag is not None and bag.state is BagState.OPEN:
        return _put(here, bag, labels.shown(item.label), labels.barcode(item.label))
    return anywhere(here, scan)


def on_bags(here: ScanContext, scan: DeskScan) -> ScanStep:
    """A number on a bag: show it, or say that it came."""
    if scan.kind in _PRINTED and here.bag(scan.value) is None and _MIN_SEAL <= len(scan.value) <= _MAX_SEAL:
        return ScanStep(
            say=wording.plain(here.look.words("No bag has this number yet. Did it come from an authority?")),
            dialog="bag-came",
            fill={"seal": scan.value},
        )
    return anywhere(here, scan)


def on_bag(here: ScanContext, scan: DeskScan) -> ScanStep:
    """A label: into the bag, or out of one that came. A number: that of the bag, which is sealed."""
    bag = store.bag_by_id(here.connection, here.centre, here.asked.bag)
    if bag is not None and bag.state is BagState.OPEN:
        if scan.kind is ScanKind.LABEL:
            return _through_bag(here, bag, scan)
        if bag.direction is Direction.OUT and scan.kind in _PRINTED and _MIN_SEAL <= len(scan.value) <= _MAX_SEAL:
            return _seal(here, bag, scan)
    elif bag is not None and bag.seal == scan.value:
        said = words.bag_state(here.look.words, bag.state, comes=bag.direction is Direction.BACK)
        return ScanStep(say=wording.plain(Markup("{}: {}").format(here.code(scan.value), said)))
    return anywhere(here, scan)


def _through_bag(here: ScanContext, bag: Bag, scan: DeskScan) -> ScanStep:
    _, item, shown = here.look.words, here.by_label(scan), labels.shown(int(scan.value))
    if item is None:
        return no_label(here, shown)
    if item.id in bag.items:
        return ScanStep(say=wording.plain(_("%(label)s was scanned already.", label=here.code(shown))), tone="good")
    return _put(here, bag, shown, labels.barcode(item.label))


def _seal(here: ScanContext, bag: Bag, scan: DeskScan) -> ScanStep:
    _ = here.look.words
    if here.bag(scan.value) is not None:
        return bad(_("A bag with this number was used before. Take another bag, and tell a manager."))
    if not bag.items:
        return bad(_("Nothing is in this bag."))
    return ScanStep(dialog="seal", fill={"seal": scan.value})


def _put(here: ScanContext, bag: Bag, shown: str, barcode: str) -> ScanStep:
    _, filling = here.look.words, bag.direction is Direction.OUT
    done = (
        _("%(label)s is in the bag.", label=here.code(shown))
        if filling
        else _("%(label)s came back.", label=here.code(shown))
    )
    return ScanStep(
        url=f"{here.api}/custody/bags/{bag.id}/{'add' if filling else 'unpack'}",
        body={"item": barcode},
        done=wording.plain(done),
    )


def on_receive(here: ScanContext, scan: DeskScan) -> ScanStep:
    """A number: hand in this kind. A case or a ticket: for the next ones. A place: the last one is laid there."""
    by_kind = {
        ScanKind.NUMBER: _hand_in,
        ScanKind.REFERENCE: _for_case,
        ScanKind.PLACE: _shelve_last,
        ScanKind.LABEL: _label_or_number,
        ScanKind.PRINTED: _ticket_or_number,
    }
    return by_kind.get(scan.kind, anywhere)(here, scan)


def _hand_in(here: ScanContext, scan: DeskScan) -> ScanStep:
    number = int(scan.value)
    if not 1 <= number <= len(KINDS):
        return bad(here.look.words("Nothing in the list has this number."))
    return ScanStep(fill={"kind": KINDS[number - 1]}, send="receive")


def _shelve_last(here: ScanContext, scan: DeskScan) -> ScanStep:
    last = store.item_by_id(here.connection, here.centre, here.asked.item)
    if last is None:
        return bad(here.look.words("Hand something in first, then scan where it lies."))
    return shelve(here, last, scan.value)


def _label_or_number(here: ScanContext, scan: DeskScan) -> ScanStep:
    """Digits alone may be the number of a document as well as a label."""
    return anywhere(here, scan) if here.by_label(scan) is not None else _document(here, scan)


def _ticket_or_number(here: ScanContext, scan: DeskScan) -> ScanStep:
    visit = next((one for one in here.look.state.visits.values() if one.code == scan.value), None)
    return _document(here, scan) if visit is None else _for_visit(here, visit)


def _document(here: ScanContext, scan: DeskScan) -> ScanStep:
    _, number = here.look.words, scan.value.replace("-", "")
    if not _MIN_DOCUMENT <= len(number) <= _MAX_DOCUMENT:
        return anywhere(here, scan)
    said = _("The number of the next document is %(number)s.", number=here.code(number))
    return ScanStep(say=wording.plain(said), fill={"document": number})


def _for_case(here: ScanContext, scan: DeskScan) -> ScanStep:
    _, look, reference = here.look.words, here.look, scan.value
    found = applications.by_reference(here.connection, here.centre, Reference(reference))
    if found is None:
        return no_case(here, reference)
    return ScanStep(
        say=wording.plain(
            _(
                "For case %(reference)s: %(service)s.",
                reference=here.code(reference),
                service=look.service_name(found.service),
            )
        ),
        tone="good",
        fill={"application": reference, "government": found.government},
    )


def _for_visit(here: ScanContext, visit: Visit) -> ScanStep:
    _ = here.look.words
    cases = applications.some(here.connection, here.centre, visit.applications)
    said = _(
        "For visit %(code)s: %(service)s.",
        code=here.code(wording.plain(wording.ticket(visit.code))),
        service=here.look.service(visit),
    )
    case = {"application": cases[0].reference} if len(cases) == 1 else {"application": ""}
    return ScanStep(
        say=wording.plain(said),
        tone="good",
        fill={"visit": visit.id, "government": visit.step.government, **case},
    )


def on_count(here: ScanContext, scan: DeskScan) -> ScanStep:
    """A drawer, or a place in it: count this one. A label: it lies there."""
    _ = here.look.words
    if scan.kind in {ScanKind.DRAWER, ScanKind.PLACE}:
        drawer = scan.value if scan.kind is ScanKind.DRAWER else drawer_of(scan.value)
        if drawer == here.asked.drawer:
            return ScanStep(
                say=wording.plain(_("Drawer %(drawer)s is being counted.", drawer=here.code(drawer))), tone="good"
            )
        return ScanStep(go=CustodyQuery(CustodyView.COUNT, drawer=drawer).address(""))
    if scan.kind is not ScanKind.LABEL:
        return anywhere(here, scan)
    if not here.asked.drawer:
        return bad(_("Scan the drawer first, then what lies in it."))
    item, shown = here.by_label(scan), labels.shown(int(scan.value))
    if item is None:
        said = _("no document here has this label")
        return ScanStep(seen=SeenLabel(shown, shown, wording.plain(said), is_right=False))
    # What was missed keeps the place in which it lay last: found there, it is a difference.
    place = item.place if item.holder is Holder.SHELF else None
    is_right = place is not None and drawer_of(place) == here.asked.drawer
    where = words.holder(_, item.holder) if place is None else here.code(place)
    what = Markup(" \N{MIDDLE DOT} ").join((words.kind(_, item.kind), Markup.escape(where)))
    return ScanStep(seen=SeenLabel(labels.barcode(item.label), shown, wording.plain(what), is_right=is_right))


def on_lockers(here: ScanContext, scan: DeskScan) -> ScanStep:
    """A label: the document goes into the bank, or comes out of it. Then its compartment: its door opens."""
    bank = _bank(here)
    if bank is None:
        return anywhere(here, scan)
    if scan.kind is ScanKind.LABEL:
        item = here.by_label(scan)
        return anywhere(here, scan) if item is None else _into_bank(here, bank, item)
    door = next((one for one in bank.compartments if one.name.upper() == scan.value), None)
    return anywhere(here, scan) if door is None else _load(here, bank, door.name)


def on_recall(here: ScanContext, scan: DeskScan) -> ScanStep:
    """A label: whoever waits for it is chosen, so that it is put right how they are told."""
    item = here.by_label(scan) if scan.kind is ScanKind.LABEL else None
    if item is None or item.state in ENDED:
        return anywhere(here, scan)
    return ScanStep(go=here.asked.but(view=CustodyView.RECALL, item=item.id).address(""))


def _bank(here: ScanContext) -> BankRecord | None:
    banks = store_of_banks.banks(here.connection, here.centre)
    return next((one for one in banks if one.id == here.asked.locker), None) or next(iter(banks), None)


def _into_bank(here: ScanContext, bank: BankRecord, item: Item) -> ScanStep:
    _ = here.look.words
    if item.holder is Holder.COMPARTMENT and item.bank == bank.id:
        reasons = {ItemState.EXPIRED: UnloadReason.EXPIRED, ItemState.CALLED_BACK: UnloadReason.CALLED_BACK}
        return ScanStep(
            url=f"{here.api}/lockers/{bank.id}/unload",
            body={"compartment": item.compartment, "reason": reasons.get(item.state, UnloadReason.AT_COUNTER)},
            done=wording.plain(_("%(label)s comes out.", label=here.code(labels.shown(item.label)))),
        )
    if not can(item, "load"):
        return bad(Markup("{}: {}").format(here.code(labels.shown(item.label)), why_not(_, item, "load")))
    return ScanStep(
        say=wording.plain(_("Now the compartment.")),
        tone="good",
        go=CustodyQuery(CustodyView.LOCKERS, locker=bank.id, item=item.id).address(""),
    )


def _load(here: ScanContext, bank: BankRecord, door: str) -> ScanStep:
    _ = here.look.words
    item = store.item_by_id(here.connection, here.centre, here.asked.item)
    if item is None:
        return bad(_("Scan the label of the document first."))
    return ScanStep(
        url=f"{here.api}/lockers/{bank.id}/load",
        body={"item": item.id, "compartment": door},
        done=wording.plain(_("Door %(door)s is about to open", door=here.code(door))),
    )


_BY_VIEW: Final[Mapping[CustodyView, Callable[[ScanContext, DeskScan], ScanStep]]] = {
    CustodyView.ITEM: on_item,
    CustodyView.BAGS: on_bags,
    CustodyView.BAG: on_bag,
    CustodyView.RECEIVE: on_receive,
    CustodyView.COUNT: on_count,
    CustodyView.LOCKERS: on_lockers,
    CustodyView.RECALL: on_recall,
}
