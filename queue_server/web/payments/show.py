"""Payments on the counter and the cash page over HTTP: those that need somebody, and a receipt once more."""

import re
from typing import Final

from aiohttp import web
from sqlalchemy import Connection

from queue_server.accounts.permissions import of_session
from queue_server.accounts.presence import presence
from queue_server.contract.cashier import ReceiptView
from queue_server.domain.values import SECOND, Micros, ReceiptKind
from queue_server.framework.problems import NotSignedInError
from queue_server.framework.server import SERVER
from queue_server.payments import store
from queue_server.payments.model import Payment
from queue_server.payments.receipt_copies import copies
from queue_server.payments.rules import PaymentRules
from queue_server.vault.store import Vault
from queue_server.web import desk_reader, forms
from queue_server.web.page_context import DESK, signed_in
from queue_server.web.payments import wording as money
from queue_server.web.payments.at_counter import refund_reasons
from queue_server.web.payments.open_payments import item
from queue_server.web.payments.reading import stalled
from queue_server.web.payments.receipt import receipt
from queue_server.web.print_footer import foot_of
from queue_server.web.site import choose_language
from queue_server.web.view_context import StaffView, name_in

#: Days after its last news in which a payment is found by its claim slip.
_DAYS: Final = 90
#: What is typed or scanned and read; and the fewest characters of a number that are looked for.
_MOST_LETTERS, _FEWEST = 40, 4
#: What the QR code of a claim slip begins with (``kiosk.payment.claim_slip``).
_PREFIX: Final = "CLAIM"


async def show_payments(request: web.Request) -> web.Response:
    """Show the payments that need somebody; with a number of a claim slip, or its beginning, those that it means."""
    session = await signed_in(request)
    form = await forms.fields(request, session.csrf)
    desk = request.app[DESK]
    live, language = desk.centres[session.centre], desk.language(request)
    reader = desk.reader(language, live.facts.catalogue.centre.zone)
    look = StaffView(live.state, live.facts, live.settings, reader=reader, now=desk.clock())
    number = re.sub(r"[^0-9A-Z]", "", form.get("q", "")[:_MOST_LETTERS].upper()).removeprefix(_PREFIX)[: money.CLAIM]
    searched, most = len(number) >= _FEWEST, request.app[SERVER].settings[PaymentRules].max_listed
    since, waits_since = Micros(look.now - _DAYS * 86_400 * SECOND), stalled(request)

    def read(connection: Connection) -> dict[str, object]:
        if searched:
            found, more = store.by_claim(connection, session.centre, number, since, most + 1), 0
        else:
            waiting = store.waiting(connection, session.centre, waits_since, most)
            more = store.count_waiting(connection, session.centre, waits_since) - len(waiting)
            needing = (*store.asking(connection, session.centre), *waiting)
            found = tuple({one.id: one for one in needing}.values())
        names = presence(connection, session.centre).names
        return {
            "items": tuple(item(look, one, session.staff, names) for one in (found[:most] if searched else found)),
            "more": more,
            "most": most if searched and len(found) > most else 0,
            "searched": searched,
            "refund_reasons": refund_reasons(look),
        }

    values = await desk.log.run(read)
    return web.Response(
        text=desk.site.render("payments/counter-payments.html", language, values), content_type="text/html"
    )


async def show_receipt(request: web.Request) -> web.Response:
    """Show a receipt in the language of its person, marked as a copy where a kiosk has printed one; the browser prints.

    That somebody looked at the terminal's own is recorded.
    """
    session = await signed_in(request)
    principal = of_session(session)
    if principal.actor is None:
        raise NotSignedInError
    actor, server, desk = principal.actor, request.app[SERVER], request.app[DESK]
    live, wanted, now = desk.centres[session.centre], request.match_info["payment"], server.clock()

    def read(connection: Connection) -> tuple[Payment, tuple[ReceiptView, ...]]:
        payment = store.known(store.load(connection, session.centre, wanted), session.centre)
        return payment, copies(connection, server[Vault], payment, actor=actor, now=now)

    payment, found = await server.log.write(read)
    visit, language = live.state.visits.get(payment.visit), desk.language(request)
    if visit is not None:
        language = choose_language((visit.language, language))
    centre = live.facts.catalogue.centre
    reader = desk.reader(language, centre.zone)
    clock = reader.clock
    texts = tuple(one for one in found if one.kind is ReceiptKind.CUSTOMER) or found
    lines = tuple(line for one in texts for line in one.lines)
    values = {
        "centre": name_in(centre.name, language, centre.id),
        "receipt": receipt(live.facts, reader, language, payment, visit, lines),
        # What staff took has no other paper than this.
        "copied": payment.taken_by is None,
        "receipts": texts,
        "foot": foot_of(centre, reader),
        "printed": f"{clock.day(now, 'd MMM y')} {clock.hhmm(now)}",
        "desk_port": desk.page_rules.desk_port,
    }
    text = desk.site.render("payments/counter-receipt.html", language, values)
    return desk_reader.may_ask(web.Response(text=text, content_type="text/html"), desk.page_rules)
