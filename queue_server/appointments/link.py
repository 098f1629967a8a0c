"""The token in the link of an appointment: whoever has it may see, change and cancel it. Never stored."""

import hmac
from typing import Final

from queue_server.appointments.link_token import LinkToken
from queue_server.domain.appointments import AppointmentId
from queue_server.domain.values import Micros
from queue_server.framework.server import Server
from queue_server.vault.keys import Keys

_LINK: Final = LinkToken(b"appointments")
_ROOMS: Final = b"appointments/rooms/"


def token_of(server: Server, ident: AppointmentId) -> str:
    """Make the token of an appointment."""
    return _LINK.make(server, ident)


def proved(server: Server, token: str) -> AppointmentId | None:
    """Say of which appointment a token is; None where no server of this house has made it."""
    found = _LINK.proved(server, token)
    return None if found is None else AppointmentId(found)


def video_link(server: Server, link: str, ident: AppointmentId, booked_at: Micros) -> str:
    """Fill in the room of an appointment: 128 bits that only a server of this house can make, and no other has.

    Both sides are given the same one, whatever key makes meanwhile: it is that of the moment when it was booked.
    """
    key = server[Keys].rings["tickets"].at(booked_at)
    room = hmac.digest(key, _ROOMS + ident.encode(), "sha256")[:16].hex()
    return link.replace("{room}", room)
