"""Who may have the record looked at. Pure."""

from queue_server.framework.permissions import Kind, Permission

#: Have every event looked at, and hear how that came out.
VERIFY = Permission("verify", frozenset({Kind.AUDITOR}))
#: Managers are among those whose deeds are looked at here.
AUDIT_PAGE = Permission("audit-page", frozenset({Kind.AUDITOR}))

PERMISSIONS = (VERIFY, AUDIT_PAGE)
