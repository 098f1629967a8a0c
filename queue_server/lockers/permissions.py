"""Who may do what with banks of lockers. Pure."""

from queue_server.custody.permissions import HANDLE_ITEMS, SEE_ITEMS
from queue_server.framework.permissions import Permission, PrincipalKind

#: A bank says what it is and what happened, and takes its orders.
LINK_BANK = Permission("link-bank", frozenset({PrincipalKind.LOCKER}))
#: See banks, and what became of an order.
SEE_BANKS = Permission("see-banks", SEE_ITEMS.kinds)
#: Load, unload, look into a compartment.
HANDLE_BANKS = Permission("handle-banks", HANDLE_ITEMS.kinds)

PERMISSIONS = (LINK_BANK, SEE_BANKS, HANDLE_BANKS)
