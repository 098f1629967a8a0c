"""An item as a line of a list, and where it is. Pure."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from markupsafe import Markup

from queue_server.custody import labels
from queue_server.custody.bag_model import Bag
from queue_server.custody.model import Item
from queue_server.custody.values import BagId, Holder, ItemState
from queue_server.domain.values import Micros
from queue_server.web.custody import words
from queue_server.web.custody.custody_query import CustodyAge, CustodyQuery, CustodyView
from queue_server.web.custody.item_verbs import VERBS, can
from queue_server.web.custody.page import ItemRow
from queue_server.web.custody.reading import Named
from queue_server.web.view_context import StaffView

#: Days that the bands of age go back, in their order; the last one has no end.
BACK_DAYS = (0, 3, 7, 14)
BANDS = tuple(CustodyAge)
#: Characters of a hash that people compare.
_SHOWN = 8


def borders(look: StaffView) -> tuple[Micros, ...]:
    """Give the instants between the bands of age: midnights of the centre, falling."""
    zone = ZoneInfo(look.clock.zone)
    today = look.clock.local(look.now).date()
    midnights = (datetime.combine(today - timedelta(days=back), time(), zone) for back in BACK_DAYS)
    return tuple(Micros(int(one.timestamp()) * 1_000_000) for one in midnights)


def days_since(look: StaffView, since: int) -> int:
    """Count the midnights since an instant."""
    return (look.clock.local(look.now).date() - look.clock.local(since).date()).days


def moment(look: StaffView, at: int) -> Markup:
    """Write a day and a time of day, each the way it is read."""
    return Markup("{} {}").format(look.clock.day(at, "d MMM"), ltr(look.clock.hhmm(at)))


def ltr(text: str) -> Markup:
    """Write a code from left to right, whatever the sentence around it."""
    return Markup('<bdi dir="ltr">{}</bdi>').format(text)


def short_hash(digest: str) -> str:
    """Take of a hash in hexadecimal what people compare."""
    return digest[:_SHOWN]


def where(look: StaffView, item: Item, bags: Mapping[BagId, Bag]) -> Markup:
    """Say where exactly an item is; of one whose place is not known, where it was last."""
    _ = look.words
    if item.holder is Holder.UNKNOWN:
        last = _exactly(look, item, bags, item.was_with or Holder.DESK)
        return _("not known; last: %(place)s", place=last)
    return _exactly(look, item, bags, item.holder)


def _exactly(look: StaffView, item: Item, bags: Mapping[BagId, Bag], holder: Holder) -> Markup:
    _ = look.words
    bag = bags.get(item.bag) if item.bag is not None else None
    if holder is Holder.SHELF and item.place is not None:
        return ltr(item.place)
    if holder in {Holder.BAG, Holder.CARRIER} and bag is not None:
        return _("bag %(seal)s", seal=ltr(bag.seal)) if bag.seal else _("bag being filled")
    if holder is Holder.COMPARTMENT:
        return _("locker, door %(door)s", door=ltr(str(item.compartment)))
    return words.holder(_, holder)


def needs_somebody(item: Item) -> bool:
    """Tell whether an item stands out: nobody knows where it is, or it is wanted back."""
    return item.holder is Holder.UNKNOWN or item.state is ItemState.CALLED_BACK


def reference_of(item: Item, named: Named) -> str:
    """Give the reference of an item's case; "" where it has none."""
    return "" if item.application is None else named.references.get(item.application, "")


def item_row(look: StaffView, item: Item, named: Named) -> ItemRow:
    _ = look.words
    return ItemRow(
        id=item.id,
        url=CustodyQuery(CustodyView.ITEM, item=item.id).address(),
        label=labels.shown(item.label),
        barcode=labels.barcode(item.label),
        what=words.kind(_, item.kind),
        note=words.condition(_, item.condition) if item.condition else Markup(),
        government=look.government_name(item.government),
        reference=reference_of(item, named),
        place=where(look, item, named.bags),
        since=look.clock.day(item.state_since, "d MMM"),
        days=days_since(look, item.state_since),
        can=" ".join(verb for verb in VERBS if can(item, verb)),
        is_bad=needs_somebody(item),
    )
