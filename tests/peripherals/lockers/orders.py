"""Orders as the server signs them, with a key of the test."""

import uuid
from datetime import UTC, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from queue_server.contract.lockers import LockerOrder, public_text
from queue_server.domain.lockers import LockerVerb

KEY = Ed25519PrivateKey.from_private_bytes(b"lockers!" * 4)
#: As a bank is given it: 32 bytes in base64url.
PUBLIC = public_text(KEY.public_key())
BANK = "018f0000-0000-7000-8000-00000000000b"
ITEM = "018f0000-0000-7000-8000-0000000000a1"
OTHER_ITEM = "018f0000-0000-7000-8000-0000000000a2"


def order(
    verb: LockerVerb | str,
    compartment: str,
    item: str | None = None,
    *,
    at: float,
    bank: str = BANK,
    life_s: float = 60.0,
    ident: str | None = None,
) -> LockerOrder:
    """Make an order that was issued at a second of the epoch."""
    issued = datetime.fromtimestamp(at, UTC)
    return LockerOrder(
        id=ident or str(uuid.uuid4()),
        bank=bank,
        compartment=compartment,
        verb=LockerVerb(verb),
        claim=str(uuid.uuid4()),
        issued_at=issued,
        expires_at=issued + timedelta(seconds=life_s),
        item=item,
    )
