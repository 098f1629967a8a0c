"""Turns what was read of items into the list of the custody desk. Pure."""

from collections.abc import Iterable

from markupsafe import Markup

from queue_server.custody.age_counts import AgeCount
from queue_server.custody.bag_model import Bag
from queue_server.custody.values import Direction, Holder, ItemState
from queue_server.domain.values import GovernmentId
from queue_server.web import wording
from queue_server.web.audit.page import SelectOption
from queue_server.web.counter.page import ActionKey
from queue_server.web.custody import words
from queue_server.web.custody.custody_query import UNKNOWN_PLACE, CustodyQuery, CustodyView
from queue_server.web.custody.item_rows import BANDS, days_since, item_row
from queue_server.web.custody.page import ItemList, StateCell, StateRow
from queue_server.web.custody.reading import MAX_ROWS, ItemsRead
from queue_server.web.view_context import StaffView
from queue_server.web.wording import MarkupTranslations

#: The states that stand in the table, in the order of the way.
ON_THE_WAY = (
    ItemState.KEPT,
    ItemState.SENT,
    ItemState.AT_AUTHORITY,
    ItemState.BACK,
    ItemState.READY,
    ItemState.WITH_CARRIER,
    ItemState.CALLED_BACK,
    ItemState.EXPIRED,
)
#: Days after which the oldest of a state needs somebody.
LATE_DAYS = 14


def item_list(look: StaffView, asked: CustodyQuery, read: ItemsRead) -> ItemList:
    """Show the table of states by age, and the items that fit what was asked for."""
    _ = look.words
    rows = tuple(item_row(look, one, read.named) for one in read.items)
    return ItemList(
        ages=tuple(words.age(_, band) for band in BANDS),
        states=(
            *(_state_row(look, asked, read, one, words.state(_, one)) for one in ON_THE_WAY),
            _state_row(look, asked, read, UNKNOWN_PLACE, _("Place not known")),
        ),
        total=_state_row(look, asked, read, "", _("All documents")),
        head=_head(_, asked),
        found=read.found,
        rows=rows,
        more=max(0, read.found - asked.skip - len(rows)),
        older=asked.but(skip=asked.skip + MAX_ROWS).address() if read.found > asked.skip + len(rows) else "",
        newer=asked.but(skip=max(0, asked.skip - MAX_ROWS)).address() if asked.skip else "",
        holders=(
            SelectOption("", wording.plain(_("whoever has it")), not asked.holder),
            *(
                SelectOption(one, wording.plain(words.holder(_, one)), one == asked.holder)
                for one in Holder
                if one is not Holder.NOBODY
            ),
        ),
        governments=governments(look, asked.government, wording.plain(_("all governments"))),
        narrowed=CustodyQuery().address() if asked.but(skip=0) != CustodyQuery() else "",
        needs=tuple(item_row(look, one, read.named) for one in read.needs),
        needs_total=read.needs_total,
        bags=bag_options(look, read.open_bags),
        recalls=words.recall_options(_),
    )


def bag_options(look: StaffView, bags: Iterable[Bag]) -> tuple[SelectOption, ...]:
    """List the bags that are being filled."""
    return tuple(
        SelectOption(
            bag.id,
            wording.plain(
                look.words(
                    "Bag for %(government)s, begun %(when)s, %(count)s in it",
                    government=look.government_name(bag.government),
                    when=f"{look.clock.day(bag.opened_at)} {look.clock.hhmm(bag.opened_at)}",
                    count=len(bag.items),
                )
            ),
            chosen=number == 0,
        )
        for number, bag in enumerate(one for one in bags if one.direction is Direction.OUT)
    )


def governments(look: StaffView, chosen: str, every: str = "") -> tuple[SelectOption, ...]:
    """List the governments of the centre; ``every`` stands for all of them, where that can be chosen."""
    known = tuple(
        SelectOption(one.id, look.government_name(GovernmentId(one.id)), one.id == chosen)
        for one in look.known.catalogue.governments
    )
    return (SelectOption("", every, not chosen), *known) if every else known


def _head(_: MarkupTranslations, asked: CustodyQuery) -> Markup:
    if asked.state == UNKNOWN_PLACE:
        named = _("Place not known")
    else:
        named = words.state(_, ItemState(asked.state)) if asked.state else _("All documents")
    ages = {one.value: words.age(_, one) for one in BANDS}
    parts = [named, *([ages[asked.age]] if asked.age else []), *([Markup.escape(asked.drawer)] if asked.drawer else [])]
    return _(", ").join(parts)


def _is_of(row: str, one: AgeCount) -> bool:
    """Tell whether a count stands in a row: what nobody can find stands in a row of its own, and only there."""
    if not row:
        return True
    return one.is_unknown if row == UNKNOWN_PLACE else not one.is_unknown and one.state == row


def _state_row(look: StaffView, asked: CustodyQuery, read: ItemsRead, row: str, name: Markup) -> StateRow:
    _ = look.words
    found = [one for one in read.counts if _is_of(row, one)]
    here = CustodyQuery(CustodyView.ITEMS, state=row, holder=asked.holder, government=asked.government)

    def cell(bands: Iterable[int], age: str) -> StateCell:
        count = sum(one.count for one in found if one.band in bands)
        return StateCell(here.but(age=age).address(), count, (asked.state, asked.age) == (row, age))

    oldest = days_since(look, min(one.oldest for one in found)) if found else 0
    return StateRow(
        name=name,
        cells=tuple(cell((number,), band) for number, band in enumerate(BANDS)),
        whole=cell(range(len(BANDS)), ""),
        oldest=words.days(_, oldest) if found else Markup(),
        is_late=bool(found) and bool(row) and (oldest > LATE_DAYS or row == UNKNOWN_PLACE),
    )


def keys(_: MarkupTranslations) -> tuple[ActionKey, ...]:
    """Give the keys of a selection; the page says of each how many it would do it to."""
    mark = _("mark documents with Space first")
    return (
        ActionKey("batch-bag", "submit", _("Put into a bag…"), mark, "F2", "F2", ready=False, dialog="batch-bag"),
        ActionKey("batch-ready", "okc", _("Ready"), mark, "F4", "F4", ready=False),
        ActionKey("batch-take", "hand", _("Take in hand"), mark, "F6", "F6", ready=False),
        ActionKey("batch-call-back", "undo", _("Call back…"), mark, "F7", "F7", ready=False, dialog="batch-call-back"),
        ActionKey("batch-miss", "alert", _("Not where it should be"), mark, "F8", "F8", ready=False),
        ActionKey("mark-all", "check", _("Mark all"), _("what is in the list"), "F9", "F9"),
    )
