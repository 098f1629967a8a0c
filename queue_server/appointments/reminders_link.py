"""The token by which somebody says that they want no reminders of an appointment: it does nothing else. Never stored.

Mail programs and their servers follow such a link by themselves (RFC 8058), so it is not the one that cancels.
"""

import hmac
from typing import Final

from queue_server import ticket_token
from queue_server.domain.appointments import AppointmentId
from queue_server.domain.values import VisitId
from queue_server.framework.server import Server
from queue_server.vault.keys import Keys

#: Where its page is, on whichever address the centre has.
REMINDERS_PATH: Final = "/reminders/"
_PURPOSE: Final = b"appointment reminders"


def reminders_token(server: Server, ident: AppointmentId) -> str:
    """Make the token for the reminders of an appointment."""
    return ticket_token.make(VisitId(ident), _key(server))


def reminders_of(server: Server, token: str) -> AppointmentId | None:
    """Say the reminders of which appointment a token stops; None where no server of this house has made it."""
    claimed = ticket_token.visit_of(token)
    return AppointmentId(claimed) if claimed is not None and ticket_token.proves(token, _key(server)) else None


def _key(server: Server) -> bytes:
    return hmac.digest(server[Keys].tickets, _PURPOSE, "sha256")
