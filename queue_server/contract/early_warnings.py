"""Messages of alarms that look ahead: what is there, and who sees to it."""

from datetime import datetime
from typing import Literal

from queue_server.contract.base import Message
from queue_server.domain.values import StaffId


class EarlyWarningView(Message, frozen=True):
    """What will go wrong soon, or goes wrong unseen."""

    id: str
    """What it is named by as long as it lasts."""
    kind: Literal["unserved", "gap", "promise", "idle", "slow-kiosk"]
    """What it is: nobody serves what somebody waits for, or soon nobody will; promises will break; a counter is open
    and calls nobody; a kiosk is slower than it usually is.
    """
    subject: str
    """What it is about: a step, with the service or the language that is missing; a counter; a device."""
    count: int
    """How many visits that concerns; of a kiosk, how many tickets it gave out within an hour."""
    at: datetime | None = None
    """When it will be so (UTC); null where it is so already."""
    began_at: datetime | None = None
    """Since when it is told (UTC); null in its first moment."""
    taken_by: StaffId | None = None
    """Who sees to it; null where nobody does."""
    taken_at: datetime | None = None
    """Since when somebody sees to it (UTC)."""


class EarlyWarningsAnswer(Message, frozen=True):
    """The warnings of a centre."""

    warnings: tuple[EarlyWarningView, ...]
    """All that there are now, in the order in which managers see them."""


class AlarmAssignmentAnswer(Message, frozen=True):
    """Who sees to an alarm that is no early warning."""

    alarm: str
    """What it is named by on the page of managers."""
    taken_by: StaffId | None = None
    """Who sees to it; null where nobody does."""
    taken_at: datetime | None = None
    """Since when somebody sees to it (UTC)."""
