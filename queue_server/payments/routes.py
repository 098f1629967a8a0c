"""The routes of payments and of ends of day."""

from queue_server.contract import cashier as cash
from queue_server.contract import payment_figures as figures
from queue_server.contract import payments as pay
from queue_server.contract.base import Message
from queue_server.framework.routing import CENTRE, PIECE, Handler, Parameter, Route, get, post
from queue_server.payments import permissions as may
from queue_server.payments.api import (
    listing,
    manual_confirmation,
    manual_payment,
    money_figures,
    payments,
    reconciliations,
    reporting,
)
from queue_server.payments.money_figures import MoneyBy
from queue_server.reports.api import MAX_DAYS
from queue_server.reports.permissions import SEE_FIGURES


def _of_payment(way: str, handler: Handler, summary: str, request: type[Message] | None = None) -> Route:
    """Make the route of what two members of staff do about a payment."""
    verb = way.rpartition("/")[2]
    name = {"resolve": "resolve-payment", "refunds": "request-refund"}.get(verb, f"{verb}-refund")
    return post(name, f"/payments/{{payment}}/{way}", may.REFUND, handler, cash.PaymentAnswer, summary, request)


ROUTES: tuple[Route, ...] = (
    post(
        "report-payment",
        "/payments",
        may.REPORT_PAYMENT,
        reporting.report_payment,
        pay.ReportAnswer,
        "Tell what became of an attempt to pay",
        pay.PaymentReport,
    ),
    Route(
        "payments",
        "GET",
        CENTRE + "/payments",
        may.LIST_PAYMENTS,
        listing.payments,
        cash.PaymentListAnswer,
        "The payments of a centre, piece by piece",
        parameters=(
            *PIECE,
            Parameter("standing", "query", "Only payments of which this is certain (`Standing`)."),
            Parameter("day", "query", "Only payments of this service day, such as `2026-11-27`, by when they began."),
            Parameter(
                "waits",
                "query",
                "With `yes` only what needs staff: what kiosks ask them, payments of which nothing is certain for "
                "long, and refunds that wait for a second person.",
            ),
        ),
    ),
    Route(
        "payment-figures",
        "GET",
        f"{CENTRE}/figures/payments",
        SEE_FIGURES,
        money_figures.figures_of,
        figures.PaymentFiguresAnswer,
        "How much money was taken, went back and was waived on some days, currency by currency",
        parameters=(
            Parameter("from", "query", "The first service day (`YYYY-MM-DD`); today where both are left out."),
            Parameter("to", "query", f"The last service day, counted too; {MAX_DAYS} days at most."),
            Parameter("by", "query", f"{', '.join(f'`{one}`' for one in MoneyBy)}; `day` where left out."),
            Parameter("format", "query", "`csv` for a file (`text/csv`) instead of JSON."),
        ),
    ),
    get("payment", "/payments/{payment}", may.PAYMENTS, payments.payment, cash.PaymentAnswer, "A payment"),
    get(
        "payment-confirmations",
        "/payments/{payment}/confirmations",
        may.REPORT_PAYMENT,
        manual_confirmation.confirmations_of,
        pay.ManualConfirmationsAnswer,
        "What staff said of money that they move themselves",
    ),
    post(
        "confirm-payment",
        "/payments/{payment}/confirmations",
        may.RECORD_MANUAL_PAYMENT,
        manual_confirmation.confirm,
        cash.PaymentAnswer,
        "Say to a kiosk that waits for it whether its amount was taken, or given back",
        cash.ManualConfirmationRequest,
    ),
    get(
        "visit-payments",
        "/visits/{visit}/payments",
        may.PAYMENTS,
        payments.of_visit,
        cash.PaymentsAnswer,
        "What was paid and waived for a visit",
    ),
    get(
        "receipts",
        "/payments/{payment}/receipts",
        may.RECEIPTS,
        payments.receipts,
        cash.ReceiptsAnswer,
        "Receipts to be printed once more, as copies; it is recorded",
    ),
    post(
        "record-manual-payment",
        "/visits/{visit}/manual-payments",
        may.RECORD_MANUAL_PAYMENT,
        manual_payment.record,
        cash.PaymentAnswer,
        "Say that staff took what services of a visit cost",
        cash.ManualPaymentRequest,
    ),
    post(
        "waive",
        "/visits/{visit}/waive",
        may.WAIVE,
        payments.waive,
        cash.PaymentAnswer,
        "Waive the fee of a service",
        cash.WaiveRequest,
    ),
    _of_payment("resolve", payments.resolve, "Say what became of a payment", cash.ResolveRequest),
    post(
        "accept",
        "/payments/{payment}/accept",
        may.ACCEPT_PAYMENT,
        payments.accept,
        cash.PaymentAnswer,
        "Let a payment that differs from what was owed settle what it was for",
    ),
    _of_payment("refunds", payments.request_refund, "Ask for a refund", cash.RefundRequest),
    _of_payment("refunds/{refund}/confirm", payments.confirm_refund, "Confirm a refund that somebody else asked for"),
    _of_payment("refunds/{refund}/reject", payments.reject_refund, "Reject a refund"),
    _of_payment("refunds/{refund}/settle", payments.settle_refund, "Say that money went back", cash.SettleRequest),
    post(
        "report-reconciliation",
        "/reconciliations",
        may.REPORT_PAYMENT,
        reconciliations.report_reconciliation,
        pay.ReconciliationReportAnswer,
        "Tell what a terminal counted at its end of day",
        pay.ReconciliationReport,
    ),
    Route(
        "reconciliations",
        "GET",
        CENTRE + "/reconciliations",
        may.RECONCILIATIONS,
        listing.reconciliations,
        cash.ReconciliationListAnswer,
        "Ends of terminals' days, piece by piece, the newest first",
        parameters=(
            *PIECE,
            Parameter("alarms", "query", "With `yes` only those with differences that nobody has looked into."),
        ),
    ),
    post(
        "acknowledge-reconciliation",
        "/reconciliations/{reconciliation}/acknowledge",
        may.ACKNOWLEDGE_RECONCILIATION,
        reconciliations.acknowledge_reconciliation,
        cash.ReconciliationAnswer,
        "Say that the differences of an end of day were looked into",
    ),
)
