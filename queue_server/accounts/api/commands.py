"""What is asked of devices from afar, over the API: asking, what came of it, and the logs that they send."""

import structlog

from queue_server.accounts import command_store
from queue_server.accounts.errors import (
    CommandNotTakenError,
    CommandUnknownError,
    DeviceLogUnknownError,
    DeviceUnknownError,
)
from queue_server.accounts.identities import known as recognised
from queue_server.accounts.model import AccountRules
from queue_server.contract.device_commands import (
    CommandDeviceRequest,
    DeviceCommandsAnswer,
    DeviceLogAnswer,
    LogReceivedAnswer,
    SendLogRequest,
)
from queue_server.domain.device_commands import DeviceCommandId
from queue_server.domain.values import CentreId, DeviceId, to_datetime
from queue_server.framework.problems import NotFoundError
from queue_server.framework.refusals import refuses
from queue_server.framework.request_context import RequestContext

_log = structlog.get_logger(__name__)


@refuses()
async def commands(ask: RequestContext) -> DeviceCommandsAnswer:
    centre, now, rules = CentreId(ask.path("centre")), ask.server.clock(), ask.server.settings[AccountRules]
    return DeviceCommandsAnswer(
        await ask.server.log.run(lambda found: command_store.commands(found, centre, now, rules))
    )


@refuses(DeviceUnknownError, CommandNotTakenError)
async def command(ask: RequestContext) -> DeviceCommandsAnswer:
    """Ask something of a device.

    Raises:
        DeviceUnknownError: there is no such device.
        CommandNotTakenError: its program does not do that from afar.
    """
    wanted, now, rules = ask.body(CommandDeviceRequest), ask.server.clock(), ask.server.settings[AccountRules]
    centre, device, actor = CentreId(ask.path("centre")), DeviceId(ask.path("device")), ask.actor
    await ask.server.log.write(
        lambda found: command_store.ask(found, centre, device, wanted.kind, actor=actor, now=now, rules=rules)
    )
    _log.info("device-commanded", device=device, kind=wanted.kind, by=actor)
    return await commands(ask)


@refuses(CommandUnknownError)
async def accept_log(ask: RequestContext) -> LogReceivedAnswer:
    """Take the log that was asked of this device.

    Raises:
        CommandUnknownError: nobody asked this device for it, or it is over.
    """
    device, wanted, now = recognised(ask.identity).device, ask.body(SendLogRequest), ask.server.clock()
    if device is None:
        raise NotFoundError
    ident, rules = DeviceCommandId(wanted.command), ask.server.settings[AccountRules]
    await ask.server.log.write(
        lambda found: command_store.store_log(found, device.id, ident, wanted.text, now=now, rules=rules)
    )
    return LogReceivedAnswer(to_datetime(now))


@refuses(DeviceLogUnknownError)
async def log(ask: RequestContext) -> DeviceLogAnswer:
    """Give a log that a device sent.

    Raises:
        DeviceLogUnknownError: there is none, or not any more.
    """
    centre, ident, now = CentreId(ask.path("centre")), DeviceCommandId(ask.path("command")), ask.server.clock()
    found = await ask.server.log.write(
        lambda found: command_store.read_log(found, centre, ident, actor=ask.actor, now=now)
    )
    return found.answer
