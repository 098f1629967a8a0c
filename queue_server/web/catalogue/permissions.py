"""Who may see and change the set-up of a centre. Pure."""

from typing import Final

from queue_server.framework.permissions import Permission, PrincipalKind

CATALOGUE_PAGE: Final = Permission("catalogue-page", frozenset({PrincipalKind.ADMINISTRATOR}))
