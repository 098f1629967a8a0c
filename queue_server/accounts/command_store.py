"""What is asked of devices from afar, in the database: until it has an end, and for some days after it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

import msgspec
from sqlalchemy import Connection, RowMapping, insert, select, update

from queue_server.accounts import device_events as e
from queue_server.accounts import device_store, status_store
from queue_server.accounts.errors import (
    CommandNotTakenError,
    CommandUnknownError,
    DeviceLogUnknownError,
    DeviceUnknownError,
)
from queue_server.accounts.model import AccountRules
from queue_server.accounts.tables import device_commands as t
from queue_server.accounts.tables import devices
from queue_server.contract.device_commands import CommandReport, DeviceCommand, DeviceCommandView, DeviceLogAnswer
from queue_server.domain.device_commands import DeviceCommandId, DeviceCommandKind, DeviceCommandOutcome
from queue_server.domain.values import SECOND, Actor, CentreId, DeviceId, Micros, new_id, to_datetime

#: Of a centre so many are listed: what a manager looks for is among the newest.
_LISTED: Final = 200
#: What could move a terminal's cursor or turn the direction of a line. Our programs write none of it: JSON escapes it.
_UNFIT: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
#: All columns but the log, which is long.
_SHOWN: Final = (*(one for one in t.c if one.name != "log"), t.c.log.is_not(None).label("has_log"))


class DeviceLog(msgspec.Struct, frozen=True):
    """A log that a device has sent, and how people call the device."""

    name: str
    answer: DeviceLogAnswer


def ask(
    connection: Connection,
    centre: CentreId,
    ident: DeviceId,
    kind: DeviceCommandKind,
    *,
    actor: Actor,
    now: Micros,
    rules: AccountRules,
) -> None:
    """Ask something of a device, where that is not asked already and waits.

    Raises:
        DeviceUnknownError: the centre has no such device, or not any more.
        CommandNotTakenError: its program did not say that it does that.
    """
    _hold(connection, ident)
    device = device_store.device(connection, ident)
    if device is None or device.centre != centre or device.revoked_at is not None:
        raise DeviceUnknownError(device=ident)
    said = status_store.status(connection, ident)
    if said is None or kind not in said.takes:
        raise CommandNotTakenError
    if any(row["kind"] == kind for row in _waiting(connection, ident, now, rules)):
        return
    command = DeviceCommandId(new_id())
    connection.execute(insert(t).values(id=command, device=ident, kind=kind, at=now, actor=actor))
    e.record(connection, ident, e.DeviceCommanded(ident, command, kind), actor=actor, now=now)


def settle(
    connection: Connection, device: DeviceId, said: Sequence[CommandReport], *, now: Micros, rules: AccountRules
) -> tuple[DeviceCommand, ...]:
    """Take what a device says of what was asked of it, and give what is still asked of it, the oldest first."""
    known = {one.id: one for one in said}
    waiting = []
    for row in _waiting(connection, device, now, rules):
        if (report := known.get(row["id"])) is None:
            waiting.append(DeviceCommand(row["id"], DeviceCommandKind(row["kind"])))
        else:
            _end(connection, device, row["id"], {"outcome": report.outcome, "code": report.code}, now)
    return tuple(waiting)


def store_log(
    connection: Connection, device: DeviceId, command: DeviceCommandId, text: str, *, now: Micros, rules: AccountRules
) -> None:
    """Keep the log that was asked of a device, in the place of any before; sent once more it changes nothing.

    Raises:
        CommandUnknownError: nobody asked this device for it, or it came too late.
    """
    _hold(connection, device)
    found = connection.execute(select(*_SHOWN).where(t.c.id == command, t.c.device == device)).mappings().one_or_none()
    if (
        found is None
        or found["kind"] != DeviceCommandKind.SEND_LOG
        or _state(found, now, rules) in {"expired", "refused"}
    ):
        raise CommandUnknownError
    if found["ended_at"] is not None:
        return
    connection.execute(update(t).where(t.c.device == device).values(log=None))
    changed = {"outcome": DeviceCommandOutcome.DONE, "code": "", "log": _UNFIT.sub("?", text)}
    _end(connection, device, command, changed, now)


def read_log(
    connection: Connection, centre: CentreId, command: DeviceCommandId, *, actor: Actor, now: Micros
) -> DeviceLog:
    """Give a log, and record who reads it.

    Raises:
        DeviceLogUnknownError: the centre has none of this name, or not any more.
    """
    joined = select(t, devices.c.name).join(devices, devices.c.id == t.c.device)
    found = connection.execute(
        joined.where(t.c.id == command, devices.c.centre == centre, t.c.log.is_not(None))
    ).one_or_none()
    if found is None:
        raise DeviceLogUnknownError
    _hold(connection, found.device)
    e.record(connection, found.device, e.DeviceLogRead(found.device, command), actor=actor, now=now)
    return DeviceLog(found.name, DeviceLogAnswer(found.device, to_datetime(found.ended_at), found.log))


def commands(
    connection: Connection, centre: CentreId, now: Micros, rules: AccountRules
) -> tuple[DeviceCommandView, ...]:
    """List what was asked of the devices of a centre, the newest first."""
    found = connection.execute(
        select(*_SHOWN)
        .join(devices, devices.c.id == t.c.device)
        .where(devices.c.centre == centre)
        .order_by(t.c.at.desc(), t.c.id.desc())
        .limit(_LISTED)
    ).mappings()
    return tuple(
        DeviceCommandView(
            id=row["id"],
            device=row["device"],
            kind=DeviceCommandKind(row["kind"]),
            at=to_datetime(row["at"]),
            by=row["actor"],
            state=_state(row, now, rules),
            ended=None if row["ended_at"] is None else to_datetime(row["ended_at"]),
            code=row["code"] or "",
            has_log=bool(row["has_log"]),
        )
        for row in found
    )


def _hold(connection: Connection, device: DeviceId) -> None:
    """Hold a device's row to the end of the transaction: what is asked of it, and told of it, comes in order."""
    connection.execute(select(devices.c.id).where(devices.c.id == device).with_for_update(key_share=True))


def _waiting(connection: Connection, device: DeviceId, now: Micros, rules: AccountRules) -> Sequence[RowMapping]:
    found = connection.execute(
        select(t.c.id, t.c.kind)
        .where(t.c.device == device, t.c.ended_at.is_(None), t.c.at > now - rules.device_command_s * SECOND)
        .order_by(t.c.at, t.c.id)
    )
    return found.mappings().all()


def _end(
    connection: Connection, device: DeviceId, command: DeviceCommandId, changed: Mapping[str, Any], now: Micros
) -> None:
    _hold(connection, device)
    ending = update(t).where(t.c.id == command, t.c.ended_at.is_(None)).values(ended_at=now, **changed)
    if connection.execute(ending).rowcount:
        body = e.DeviceCommandEnded(device, command, changed["outcome"])
        e.record(connection, device, body, actor=Actor(f"device/{device}"), now=now)


def _state(row: RowMapping, now: Micros, rules: AccountRules) -> Literal["waiting", "done", "refused", "expired"]:
    if row["ended_at"] is not None:
        return "done" if row["outcome"] == DeviceCommandOutcome.DONE else "refused"
    return "expired" if row["at"] <= now - rules.device_command_s * SECOND else "waiting"
