"""Who may open which page. Pure."""

from queue_server.framework.permissions import EVERYBODY, STAFF, Permission, PrincipalKind

_MANAGER = frozenset({PrincipalKind.MANAGER})

SIGN_IN_PAGE = Permission("sign-in-page", STAFF | {PrincipalKind.ANONYMOUS})
SIGN_OUT = Permission("sign-out", STAFF)
#: Lock one's own page, and go on.
LOCK = Permission("lock", STAFF)
#: One's own account: password, and where one is signed in.
ACCOUNT_PAGE = Permission("account-page", STAFF)
#: The accounts of a centre; what is done there of colleagues is recorded.
COLLEAGUES_PAGE = Permission("colleagues-page", _MANAGER)
END_SESSIONS = Permission("end-sessions", _MANAGER)
ADMIT = Permission("admit", _MANAGER)
#: Make codes that enrol devices.
ENROL_DEVICES = Permission("enrol-devices", _MANAGER)
COUNTER_PAGE = Permission("counter-page", frozenset({PrincipalKind.COUNTER, PrincipalKind.MANAGER}))
RECEPTION_PAGE = Permission("reception-page", frozenset({PrincipalKind.RECEPTION, PrincipalKind.MANAGER}))
WAITING_PAGE = Permission(
    "waiting-page", frozenset({PrincipalKind.RECEPTION, PrincipalKind.COUNTER, PrincipalKind.MANAGER})
)
MANAGER_PAGE = Permission("manager-page", _MANAGER)
TICKET_PAGE = Permission("ticket-page", EVERYBODY)
STATIC = Permission("static", EVERYBODY)

PERMISSIONS = (
    *(SIGN_IN_PAGE, SIGN_OUT, LOCK, ACCOUNT_PAGE, COLLEAGUES_PAGE, END_SESSIONS, ADMIT, ENROL_DEVICES),
    *(COUNTER_PAGE, RECEPTION_PAGE, WAITING_PAGE, MANAGER_PAGE, TICKET_PAGE, STATIC),
)
