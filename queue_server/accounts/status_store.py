"""How the devices of a centre said they are, in the database: the newest word of each."""

from collections.abc import Mapping

import msgspec
from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from queue_server.accounts.tables import device_status, devices
from queue_server.contract.devices import StatusRequest
from queue_server.domain.values import CentreId, DeviceId, Micros


def report(connection: Connection, device: DeviceId, status: StatusRequest, now: Micros) -> None:
    """Put what a device says in place of what it said before."""
    values = {"at": now, "body": msgspec.to_builtins(status)}
    again = update(device_status).where(device_status.c.device == device).values(values)
    if connection.execute(again).rowcount:
        return
    try:
        with connection.begin_nested():
            connection.execute(insert(device_status).values(device=device, **values))
    except IntegrityError:
        # The same device, by another server, at the same moment.
        connection.execute(again)


def statuses(connection: Connection, centre: CentreId | None) -> Mapping[DeviceId, tuple[Micros, StatusRequest]]:
    """Give what each device of a centre, or of all where it is None, said last, and when."""
    of_these = devices.c.revoked_at.is_(None) if centre is None else devices.c.centre == centre
    found = connection.execute(
        select(device_status).join(devices, devices.c.id == device_status.c.device).where(of_these)
    )
    return {row.device: (row.at, msgspec.convert(row.body, StatusRequest)) for row in found}


def status(connection: Connection, device: DeviceId) -> StatusRequest | None:
    """Give what a device said last; None where it never said anything."""
    found = connection.execute(
        select(device_status.c.body).where(device_status.c.device == device)
    ).scalar_one_or_none()
    return None if found is None else msgspec.convert(found, StatusRequest)
