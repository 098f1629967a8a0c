"""What a scan means where it is read: what the page says, where it goes, or which verb it sends.

Nothing is changed here. The page does what the step says: so the meaning of every scan is decided in one place.
"""

from typing import Any, Literal

import msgspec
from markupsafe import Markup
from sqlalchemy import Connection

from queue_server.applications.store import by_reference
from queue_server.custody import labels, store
from queue_server.custody.bag_model import Bag
from queue_server.custody.model import Item
from queue_server.custody.scans import DeskScan, ScanKind
from queue_server.custody.values import Direction, SealNumber, ShelfPlace
from queue_server.domain.values import CentreId, Reference
from queue_server.web import wording
from queue_server.web.custody import words
from queue_server.web.custody.custody_query import CustodyQuery, CustodyView
from queue_server.web.view_context import StaffView


class SeenLabel(msgspec.Struct, frozen=True):
    """What was scanned in a drawer: as it is sent, as it is read, and whether it should lie there."""

    value: str
    label: str
    text: str
    is_right: bool


class ScanStep(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the page does next.

    ``say`` is read at once, ``done`` once the POST of ``body`` to ``url`` has been answered; then, or at once, the page
    ``go`` is shown. ``dialog`` is opened, and ``fill`` fills fields by their names; then the form ``send`` is sent.
    ``seen`` goes into the list of what was counted. ``tone`` is that of what is said.
    """

    say: str = ""
    tone: Literal["good", "bad", ""] = ""
    go: str = ""
    url: str = ""
    body: Any = None
    done: str = ""
    dialog: str = ""
    fill: dict[str, str] = {}
    send: str = ""
    seen: SeenLabel | None = None


def bad(text: Markup) -> ScanStep:
    return ScanStep(say=wording.plain(text), tone="bad")


class ScanContext(msgspec.Struct, frozen=True):
    """Where a scan is read: by whom, on which page, at which centre."""

    connection: Connection
    look: StaffView
    asked: CustodyQuery
    centre: CentreId
    api: str

    def code(self, text: str) -> str:
        """Write a code for a sentence without markup: left to right in one that is read from the right."""
        return f"\N{LEFT-TO-RIGHT ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}" if self.look.reader.rtl else text

    def by_label(self, scan: DeskScan) -> Item | None:
        return store.item_by_label(self.connection, self.centre, int(scan.value))

    def bag(self, number: str) -> Bag | None:
        """Find a bag by its number: one on its way, or the newest of that number."""
        seal = SealNumber(number)
        return store.bag_by_seal(self.connection, self.centre, Direction.OUT, seal) or store.bag_by_seal(
            self.connection, self.centre, Direction.BACK, seal
        )


def unread(look: StaffView, scan: DeskScan) -> ScanStep | None:
    _ = look.words
    if scan.kind is ScanKind.WRONG_LABEL:
        return bad(_("That label was not read well. Scan it again, or type its number."))
    if scan.kind is ScanKind.WRONG_REFERENCE:
        return bad(_("That reference was mistyped: its last character does not fit."))
    if scan.kind is ScanKind.NOTHING:
        return bad(_("That is no label, reference, place or number of a bag."))
    return None


def anywhere(here: ScanContext, scan: DeskScan) -> ScanStep:
    """Show what was scanned, where the page does nothing else with it."""
    _ = here.look.words
    if scan.kind is ScanKind.LABEL:
        return _open(here, here.by_label(scan), labels.shown(int(scan.value)))
    if scan.kind is ScanKind.REFERENCE:
        return _case(here, scan.value)
    bag = here.bag(scan.value)
    if bag is not None:
        return ScanStep(go=CustodyQuery(CustodyView.BAG, bag=bag.id).address(""))
    return _in_place(here, scan)


def _in_place(here: ScanContext, scan: DeskScan) -> ScanStep:
    _ = here.look.words
    if scan.kind is ScanKind.DRAWER:
        return ScanStep(go=CustodyQuery(CustodyView.ITEMS, drawer=scan.value).address(""))
    if scan.kind is not ScanKind.PLACE:
        return bad(_("Nothing of this number is here: %(number)s.", number=here.code(scan.value)))
    found = store.item_in(here.connection, here.centre, ShelfPlace(scan.value))
    if found is None:
        return ScanStep(say=wording.plain(_("Nothing lies in %(place)s.", place=here.code(scan.value))))
    return ScanStep(go=CustodyQuery(CustodyView.ITEM, item=found.id).address(""))


def no_case(here: ScanContext, reference: str) -> ScanStep:
    return bad(here.look.words("There is no case %(reference)s here.", reference=here.code(reference)))


def no_label(here: ScanContext, shown: str) -> ScanStep:
    return bad(here.look.words("No document here has the label %(label)s.", label=here.code(shown)))


def _case(here: ScanContext, reference: str) -> ScanStep:
    if by_reference(here.connection, here.centre, Reference(reference)) is None:
        return no_case(here, reference)
    return ScanStep(go=CustodyQuery(CustodyView.CASES, case=reference).address(""))


def _open(here: ScanContext, item: Item | None, shown: str) -> ScanStep:
    if item is None:
        return no_label(here, shown)
    return ScanStep(
        say=wording.plain(Markup("{}: {}").format(here.code(shown), words.state(here.look.words, item.state))),
        go=CustodyQuery(CustodyView.ITEM, item=item.id).address(""),
    )


def shelve(here: ScanContext, item: Item, place: str) -> ScanStep:
    """Lay an item in the place that was scanned."""
    _, shown = here.look.words, labels.shown(item.label)
    return ScanStep(
        url=f"{here.api}/custody/items/{item.id}/shelve",
        body={"place": place},
        done=wording.plain(_("%(label)s lies in %(place)s.", label=here.code(shown), place=here.code(place))),
    )
