"""Where the pages of payments are."""

from typing import Final

from queue_server.audit.permissions import AUDIT_PAGE
from queue_server.framework.parts import Entry
from queue_server.framework.routing import Page
from queue_server.payments.permissions import EXPORT_PAYMENTS, RECEIPTS
from queue_server.web.payments import audit, export
from queue_server.web.payments import show as payments
from queue_server.web.payments.cash_desk import show as cash
from queue_server.web.payments.permissions import CASH_PAGE

ENTRIES: Final = (Entry("/cash", 40, CASH_PAGE, "card", lambda _: _("Cash desk")),)

PAGES: Final = (
    Page("GET", "/counter/receipt/{payment}", RECEIPTS, payments.show_receipt),
    Page("GET", "/cash", CASH_PAGE, cash.show, leads_in=True),
    Page("GET", "/cash/page", CASH_PAGE, cash.show_part),
    Page("POST", "/cash/find", CASH_PAGE, cash.show_found),
    Page("POST", "/cash/payments", CASH_PAGE, payments.show_payments),
    Page("POST", "/audit/payments", AUDIT_PAGE, audit.show_found),
    Page("GET", "/manager/payments.csv", EXPORT_PAYMENTS, export.export),
)
