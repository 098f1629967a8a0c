"""How the devices of a centre are: each says so itself, and managers look."""

import structlog
from sqlalchemy import Connection

from queue_server.accounts import command_store, device_store, profile_store, start_store, status_store
from queue_server.accounts.device_states import list_devices
from queue_server.accounts.errors import MachineUnknownError, StartSupersededError
from queue_server.accounts.identities import known as recognised
from queue_server.accounts.model import AccountRules, EnrolledDevice
from queue_server.accounts.starts import Starts, StartVerdict
from queue_server.accounts.tokens import ticket_key
from queue_server.contract.device_commands import DeviceCommand
from queue_server.contract.device_settings import WantedSettings
from queue_server.contract.devices import (
    DevicesAnswer,
    ResolveCopyRequest,
    StartAnswer,
    StartRequest,
    StatusAnswer,
    StatusRequest,
)
from queue_server.domain.values import CentreId, DeviceId, to_datetime
from queue_server.framework.problems import NotFoundError
from queue_server.framework.refusals import refuses
from queue_server.framework.request_context import RequestContext
from queue_server.framework.server import Server
from queue_server.vault.keys import Keys

_log = structlog.get_logger(__name__)


@refuses(StartSupersededError)
async def start(ask: RequestContext) -> StartAnswer:
    """Let a start of this device take over from the one before; lines of another one are cut, so that it comes anew.

    Raises:
        StartSupersededError: a later one has taken over; nothing was done.
    """
    device, wanted, now = recognised(ask.identity).device, ask.body(StartRequest), ask.server.clock()
    if device is None:
        raise NotFoundError
    before, found, verdict = await ask.server.log.write(
        lambda connection: start_store.accept_start(connection, device.id, wanted.start, wanted.before, now)
    )
    if found != before:
        ask.server.feeds.end(frozenset({device.id}))
    if found.copied_at is not None and (before is None or before.copied_at is None):
        _log.error("device-copied", device=device.id, name=device.name, machines=found.machines)
    if verdict is StartVerdict.OVER:
        raise StartSupersededError
    return StartAnswer(copied=verdict is StartVerdict.COPIED)


@refuses(MachineUnknownError, NotFoundError)
async def confirm_machine(ask: RequestContext) -> DevicesAnswer:
    """Let one machine go on as a device.

    Raises:
        MachineUnknownError: no such machine is to be chosen, or not any more.
    """
    ident, wanted, centre = (
        DeviceId(ask.path("device")),
        ask.body(ResolveCopyRequest).start,
        CentreId(ask.path("centre")),
    )

    def choose(connection: Connection) -> Starts | None:
        device = device_store.device(connection, ident)
        if device is None or device.centre != centre:
            raise NotFoundError
        known = start_store.read(connection, ident)
        if known is not None and known.held == wanted and known.copied_at is None and not known.barred:
            # The only machine there is.
            return known
        return start_store.choose(connection, ident, wanted, ask.server.clock())

    if await ask.server.log.write(choose) is None:
        raise MachineUnknownError
    ask.server.feeds.end(frozenset({ident}))
    _log.warning("device-copy-resolved", device=ident, machine=wanted, by=ask.actor)
    return await states(ask)


async def report(ask: RequestContext) -> StatusAnswer:
    device, status, now = recognised(ask.identity).device, ask.body(StatusRequest), ask.server.clock()
    if device is None:
        raise NotFoundError

    rules = ask.server.settings[AccountRules]

    def store(connection: Connection) -> tuple[WantedSettings | None, tuple[DeviceCommand, ...]]:
        status_store.report(connection, device.id, status, now)
        settings = profile_store.settings_for(connection, device, status.settings)
        return settings, command_store.settle(connection, device.id, status.commands, now=now, rules=rules)

    settings, commands = await ask.server.log.write(store)
    key = _ticket_key(ask.server, device)
    return StatusAnswer(to_datetime(now), ask.server.device_route, key, settings, commands)


def _ticket_key(server: Server, device: EnrolledDevice) -> str | None:
    """Give the key with which a device marks its tickets, where another makes than the first."""
    ring = server[Keys].rings["tickets"]
    if device.series is None or not ring.was_changed:
        return None
    return ticket_key(ring.key, device.id).hex()


async def states(ask: RequestContext) -> DevicesAnswer:
    centre, now, rules = CentreId(ask.path("centre")), ask.server.clock(), ask.server.settings[AccountRules]
    return DevicesAnswer(await ask.server.log.run(lambda connection: list_devices(connection, centre, now, rules)))
