"""What time it is at the server, though this machine's own clock may be wrong by years. Pure but for reading clocks.

Between two contacts the seconds since the start of the machine are counted, which nobody sets. After a new start the
machine's own clock tells how long it was off: it may be wrong, but it goes on. Since the last contact at least as much
time has passed as the machine has been on, also where its clock began in 1970.
"""

from datetime import UTC, datetime, timedelta

import msgspec

from kiosk.store import uptime
from kiosk.store.uptime import Moment


class Contact(msgspec.Struct, frozen=True):
    """The server was heard: ``server`` is its time, ``own`` what this machine's clock showed, ``moment`` its uptime."""

    server: datetime
    own: datetime
    moment: Moment


def note_server_time(server: datetime) -> Contact:
    """Note that the server says it is ``server`` now."""
    return Contact(server, datetime.now(UTC), uptime.moment())


def server_now(contact: Contact | None) -> datetime:
    """Say what time it is at the server, as well as can be known; this machine's own time where it was never heard."""
    own = datetime.now(UTC)
    if contact is None:
        return own
    passed = uptime.since(contact.moment)
    if passed is None:
        return contact.server + max(own - contact.own, timedelta(seconds=uptime.moment().seconds))
    return contact.server + timedelta(seconds=passed)


def worth_keeping(kept: Contact | None, new: Contact, *, clock_skew_s: float = 2.0, every_s: float = 3600.0) -> bool:
    """Tell whether a contact says something that the kept one does not: a disk is not written at every beat."""
    if kept is None or kept.moment.boot != new.moment.boot:
        return True
    passed = new.moment.seconds - kept.moment.seconds
    drift = (new.server - kept.server).total_seconds() - passed
    set_by_hand = (new.own - kept.own).total_seconds() - passed
    return passed >= every_s or abs(drift) > clock_skew_s or abs(set_by_hand) > clock_skew_s
