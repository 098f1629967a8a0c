"""Who may look ahead. Pure."""

from typing import Final

from queue_server.framework.permissions import Permission, PrincipalKind

FORECAST_PAGE: Final = Permission("forecast-page", frozenset({PrincipalKind.MANAGER}))
