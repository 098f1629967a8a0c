"""Who may open the cash desk. Pure."""

from typing import Final

from queue_server.framework.permissions import Kind, Permission

CASH_PAGE: Final = Permission("cash-page", frozenset({Kind.CASHIER, Kind.MANAGER}))
