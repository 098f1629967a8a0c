"""Who may open the public pages of appointments."""

from typing import Final

from queue_server.framework.permissions import EVERYBODY, Permission

#: Everybody: there is no account.
BOOKING_PAGE: Final = Permission("booking-page", EVERYBODY)
