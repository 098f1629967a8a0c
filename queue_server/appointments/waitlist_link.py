"""The token in the link of somebody who waits: it shows and takes what is offered, and leaves. Never stored."""

import hmac
from typing import Final

from queue_server import ticket_token
from queue_server.domain.appointments import WaitlistId
from queue_server.domain.values import VisitId
from queue_server.framework.server import Server
from queue_server.vault.keys import Keys

#: Where the page of somebody who waits is, on whichever address the centre has.
WAITLIST_PATH: Final = "/w/"
_PURPOSE: Final = b"appointment waiting list"


def waitlist_token(server: Server, ident: WaitlistId) -> str:
    """Make the token of somebody who waits."""
    return ticket_token.make(VisitId(ident), _key(server))


def waiting_of(server: Server, token: str) -> WaitlistId | None:
    """Say who waits by a token; None where no server of this house has made it."""
    claimed = ticket_token.visit_of(token)
    return WaitlistId(claimed) if claimed is not None and ticket_token.proves(token, _key(server)) else None


def _key(server: Server) -> bytes:
    return hmac.digest(server[Keys].tickets, _PURPOSE, "sha256")
