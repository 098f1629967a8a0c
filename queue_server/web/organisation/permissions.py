"""Who may see several centres beside each other. Pure.

The permission opens the page; which centres are on it follows from where somebody is a manager (``scope``).
"""

from typing import Final

from queue_server.framework.permissions import MANAGING, Permission, PrincipalKind

ORGANISATION_PAGE: Final = Permission("organisation-page", frozenset({PrincipalKind.MANAGER}))
COMPARE_CENTRES: Final = Permission("compare-centres", MANAGING | {PrincipalKind.INTEGRATION_METRICS})

PERMISSIONS: Final = (ORGANISATION_PAGE, COMPARE_CENTRES)
