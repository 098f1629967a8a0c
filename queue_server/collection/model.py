"""What the events of collection fold to. Pure."""

import msgspec

from queue_server.collection import events as e
from queue_server.collection.values import AuthorityId, AuthorityKind, AuthorityNameId, ProofWay
from queue_server.custody.values import ItemId
from queue_server.domain.values import ApplicationId, CentreId, DeviceId, Micros
from queue_server.eventlog.payload import Payload, UnknownEventError


class CollectionAuthority(msgspec.Struct, frozen=True):
    """Somebody may collect for somebody else until ``ends_at``, as its stream left it at ``seq``."""

    id: AuthorityId
    centre: CentreId
    kind: AuthorityKind
    application: ApplicationId | None
    item: ItemId | None
    name: AuthorityNameId
    ends_at: Micros
    recorded_at: Micros
    changed_at: Micros
    seq: int
    is_withdrawn: bool = False

    def holds(self, now: Micros) -> bool:
        return not self.is_withdrawn and now < self.ends_at


class SlowedKiosk(msgspec.Struct, frozen=True):
    """A kiosk at which proofs were wrong: how many at last, and when that was."""

    id: DeviceId
    centre: CentreId
    way: ProofWay
    wrong: int
    changed_at: Micros
    seq: int


class MadeCodes(msgspec.Struct, frozen=True):
    """The codes that staff made for an item, counted."""

    item: ItemId
    count: int
    seq: int


def evolve_authority(before: CollectionAuthority | None, body: Payload, seq: int, at: Micros) -> CollectionAuthority:
    """Fold one event into an authority.

    Raises:
        UnknownEventError: it does not belong here.
    """
    match body:
        case e.AuthorityRecorded() if before is None:
            return CollectionAuthority(
                id=body.authority,
                centre=body.centre,
                kind=body.kind,
                application=body.application,
                item=body.item,
                name=body.name,
                ends_at=body.ends_at,
                recorded_at=at,
                changed_at=at,
                seq=seq,
            )
        case e.AuthorityWithdrawn() if before is not None:
            return msgspec.structs.replace(before, is_withdrawn=True, changed_at=at, seq=seq)
    raise UnknownEventError(type=body.type, v=body.v)


def evolve_kiosk(_: SlowedKiosk | None, body: Payload, seq: int, at: Micros) -> SlowedKiosk:
    """Fold one event into a kiosk.

    Raises:
        UnknownEventError: it does not belong here.
    """
    if not isinstance(body, e.ProofsSlowed):
        raise UnknownEventError(type=body.type, v=body.v)
    return SlowedKiosk(body.kiosk, body.centre, body.way, body.wrong, at, seq)


def evolve_codes(before: MadeCodes | None, body: Payload, seq: int, _: Micros) -> MadeCodes:
    """Fold one event into the codes of an item.

    Raises:
        UnknownEventError: it does not belong here.
    """
    if not isinstance(body, e.CollectionCodeMade):
        raise UnknownEventError(type=body.type, v=body.v)
    return MadeCodes(body.item, 1 if before is None else before.count + 1, seq)
