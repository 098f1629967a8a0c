"""Who may open the cash desk. Pure."""

from typing import Final

from queue_server.framework.permissions import Permission, PrincipalKind

CASH_PAGE: Final = Permission("cash-page", frozenset({PrincipalKind.CASHIER, PrincipalKind.MANAGER}))
