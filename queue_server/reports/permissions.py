"""Who may read figures of a centre. Pure."""

from queue_server.framework.permissions import MANAGING, Permission

SEE_FIGURES = Permission("see-figures", MANAGING)

PERMISSIONS = (SEE_FIGURES,)
