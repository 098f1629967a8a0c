"""What follows for a compartment from what is said of the item in it elsewhere: staff look before it is used again."""

from collections.abc import Sequence
from typing import Final

from queue_server.custody.events import ItemMissed
from queue_server.custody.followers import ItemChanges
from queue_server.custody.values import Holder, MissedBy
from queue_server.domain.values import DeviceId
from queue_server.eventlog.aggregate import PendingAppend
from queue_server.lockers import decide
from queue_server.lockers.model import BankRecord
from queue_server.lockers.store import BANKS

#: Where a bank's own word has something missed, what that is for its compartment is decided there.
_OF_BANKS: Final = MissedBy.LOCKER


def missed_in_banks(changes: ItemChanges) -> Sequence[PendingAppend[BankRecord]]:
    """Have staff look into the compartments in which something is missed: it may well lie there."""
    names: dict[DeviceId, set[str]] = {}
    for one in changes.items:
        was, by_others = (
            one.before,
            any(isinstance(body, ItemMissed) and body.by is not _OF_BANKS for body in one.bodies),
        )
        if by_others and was is not None and was.holder is Holder.COMPARTMENT and was.bank and was.compartment:
            names.setdefault(was.bank, set()).add(was.compartment)
    return [_unclear(changes, bank, sorted(some)) for bank, some in sorted(names.items())]


def _unclear(changes: ItemChanges, bank: DeviceId, names: Sequence[str]) -> PendingAppend[BankRecord]:
    def decided(before: BankRecord | None) -> decide.Decided:
        return () if before is None else tuple(body for name in names for body in decide.unclear(before, name))

    return BANKS.draft(changes.connection, bank, decided, at=changes.at, command=changes.command, actor=changes.actor)
