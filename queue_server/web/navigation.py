"""The pages of this room in the bar of all pages of staff; other rooms bring theirs."""

from typing import Final

from queue_server.audit.permissions import AUDIT_PAGE
from queue_server.framework.parts import NavigationEntry
from queue_server.web.permissions import COUNTER_PAGE, MANAGER_PAGE, RECEPTION_PAGE

ENTRIES: Final = (
    NavigationEntry("/manager", 10, MANAGER_PAGE, "screen", lambda _: _("Manager")),
    NavigationEntry("/counter", 20, COUNTER_PAGE, "call", lambda _: _("Counter"), at_counter=True),
    NavigationEntry("/reception", 30, RECEPTION_PAGE, "reception", lambda _: _("Reception")),
    NavigationEntry("/audit", 50, AUDIT_PAGE, "book", lambda _: _("Audit")),
)
