"""Who may open which page. Pure."""

from queue_server.framework.permissions import EVERYBODY, Permission

#: What people read before they come.
INFORMATION_PAGE = Permission("information-page", EVERYBODY)
