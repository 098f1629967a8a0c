"""The routes by which staff tell a kiosk what became of money that they move themselves, and a kiosk hears it.

Its terminal or till has no line: only staff know. A word is bound to the row of the kiosk's journal that asks for it
and to its amount, and stays in the payment's stream, so a kiosk hears it however late it asks.
"""

from sqlalchemy import Connection

from queue_server.centre.submit import centre_of
from queue_server.contract import cashier as m
from queue_server.contract.payments import ManualConfirmationsAnswer
from queue_server.domain.values import PaymentId
from queue_server.framework.problems import BodyInvalidError
from queue_server.framework.refusals import refuses
from queue_server.framework.request_context import RequestContext
from queue_server.payments import decide, slips, store
from queue_server.payments.api.payments import find, staff_of
from queue_server.payments.errors import (
    ConfirmationAmountError,
    ConfirmationDiffersError,
    ConfirmationNotPendingError,
    PaymentDiffersError,
    PaymentUnknownError,
    SlipCardError,
    SlipUsedError,
)
from queue_server.payments.model import Payment
from queue_server.payments.store import PAYMENTS
from queue_server.payments.views import confirmations, payment_view


@refuses(
    PaymentUnknownError,
    PaymentDiffersError,
    ConfirmationNotPendingError,
    ConfirmationAmountError,
    ConfirmationDiffersError,
    SlipCardError,
    SlipUsedError,
)
async def confirm(ask: RequestContext) -> m.PaymentAnswer:
    """Write down what staff say.

    Raises:
        BodyInvalidError: it was done without a slip, or has a slip of what was not done.
        SlipCardError: what is given as the slip's number may be a card's.
        SlipUsedError: the slip is that of another visit.
        PaymentUnknownError: this centre has no such payment.
        ConfirmationDiffersError, ConfirmationNotPendingError, ConfirmationAmountError: see
            ``decide.confirm_manually``.
    """
    wanted, staff = ask.body(m.ManualConfirmationRequest), staff_of(ask)
    slip, centre = slips.checked(wanted.slip or ""), centre_of(ask).id
    if wanted.done is not bool(slip):
        raise BodyInvalidError("Expected a slip where it was done, and none where it was not - at `$.slip`")

    def work(connection: Connection) -> Payment:
        payment = store.known(store.load(connection, centre, ask.path("payment")), centre)
        if slip and not payment.is_back(wanted.row):
            slips.check_unused(ask, connection, slip, payment.visit)
        done = PAYMENTS.advance(
            connection,
            PaymentId(ask.path("payment")),
            lambda before: decide.confirm_manually(
                store.known(before, centre),
                wanted.row,
                wanted.amount,
                staff,
                done=wanted.done,
                slip=slip,
            ),
            at=ask.server.clock(),
            command=ask.command,
            actor=ask.actor,
        )
        return store.known(done.after, centre)

    payment = await ask.server.log.write_in_turn(PAYMENTS.stream(ask.path("payment")), work)
    return m.PaymentAnswer(payment_view(payment))


@refuses(PaymentUnknownError)
async def confirmations_of(ask: RequestContext) -> ManualConfirmationsAnswer:
    """Give a kiosk what was said: it has asked for it by its journal."""
    payment = await find(ask)
    return ManualConfirmationsAnswer(payment.id, confirmations(payment))
