"""Who may open the page of appointments. Pure. What is done there asks for the permissions of appointments."""

from typing import Final

from queue_server.framework.permissions import Permission, PrincipalKind

APPOINTMENTS_PAGE: Final = Permission(
    "appointments-page", frozenset({PrincipalKind.RECEPTION, PrincipalKind.COUNTER, PrincipalKind.MANAGER})
)
