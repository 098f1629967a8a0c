"""The list of what is in a bag, as a file: what is hashed when the bag is sealed, and goes with it. Pure.

CSV (RFC 4180: a heading, CRLF, UTF-8), so that whoever receives the bag reads it with what they have, and finds with
``sha256sum`` that it is the one that was sealed. All that stands in it cannot change any more while an item is in the
bag, so the file can be made again at any time, byte for byte.
"""

import csv
import io
from collections.abc import Sequence
from hashlib import sha256
from typing import Final

import msgspec

from queue_server.custody import labels
from queue_server.custody.events import ItemBagged
from queue_server.custody.model import Item
from queue_server.custody.store import ITEMS
from queue_server.custody.values import BagId, ConditionMark, ItemKind, SealNumber
from queue_server.domain.values import GovernmentId, Hex
from queue_server.eventlog.port import Event

COLUMNS: Final = ("bag", "government", "number", "label", "kind", "pages", "condition")


class ManifestLine(msgspec.Struct, frozen=True):
    """An item as it went into the bag."""

    label: int
    kind: ItemKind
    pages: int | None
    condition: tuple[ConditionMark, ...]


def line_of(item: Item) -> ManifestLine:
    return ManifestLine(item.label, item.kind, item.pages, item.condition)


def bagged_line(events: Sequence[Event], bag: BagId) -> ManifestLine | None:
    """Make the line of an item from its stream, as it was when it last went into this bag; None where it never did."""
    item, found = None, None
    for event in events:
        body = ITEMS.codec.decode(event.type, event.v, event.payload)
        item = ITEMS.evolve(item, body, event.seq, event.at)
        if isinstance(body, ItemBagged) and body.bag == bag:
            found = line_of(item)
    return found


def manifest_csv(seal: SealNumber, government: GovernmentId, lines: Sequence[ManifestLine]) -> bytes:
    """Write the file; conditions are separated by spaces, and whatever is not known is empty."""
    written = io.StringIO(newline="")
    rows = csv.writer(written, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for number, line in enumerate(lines, start=1):
        pages = "" if line.pages is None else line.pages
        rows.writerow(
            (seal, government, number, labels.barcode(line.label), line.kind, pages, " ".join(line.condition))
        )
    return written.getvalue().encode()


def manifest_hash(content: bytes) -> Hex:
    return Hex(sha256(content).hexdigest())
