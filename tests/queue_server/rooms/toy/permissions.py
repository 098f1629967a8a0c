from queue_server.framework.permissions import Kind, Permission

FOUND = Permission("found", frozenset({Kind.COUNTER, Kind.MANAGER}))

PERMISSIONS = (FOUND,)
