"""Who may see and move applications. Pure."""

from queue_server.framework.permissions import AT_DESKS, Permission, PrincipalKind

APPLICATIONS = Permission("applications", AT_DESKS | {PrincipalKind.CUSTODY})

PERMISSIONS = (APPLICATIONS,)
