"""The events of collection: who may collect for somebody else, wrong proofs at a kiosk, codes made by hand. Pure.

Nobody is named, and no number of a document: those are in the vault, under the ids that stand here.
"""

from typing import Final

from queue_server.collection.values import AuthorityId, AuthorityKind, AuthorityNameId, ProofWay
from queue_server.custody.values import ItemId
from queue_server.domain.values import ApplicationId, CentreId, DeviceId, Micros
from queue_server.eventlog.codec import Codec
from queue_server.eventlog.payload import Payload


class AuthorityRecorded(Payload, frozen=True):
    """First event of ``authority/<id>``: staff saw the letter, or that somebody is the guardian.

    It is for an application, or for an item that belongs to none. Who it is stands in the vault: their document under
    the id of the authority, their name under ``name``.
    """

    type = "authority-recorded"
    authority: AuthorityId
    centre: CentreId
    kind: AuthorityKind
    application: ApplicationId | None
    item: ItemId | None
    name: AuthorityNameId
    ends_at: Micros


class AuthorityWithdrawn(Payload, frozen=True):
    """It holds no more, before its end."""

    type = "authority-withdrawn"
    authority: AuthorityId


class ProofsSlowed(Payload, frozen=True):
    """The event of ``collection-kiosk/<device>``: so many proofs were wrong there that the next has to wait."""

    type = "proofs-slowed"
    kiosk: DeviceId
    centre: CentreId
    way: ProofWay
    wrong: int


class CollectionCodeMade(Payload, frozen=True):
    """The event of ``collection-code/<item>``: staff made a one-time code, and those before it are void."""

    type = "collection-code-made"
    item: ItemId
    centre: CentreId
    ends_at: Micros


AUTHORITY_MEANINGS: Final = {
    "application": "The application for whose items it is.",
    "authority": "The authority.",
    "centre": "The centre.",
    "ends_at": "When it ends.",
    "item": "The item for which it is, where that belongs to no application.",
    "kind": "As what somebody collects for somebody else.",
    "name": "The name of whoever may collect, in the vault.",
}
KIOSK_MEANINGS: Final = {
    "centre": "The centre.",
    "kiosk": "The kiosk.",
    "way": "How it was tried.",
    "wrong": "How many were wrong one after another.",
}
CODE_MEANINGS: Final = {
    "centre": "The centre.",
    "ends_at": "When it ends.",
    "item": "The item that it is for.",
}

AUTHORITY_CODEC: Final = Codec((AuthorityRecorded, AuthorityWithdrawn))
KIOSK_CODEC: Final = Codec((ProofsSlowed,))
CODE_CODEC: Final = Codec((CollectionCodeMade,))
