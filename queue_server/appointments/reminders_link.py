"""The token by which somebody says that they want no reminders of an appointment: it does nothing else. Never stored.

Mail programs and their servers follow such a link by themselves (RFC 8058), so it is not the one that cancels.
"""

import hmac
from collections.abc import Iterator
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
    return ticket_token.make(VisitId(ident), next(_keys(server)))


def reminders_of(server: Server, token: str) -> AppointmentId | None:
    """Say the reminders of which appointment a token stops; None where no server of this house has made it."""
    claimed = ticket_token.visit_of(token)
    return AppointmentId(claimed) if claimed is not None and _proves(server, token) else None


def _proves(server: Server, token: str) -> bool:
    return any(ticket_token.proves(token, key) for key in _keys(server))


def _keys(server: Server) -> Iterator[bytes]:
    return (hmac.digest(key, _PURPOSE, "sha256") for key in server[Keys].rings["tickets"])
