"""Who may see and tick checklists. Pure."""

from queue_server.framework.permissions import AT_DESKS, Permission, PrincipalKind

#: What to bring: pages and papers of others show it too.
REQUIREMENTS = Permission(
    "requirements", AT_DESKS | {PrincipalKind.CASHIER, PrincipalKind.KIOSK, PrincipalKind.INTEGRATION_BOOKING}
)
#: What a visit has with it, as staff found it.
CHECKLIST = Permission("checklist", AT_DESKS)

PERMISSIONS = (REQUIREMENTS, CHECKLIST)
