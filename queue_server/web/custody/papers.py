"""Papers of custody: what somebody gets for what they handed in, the label of an item, the list of a bag. Pure.

They are printed on a strip of 80 mm like a ticket. No paper says a name, or the number of a document.
"""

from collections.abc import Sequence
from itertools import batched

import msgspec
from markupsafe import Markup

from queue_server.centre.views import Facts
from queue_server.custody import labels
from queue_server.custody.bag_model import Bag
from queue_server.custody.manifest import ManifestLine
from queue_server.custody.model import Item
from queue_server.custody.values import ConditionMark, Direction, ItemKind
from queue_server.domain.values import GovernmentId, Micros, Reference
from queue_server.web.custody import words
from queue_server.web.custody.barcode import code_128
from queue_server.web.print_footer import Foot, foot_of
from queue_server.web.reception.paper import LENGTHS, qr
from queue_server.web.view_context import PageReader, name_in

#: Millimetres of paper: what a paper takes without its items, each of them, and each line of its foot.
_RECEIPT, _LIST, _ITEM, _LINE = 130, 120, 16, 6
#: Characters of a hash that stand together.
_GROUP = 8


class PaperItem(msgspec.Struct, frozen=True):
    """An item on a paper; ``condition`` is empty where it is good, ``pages`` where nobody counted."""

    name: Markup
    label: str
    condition: Markup
    pages: Markup


class ItemsReceipt(msgspec.Struct, frozen=True):
    """``reference`` is the application's, empty where there is none; ``qr`` what a scanner reads on it."""

    centre: str
    government: str
    reference: str
    qr: Markup
    items: tuple[PaperItem, ...]
    date: str
    time: str
    length: int
    foot: Foot


class ItemLabel(msgspec.Struct, frozen=True):
    centre: str
    government: str
    label: str
    bars: Markup
    name: Markup
    date: str


class ManifestPaper(msgspec.Struct, frozen=True):
    """``digest`` is the hash of the file in groups; ``file`` its name."""

    centre: str
    government: str
    seal: str
    bars: Markup
    items: tuple[PaperItem, ...]
    digest: tuple[str, ...]
    file: str
    date: str
    time: str
    length: int


def items_receipt(known: Facts, reader: PageReader, items: Sequence[Item], reference: Reference | None) -> ItemsReceipt:
    """Write what somebody gets for what they handed in; ``reader`` is that person, ``items`` are at least one."""
    centre = known.catalogue.centre
    foot, at = foot_of(centre, reader), min(item.received_at for item in items)
    return ItemsReceipt(
        centre=name_in(centre.name, reader.language, centre.id),
        government=_government(known, reader, items[0].government),
        reference=reference or "",
        qr=qr(reference or labels.barcode(items[0].label)),
        items=tuple(_paper_item(reader, item.label, item.kind, item.condition, item.pages) for item in items),
        date=reader.clock.day(at, "d MMM y"),
        time=reader.clock.hhmm(at),
        length=_length(_RECEIPT + _ITEM * len(items) + _LINE * foot.lines),
        foot=foot,
    )


def item_label(known: Facts, reader: PageReader, item: Item) -> ItemLabel:
    """Write the label that goes on the sleeve of an item."""
    centre = known.catalogue.centre
    return ItemLabel(
        centre=name_in(centre.name, reader.language, centre.id),
        government=_government(known, reader, item.government),
        label=labels.shown(item.label),
        bars=code_128(labels.barcode(item.label)),
        name=words.kind(reader.words, item.kind),
        date=reader.clock.day(item.received_at, "d MMM y"),
    )


def bag_list(
    known: Facts, reader: PageReader, bag: Bag, lines: Sequence[ManifestLine], sealed_at: Micros
) -> ManifestPaper | None:
    """Write the list that goes with a bag; None where it has none: it is not sealed, or it came back."""
    if bag.seal is None or bag.manifest is None or bag.direction is not Direction.OUT:
        return None
    centre = known.catalogue.centre
    return ManifestPaper(
        centre=name_in(centre.name, reader.language, centre.id),
        government=_government(known, reader, bag.government),
        seal=bag.seal,
        bars=code_128(bag.seal),
        items=tuple(_paper_item(reader, one.label, one.kind, one.condition, one.pages) for one in lines),
        digest=tuple("".join(group) for group in batched(bag.manifest, _GROUP, strict=False)),
        file=file_name(bag),
        date=reader.clock.day(sealed_at, "d MMM y"),
        time=reader.clock.hhmm(sealed_at),
        length=_length(_LIST + _ITEM * len(lines)),
    )


def file_name(bag: Bag) -> str:
    """Name the file of a bag's list."""
    return f"manifest-{bag.seal}.csv"


def _paper_item(
    reader: PageReader, label: int, kind: ItemKind, marks: tuple[ConditionMark, ...], pages: int | None
) -> PaperItem:
    _ = reader.words
    return PaperItem(
        name=words.kind(_, kind),
        label=labels.shown(label),
        condition=words.condition(_, marks) if marks else Markup(),
        pages=Markup() if pages is None else _.ngettext("%(count)s page", "%(count)s pages", pages),
    )


def _government(known: Facts, reader: PageReader, government: GovernmentId) -> str:
    names = {one.id: one.name for one in known.catalogue.governments}
    return name_in(names.get(government, {}), reader.language, government)


def _length(needed: int) -> int:
    return next((length for length in LENGTHS if length >= needed), LENGTHS[-1])
