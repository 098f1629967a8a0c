"""What is here for whoever shows a document or types a code: in a transaction that writes.

A document is found by its number together with who issued it, through the blind index of the vault: two states may give
the same number, and a number that differs by one character is another one. Who looked, and at what, the vault records.
"""

from collections.abc import Iterable

import msgspec
from sqlalchemy import Connection

from queue_server.collection import proof, store
from queue_server.collection.codes import OneTimeCodes
from queue_server.collection.model import CollectionAuthority
from queue_server.collection.store import ProvedItem
from queue_server.contract.documents import DocumentReading
from queue_server.custody import store as custody
from queue_server.custody.model import Item
from queue_server.custody.values import ENDED, HandOverProof
from queue_server.domain.values import Actor, CentreId, Micros
from queue_server.vault.model import RowKind, VaultRow, document_key
from queue_server.vault.store import Vault


class FoundItem(msgspec.Struct, frozen=True):
    """An item that is somebody's, as it is now, and by what it is theirs."""

    item: Item
    proved: ProvedItem


class Finder(msgspec.Struct, frozen=True):
    """Finds what is here, at one centre, for one kiosk (``actor``)."""

    connection: Connection
    centre: CentreId
    vault: Vault
    actor: Actor
    now: Micros

    def by_code(self, codes: OneTimeCodes, code: str) -> tuple[FoundItem, ...]:
        ident = codes.find(self.connection, self.centre, code, at=self.now)
        found = None if ident is None else custody.item_by_id(self.connection, self.centre, ident)
        return () if found is None else _proved((found,), HandOverProof.CODE)

    def by_document(self, reading: DocumentReading) -> tuple[FoundItem, ...]:
        """Find what is theirs, and what they may collect for others; nothing where the document does not hold."""
        shown, key = proof.of_reading(reading), document_key(reading.issuer, reading.number)
        if shown.is_refused:
            return ()
        held = self._matching(RowKind.HOLDER, key)
        applications = {one.application for one in held if one.application is not None}
        own = custody.of_applications(self.connection, self.centre, applications)
        found = _proved(own, HandOverProof.CHIP if shown.opens else None)
        known = {one.item.id for one in found}
        rows = self._matching(RowKind.AUTHORITY, key)
        for authority in store.authorities(self.connection, self.centre, [row.id for row in rows]):
            by = proof.of_authority(authority.kind) if shown.opens else None
            for one in _proved(self._of(authority), by, authority):
                if one.item.id not in known:
                    known.add(one.item.id)
                    found = (*found, one)
        return found

    def _of(self, authority: CollectionAuthority) -> tuple[Item, ...]:
        if not authority.holds(self.now):
            return ()
        if authority.application is not None:
            return custody.of_applications(self.connection, self.centre, (authority.application,))
        return () if authority.item is None else custody.some(self.connection, self.centre, (authority.item,))

    def _matching(self, kind: RowKind, key: str) -> tuple[VaultRow, ...]:
        return self.vault.matching(self.connection, self.centre, kind, key, actor=self.actor, now=self.now)


def _proved(
    items: Iterable[Item], by: HandOverProof | None, authority: CollectionAuthority | None = None
) -> tuple[FoundItem, ...]:
    named = None if authority is None else authority.id
    return tuple(FoundItem(one, ProvedItem(one.id, by, named)) for one in items if one.state not in ENDED)
