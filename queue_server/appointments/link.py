"""The token in the link of an appointment: whoever has it may see, change and cancel it. Never stored.

As that of a ticket (``ticket_token``), under a key of its own: nobody but a server can make one, and whether it was
made here is known before the database is asked.
"""

import hmac
from collections.abc import Iterator
from typing import Final

from queue_server import ticket_token
from queue_server.domain.appointments import AppointmentId
from queue_server.domain.values import Micros, VisitId
from queue_server.framework.server import Server
from queue_server.vault.keys import Keys

_PURPOSE: Final = b"appointments"
_ROOMS: Final = b"appointments/rooms/"


def token_of(server: Server, ident: AppointmentId) -> str:
    """Make the token of an appointment."""
    return ticket_token.make(VisitId(ident), next(_keys(server)))


def proved(server: Server, token: str) -> AppointmentId | None:
    """Say of which appointment a token is; None where no server of this house has made it."""
    claimed = ticket_token.visit_of(token)
    return AppointmentId(claimed) if claimed is not None and _proves(server, token) else None


def video_link(server: Server, link: str, ident: AppointmentId, booked_at: Micros) -> str:
    """Fill in the room of an appointment: 128 bits that only a server of this house can make, and no other has.

    Both sides are given the same one, whatever key makes meanwhile: it is that of the moment when it was booked.
    """
    key = server[Keys].rings["tickets"].at(booked_at)
    room = hmac.digest(key, _ROOMS + ident.encode(), "sha256")[:16].hex()
    return link.replace("{room}", room)


def _proves(server: Server, token: str) -> bool:
    return any(ticket_token.proves(token, key) for key in _keys(server))


def _keys(server: Server) -> Iterator[bytes]:
    return (hmac.digest(key, _PURPOSE, "sha256") for key in server[Keys].rings["tickets"])
