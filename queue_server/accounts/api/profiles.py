"""Settings of devices over the API: what is set, every version of it, and setting it."""

import structlog

from queue_server.accounts import profile_store
from queue_server.accounts.errors import DeviceUnknownError
from queue_server.accounts.profile_store import ProfileScope
from queue_server.contract.device_settings import DeviceProfilesAnswer, DeviceSettingError, SetProfileRequest
from queue_server.domain.values import CentreId
from queue_server.framework.refusals import refuses
from queue_server.framework.request_context import RequestContext

_log = structlog.get_logger(__name__)


@refuses()
async def current(ask: RequestContext) -> DeviceProfilesAnswer:
    centre = CentreId(ask.path("centre"))
    return DeviceProfilesAnswer(await ask.server.log.run(lambda found: profile_store.profiles(found, centre)))


@refuses()
async def history(ask: RequestContext) -> DeviceProfilesAnswer:
    centre = CentreId(ask.path("centre"))
    return DeviceProfilesAnswer(
        await ask.server.log.run(lambda found: profile_store.profiles(found, centre, ever=True))
    )


@refuses(DeviceSettingError, DeviceUnknownError)
async def store(ask: RequestContext) -> DeviceProfilesAnswer:
    """Set a profile.

    Raises:
        DeviceSettingError: no device would take it.
        DeviceUnknownError: there is no such device.
    """
    wanted, now = ask.body(SetProfileRequest), ask.server.clock()
    scope = ProfileScope(CentreId(ask.path("centre")), wanted.kind, wanted.device)
    version = await ask.server.log.write(
        lambda found: profile_store.store_text(found, scope, wanted.text, actor=ask.actor, now=now)
    )
    _log.info("device-settings-set", kind=wanted.kind, device=wanted.device, version=version, by=ask.actor)
    return await current(ask)
