"""Who may open which page. Pure."""

from queue_server.framework.permissions import EVERYBODY, Permission, PrincipalKind

#: What people read before they come.
INFORMATION_PAGE = Permission("information-page", EVERYBODY)
#: Where managers write it.
INFORMATION_EDITOR = Permission("information-editor", frozenset({PrincipalKind.MANAGER}))
