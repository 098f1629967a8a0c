"""What auditors can ask about payments: by slip, amount or card, and the chain of one."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

import msgspec
from aiohttp import web
from markupsafe import Markup
from sqlalchemy import Connection

from queue_server.accounts import staff_store
from queue_server.accounts.permissions import of_session
from queue_server.audit import store as record
from queue_server.domain.values import StaffId, VisitId
from queue_server.framework.parts import PartContext, View
from queue_server.framework.problems import NotSignedInError
from queue_server.framework.server import SERVER
from queue_server.payments import store
from queue_server.payments.model import Payment
from queue_server.payments.search_marks import wanted
from queue_server.vault.model import RowKind
from queue_server.vault.store import Vault
from queue_server.web import forms
from queue_server.web.amounts import amount as written_amount
from queue_server.web.audit.presenter import step
from queue_server.web.page_context import DESK, signed_in
from queue_server.web.payments.open_payments import item
from queue_server.web.view_context import StaffView

#: Payments that a search finds at most.
_MAX_FOUND: Final = 50
#: What is typed and read: as long as a slip's number.
_MAX_LETTERS: Final = 24
_CARD_END: Final = re.compile(r"[0-9]{4}", re.ASCII)


class FoundPayment(msgspec.Struct, frozen=True):
    """A payment; ``ident`` names it in addresses, ``number`` on paper."""

    ident: str
    number: str
    amount: Markup
    standing: Markup
    what: Markup
    where: Markup
    bad: bool


async def show_found(request: web.Request) -> web.Response:
    """Show the payments with a slip of this number, of this amount, or by a card that ends so.

    That somebody looked for a card is recorded. Asked for by POST: no address holds what was typed.
    """
    session = await signed_in(request)
    form = await forms.fields(request, session.csrf)
    desk, server, centre = request.app[DESK], request.app[SERVER], session.centre
    actor, now = of_session(session).actor, server.clock()
    if actor is None:
        raise NotSignedInError
    said = form.get("q", "").strip()[:_MAX_LETTERS]

    def look_up(connection: Connection) -> tuple[Payment, ...]:
        visits: Iterable[VisitId] = ()
        if _CARD_END.fullmatch(said):
            visits = server[Vault].find(connection, centre, RowKind.CARD_END, said, actor=actor, now=now)
        return store.by_marks(connection, centre, wanted(said), visits, _MAX_FOUND) if said else ()

    found = await server.log.write(look_up)
    look = desk.view(request, session)
    values = {"found": tuple(_found(look, one) for one in found), "most": _MAX_FOUND, "said": said}
    text = desk.site.render("payments/audit-found.html", look.reader.language, values)
    return web.Response(text=text, content_type="text/html")


async def _values(shown: PartContext, ident: str) -> Mapping[str, Any]:
    """Read the chain of the payment that was asked for."""
    if not ident:
        return {}
    look = shown.request.app[DESK].view(shown.request, await signed_in(shown.request))

    def read(connection: Connection) -> Mapping[str, Any]:
        payment = store.load(connection, shown.centre, ident)
        if payment is None:
            return {"unknown": True}
        chain = record.chain(connection, store.PAYMENTS.stream(payment.id))
        names = staff_store.names(connection, {link.event.actor for link in chain})
        locale, currency = look.clock.locale, payment.currency
        return {
            "payment": _found(look, payment),
            "chain": tuple(
                step(look, link, names, lambda minor: written_amount(locale, minor, currency)) for link in chain
            ),
        }

    return await shown.server.log.run(read)


def _found(look: StaffView, payment: Payment) -> FoundPayment:
    one = item(look, payment, StaffId(""), {})
    return FoundPayment(payment.id, one.number, one.amount, one.standing, one.what, one.where, one.bad)


VIEWS: Final = (
    View(
        name="money",
        order=10,
        key="M",
        label=lambda _: _("Payments"),
        find=lambda _: _("Find a payment"),
        stream=store.PAYMENTS.prefix,
        template="payments/audit.html",
        values=_values,
    ),
)
