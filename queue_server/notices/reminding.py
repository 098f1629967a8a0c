"""Of what, and when, whoever does not come is told again. Pure."""

from datetime import date
from typing import NamedTuple

from queue_server.domain.values import Day
from queue_server.notices.settings import NoticeRules
from queue_server.notices.values import NotificationKind


class DueReminder(NamedTuple):
    """``number`` counts the reminders of one kind."""

    kind: NotificationKind
    number: int


def due(ready: Day, today: Day, rules: NoticeRules, collect_days: int) -> DueReminder | None:
    """Tell of what somebody is to be told by now who does not come: the latest alone of what was due.

    Args:
        ready: the service day on which it became ready.
        today: that which it is.
        rules: on which days somebody is told again.
        collect_days: for how many service days it can be collected, ``ready`` among them.

    Days on which no server ran are made up for: what was due then is due today, unless something later is. Nothing is
    due once it cannot be collected any more.
    """
    days = (date.fromisoformat(today) - date.fromisoformat(ready)).days
    if not 0 < days < collect_days:
        return None
    if collect_days - days <= rules.last_days:
        return DueReminder(NotificationKind.ITEM_EXPIRING, 1)
    passed = sum(after <= days for after in rules.reminder_days)
    return DueReminder(NotificationKind.ITEM_REMINDER, passed) if passed else None
