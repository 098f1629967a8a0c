"""How the devices of a centre are: each says so itself, and managers look."""

import msgspec
from sqlalchemy import Connection

from queue_server.accounts import device_store, status_store
from queue_server.accounts.model import AccountRules, Device
from queue_server.contract.devices import DevicesAnswer, DeviceStatusView, StatusAnswer, StatusRequest
from queue_server.http.ask import Ask
from queue_server.http.problems import NotFoundError
from queue_server.values import SECOND, CentreId, Micros, to_datetime

#: Kinds that say how they are.
REPORTING = frozenset({"kiosk", "screen"})


async def report(ask: Ask) -> StatusAnswer:
    device, status, now = ask.identity.device, ask.body(StatusRequest), ask.server.clock()
    if device is None:
        raise NotFoundError
    await ask.server.log.write(lambda connection: status_store.report(connection, device.id, status, now))
    return StatusAnswer(to_datetime(now))


async def states(ask: Ask) -> DevicesAnswer:
    centre, now, rules = ask.centre.id, ask.server.clock(), ask.server.settings.accounts
    return DevicesAnswer(await ask.server.log.run(lambda connection: look(connection, centre, now, rules)))


def look(connection: Connection, centre: CentreId, now: Micros, rules: AccountRules) -> tuple[DeviceStatusView, ...]:
    """List the devices of a centre that have access, in the order of their enrolment."""
    said = status_store.statuses(connection, centre)
    known = device_store.devices(connection, centre)
    return tuple(view(one, said.get(one.id), now, rules) for one in known if one.revoked_at is None)


def view(
    device: Device, said: tuple[Micros, StatusRequest] | None, now: Micros, rules: AccountRules
) -> DeviceStatusView:
    """Show a device; one that never said how it is had time for it since it was enrolled. Pure."""
    seen = device.created if said is None else said[0]
    shown = DeviceStatusView(
        id=device.id,
        kind=device.kind,
        name=device.name,
        late=device.kind in REPORTING and now - seen > rules.late_after_s * SECOND,
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
    )
