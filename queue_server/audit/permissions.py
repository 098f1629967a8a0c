"""Who may have the record looked at. Pure."""

from queue_server.framework.permissions import Permission, PrincipalKind

#: Have every event looked at, and hear how that came out.
VERIFY = Permission("verify", frozenset({PrincipalKind.AUDITOR}))
#: Managers are among those whose deeds are looked at here.
AUDIT_PAGE = Permission("audit-page", frozenset({PrincipalKind.AUDITOR}))

PERMISSIONS = (VERIFY, AUDIT_PAGE)
