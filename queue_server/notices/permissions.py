"""Who may do what about messages that were not delivered. Pure."""

from queue_server.framework.permissions import Permission, PrincipalKind

#: Try again what could not be delivered, or say that somebody was told in another way.
SETTLE_NOTIFICATIONS = Permission("settle-notifications", frozenset({PrincipalKind.MANAGER}))

PERMISSIONS = (SETTLE_NOTIFICATIONS,)
