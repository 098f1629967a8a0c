"""What managers read of alarms that look ahead, and the button with which they take one."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from queue_server.framework.room import Room

if TYPE_CHECKING:
    from queue_server.framework.parts import Alarms


def _alarms() -> "Iterable[Alarms]":
    from queue_server.web.warnings.alarms import alarms

    return (alarms,)


ROOM = Room(name="warning-alarms", alarms=_alarms)
