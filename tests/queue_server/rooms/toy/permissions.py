from queue_server.framework.permissions import Kind, Permission

FOUND = Permission("found", frozenset({Kind.COUNTER, Kind.MANAGER}))

FOUND_PAGE = Permission("found-page", frozenset({Kind.MANAGER}))

PERMISSIONS = (FOUND, FOUND_PAGE)
