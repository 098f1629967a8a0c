"""The token by which somebody says that they want no reminders of an appointment: it does nothing else. Never stored.

Mail programs and their servers follow such a link by themselves (RFC 8058), so it is not the one that cancels.
"""

from typing import Final

from queue_server.appointments.link_token import LinkToken
from queue_server.domain.appointments import AppointmentId
from queue_server.framework.server import Server

#: Where its page is, on whichever address the centre has.
REMINDERS_PATH: Final = "/reminders/"
_LINK: Final = LinkToken(b"appointment reminders")


def reminders_token(server: Server, ident: AppointmentId) -> str:
    """Make the token for the reminders of an appointment."""
    return _LINK.make(server, ident)


def reminders_of(server: Server, token: str) -> AppointmentId | None:
    """Say the reminders of which appointment a token stops; None where no server of this house has made it."""
    found = _LINK.proved(server, token)
    return None if found is None else AppointmentId(found)
