"""What is known of the starts of devices, in the database (``accounts.starts``)."""

from collections.abc import Collection, Mapping
from itertools import batched
from typing import Any

import msgspec
from sqlalchemy import Connection, insert, select, update

from queue_server.accounts import starts
from queue_server.accounts import tables as t
from queue_server.accounts.starts import Starts, StartVerdict
from queue_server.domain.values import CentreId, DeviceId, Micros

#: So many at once: SQLite takes a bounded number of values.
_CHUNK = 500


def read(connection: Connection, device: DeviceId) -> Starts | None:
    row = connection.execute(select(t.device_starts).where(t.device_starts.c.device == device)).mappings().one_or_none()
    return None if row is None else _starts(row)


def of_centre(connection: Connection, centre: CentreId | None) -> Mapping[DeviceId, Starts]:
    """Read the starts of a centre's devices, or of those of all centres where it is None."""
    of_these = t.devices.c.revoked_at.is_(None) if centre is None else t.devices.c.centre == centre
    found = connection.execute(
        select(t.device_starts).join(t.devices, t.devices.c.id == t.device_starts.c.device).where(of_these)
    )
    return {row["device"]: _starts(row) for row in found.mappings()}


def changed(connection: Connection, devices: Mapping[DeviceId, Collection[Starts | None]]) -> frozenset[DeviceId]:
    """Name those of which something else is known than somebody has here."""
    found: set[DeviceId] = set()
    for some in batched(devices, _CHUNK, strict=False):
        rows = connection.execute(select(t.device_starts).where(t.device_starts.c.device.in_(some))).mappings()
        found.update(row["device"] for row in rows if {*devices[row["device"]]} != {_starts(row)})
    return frozenset(found)


def accept_start(
    connection: Connection, device: DeviceId, start: str, before: tuple[str, ...], now: Micros
) -> tuple[Starts | None, Starts, StartVerdict]:
    """Let a start take over; returns what was known before, what is known now, and the verdict."""
    _hold(connection, device)
    known = read(connection, device)
    found, verdict = starts.accept(known, start, before, now)
    if known is None:
        connection.execute(insert(t.device_starts).values(device=device, **_values(found)))
    elif found != known:
        connection.execute(update(t.device_starts).where(t.device_starts.c.device == device).values(**_values(found)))
    return known, found, verdict


def choose(connection: Connection, device: DeviceId, start: str, now: Micros) -> Starts | None:
    """Let the machine that shows this start stay (all of it, or its sign); None where there is no such choice."""
    _hold(connection, device)
    known = read(connection, device)
    among = () if known is None else known.machines or (known.held,)
    chosen = [one for one in among if start.lower() in (one, one[:4])]
    if known is None or len(chosen) != 1:
        return None
    found = starts.choose(known, chosen[0], now)
    if found is not None:
        connection.execute(update(t.device_starts).where(t.device_starts.c.device == device).values(**_values(found)))
    return found


def _hold(connection: Connection, device: DeviceId) -> None:
    """Let two servers decide one after the other."""
    connection.execute(select(t.devices.c.id).where(t.devices.c.id == device).with_for_update(key_share=True))


def _values(found: Starts) -> dict[str, Any]:
    values: dict[str, Any] = msgspec.to_builtins(found)
    return values


def _starts(row: Mapping[Any, Any]) -> Starts:
    return msgspec.convert({name: row[name] for name in Starts.__struct_fields__}, Starts)
