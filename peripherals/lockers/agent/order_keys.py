"""The keys by which a bank knows the orders of its server: that of its enrolment, and those that follow it."""

import asyncio
from collections.abc import Callable, Sequence

import structlog

from queue_server.contract.lockers import LockerOrder, OrderInvalidError, SignedOrder, read_public, verify
from queue_server.contract.order_keys import OrderKey, believed

_log = structlog.get_logger(__name__)


class OrderKeys:
    """``known``: public keys as text, at least one; ``store`` keeps others in their place, or raises OSError."""

    def __init__(self, known: tuple[str, ...], store: Callable[[tuple[str, ...]], None]) -> None:
        self._known = known
        self._store = store
        self._keys = tuple(map(read_public, known))

    def verify(self, signed: SignedOrder) -> LockerOrder:
        """Give the order that one of the keys signed.

        Raises:
            OrderInvalidError: none did, or it is no order.
        """
        for key in self._keys:
            try:
                return verify(signed, key)
            except OrderInvalidError:
                continue
        raise OrderInvalidError

    async def accept(self, offered: Sequence[OrderKey]) -> None:
        """Take what the server says of its keys, as far as one that is known speaks for it; on disk first."""
        found = believed(self._known, offered)
        if found == self._known:
            return
        try:
            await asyncio.to_thread(self._store, found)
        except OSError as error:
            # The server says it again.
            _log.warning("order-keys-not-stored", code=type(error).__name__)
            return
        self._known, self._keys = found, tuple(map(read_public, found))
        _log.info("order-keys", count=len(found))
