"""The feed of the payments that need somebody of staff: kiosks ask, something is not certain, a refund waits."""

from collections.abc import Iterator
from typing import Final

from sqlalchemy import Connection

from queue_server.contract.cashier import PaymentFrame, PaymentView
from queue_server.domain.values import CentreId
from queue_server.framework.entity_feeds import EntityFeed
from queue_server.payments import store
from queue_server.payments.model import Payment
from queue_server.payments.permissions import LIST_PAYMENTS
from queue_server.payments.store import PAYMENTS
from queue_server.payments.views import payment_view


def _view(payment: Payment) -> PaymentView | None:
    return payment_view(payment) if payment.waits or payment.pending_confirmation is not None else None


def _load(connection: Connection, centre: CentreId) -> Iterator[tuple[str, Payment]]:
    return ((one.id, one) for one in store.needing(connection, centre))


FEED: Final = EntityFeed(
    name="payments",
    summary="Follow the payments that need somebody of staff: WebSocket, or server-sent events",
    permission=LIST_PAYMENTS,
    aggregate=PAYMENTS,
    frame=PaymentFrame,
    centre=lambda payment: payment.centre,
    view=_view,
    load=_load,
)
