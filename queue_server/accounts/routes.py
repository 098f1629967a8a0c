"""The routes of devices."""

from queue_server.accounts import permissions as may
from queue_server.accounts.api import commands, devices, profiles
from queue_server.contract.device_commands import (
    CommandDeviceRequest,
    DeviceCommandsAnswer,
    DeviceLogAnswer,
    LogReceivedAnswer,
    SendLogRequest,
)
from queue_server.contract.device_settings import DeviceProfilesAnswer, SetProfileRequest
from queue_server.contract.devices import (
    DevicesAnswer,
    ResolveCopyRequest,
    StartAnswer,
    StartRequest,
    StatusAnswer,
    StatusRequest,
)
from queue_server.framework.routing import CENTRE, Route, get, post

ROUTES: tuple[Route, ...] = (
    # Told twice it changes nothing.
    Route(
        "start-device",
        "POST",
        CENTRE + "/devices/self/start",
        may.REPORT_STATUS,
        devices.start,
        StartAnswer,
        "Say that this device has started; a copy of it on another machine is noticed by that",
        StartRequest,
        keyed=False,
        started=False,
    ),
    # The newest word replaces the one before and says how the device is now: sent twice, it says the same. A key would
    # have to be kept for nothing.
    Route(
        "report-status",
        "POST",
        CENTRE + "/devices/self/status",
        may.REPORT_STATUS,
        devices.report,
        StatusAnswer,
        "Say how this device is",
        StatusRequest,
        keyed=False,
    ),
    # It names what it answers: sent twice, it is the same log.
    Route(
        "send-device-log",
        "POST",
        CENTRE + "/devices/self/log",
        may.REPORT_STATUS,
        commands.accept_log,
        LogReceivedAnswer,
        "Send the log that was asked of this device",
        SendLogRequest,
        keyed=False,
    ),
    get("devices", "/devices", may.DEVICES, devices.states, DevicesAnswer, "The devices and how they are"),
    post(
        "resolve-device-copy",
        "/devices/{device}/resolve-copy",
        may.RESOLVE_DEVICE_COPY,
        devices.confirm_machine,
        DevicesAnswer,
        "Say which of several machines goes on as a device; the others are enrolled anew",
        ResolveCopyRequest,
    ),
    get(
        "device-settings",
        "/device-settings",
        may.DEVICES,
        profiles.current,
        DeviceProfilesAnswer,
        "By which settings devices are to work",
    ),
    get(
        "device-settings-history",
        "/device-settings/history",
        may.DEVICES,
        profiles.history,
        DeviceProfilesAnswer,
        "Every version of the settings of devices, with who set it and when",
    ),
    post(
        "set-device-settings",
        "/device-settings",
        may.SET_DEVICE_SETTINGS,
        profiles.store,
        DeviceProfilesAnswer,
        "Say by which settings the devices of a kind work, or one of them",
        SetProfileRequest,
    ),
    get(
        "device-commands",
        "/device-commands",
        may.COMMAND_DEVICES,
        commands.commands,
        DeviceCommandsAnswer,
        "What was asked of devices from afar, and what became of it",
    ),
    post(
        "command-device",
        "/devices/{device}/commands",
        may.COMMAND_DEVICES,
        commands.command,
        DeviceCommandsAnswer,
        "Ask a device to start anew between two people, or to send its log",
        CommandDeviceRequest,
    ),
    get(
        "device-log",
        "/device-commands/{command}/log",
        may.COMMAND_DEVICES,
        commands.log,
        DeviceLogAnswer,
        "A log that a device sent; it is recorded who reads it",
    ),
)
