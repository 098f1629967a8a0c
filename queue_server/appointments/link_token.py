"""Tokens in links: one says whose it is, and only a server of this house can have made it. Never stored.

As that of a ticket (``ticket_token``), under keys of their own: whether it was made here is known before the database
is asked.
"""

import hmac
from collections.abc import Iterator

from queue_server import ticket_token
from queue_server.domain.values import VisitId
from queue_server.framework.server import Server
from queue_server.vault.keys import Keys


class LinkToken:
    """Makes and proves the tokens of one ``purpose``: none is good for another."""

    def __init__(self, purpose: bytes) -> None:
        self._purpose = purpose

    def make(self, server: Server, ident: str) -> str:
        """Make the token of an id (a UUID), under the key that makes now."""
        return ticket_token.make(VisitId(ident), next(self._keys(server)))

    def proved(self, server: Server, token: str) -> str | None:
        """Give the id of a token; None where no server of this house has made it."""
        claimed = ticket_token.visit_of(token)
        if claimed is None or not any(ticket_token.proves(token, key) for key in self._keys(server)):
            return None
        return claimed

    def _keys(self, server: Server) -> Iterator[bytes]:
        return (hmac.digest(key, self._purpose, "sha256") for key in server[Keys].rings["tickets"])
