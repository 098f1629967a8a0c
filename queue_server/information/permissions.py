"""Who may do what with information. Pure."""

from queue_server.framework.permissions import DEVICES, MANAGING, STAFF, Permission, PrincipalKind

#: Read the pages as people do; for devices and other systems, since people have addresses of their own.
READ_INFORMATION = Permission("read-information", DEVICES | STAFF | {PrincipalKind.INTEGRATION_BOOKING})
#: Write them, and see who did.
MANAGE_INFORMATION = Permission("manage-information", MANAGING)

PERMISSIONS = (READ_INFORMATION, MANAGE_INFORMATION)
