"""The token in the link of somebody who waits: it shows and takes what is offered, and leaves. Never stored."""

from typing import Final

from queue_server.appointments.link_token import LinkToken
from queue_server.domain.appointments import WaitlistId
from queue_server.framework.server import Server

#: Where the page of somebody who waits is, on whichever address the centre has.
WAITLIST_PATH: Final = "/w/"
_LINK: Final = LinkToken(b"appointment waiting list")


def waitlist_token(server: Server, ident: WaitlistId) -> str:
    """Make the token of somebody who waits."""
    return _LINK.make(server, ident)


def waiting_of(server: Server, token: str) -> WaitlistId | None:
    """Say who waits by a token; None where no server of this house has made it."""
    found = _LINK.proved(server, token)
    return None if found is None else WaitlistId(found)
