"""How the devices of a centre are, as they said last: for managers, figures and the command line."""

from typing import Literal

import msgspec
from sqlalchemy import Connection

from queue_server.accounts import device_store, profile_store, start_store, status_store
from queue_server.accounts.model import REPORTING, AccountRules, EnrolledDevice
from queue_server.accounts.starts import Starts
from queue_server.contract.device_settings import PROFILES, SettingsReport, SettingsView
from queue_server.contract.devices import DeviceMode, DeviceStatusView, StatusRequest
from queue_server.contract.release import is_behind
from queue_server.domain.values import SECOND, CentreId, Micros, to_datetime

#: The state of a device in one word.
DeviceState = Literal["copied", "late", "unknown"] | DeviceMode


def list_devices(
    connection: Connection, centre: CentreId, now: Micros, rules: AccountRules
) -> tuple[DeviceStatusView, ...]:
    """List the devices of a centre that have access, in the order of their enrolment."""
    return tuple(shown for one, shown in list_ever(connection, centre, now, rules) if one.revoked_at is None)


def list_ever(
    connection: Connection, centre: CentreId, now: Micros, rules: AccountRules
) -> tuple[tuple[EnrolledDevice, DeviceStatusView], ...]:
    """List all devices that a centre ever had, in the order of their enrolment, each with how it is or was."""
    said, starts = status_store.statuses(connection, centre), start_store.of_centre(connection, centre)
    known, settings = device_store.devices(connection, centre), profile_store.versions(connection, centre)
    return tuple(
        (
            one,
            view(
                one, said.get(one.id), now, rules, starts.get(one.id), wanted=profile_store.version_for(one, settings)
            ),
        )
        for one in known
    )


def list_by_centre(
    connection: Connection, now: Micros, rules: AccountRules
) -> dict[CentreId, tuple[DeviceStatusView, ...]]:
    """List the devices of all centres as ``list_devices`` does those of one, in as many statements as for one."""
    said, starts = status_store.statuses(connection, None), start_store.of_centre(connection, None)
    settings = profile_store.versions(connection, None)
    found: dict[CentreId, list[DeviceStatusView]] = {}
    for one in device_store.active(connection):
        wanted = profile_store.version_for(one, settings)
        shown = view(one, said.get(one.id), now, rules, starts.get(one.id), wanted=wanted)
        found.setdefault(one.centre, []).append(shown)
    return {centre: tuple(shown) for centre, shown in found.items()}


def view(
    device: EnrolledDevice,
    said: tuple[Micros, StatusRequest] | None,
    now: Micros,
    rules: AccountRules,
    starts: Starts | None = None,
    *,
    wanted: int = 0,
) -> DeviceStatusView:
    """Show a device; one that never said how it is had time for it since it was enrolled. Pure.

    ``wanted`` is the version of the settings that it is to have.
    """
    seen = device.created if said is None else said[0]
    shown = DeviceStatusView(
        id=device.id,
        kind=device.kind,
        name=device.name,
        late=device.kind in REPORTING and now - seen > rules.late_after_s * SECOND,
        machines=() if starts is None else starts.machines,
        copied=None if starts is None or starts.copied_at is None else to_datetime(starts.copied_at),
        settings=_settings(device, None if said is None else said[1].settings, wanted),
    )
    if said is None:
        return shown
    at, status = said
    return msgspec.structs.replace(
        shown,
        seen=to_datetime(at),
        mode=status.mode,
        parts=status.parts,
        waiting=status.waiting,
        refused=status.refused,
        version=status.version,
        behind=is_behind(status.version),
        takes=status.takes,
    )


def _settings(device: EnrolledDevice, report: SettingsReport | None, wanted: int) -> SettingsView | None:
    if device.kind not in PROFILES:
        return None
    if report is None:
        return SettingsView(wanted)
    where = ".".join(part for part in (report.section, report.key) if part)
    why = ": ".join(part for part in (where, report.wanted) if part)
    return SettingsView(wanted, report.version, why if report.refused and report.refused == wanted else "")


def state_of(device: DeviceStatusView) -> DeviceState:
    """Say how a device is in one word."""
    if device.machines:
        return "copied"
    return "late" if device.late else device.mode or "unknown"
