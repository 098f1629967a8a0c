"""Who may open which page. Pure."""

from queue_server.framework.permissions import EVERYBODY, Permission

#: Where somebody says that they want no reminders: its address alone proves whose they are.
REMINDERS_PAGE = Permission("reminders-page", EVERYBODY)
