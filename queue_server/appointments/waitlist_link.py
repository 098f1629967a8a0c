"""The token in the link of somebody who waits: it shows and takes what is offered, and leaves. Never stored."""

import hmac
from collections.abc import Iterator
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
    return ticket_token.make(VisitId(ident), next(_keys(server)))


def waiting_of(server: Server, token: str) -> WaitlistId | None:
    """Say who waits by a token; None where no server of this house has made it."""
    claimed = ticket_token.visit_of(token)
    return WaitlistId(claimed) if claimed is not None and _proves(server, token) else None


def _proves(server: Server, token: str) -> bool:
    return any(ticket_token.proves(token, key) for key in _keys(server))


def _keys(server: Server) -> Iterator[bytes]:
    return (hmac.digest(key, _PURPOSE, "sha256") for key in server[Keys].rings["tickets"])
