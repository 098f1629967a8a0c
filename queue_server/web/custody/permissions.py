"""Who may open the custody desk. Pure."""

from typing import Final

from queue_server.framework.permissions import Permission, PrincipalKind

CUSTODY_PAGE: Final = Permission("custody-page", frozenset({PrincipalKind.CUSTODY, PrincipalKind.MANAGER}))
