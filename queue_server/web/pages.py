"""Where the pages are; ``add`` mounts those of all rooms. Who may see each is said in its row."""

import time
from typing import Final

from aiohttp import web

from queue_server.accounts.permissions import COMMAND_DEVICES
from queue_server.audit.permissions import AUDIT_PAGE
from queue_server.framework.page_access import permitted
from queue_server.framework.rates import Rates
from queue_server.framework.routing import PageRoute
from queue_server.framework.server import SERVER
from queue_server.framework.settings import FeedSettings, HttpSettings
from queue_server.people.permissions import READ_AT_DESK, READ_DOCUMENT, VERIFY_SEAL
from queue_server.web import desk_reader, lock, seal, second_factor, sign_in, statics, ticket, ticket_acts, ticket_push
from queue_server.web.account import own_factors
from queue_server.web.account import show as account
from queue_server.web.audit import show as audit
from queue_server.web.colleagues import show as colleagues
from queue_server.web.counter import face
from queue_server.web.counter import show as counter
from queue_server.web.enrolment import show as enrolment
from queue_server.web.manager import device_log
from queue_server.web.manager import show as manager
from queue_server.web.open_pages import OPEN_PAGES, OpenPages
from queue_server.web.page_context import only_open, remembering
from queue_server.web.permissions import (
    ACCOUNT_PAGE,
    ADMIT,
    COLLEAGUES_PAGE,
    COUNTER_PAGE,
    END_SESSIONS,
    ENROL_DEVICES,
    LOCK,
    MANAGER_PAGE,
    RECEPTION_PAGE,
    SIGN_IN_PAGE,
    SIGN_OUT,
    STATIC,
    TICKET_PAGE,
    WAITING_PAGE,
)
from queue_server.web.public import for_staff_alone, within
from queue_server.web.reception import show as reception
from queue_server.web.rules import PageRules
from queue_server.web.ticket_live import TicketLines
from queue_server.web.trouble import guarded
from queue_server.web.waiting import show as waiting

PAGES: Final = (
    PageRoute("GET", "/", SIGN_IN_PAGE, sign_in.show_sign_in, waits=True),
    PageRoute("GET", "/sign-in", SIGN_IN_PAGE, sign_in.show_sign_in, waits=True),
    PageRoute("POST", "/sign-in", SIGN_IN_PAGE, sign_in.accept_sign_in, waits=True),
    PageRoute("GET", "/sign-in/counter", SIGN_IN_PAGE, sign_in.show_counters, waits=True),
    PageRoute("POST", "/sign-in/counter", SIGN_IN_PAGE, sign_in.bind_counter, waits=True),
    PageRoute("GET", "/sign-in/second", SIGN_IN_PAGE, second_factor.show_second, waits=True),
    PageRoute("POST", "/sign-in/second", SIGN_IN_PAGE, second_factor.verify_second, waits=True),
    PageRoute("POST", "/sign-in/passkey/ask", SIGN_IN_PAGE, second_factor.ask_passkey, waits=True),
    PageRoute("POST", "/sign-in/passkey", SIGN_IN_PAGE, second_factor.verify_passkey, waits=True),
    PageRoute("GET", "/sign-in/set-up", SIGN_IN_PAGE, second_factor.show_set_up, waits=True),
    PageRoute("POST", "/sign-in/set-up", SIGN_IN_PAGE, second_factor.confirm_set_up, waits=True),
    PageRoute("POST", "/sign-in/set-up/passkey/begin", SIGN_IN_PAGE, second_factor.begin_passkey, waits=True),
    PageRoute("POST", "/sign-in/set-up/passkey", SIGN_IN_PAGE, second_factor.add_passkey, waits=True),
    PageRoute("POST", "/sign-in/recovery", SIGN_IN_PAGE, second_factor.renew_recovery, waits=True),
    PageRoute("POST", "/sign-out", SIGN_OUT, sign_in.sign_out, waits=True, leads_in=True),
    PageRoute("GET", "/locked", LOCK, lock.show, waits=True, leads_in=True),
    PageRoute("GET", "/lock", LOCK, lock.show_state, waits=True),
    PageRoute("POST", "/lock", LOCK, lock.lock, waits=True),
    PageRoute("POST", "/unlock", LOCK, lock.unlock, waits=True),
    PageRoute("POST", "/active", LOCK, lock.stay, waits=True),
    PageRoute("GET", "/account", ACCOUNT_PAGE, account.show, leads_in=True),
    PageRoute("GET", "/account/page", ACCOUNT_PAGE, account.show_part),
    PageRoute("POST", "/account/password", ACCOUNT_PAGE, account.accept_password, leads_in=True),
    PageRoute("POST", "/account/second", ACCOUNT_PAGE, own_factors.accept_form, leads_in=True),
    PageRoute("POST", "/account/sessions", ACCOUNT_PAGE, account.end_sessions, leads_in=True),
    PageRoute("POST", "/account/answer", ACCOUNT_PAGE, account.answer, leads_in=True),
    PageRoute("GET", "/colleagues", COLLEAGUES_PAGE, colleagues.show, leads_in=True),
    PageRoute("GET", "/colleagues/page", COLLEAGUES_PAGE, colleagues.show_part),
    PageRoute("POST", "/colleagues/end", END_SESSIONS, colleagues.end_sessions),
    PageRoute("POST", "/colleagues/admit", ADMIT, colleagues.admit),
    PageRoute("GET", "/enrolment", ENROL_DEVICES, enrolment.show, leads_in=True),
    PageRoute("GET", "/enrolment/page", ENROL_DEVICES, enrolment.show_part),
    PageRoute("POST", "/enrolment", ENROL_DEVICES, enrolment.make),
    PageRoute("GET", "/enrolment/file", ENROL_DEVICES, enrolment.send_file),
    PageRoute("GET", "/counter", COUNTER_PAGE, counter.show, leads_in=True),
    PageRoute("GET", "/counter/page", COUNTER_PAGE, counter.show_part),
    PageRoute("GET", "/counter/live", COUNTER_PAGE, counter.follow),
    PageRoute("POST", "/counter/find", COUNTER_PAGE, counter.show_found),
    PageRoute("GET", "/counter/applications", COUNTER_PAGE, counter.show_applications),
    PageRoute("GET", "/counter/document", READ_DOCUMENT, counter.show_document),
    PageRoute("GET", "/counter/face/{face}", READ_DOCUMENT, face.show_face),
    PageRoute("POST", "/seal", VERIFY_SEAL, seal.check),
    PageRoute("GET", "/audit", AUDIT_PAGE, audit.show, leads_in=True),
    PageRoute("GET", "/audit/page", AUDIT_PAGE, audit.show_part),
    PageRoute("GET", "/manager", MANAGER_PAGE, manager.show, leads_in=True),
    PageRoute("GET", "/manager/page", MANAGER_PAGE, manager.show_part),
    PageRoute("GET", "/manager/device-log/{command}", COMMAND_DEVICES, device_log.send_log),
    PageRoute("GET", "/reception", RECEPTION_PAGE, reception.show, leads_in=True),
    PageRoute("POST", "/reception/page", RECEPTION_PAGE, reception.show_part),
    PageRoute("GET", "/reception/live", RECEPTION_PAGE, reception.follow),
    PageRoute("POST", "/reception/find", RECEPTION_PAGE, reception.find),
    PageRoute("GET", "/reception/paper/{visit}", RECEPTION_PAGE, reception.show_paper),
    PageRoute("GET", "/desk/people/{visit}", READ_AT_DESK, desk_reader.show_people),
    PageRoute("GET", "/desk/document/{visit}", READ_DOCUMENT, desk_reader.show_document),
    PageRoute("GET", "/waiting", WAITING_PAGE, waiting.show, leads_in=True),
    PageRoute("GET", "/waiting/page", WAITING_PAGE, waiting.show_part),
    PageRoute("GET", "/t/{token}", TICKET_PAGE, ticket.show, waits=True, public=True),
    PageRoute("GET", "/t/{token}/live", TICKET_PAGE, ticket.follow, waits=True, public=True),
    PageRoute("POST", "/t/{token}/more-time", TICKET_PAGE, ticket_acts.ask_more_time, waits=True, public=True),
    PageRoute("POST", "/t/{token}/coming", TICKET_PAGE, ticket_acts.say_coming, waits=True, public=True),
    PageRoute("POST", "/t/{token}/push", TICKET_PAGE, ticket_push.subscribe, waits=True, public=True),
    PageRoute("POST", "/t/{token}/push-off", TICKET_PAGE, ticket_push.unsubscribe, waits=True, public=True),
    PageRoute("GET", "/ticket-worker.js", TICKET_PAGE, ticket_push.send_worker, waits=True, public=True),
    PageRoute("GET", "/static/{release}/{path:.+}", STATIC, statics.serve, waits=True),
)


def add(app: web.Application) -> None:
    """Mount the pages of all rooms; ``app[DESK]`` must be there before the first request."""
    settings = app[SERVER].settings
    app[ticket.LINES] = TicketLines(settings[PageRules], settings[FeedSettings].stall_ms, app[SERVER].clock)
    app[OPEN_PAGES] = OpenPages(app[SERVER])
    # Before requests in progress are waited for: lines never end by themselves.
    app.on_shutdown.append(app[ticket.LINES].stop)
    http = settings[HttpSettings]
    rates = Rates(http.public_requests_address_s, http.public_requests_s, time.monotonic)
    for page in app[SERVER].rooms.pages:
        handler = permitted(page)
        if page.public:
            handler = within(rates, for_staff_alone(handler))
        handler = guarded(handler if page.waits else only_open(handler))
        if not page.public and page.permission is not STATIC:
            handler = remembering(handler)
        app.router.add_route(page.method, page.path, handler)
