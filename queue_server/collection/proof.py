"""What a document that a kiosk has read proves, and where somebody gets what is theirs. Pure.

A printed page proves nothing to a door: it can be copied. A door opens for a chip that was signed by a trusted state,
holds what was signed, and has proved that it is no copy. That it has expired changes nothing: whoever collects their
new passport has the old one. With any other document that may be theirs people go to the counter, where somebody looks.
"""

from typing import Final

import msgspec

from queue_server.collection.values import AuthorityKind, WhereNow
from queue_server.contract.documents import DocumentReading
from queue_server.custody.model import Item
from queue_server.custody.values import ENDED, HandOverProof, Holder, ItemState

#: Checks of ``docs/document-attacks.md``.
_SIGNED: Final = frozenset({"signature", "issuer", "validity", "issuing-state", "content"})
_NO_COPY: Final = frozenset({"active-authentication", "chip-authentication"})
_HOLDS: Final = frozenset({"passed", "noted"})
_EXPIRY: Final = "expiry"
_LATER: Final = frozenset({ItemState.KEPT, ItemState.SENT, ItemState.AT_AUTHORITY, ItemState.BACK})
_OF_AUTHORITY: Final = {
    AuthorityKind.REPRESENTATIVE: HandOverProof.REPRESENTATIVE,
    AuthorityKind.GUARDIAN: HandOverProof.GUARDIAN,
}


class DocumentProof(msgspec.Struct, frozen=True):
    """``is_refused``: something of it does not hold. ``opens``: a door is opened for whoever shows it."""

    is_refused: bool
    opens: bool


def of_reading(reading: DocumentReading) -> DocumentProof:
    """Judge what was read of a document by its verdicts, never by what the kiosk sums them up to."""
    failed = {one.check for one in reading.verdicts if one.outcome == "failed"} - {_EXPIRY}
    holds = {one.check for one in reading.verdicts if one.outcome in _HOLDS}
    is_whole = bool(reading.issuer and reading.number) and not reading.seal
    opens = is_whole and not failed and holds >= _SIGNED and bool(holds & _NO_COPY)
    return DocumentProof(is_refused=bool(failed) or not is_whole, opens=opens)


def of_authority(kind: AuthorityKind) -> HandOverProof:
    return _OF_AUTHORITY[kind]


def where_now(item: Item, *, can_open: bool) -> WhereNow | None:
    """Say where somebody gets an item that is theirs; None where there is nothing to get any more.

    ``can_open``: its door can be opened for this person.
    """
    if item.state in ENDED:
        return None
    if item.state in _LATER and item.holder is not Holder.UNKNOWN:
        return WhereNow.LATER
    behind_a_door = item.state is ItemState.READY and item.holder is Holder.COMPARTMENT
    return WhereNow.HERE if behind_a_door and can_open and item.claim is None else WhereNow.COUNTER
