"""Who may see how right waiting times were. Pure."""

from typing import Final

from queue_server.framework.permissions import Permission, PrincipalKind

ACCURACY_PAGE: Final = Permission("accuracy-page", frozenset({PrincipalKind.MANAGER}))
