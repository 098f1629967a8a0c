"""Items and bags as messages of the API. Pure."""

from collections.abc import Mapping

from queue_server.contract.custody import BagView, ItemEventView, ItemView
from queue_server.custody import labels
from queue_server.custody.bag_model import Bag
from queue_server.custody.model import Item
from queue_server.custody.values import BagId, ItemId
from queue_server.domain.values import ApplicationId, Reference, to_datetime
from queue_server.eventlog.port import Event

#: Characters of a hash that people compare.
_HASH_SHOWN = 8


def item_view(item: Item, references: Mapping[ApplicationId, Reference], bags: Mapping[BagId, Bag]) -> ItemView:
    """Show an item; ``references`` and ``bags`` are those that it names, as far as they are known."""
    return ItemView(
        id=item.id,
        label=labels.shown(item.label),
        barcode=labels.barcode(item.label),
        government=item.government,
        kind=item.kind,
        condition=tuple(item.condition),
        pages=item.pages,
        state=item.state,
        state_since=to_datetime(item.state_since),
        holder=item.holder,
        holder_since=to_datetime(item.holder_since),
        received_at=to_datetime(item.received_at),
        application=None if item.application is None else references.get(item.application),
        visit=item.visit,
        place=item.place,
        bag=item.bag,
        seal=bags[item.bag].seal if item.bag is not None and item.bag in bags else None,
        bank=item.bank,
        compartment=item.compartment,
        is_claimed=item.claim is not None,
        recall=item.recall,
    )


def bag_view(bag: Bag, shown: Mapping[ItemId, str]) -> BagView:
    """Show a bag; ``shown`` are the labels of the items in it."""
    return BagView(
        id=bag.id,
        government=bag.government,
        direction=bag.direction,
        state=bag.state,
        seal=bag.seal,
        is_whole=bag.is_whole,
        opened_at=to_datetime(bag.opened_at),
        changed_at=to_datetime(bag.changed_at),
        items=tuple(shown[item] for item in bag.items if item in shown),
        manifest=bag.manifest,
        expected=bag.expected,
    )


def event_view(event: Event, after: Item) -> ItemEventView:
    """Show an event of an item, with where it left it."""
    return ItemEventView(
        at=to_datetime(event.at),
        type=event.type,
        by=event.actor,
        holder=after.holder,
        state=after.state,
        hash=event.hash.hex()[:_HASH_SHOWN],
    )
