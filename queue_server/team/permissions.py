"""Who sees a day of their own, and who how a team stands. Pure."""

from queue_server.framework.permissions import Permission, PrincipalKind

#: One's own day: only its owner sees it.
OWN_DAY = Permission("own-day", frozenset({PrincipalKind.COUNTER, PrincipalKind.MANAGER}))
#: How the counters of the teams stand, and writing to them.
TEAMS = Permission("teams", frozenset({PrincipalKind.LEAD, PrincipalKind.MANAGER}))

PERMISSIONS = (OWN_DAY, TEAMS)
