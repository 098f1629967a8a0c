"""Receipts as they are printed once more, out of the vault. Who looked is stored in the same transaction."""

import msgspec
from sqlalchemy import Connection

from queue_server.contract.cashier import ReceiptView
from queue_server.domain.values import Actor, Micros, to_datetime
from queue_server.payments.events import ReceiptStored
from queue_server.payments.model import Payment
from queue_server.vault.errors import PersonShreddedError, RowUnknownError
from queue_server.vault.model import ReadPurpose
from queue_server.vault.store import Vault


def copies(
    connection: Connection, vault: Vault, payment: Payment, *, actor: Actor, now: Micros
) -> tuple[ReceiptView, ...]:
    """Read what is still kept of a payment's receipts."""
    found = (_read(connection, vault, one, actor, now) for one in payment.receipts)
    return tuple(one for one in found if one is not None)


def _read(connection: Connection, vault: Vault, kept: ReceiptStored, actor: Actor, now: Micros) -> ReceiptView | None:
    try:
        opened = vault.get(connection, kept.receipt, purpose=ReadPurpose.COPYING, actor=actor, now=now)
    except (RowUnknownError, PersonShreddedError):
        # Its time is over, or its person was forgotten.
        return None
    lines = msgspec.json.decode(opened.text, type=tuple[str, ...])
    return ReceiptView(kept.number, kept.kind, to_datetime(opened.row.at), lines)
