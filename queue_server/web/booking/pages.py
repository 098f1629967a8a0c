"""Where the public pages of appointments are."""

from typing import Final

from queue_server.framework.routing import PageRoute
from queue_server.web.booking import show, show_booked, show_hold, show_questions, show_waiting, show_waitlist
from queue_server.web.booking.gate import limited
from queue_server.web.booking.permissions import BOOKING_PAGE
from queue_server.web.page_context import Handler


def _page(method: str, path: str, handler: Handler) -> PageRoute:
    return PageRoute(method, path, BOOKING_PAGE, limited(handler), waits=True, public=True)


PAGES: Final = (
    _page("GET", "/book", show.show_centres),
    _page("GET", "/book/{centre}", show.show_services),
    _page("GET", "/book/{centre}/questions", show_questions.show_questions),
    _page("GET", "/book/{centre}/people", show.show_people),
    _page("GET", "/book/{centre}/times", show.show_times),
    _page("POST", "/book/{centre}/times", show_hold.hold_time),
    _page("GET", "/book/{centre}/wait", show_hold.show_wait),
    _page("POST", "/book/{centre}/wait", show_hold.end_wait),
    _page("GET", "/book/{centre}/details", show_hold.show_details),
    _page("POST", "/book/{centre}/details", show_hold.book),
    _page("GET", "/book/{centre}/waitlist", show_waitlist.show_waitlist),
    _page("POST", "/book/{centre}/waitlist", show_waitlist.join),
    _page("GET", "/w/{token}", show_waiting.show),
    _page("POST", "/w/{token}/take", show_waiting.take),
    _page("POST", "/w/{token}/decline", show_waiting.decline),
    _page("POST", "/w/{token}/leave", show_waiting.leave),
    _page("GET", "/b/{token}", show_booked.show),
    _page("GET", "/b/{token}/calendar", show_booked.send_calendar),
    _page("GET", "/b/{token}/change", show_booked.show_change),
    _page("POST", "/b/{token}/change", show_booked.change),
    _page("GET", "/b/{token}/cancel", show_booked.show_cancel),
    _page("POST", "/b/{token}/cancel", show_booked.cancel),
)
