"""What managers may ask of a device from afar. Pure."""

from enum import StrEnum
from typing import NewType

DeviceCommandId = NewType("DeviceCommandId", str)


class DeviceCommandKind(StrEnum):
    """What is asked of a device."""

    #: End, so that whoever started the program starts it anew.
    RESTART = "restart"
    #: Send the end of the program's log.
    SEND_LOG = "send-log"


class DeviceCommandOutcome(StrEnum):
    """What became of it."""

    DONE = "done"
    REFUSED = "refused"


class DeviceCommandFault(StrEnum):
    """Why a device did not do what was asked of it."""

    #: Its disk did not take that it was done: done without that, it could be done again and again.
    NOT_STORED = "device-command-not-stored"
    #: The server did not take the log.
    LOG_NOT_TAKEN = "device-log-not-taken"
