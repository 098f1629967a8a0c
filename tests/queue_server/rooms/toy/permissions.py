from queue_server.framework.permissions import Permission, PrincipalKind

FOUND = Permission("found", frozenset({PrincipalKind.COUNTER, PrincipalKind.MANAGER}))

FOUND_PAGE = Permission("found-page", frozenset({PrincipalKind.MANAGER}))

PERMISSIONS = (FOUND, FOUND_PAGE)
