"""What follows where a bank was revoked: nobody will tell any more what becomes of its orders, nor open its doors.

Its orders end, their compartments are unclear, and whatever lies in it is missed: staff look, and scan what they find.
"""

from collections.abc import Iterable, Iterator
from typing import Final

import structlog
from sqlalchemy import Connection

from queue_server.contract.periodic import Periodic
from queue_server.custody import decide as custody
from queue_server.custody.acting import store_changes
from queue_server.custody.errors import CustodyError
from queue_server.custody.model import Item
from queue_server.custody.store import ITEMS
from queue_server.custody.values import ItemId
from queue_server.domain.values import Actor
from queue_server.eventlog.aggregate import PendingAppend
from queue_server.framework.server import Server
from queue_server.lockers import decide, store
from queue_server.lockers.model import BankRecord, DoorOrder
from queue_server.lockers.store import BANKS, ORDERS

_log = structlog.get_logger(__name__)
_ACTOR: Final = Actor("system")


class RevokedBanks:
    """Ends what is left of banks that were revoked; ``task`` looks every ``poll_s`` seconds."""

    def __init__(self, server: Server, poll_s: float) -> None:
        self._server = server
        self.task = Periodic("revoked-banks", poll_s, self.settle, at_once=True)

    async def settle(self) -> None:
        """End it now."""
        for bank in await self._server.log.run(store.revoked):
            await self._server.log.write_in_turn(
                BANKS.stream(bank.id),
                lambda connection, bank=bank: self._settle(connection, bank),  # type: ignore[misc]
            )
            _log.warning("bank-revoked", bank=bank.id)

    def _settle(self, connection: Connection, bank: BankRecord) -> None:
        at, command = self._server.clock(), f"revoked/{bank.id}"
        orders = store.under_way(connection, bank)
        names = {str(one.compartment) for one in orders}
        names |= {str(one.compartment) for one in store.lying_in(connection, bank)}
        ended = [ORDERS.draft(connection, one.id, _ended, at=at, command=command, actor=_ACTOR) for one in orders]
        behind = BANKS.draft(
            connection, bank.id, lambda before: _doubtful(before, names), at=at, command=command, actor=_ACTOR
        )
        missed = list(self._missed(connection, bank, orders))
        store_changes(
            self._server, connection, bank.centre, missed, behind, *ended, at=at, command=command, actor=_ACTOR
        )

    def _missed(
        self, connection: Connection, bank: BankRecord, orders: Iterable[DoorOrder]
    ) -> Iterator[PendingAppend[Item]]:
        at, command = self._server.clock(), f"revoked/{bank.id}"
        of_orders: dict[ItemId, DoorOrder | None] = {one.item: one for one in orders if one.item is not None}
        lying: dict[ItemId, DoorOrder | None] = {one.id: None for one in store.lying_in(connection, bank)}
        for ident, order in sorted((of_orders | lying).items()):

            def decided(before: Item | None, order: DoorOrder | None = order) -> custody.Decided:
                return decide.miss_of(custody.here(before, bank.centre), order)

            try:
                yield ITEMS.draft(connection, ident, decided, at=at, command=command, actor=_ACTOR)
            except CustodyError as error:
                # It has left meanwhile: at the counter, say.
                _log.info("bank-revoked-item", bank=bank.id, item=ident, code=error.code)


def _ended(before: DoorOrder | None) -> decide.Decided:
    return () if before is None else decide.give_up(before, is_connected=False)


def _doubtful(before: BankRecord | None, names: Iterable[str]) -> decide.Decided:
    return () if before is None else tuple(body for name in sorted(names) for body in decide.unclear(before, name))
