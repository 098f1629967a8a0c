"""The settings that devices take, in the database: every version of every profile, and what each device is to have."""

from collections.abc import Mapping
from typing import Any

import msgspec
import structlog
from sqlalchemy import Connection, Select, func, insert, select, tuple_, update

from queue_server.accounts import device_store
from queue_server.accounts.errors import DeviceUnknownError
from queue_server.accounts.model import EnrolledDevice
from queue_server.accounts.tables import device_settings as t
from queue_server.contract.device_settings import (
    PROFILES,
    DeviceProfileView,
    DeviceSettingError,
    PinHash,
    SettingsReport,
    SettledKind,
    WantedSettings,
    put_over,
    read_profile,
)
from queue_server.domain.values import Actor, CentreId, DeviceId, Micros, to_datetime

_log = structlog.get_logger(__name__)

#: Names all devices of a kind, where a device could stand.
_ALL = DeviceId("")


class ProfileScope(msgspec.Struct, frozen=True):
    """For whom a profile is: all devices of a kind at a centre, or one of them."""

    centre: CentreId
    kind: SettledKind
    device: DeviceId | None = None

    def check(self, connection: Connection) -> None:
        """Look whether there is such a device.

        Raises:
            DeviceUnknownError: the centre has none of this kind, or not any more.
        """
        found = None if self.device is None else device_store.device(connection, self.device)
        if self.device is not None and (
            found is None or (found.centre, found.kind) != (self.centre, self.kind) or found.revoked_at is not None
        ):
            raise DeviceUnknownError(device=self.device)


def store_text(connection: Connection, scope: ProfileScope, text: str, *, actor: Actor, now: Micros) -> int:
    """Set what a profile says, and give the version that it is.

    Raises:
        DeviceSettingError: no device would take it; nothing was stored.
        DeviceUnknownError: there is no such device.
        CentreNotSetUpError: there is no such centre.
    """
    read_profile(scope.kind, text)
    return _store(connection, scope, {"text": text}, actor, now)


def store_pin(connection: Connection, scope: ProfileScope, pin: str | None, *, actor: Actor, now: Micros) -> int:
    """Set the technician's PIN (an argon2id hash), or None: that of each machine counts. Gives the version.

    Raises:
        DeviceUnknownError: there is no such device.
        CentreNotSetUpError: there is no such centre.
    """
    return _store(connection, scope, {"pin": pin}, actor, now)


def _store(connection: Connection, scope: ProfileScope, changed: Mapping[str, Any], actor: Actor, now: Micros) -> int:
    device_store.lock_centre(connection, scope.centre)
    scope.check(connection)
    newest = connection.execute(select(func.max(t.c.version)).where(t.c.centre == scope.centre)).scalar_one()
    version: int = (newest or 0) + 1
    same = (t.c.centre == scope.centre, t.c.kind == scope.kind, t.c.device == (scope.device or _ALL))
    found = connection.execute(select(t).where(*same).order_by(t.c.version.desc()).limit(1)).mappings().one_or_none()
    before: dict[str, Any] = {"text": "", "pin": None, "pin_version": 0} if found is None else dict(found)
    values = before | dict(changed)
    if "pin" in changed:
        values["pin_version"] = 0 if changed["pin"] is None else version
    # A PIN has six digits, whose hash can be tried through: it is kept as long as it counts.
    connection.execute(update(t).where(*same).values(pin=None))
    values |= {
        "centre": scope.centre,
        "version": version,
        "kind": scope.kind,
        "device": scope.device or _ALL,
        "at": now,
        "actor": actor,
    }
    connection.execute(insert(t).values(**values))
    return version


def profiles(connection: Connection, centre: CentreId, *, ever: bool = False) -> tuple[DeviceProfileView, ...]:
    """List the profiles of a centre as they are, or every version of them, the newest first."""
    wanted = select(t).where(t.c.centre == centre)
    if not ever:
        wanted = wanted.where(tuple_(t.c.centre, t.c.version).in_(_newest(centre)))
    found = connection.execute(wanted.order_by(t.c.version.desc())).mappings()
    return tuple(
        DeviceProfileView(
            kind=row["kind"],
            device=row["device"] or None,
            version=row["version"],
            at=to_datetime(row["at"]),
            by=row["actor"],
            text=row["text"],
            pin=row["pin_version"] > 0,
        )
        for row in found
    )


def versions(connection: Connection, centre: CentreId | None) -> Mapping[tuple[CentreId, str, DeviceId], int]:
    """Give the newest version of each profile of a centre, or of all where it is None; the device is "" for all."""
    found = connection.execute(_grouped(centre))
    return {(row.centre, row.kind, row.device): row.version for row in found}


def version_for(device: EnrolledDevice, known: Mapping[tuple[CentreId, str, DeviceId], int]) -> int:
    """Say which version a device is to have: the newer one of its kind's profile and its own; 0 where there is none."""
    return max(known.get((device.centre, device.kind, one), 0) for one in (_ALL, device.id))


def settings_for(
    connection: Connection, device: EnrolledDevice, report: SettingsReport | None
) -> WantedSettings | None:
    """Give a device what it is to work by; None where it does already, or takes no settings."""
    if report is None or device.kind not in PROFILES:
        return None
    own = select(t).where(
        t.c.centre == device.centre,
        t.c.kind == device.kind,
        t.c.device.in_((_ALL, device.id)),
        tuple_(t.c.centre, t.c.version).in_(_newest(device.centre)),
    )
    # That of the kind comes first: its name is empty.
    rows = sorted(connection.execute(own).mappings(), key=lambda row: str(row["device"]))
    version = max((row["version"] for row in rows), default=0)
    if version == report.version:
        return None
    settings = WantedSettings(version)
    for row in rows:
        pin = settings.pin if row["pin"] is None else PinHash(row["pin_version"], row["pin"])
        try:
            values = put_over(settings.values, read_profile(row["kind"], row["text"]))
        except DeviceSettingError as error:
            # Another release has stored it: the device goes on by what it has.
            _log.warning("device-settings-unreadable", version=row["version"], code=error.code)
            return None
        settings = msgspec.structs.replace(settings, values=values, pin=pin)
    return settings


def _grouped(centre: CentreId | None) -> "Select[Any]":
    grouped = select(t.c.centre, t.c.kind, t.c.device, func.max(t.c.version).label("version"))
    return (grouped if centre is None else grouped.where(t.c.centre == centre)).group_by(
        t.c.centre, t.c.kind, t.c.device
    )


def _newest(centre: CentreId) -> "Select[Any]":
    newest = _grouped(centre).subquery()
    return select(newest.c.centre, newest.c.version)
