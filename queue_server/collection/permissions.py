"""Who may collect, and who may say who may. Pure."""

from queue_server.framework.permissions import Permission, PrincipalKind

_DESKS = frozenset({PrincipalKind.COUNTER, PrincipalKind.CUSTODY, PrincipalKind.MANAGER})

#: Prove that something is theirs, at a kiosk, and get it.
COLLECT = Permission("collect", frozenset({PrincipalKind.KIOSK}))
#: Record who may collect for somebody else, and make a code by hand; under a name, as all that is done with documents.
AUTHORISE = Permission("authorise-collection", _DESKS)

PERMISSIONS = (COLLECT, AUTHORISE)
