"""Turns what was read of bags into their list, and one of them into its page. Pure."""

from markupsafe import Markup

from queue_server.custody import labels
from queue_server.custody.bag_model import Bag
from queue_server.custody.values import BagState, Direction
from queue_server.web.counter.page import ActionKey
from queue_server.web.custody import words
from queue_server.web.custody.bag_reading import BagContents
from queue_server.web.custody.custody_query import CustodyQuery, CustodyView
from queue_server.web.custody.item_list import governments
from queue_server.web.custody.item_rows import item_row, ltr, moment, short_hash
from queue_server.web.custody.page import BagDetail, BagLine, BagList, BagRow
from queue_server.web.view_context import StaffView
from queue_server.web.wording import MarkupTranslations

#: What a press does at once; the others ask first.
_AT_ONCE = frozenset({"dispatch"})


def address(bag: Bag) -> str:
    return CustodyQuery(CustodyView.BAG, bag=bag.id).address()


def bag_list(look: StaffView, bags: tuple[Bag, ...]) -> BagList:
    return BagList(tuple(_row(look, bag) for bag in bags), governments(look, ""))


def _row(look: StaffView, bag: Bag) -> BagRow:
    _ = look.words
    comes = bag.direction is Direction.BACK
    return BagRow(
        id=bag.id,
        url=address(bag),
        seal=bag.seal or "",
        government=look.government_name(bag.government),
        way=_("comes back") if comes else _("goes out"),
        state=words.bag_state(_, bag.state, comes=comes),
        count=len(bag.items),
        since=moment(look, bag.opened_at),
    )


def bag_detail(look: StaffView, read: BagContents, api: str, witness_from: int) -> BagDetail:
    """Show a bag with what is in it, and what could still go into it."""
    _, bag = look.words, read.bag
    comes, row = bag.direction is Direction.BACK, _row(look, bag)
    is_open = bag.state is BagState.OPEN
    facts = [
        (_("Government"), Markup.escape(row.government)),
        (_("Begun"), row.since),
        (_("Seal"), _seal(_, bag)),
    ]
    if bag.manifest is not None:
        facts.append((_("List, its hash"), ltr(short_hash(bag.manifest))))
    if bag.expected is not None:
        facts.append((_("On its list"), Markup.escape(bag.expected)))
    return BagDetail(
        id=bag.id,
        url=f"{api}/custody/bags/{bag.id}",
        seal=bag.seal or "",
        government=row.government,
        state=row.state,
        comes=comes,
        can_add=is_open,
        is_whole=bag.is_whole,
        lines=tuple(
            BagLine(
                CustodyQuery(CustodyView.ITEM, item=one.id).address(),
                labels.shown(one.label),
                words.kind(_, one.kind),
                words.condition(_, one.condition),
            )
            for one in read.items
        ),
        facts=tuple(facts),
        next=_next(_, bag),
        needs_two=len(bag.items) >= witness_from,
        waiting=tuple(item_row(look, one, read.named) for one in read.waiting),
        waiting_total=read.waiting_total,
        marks=words.mark_options(_, ()),
    )


def _seal(_: MarkupTranslations, bag: Bag) -> Markup:
    if bag.seal is None:
        return _("none yet")
    return ltr(bag.seal) if bag.is_whole else _("%(seal)s, was broken", seal=ltr(bag.seal))


def _next(_: MarkupTranslations, bag: Bag) -> Markup:
    """Say what to do with a bag now."""
    if bag.direction is Direction.BACK:
        return (
            _("Scan each document as it comes out. What is damaged: F8. When it is empty: F6.")
            if bag.state is BagState.OPEN
            else _("It is empty. Nothing is left to do.")
        )
    return {
        BagState.OPEN: _(
            "Scan each document as it goes in. When all are in, scan the number that is printed on the bag."
        ),
        BagState.SEALED: _("Give it to the carrier, then press F3."),
        BagState.DISPATCHED: _("Once the authority says that it has the bag, press F4."),
        BagState.ACKNOWLEDGED: _("The authority has it. Nothing is left to do."),
        BagState.EMPTIED: _("It is empty. Nothing is left to do."),
    }[bag.state]


def list_keys(_: MarkupTranslations) -> tuple[ActionKey, ...]:
    return (
        ActionKey(
            "open-bag", "plus", _("Begin a bag…"), _("for one government"), "F2", "F2", primary=True, dialog="open-bag"
        ),
        ActionKey("bag-came", "down", _("A bag came…"), _("from an authority"), "F3", "F3", dialog="bag-came"),
    )


def keys(_: MarkupTranslations, bag: Bag, api: str) -> tuple[ActionKey, ...]:
    """Give the keys of a bag; one that does nothing now says why."""
    comes = bag.direction is Direction.BACK
    now = _("now: %(what)s", what=words.bag_state(_, bag.state, comes=comes))
    is_open = bag.state is BagState.OPEN
    filling, emptying = is_open and not comes, is_open and comes
    sealable, dispatched = filling and bool(bag.items), bag.state is BagState.DISPATCHED
    empty = _("nothing is in it") if filling else now

    def key(act: str, icon: str, label: Markup, note: Markup, cap: str, *, ready: bool, first: bool) -> ActionKey:
        """Make a key; ``first``: the likeliest, where it can be pressed."""
        why = empty if act in {"seal", "remove"} else now
        return ActionKey(
            act,
            icon,
            label,
            note if ready else why,
            cap,
            cap,
            ready=ready,
            primary=ready and first,
            dialog="" if act in _AT_ONCE else act,
            url=f"{api}/custody/bags/{bag.id}/{act}" if act in _AT_ONCE else "",
            slot=f"{act}:{bag.id}:{bag.seq}" if act in _AT_ONCE else "",
        )

    gone, left = _("The carrier took it"), _("all that is in it leaves")
    return (
        key("seal", "lock", _("Seal…"), _("with the number on it"), "F2", ready=sealable, first=True),
        key("dispatch", "submit", gone, left, "F3", ready=bag.state is BagState.SEALED, first=True),
        key(
            "acknowledge",
            "okc",
            _("The authority has it…"),
            _("seal whole or broken"),
            "F4",
            ready=dispatched,
            first=True,
        ),
        key(
            "finish",
            "check",
            _("It is empty…"),
            _("compare with its list"),
            "F6",
            ready=emptying,
            first=bool(bag.items),
        ),
        key("remove", "undo", _("Take out…"), _("scan its label"), "F7", ready=sealable, first=False),
        key("unpack", "alert", _("Came damaged…"), _("label and condition"), "F8", ready=emptying, first=False),
    )
