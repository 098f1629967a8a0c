"""Who may do what with documents that were entrusted to the centre. Pure.

Like all that is done with what belongs to people, it is done under a name: integrations only look.
"""

from queue_server.framework.permissions import INTEGRATIONS, Permission, PrincipalKind

_CUSTODY = frozenset({PrincipalKind.CUSTODY, PrincipalKind.MANAGER})
_DESKS = _CUSTODY | {PrincipalKind.COUNTER, PrincipalKind.RECEPTION}

#: Take something that is handed in, and give it back at once: at any desk where people are served.
RECEIVE_ITEM = Permission("receive-item", _DESKS)
#: See items, bags, and what happened to them.
SEE_ITEMS = Permission("see-items", _DESKS | INTEGRATIONS | {PrincipalKind.AUDITOR})
#: Keep, send, receive and hand over.
HANDLE_ITEMS = Permission("handle-items", _CUSTODY)
#: What ends in nobody's hand: lost, destroyed.
END_ITEMS = Permission("end-items", _CUSTODY)

PERMISSIONS = (RECEIVE_ITEM, SEE_ITEMS, HANDLE_ITEMS, END_ITEMS)
