"""What a scanned text says: the visit of one of our tickets, or nothing. Whatever is scanned is hostile."""

import base64
import re
import uuid

#: An address that ends in /t/ and a token (see ``EnrolAnswer``): 32 bytes as base64url without padding.
_TICKET = re.compile(r"https?://[!-~]{1,400}/t/([A-Za-z0-9_-]{43})", re.ASCII)
_VERSION = 7


def visit(text: str) -> str | None:
    """Give the id of the visit that a ticket's code names, or None where the text is no ticket of ours.

    Only the server can say whether the visit is one of this centre: any address will do, and nothing is fetched from
    it. The mark behind the id is left to those who hold its key.
    """
    found = _TICKET.fullmatch(text.strip())
    if found is None:
        return None
    token = base64.urlsafe_b64decode(found[1] + "=")
    if base64.urlsafe_b64encode(token).rstrip(b"=").decode() != found[1]:
        # Two spare bits of the last letter: one ticket has one text.
        return None
    ident = uuid.UUID(bytes=token[:16])
    return str(ident) if ident.version == _VERSION and ident.variant == uuid.RFC_4122 else None
