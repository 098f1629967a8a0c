"""Which devices trust an authority, by what each said last: who would be left behind if it were put in force."""

from datetime import datetime
from enum import StrEnum
from typing import Final

import msgspec
from sqlalchemy import Connection

from queue_server.accounts import device_store, status_store
from queue_server.accounts.model import DeviceKind
from queue_server.contract.server_route import Fingerprint
from queue_server.domain.values import HOUR, CentreId, ConsularError, DeviceId, Micros, to_datetime

#: Kinds that trust what they are told; an integration is brought the certificate by hand.
_TOLD: Final = frozenset({"kiosk", "screen", "locker"})
#: A device that has said nothing for longer keeps nobody waiting, in days.
_LATELY_DAYS: Final = 30


class DevicesBehindError(ConsularError):
    """As many ``devices`` that were seen lately do not trust the next authority, and would be left behind."""

    code = "authority-devices-behind"


class TrustState(StrEnum):
    """Whether a device trusts an authority."""

    READY = "ready"
    #: It was seen lately, and does not.
    BEHIND = "behind"
    #: It does not, and was not seen for so long that nobody knows whether it is still there.
    UNSEEN = "unseen"
    #: It is told nothing.
    BY_HAND = "by-hand"


class DeviceTrust(msgspec.Struct, frozen=True):
    """One device that has access, and whom it trusts; ``seen`` is when it last said so (UTC)."""

    id: DeviceId
    kind: DeviceKind
    centre: CentreId
    name: str
    seen: datetime | None
    trusts: tuple[Fingerprint, ...]
    urls: tuple[str, ...]
    state: TrustState


def list_trust(connection: Connection, authority: Fingerprint, now: Micros) -> tuple[DeviceTrust, ...]:
    """List the devices of all centres that have access, each with whether it trusts ``authority``."""
    said = status_store.statuses(connection, None)
    found = []
    for device in device_store.active(connection):
        seen, status = said.get(device.id, (None, None))
        trusts = () if status is None else status.trusts
        if device.kind not in _TOLD:
            state = TrustState.BY_HAND
        elif authority in trusts:
            state = TrustState.READY
        else:
            lately = seen is not None and now - seen <= _LATELY_DAYS * 24 * HOUR
            state = TrustState.BEHIND if lately else TrustState.UNSEEN
        found.append(
            DeviceTrust(
                device.id,
                device.kind,
                device.centre,
                device.name,
                None if seen is None else to_datetime(seen),
                trusts,
                () if status is None else status.urls,
                state,
            )
        )
    return tuple(found)
