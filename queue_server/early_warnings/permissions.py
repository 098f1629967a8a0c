"""Who is warned, and who may say that they see to it. Pure."""

from typing import Final

from queue_server.framework.permissions import MANAGING, Permission, PrincipalKind

SEE_WARNINGS: Final = Permission("see-warnings", MANAGING)
#: Under a name: others are shown who does it.
TAKE_WARNING: Final = Permission("take-warning", frozenset({PrincipalKind.MANAGER}))

PERMISSIONS = (SEE_WARNINGS, TAKE_WARNING)
