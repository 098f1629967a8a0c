"""Who may open the staffing of a day. Pure."""

from typing import Final

from queue_server.framework.permissions import Permission, PrincipalKind

STAFFING_PAGE: Final = Permission("staffing-page", frozenset({PrincipalKind.MANAGER}))
