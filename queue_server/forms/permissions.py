"""Who may see and fill in forms. Pure."""

from queue_server.framework.permissions import AT_DESKS, Permission, PrincipalKind

#: Which forms there are, to fill one in, and to open one with its code and PIN.
FILL_FORMS = Permission("fill-forms", AT_DESKS | {PrincipalKind.KIOSK})
#: What was answered for a visit, without a PIN: for staff alone, since reading is recorded by name.
READ_FORMS = Permission(
    "read-forms", frozenset({PrincipalKind.RECEPTION, PrincipalKind.COUNTER, PrincipalKind.MANAGER})
)

PERMISSIONS = (FILL_FORMS, READ_FORMS)
