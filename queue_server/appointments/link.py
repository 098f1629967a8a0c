"""The token in the link of an appointment: whoever has it may see, change and cancel it. Never stored.

As that of a ticket (``ticket_token``), under a key of its own: nobody but a server can make one, and whether it was
made here is known before the database is asked.
"""

import hmac
from typing import Final

from queue_server import ticket_token
from queue_server.domain.appointments import AppointmentId
from queue_server.domain.values import VisitId
from queue_server.framework.server import Server
from queue_server.vault.keys import Keys

_PURPOSE: Final = b"appointments"
_ROOMS: Final = b"appointments/rooms/"


def token_of(server: Server, ident: AppointmentId) -> str:
    """Make the token of an appointment."""
    return ticket_token.make(VisitId(ident), _key(server))


def proved(server: Server, token: str) -> AppointmentId | None:
    """Say of which appointment a token is; None where no server of this house has made it."""
    claimed = ticket_token.visit_of(token)
    return AppointmentId(claimed) if claimed is not None and ticket_token.proves(token, _key(server)) else None


def video_link(server: Server, link: str, ident: AppointmentId) -> str:
    """Fill in the room of an appointment: 128 bits that only a server of this house can make, and no other has."""
    room = hmac.digest(server[Keys].tickets, _ROOMS + ident.encode(), "sha256")[:16].hex()
    return link.replace("{room}", room)


def _key(server: Server) -> bytes:
    return hmac.digest(server[Keys].tickets, _PURPOSE, "sha256")
