"""Another key for the addresses of tickets: the server says it, and it is on disk before it is used."""

import asyncio

import structlog
from msgspec.structs import replace

from kiosk.errors import DataError
from kiosk.store.data import DataFolder
from kiosk.store.identity import KioskIdentity

_log = structlog.get_logger(__name__)


class TicketKeyStore:
    """Changes the key of ``identity``, which whoever prints a ticket asks; what was printed before is still found."""

    def __init__(self, data: DataFolder, identity: KioskIdentity) -> None:
        self._data = data
        self._identity = identity

    async def accept(self, key: str | None) -> None:
        """Take the key (hexadecimal) that the server gives; None where it changed nothing."""
        if key is None or key == self._identity.ticket_key:
            return
        try:
            await asyncio.to_thread(self._data.store_identity, replace(self._identity, ticket_key=key))
        except DataError as error:
            # The server says it again within a minute; the one before goes on.
            _log.warning("ticket-key-not-kept", code=error.code)
        else:
            self._identity.ticket_key = key
            _log.info("ticket-key-changed", device=self._identity.device)
