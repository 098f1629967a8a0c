"""Who may see how it went at a centre. Pure."""

from typing import Final

from queue_server.framework.permissions import Permission, PrincipalKind

FIGURES_PAGE: Final = Permission("figures-page", frozenset({PrincipalKind.MANAGER}))
