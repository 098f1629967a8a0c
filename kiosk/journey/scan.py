"""What a scanned text says: the token of one of our tickets, or nothing. Whatever is scanned is hostile."""

import base64
import re
import uuid

#: An address that ends in /t/ and a token (see ``EnrolAnswer``): 32 bytes as base64url without padding.
_TICKET = re.compile(r"https?://[!-~]{1,400}/t/([A-Za-z0-9_-]{43})", re.ASCII)
_VERSION = 7


def token(text: str) -> str | None:
    """Give the token that a ticket's code says, or None where the text is no ticket of ours.

    Only the server can say whether it was made for a visit of this centre: any address will do, and nothing is fetched
    from it. The mark in it is left to who holds its key.
    """
    found = _TICKET.fullmatch(text.strip())
    if found is None:
        return None
    said = base64.urlsafe_b64decode(found[1] + "=")
    if base64.urlsafe_b64encode(said).rstrip(b"=").decode() != found[1]:
        # Two spare bits of the last letter: one ticket has one text.
        return None
    ident = uuid.UUID(bytes=said[:16])
    return found[1] if ident.version == _VERSION and ident.variant == uuid.RFC_4122 else None
