"""Turns what was read of a bank of lockers into the page on which staff load and unload it. Pure."""

from collections import defaultdict

import msgspec
from markupsafe import Markup

from queue_server.contract.banks import CompartmentView, LockerBankView
from queue_server.custody import labels
from queue_server.custody.values import UnloadReason
from queue_server.domain.lockers import CompartmentSize, CompartmentState
from queue_server.lockers.values import PENDING
from queue_server.web import wording
from queue_server.web.audit.page import SelectOption
from queue_server.web.counter.page import ActionKey
from queue_server.web.custody import locker_words as words
from queue_server.web.custody.custody_query import CustodyQuery, CustodyView
from queue_server.web.custody.item_rows import item_row
from queue_server.web.custody.locker_reading import LockersRead
from queue_server.web.custody.page import DoorPicture, LockerDesk
from queue_server.web.view_context import StaffView
from queue_server.web.wording import MarkupTranslations

#: Of the picture: the width of a column, the height of the smallest compartment, and what lies between them.
_WIDTH, _UNIT, _GAP = 120, 34, 6
_UNITS = {CompartmentSize.SMALL: 1, CompartmentSize.MEDIUM: 2, CompartmentSize.LARGE: 3}
#: Compartments into which staff have to look.
_UNCLEAR = frozenset({CompartmentState.UNKNOWN, CompartmentState.BLOCKED})


def locker_desk(look: StaffView, asked: CustodyQuery, read: LockersRead, api: str) -> LockerDesk | None:
    """Show a bank: what to do now, how its doors are, what could go in and what has to come out."""
    bank = read.bank
    if bank is None:
        return None
    _, proposed = look.words, _proposed(asked, read)
    door = proposed if read.order is None else read.order.compartment
    label = _label(read)
    states = [one.state for one in bank.compartments]
    return LockerDesk(
        name=bank.name,
        url=f"{api}/lockers/{bank.id}",
        banks=tuple(SelectOption(ident, name, ident == bank.id) for ident, name in read.names),
        step=_step(read),
        label=label,
        door=door or "",
        head=words.head(_, read.order, bank, label, proposed, is_overdue=read.is_order_overdue),
        sentence=words.sentence(_, read.order, label, _where(_, bank, door), is_overdue=read.is_order_overdue),
        tone=words.tone(read.order, is_answering=bank.is_connected and not read.is_order_overdue),
        doors=_doors(look, bank, door),
        width=_size(bank)[0],
        height=_size(bank)[1],
        picture=words.picture(_, states, _where(_, bank, door)),
        legend=tuple(
            (state.value, words.state(_, state), states.count(state)) for state in CompartmentState if state in states
        ),
        other=asked.but(skip=asked.skip + 1).address() if proposed and len(read.free) > 1 else "",
        anew=CustodyQuery(CustodyView.LOCKERS, locker=bank.id).address(),
        next=tuple(item_row(look, one, read.named) for one in read.next),
        next_total=read.next_total,
        comes_out=tuple(item_row(look, one, read.named) for one in read.comes_out),
        comes_out_total=read.comes_out_total,
        unclear=_compartments([one for one in bank.compartments if one.state in _UNCLEAR] or list(bank.compartments)),
        occupied=_compartments([one for one in bank.compartments if one.state is CompartmentState.OCCUPIED]),
        every=_compartments(list(bank.compartments)),
        reasons=tuple(
            SelectOption(one, wording.plain(words.unload_reason(_, one)), number == 0)
            for number, one in enumerate(UnloadReason)
        ),
    )


def is_moving(read: LockersRead) -> bool:
    """Tell whether a door has something to tell soon."""
    return read.order is not None and read.order.state in PENDING


def _label(read: LockersRead) -> str:
    item = read.item if read.order is None else read.order_item
    return "" if item is None else labels.shown(item.label)


def _proposed(asked: CustodyQuery, read: LockersRead) -> str:
    """Propose the smallest free compartment; ``skip`` passes over so many."""
    if read.item is None or read.order is not None or not read.free:
        return ""
    return read.free[asked.skip % len(read.free)].name


def _step(read: LockersRead) -> int:
    """Say at which of the three steps one is: label, compartment, door."""
    if read.order is not None and read.order.state in PENDING:
        return 3
    return 2 if read.item is not None and read.order is None else 1


def _compartments(found: list[CompartmentView]) -> tuple[SelectOption, ...]:
    return tuple(
        SelectOption(one.name, f"{one.name} \N{MIDDLE DOT} {one.item}" if one.item else one.name, number == 0)
        for number, one in enumerate(found)
    )


def _where(_: MarkupTranslations, bank: LockerBankView, door: str) -> Markup:
    """Say where a door is as one stands before the bank."""
    found = next((one for one in bank.compartments if one.name == door), None)
    if found is None:
        return Markup()
    return _("Column %(column)s from the left, %(row)s from the top.", column=found.column, row=found.row)


def _columns(bank: LockerBankView) -> dict[int, list[CompartmentView]]:
    columns: defaultdict[int, list[CompartmentView]] = defaultdict(list)
    for one in sorted(bank.compartments, key=lambda each: (each.column, each.row)):
        columns[one.column].append(one)
    return dict(columns)


def _size(bank: LockerBankView) -> tuple[int, int]:
    columns = _columns(bank)
    heights = [sum(_UNITS[one.size] * _UNIT for one in column) for column in columns.values()]
    return len(columns) * _WIDTH, max(heights, default=_UNIT)


def _doors(look: StaffView, bank: LockerBankView, door: str) -> tuple[DoorPicture, ...]:
    """Draw the doors where they are: columns side by side, the highest row on top."""
    found = []
    for number, column in enumerate(_columns(bank).values()):
        top = 0
        for one in column:
            height = _UNITS[one.size] * _UNIT
            found.append(
                DoorPicture(
                    name=one.name,
                    state=one.state,
                    says=words.state(look.words, one.state),
                    x=number * _WIDTH,
                    y=top,
                    width=_WIDTH - _GAP,
                    height=height - _GAP,
                    chosen=one.name == door,
                )
            )
            top += height
    return tuple(found)


def keys(_: MarkupTranslations, read: LockersRead, api: str) -> tuple[ActionKey, ...]:
    """Give the keys at a bank. While a door is open there is nothing to press: it tells by itself that it is shut."""
    bank = read.bank
    if bank is None:
        return ()
    busy, heard, order = is_moving(read), bank.is_connected, read.order
    full = any(one.state is CompartmentState.OCCUPIED for one in bank.compartments)
    stop = _("nothing is heard of the bank")
    if heard:
        stop = _("a door has to be shut first") if busy else Markup()
    give_up = busy and order is not None and (not heard or read.is_order_overdue)
    if give_up:
        waits = _("no answer to this order") if heard else _("its place is then not known")
    else:
        waits = _("the bank is heard") if heard else _("no door is waited for")

    def key(name: str, icon: str, label: Markup, note: Markup, cap: str) -> ActionKey:
        """Make a key for a door: only at a bank that is heard and does nothing else."""
        return ActionKey(name, icon, label, stop or note, cap, cap, ready=not stop, dialog=name)

    unload = key("unload", "down", _("Take out…"), _("with a reason"), "F2")
    return (
        unload if full else msgspec.structs.replace(unload, note=_("nothing lies in it"), ready=False),
        key("inspect", "search", _("Look inside…"), _("a door opens"), "F6"),
        key("settle", "check", _("Say what is there…"), _("after you have looked"), "F7"),
        ActionKey(
            "give-up",
            "nolink",
            _("Wait no longer"),
            waits,
            "F8",
            "F8",
            ready=give_up,
            url="" if order is None else f"{api}/lockers/{bank.id}/orders/{order.id}/give-up",
            slot="" if order is None else f"give-up:{order.id}",
        ),
    )
