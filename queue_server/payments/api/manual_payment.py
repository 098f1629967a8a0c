"""The route by which staff say that they took a fee, at a terminal or a till that stands alone."""

from sqlalchemy import Connection

from queue_server.centre.refusals import refused
from queue_server.centre.submit import centre_of
from queue_server.contract import cashier as m
from queue_server.domain.values import CurrencyCode, PaymentId, ServiceId, TerminalReference, VisitId, new_id
from queue_server.framework.refusals import refuses
from queue_server.framework.request_context import RequestContext
from queue_server.payments import slips
from queue_server.payments.api.payments import find, staff_of
from queue_server.payments.errors import (
    FeeDiffersError,
    FeeNotSetError,
    FeePaidError,
    FeeUndecidedError,
    FeeWaivedError,
    SlipCardError,
    SlipUsedError,
)
from queue_server.payments.events import ManualPaymentRecorded
from queue_server.payments.open_fees import OpenFees, settle
from queue_server.payments.views import payment_view
from queue_server.queue import commands as c


@refuses(
    FeeDiffersError,
    FeeNotSetError,
    FeePaidError,
    FeeUndecidedError,
    FeeWaivedError,
    SlipCardError,
    SlipUsedError,
    refused(c.NameSettlement),
)
async def record(ask: RequestContext) -> m.PaymentAnswer:
    """Write down what staff took.

    Raises:
        SlipCardError: what is given as the slip's number may be a card's.
        SlipUsedError: the slip is that of another visit.
        FeeDiffersError: they cost another amount.
        RefusedError, PaymentError: see ``settling.settle``.
    """
    wanted, staff = ask.body(m.ManualPaymentRequest), staff_of(ask)
    slip = slips.checked(wanted.slip)
    services, currency = tuple(dict.fromkeys(map(ServiceId, wanted.services))), CurrencyCode(wanted.currency)
    ident = PaymentId(new_id())

    def begin(visit: VisitId, found: OpenFees) -> ManualPaymentRecorded:
        if found.total(currency) != wanted.amount:
            raise FeeDiffersError(service=services[0])
        return ManualPaymentRecorded(
            payment=ident,
            centre=centre_of(ask).id,
            visit=visit,
            services=services,
            amount=wanted.amount,
            currency=currency,
            slip=TerminalReference(slip),
            staff=staff,
            items=found.items,
            fees=found.fees,
            governments=found.governments,
        )

    def check(connection: Connection, visit: VisitId) -> None:
        slips.check_unused(ask, connection, slip, visit)

    return m.PaymentAnswer(payment_view(await find(ask, await settle(ask, services, begin, check))))
