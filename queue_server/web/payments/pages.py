"""Where the pages of payments are."""

from typing import Final

from queue_server.audit.permissions import AUDIT_PAGE
from queue_server.framework.parts import NavigationEntry
from queue_server.framework.routing import PageRoute
from queue_server.payments.permissions import EXPORT_PAYMENTS, RECEIPTS
from queue_server.web.figures.permissions import FIGURES_PAGE
from queue_server.web.payments import audit, export, period_money
from queue_server.web.payments import show as payments
from queue_server.web.payments.cash_desk import show as cash
from queue_server.web.payments.permissions import CASH_PAGE

ENTRIES: Final = (NavigationEntry("/cash", 40, CASH_PAGE, "card", lambda _: _("Cash desk")),)

PAGES: Final = (
    PageRoute("GET", "/counter/receipt/{payment}", RECEIPTS, payments.show_receipt),
    PageRoute("GET", "/cash", CASH_PAGE, cash.show, leads_in=True),
    PageRoute("GET", "/cash/page", CASH_PAGE, cash.show_part),
    PageRoute("POST", "/cash/find", CASH_PAGE, cash.show_found),
    PageRoute("POST", "/cash/payments", CASH_PAGE, payments.show_payments),
    PageRoute("POST", "/audit/payments", AUDIT_PAGE, audit.show_found),
    PageRoute("GET", "/manager/payments.csv", EXPORT_PAYMENTS, export.export),
    PageRoute("GET", "/manager/figures/payments", FIGURES_PAGE, period_money.show, leads_in=True),
    PageRoute("GET", "/manager/figures/payments/page", FIGURES_PAGE, period_money.show_part),
)
