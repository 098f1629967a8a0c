"""Who may see and move money. Pure.

Like all that is read of people, what moves money is for staff alone, under their names.
"""

from queue_server.framework.permissions import AT_DESKS, MANAGING, Permission, PrincipalKind

_CASHIERS = frozenset({PrincipalKind.CASHIER, PrincipalKind.MANAGER})
_MANAGER = frozenset({PrincipalKind.MANAGER})

#: A device tells of payments that it took, and hears what staff said of them.
REPORT_PAYMENT = Permission("report-payment", frozenset({PrincipalKind.KIOSK}))
PAYMENTS = Permission("payments", AT_DESKS | {PrincipalKind.CASHIER})
#: All payments of a centre, piece by piece.
LIST_PAYMENTS = Permission("list-payments", frozenset({PrincipalKind.CASHIER, PrincipalKind.AUDITOR}) | MANAGING)
#: Read a receipt once more; recorded.
RECEIPTS = Permission(
    "receipts",
    frozenset({PrincipalKind.RECEPTION, PrincipalKind.COUNTER, PrincipalKind.CASHIER, PrincipalKind.MANAGER}),
)
#: Say that money was taken without a kiosk, or for one that waits to hear it.
RECORD_MANUAL_PAYMENT = Permission("record-manual-payment", _CASHIERS)
WAIVE = Permission("waive", _CASHIERS)
#: Ask for a refund, confirm that of somebody else, say what became of it.
REFUND = Permission("refund", _CASHIERS)
#: Let a payment settle what it was for, though it is not what was owed.
ACCEPT_PAYMENT = Permission("accept-payment", _MANAGER)
#: The ledger of a day, as CSV.
EXPORT_PAYMENTS = Permission("export-payments", _MANAGER)
#: See the ends of terminals' days, and what differs.
RECONCILIATIONS = Permission("reconciliations", MANAGING | {PrincipalKind.CASHIER})
ACKNOWLEDGE_RECONCILIATION = Permission("acknowledge-reconciliation", _MANAGER)

PERMISSIONS = (
    *(REPORT_PAYMENT, PAYMENTS, LIST_PAYMENTS, RECEIPTS, RECORD_MANUAL_PAYMENT, WAIVE, REFUND, ACCEPT_PAYMENT),
    *(EXPORT_PAYMENTS, RECONCILIATIONS, ACKNOWLEDGE_RECONCILIATION),
)
