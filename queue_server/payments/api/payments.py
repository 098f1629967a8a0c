"""Routes of payments for staff: look at them, waive a fee, give money back, print a receipt once more."""

from collections.abc import Callable, Sequence

from sqlalchemy import Connection

from queue_server.centre.refusals import refused
from queue_server.centre.submit import centre_of
from queue_server.contract import cashier as m
from queue_server.domain.masking import may_be_card
from queue_server.domain.values import (
    PaymentId,
    PaymentStanding,
    RefundId,
    ServiceId,
    StaffId,
    TerminalReference,
    VisitId,
    new_id,
)
from queue_server.eventlog.payload import Payload
from queue_server.framework.problems import NotPermittedError
from queue_server.framework.refusals import refuses
from queue_server.framework.request_context import RequestContext
from queue_server.payments import decide, store
from queue_server.payments.errors import (
    ConfirmationPendingError,
    FeeDiffersError,
    FeeNotSetError,
    FeePaidError,
    FeeUndecidedError,
    FeeWaivedError,
    NoDiscrepancyError,
    NotChargedError,
    NotUndecidedError,
    PaymentUnknownError,
    RefundAboveError,
    RefundNoAmountError,
    RefundStateError,
    RefundUnknownError,
    SamePersonError,
    SlipCardError,
)
from queue_server.payments.events import FeeWaived
from queue_server.payments.model import Payment
from queue_server.payments.open_fees import OpenFees, settle, too_much
from queue_server.payments.receipt_copies import copies
from queue_server.payments.store import PAYMENTS
from queue_server.payments.views import payment_view
from queue_server.payments.visit_links import name_payments
from queue_server.queue import commands as c
from queue_server.vault.store import Vault


async def of_visit(ask: RequestContext) -> m.PaymentsAnswer:
    centre, visit = centre_of(ask).id, VisitId(ask.path("visit"))
    found = await ask.server.log.run(lambda connection: store.of_visit(connection, centre, visit))
    return m.PaymentsAnswer(tuple(map(payment_view, found)))


@refuses(PaymentUnknownError)
async def payment(ask: RequestContext) -> m.PaymentAnswer:
    return m.PaymentAnswer(payment_view(await find(ask)))


@refuses(PaymentUnknownError)
async def receipts(ask: RequestContext) -> m.ReceiptsAnswer:
    """Read what is kept of a payment's receipts. Who looked is stored in the same transaction."""
    found = await find(ask)

    vault, actor, now = ask.server[Vault], ask.actor, ask.server.clock()
    return m.ReceiptsAnswer(await ask.server.log.write(lambda one: copies(one, vault, found, actor=actor, now=now)))


@refuses(FeeDiffersError, FeeNotSetError, FeePaidError, FeeUndecidedError, FeeWaivedError, refused(c.NameSettlement))
async def waive(ask: RequestContext) -> m.PaymentAnswer:
    """Let a fee be, for all whose fee is open."""
    wanted, staff = ask.body(m.WaiveRequest), staff_of(ask)
    service, ident = ServiceId(wanted.service), PaymentId(new_id())

    def begin(visit: VisitId, found: OpenFees) -> FeeWaived:
        price = next(
            (one for one in found.found[0].prices if one.waivable and wanted.currency in (None, one.currency)), None
        )
        if price is None:
            raise FeeNotSetError(service=service)
        return FeeWaived(
            payment=ident,
            centre=centre_of(ask).id,
            visit=visit,
            service=service,
            amount=price.amount,
            currency=price.currency,
            reason=wanted.reason,
            staff=staff,
            items=found.items,
            fees=found.fees,
            governments=found.governments,
        )

    return m.PaymentAnswer(payment_view(await find(ask, await settle(ask, (service,), begin))))


@refuses(PaymentUnknownError, NotUndecidedError, ConfirmationPendingError)
async def resolve(ask: RequestContext) -> m.PaymentAnswer:
    """Say what became of a payment; where it was charged, the visit hears of it as from a kiosk."""
    standing, staff = PaymentStanding(ask.body(m.ResolveRequest).standing), staff_of(ask)
    answer = await _change(ask, lambda found, _: decide.resolve(found, standing, staff))
    await name_payments(ask, VisitId(answer.payment.visit))
    return answer


@refuses(PaymentUnknownError, NoDiscrepancyError)
async def accept(ask: RequestContext) -> m.PaymentAnswer:
    """Let a payment that differs from what was owed settle what it was for."""
    staff = staff_of(ask)
    answer = await _change(ask, lambda found, _: decide.accept(found, staff))
    await name_payments(ask, VisitId(answer.payment.visit))
    return answer


@refuses(PaymentUnknownError, NotChargedError, RefundAboveError, RefundNoAmountError)
async def request_refund(ask: RequestContext) -> m.PaymentAnswer:
    wanted, staff = ask.body(m.RefundRequest), staff_of(ask)
    refund = RefundId(new_id())

    def wish(found: Payment, connection: Connection) -> tuple[Payload, ...]:
        above = too_much(ask, connection, found)
        return decide.request_refund(found, refund, wanted.amount, wanted.reason, staff, too_much=above)

    return await _change(ask, wish)


@refuses(PaymentUnknownError, RefundUnknownError, NotChargedError, RefundStateError, SamePersonError)
async def confirm_refund(ask: RequestContext) -> m.PaymentAnswer:
    refund, staff = ask.path("refund"), staff_of(ask)
    return await _change(ask, lambda found, _: decide.confirm(found, refund, staff))


@refuses(PaymentUnknownError, RefundUnknownError, RefundStateError)
async def reject_refund(ask: RequestContext) -> m.PaymentAnswer:
    refund, staff = ask.path("refund"), staff_of(ask)
    return await _change(ask, lambda found, _: decide.reject(found, refund, staff))


@refuses(PaymentUnknownError, RefundUnknownError, RefundStateError, SlipCardError)
async def settle_refund(ask: RequestContext) -> m.PaymentAnswer:
    wanted, refund, staff = ask.body(m.SettleRequest), ask.path("refund"), staff_of(ask)
    if may_be_card(wanted.reference):
        raise SlipCardError
    reference = TerminalReference(wanted.reference)
    answer = await _change(
        ask, lambda found, _: decide.settle(found, refund, staff, done=wanted.done, reference=reference)
    )
    await name_payments(ask, VisitId(answer.payment.visit))
    return answer


async def _change(ask: RequestContext, wish: Callable[[Payment, Connection], Sequence[Payload]]) -> m.PaymentAnswer:
    """Decide on the payment of the path; whoever else does at the same time is first or second, never both."""
    ident, centre = PaymentId(ask.path("payment")), centre_of(ask).id

    def work(connection: Connection) -> Payment:
        done = PAYMENTS.advance(
            connection,
            ident,
            lambda before: wish(store.known(before, centre), connection),
            at=ask.server.clock(),
            command=ask.command,
            actor=ask.actor,
        )
        return store.known(done.after, centre)

    return m.PaymentAnswer(payment_view(await ask.server.log.write_in_turn(PAYMENTS.stream(ident), work)))


async def find(ask: RequestContext, ident: str | None = None) -> Payment:
    wanted, centre = ident or ask.path("payment"), centre_of(ask).id
    found = await ask.server.log.run(lambda connection: store.load(connection, centre, wanted))
    return store.known(found, centre)


def staff_of(ask: RequestContext) -> StaffId:
    """Give the member of staff who asks: money goes back under a name.

    Raises:
        NotPermittedError: nobody is signed in.
    """
    if ask.principal.staff is None:
        raise NotPermittedError
    return ask.principal.staff
