"""Where the pages are; ``add`` mounts them. Who may see each is said in ``PAGES`` and tested with the API's routes."""

from typing import Final

import msgspec
from aiohttp import web

from queue_server.accounts.permissions import Permission
from queue_server.framework.server import SERVER
from queue_server.web import desk_reader, lock, seal, second_factor, sign_in, statics, ticket
from queue_server.web.account import own_factors
from queue_server.web.account import show as account
from queue_server.web.audit import show as audit
from queue_server.web.cash import show as cash
from queue_server.web.colleagues import show as colleagues
from queue_server.web.counter import face
from queue_server.web.counter import show as counter
from queue_server.web.counter import show_payments as payments
from queue_server.web.desk import Handler, only_open, remembering
from queue_server.web.manager import export
from queue_server.web.manager import show as manager
from queue_server.web.public import for_staff_alone
from queue_server.web.reception import show as reception
from queue_server.web.ticket_live import TicketLines
from queue_server.web.trouble import guarded
from queue_server.web.waiting import show as waiting


class Page(msgspec.Struct, frozen=True):
    method: str
    path: str
    permission: Permission
    handler: Handler


PAGES: Final = (
    Page("GET", "/", Permission.SIGN_IN_PAGE, sign_in.show_sign_in),
    Page("GET", "/sign-in", Permission.SIGN_IN_PAGE, sign_in.show_sign_in),
    Page("POST", "/sign-in", Permission.SIGN_IN_PAGE, sign_in.take_sign_in),
    Page("GET", "/sign-in/counter", Permission.SIGN_IN_PAGE, sign_in.show_counters),
    Page("POST", "/sign-in/counter", Permission.SIGN_IN_PAGE, sign_in.take_counter),
    Page("GET", "/sign-in/second", Permission.SIGN_IN_PAGE, second_factor.show_second),
    Page("POST", "/sign-in/second", Permission.SIGN_IN_PAGE, second_factor.take_second),
    Page("POST", "/sign-in/passkey/ask", Permission.SIGN_IN_PAGE, second_factor.ask_passkey),
    Page("POST", "/sign-in/passkey", Permission.SIGN_IN_PAGE, second_factor.take_passkey),
    Page("GET", "/sign-in/set-up", Permission.SIGN_IN_PAGE, second_factor.show_set_up),
    Page("POST", "/sign-in/set-up", Permission.SIGN_IN_PAGE, second_factor.take_set_up),
    Page("POST", "/sign-in/set-up/passkey/begin", Permission.SIGN_IN_PAGE, second_factor.begin_passkey),
    Page("POST", "/sign-in/set-up/passkey", Permission.SIGN_IN_PAGE, second_factor.add_passkey),
    Page("POST", "/sign-in/recovery", Permission.SIGN_IN_PAGE, second_factor.take_recovery),
    Page("POST", "/sign-out", Permission.SIGN_OUT, sign_in.sign_out),
    Page("GET", "/locked", Permission.LOCK, lock.show),
    Page("GET", "/lock", Permission.LOCK, lock.show_state),
    Page("POST", "/lock", Permission.LOCK, lock.lock),
    Page("POST", "/unlock", Permission.LOCK, lock.unlock),
    Page("POST", "/active", Permission.LOCK, lock.stay),
    Page("GET", "/account", Permission.ACCOUNT_PAGE, account.show),
    Page("GET", "/account/page", Permission.ACCOUNT_PAGE, account.show_part),
    Page("POST", "/account/password", Permission.ACCOUNT_PAGE, account.take_password),
    Page("POST", "/account/second", Permission.ACCOUNT_PAGE, own_factors.take),
    Page("POST", "/account/sessions", Permission.ACCOUNT_PAGE, account.end_sessions),
    Page("POST", "/account/answer", Permission.ACCOUNT_PAGE, account.answer),
    Page("GET", "/colleagues", Permission.COLLEAGUES_PAGE, colleagues.show),
    Page("GET", "/colleagues/page", Permission.COLLEAGUES_PAGE, colleagues.show_part),
    Page("POST", "/colleagues/end", Permission.END_SESSIONS, colleagues.end_sessions),
    Page("POST", "/colleagues/admit", Permission.ADMIT, colleagues.admit),
    Page("GET", "/counter", Permission.COUNTER_PAGE, counter.show),
    Page("GET", "/counter/page", Permission.COUNTER_PAGE, counter.show_part),
    Page("POST", "/counter/find", Permission.COUNTER_PAGE, counter.show_found),
    Page("GET", "/counter/applications", Permission.COUNTER_PAGE, counter.show_applications),
    Page("GET", "/counter/document", Permission.COUNTER_PAGE, counter.show_document),
    Page("GET", "/counter/face/{face}", Permission.COUNTER_PAGE, face.show_face),
    Page("GET", "/counter/receipt/{payment}", Permission.RECEIPTS, payments.show_receipt),
    Page("POST", "/seal", Permission.VERIFY_SEAL, seal.check),
    Page("GET", "/cash", Permission.CASH_PAGE, cash.show),
    Page("GET", "/cash/page", Permission.CASH_PAGE, cash.show_part),
    Page("POST", "/cash/find", Permission.CASH_PAGE, cash.show_found),
    Page("POST", "/cash/payments", Permission.CASH_PAGE, payments.show_payments),
    Page("GET", "/audit", Permission.AUDIT_PAGE, audit.show),
    Page("GET", "/audit/page", Permission.AUDIT_PAGE, audit.show_part),
    Page("POST", "/audit/find", Permission.AUDIT_PAGE, audit.show_found),
    Page("GET", "/manager", Permission.MANAGER_PAGE, manager.show),
    Page("GET", "/manager/page", Permission.MANAGER_PAGE, manager.show_part),
    Page("GET", "/manager/payments.csv", Permission.EXPORT_PAYMENTS, export.export),
    Page("GET", "/reception", Permission.RECEPTION_PAGE, reception.show),
    Page("POST", "/reception/page", Permission.RECEPTION_PAGE, reception.show_part),
    Page("POST", "/reception/find", Permission.RECEPTION_PAGE, reception.find),
    Page("GET", "/reception/paper/{visit}", Permission.RECEPTION_PAGE, reception.show_paper),
    Page("GET", "/desk/people/{visit}", Permission.READ_AT_DESK, desk_reader.show_people),
    Page("GET", "/desk/document/{visit}", Permission.READ_DOCUMENT, desk_reader.show_document),
    Page("GET", "/waiting", Permission.WAITING_PAGE, waiting.show),
    Page("GET", "/waiting/page", Permission.WAITING_PAGE, waiting.show_part),
    Page("GET", "/t/{token}", Permission.TICKET_PAGE, for_staff_alone(ticket.show)),
    Page("GET", "/t/{token}/live", Permission.TICKET_PAGE, for_staff_alone(ticket.follow)),
    Page("GET", "/static/{release}/{path:.+}", Permission.STATIC, statics.serve),
)

#: The browser of whoever looks at a ticket keeps nothing.
_OF_STAFF: Final = {page.permission for page in PAGES} - {Permission.TICKET_PAGE, Permission.STATIC}


#: What a session may ask for that waits for something.
_AT_THE_DOOR: Final = {
    Permission.SIGN_IN_PAGE,
    Permission.SIGN_OUT,
    Permission.LOCK,
    Permission.TICKET_PAGE,
    Permission.STATIC,
}


def add(app: web.Application) -> None:
    """Mount the pages; ``app[DESK]`` must be there before the first request."""
    settings = app[SERVER].settings
    app[ticket.LINES] = TicketLines(settings.pages, settings.feeds.stall_ms, app[SERVER].clock)
    # Before requests in progress are waited for: lines never end by themselves.
    app.on_shutdown.append(app[ticket.LINES].stop)
    for page in PAGES:
        handler = guarded(page.handler if page.permission in _AT_THE_DOOR else only_open(page.handler))
        if page.permission in _OF_STAFF:
            handler = remembering(handler)
        app.router.add_route(page.method, page.path, handler)
