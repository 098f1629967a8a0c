"""The route by which a device tells of a payment: its journal goes into the stream, receipts into the vault.

The visit names the payment in the commit of the row that says the card was charged, where the visit is one of today.
What a device tells is never refused for what it says of the visit: money that moved is written down.
"""

from contextlib import suppress

import msgspec
from sqlalchemy import Connection

from queue_server.accounts.identities import known
from queue_server.centre.errors import RefusedError
from queue_server.centre.submit import centre_of, execute
from queue_server.contract import payments as m
from queue_server.database.failures import LogConflictError
from queue_server.domain.masking import masked
from queue_server.domain.money import digits_of
from queue_server.domain.tariff import ANYONE, Headcount, of_party
from queue_server.domain.values import (
    BandId,
    CurrencyCode,
    DriverScheme,
    Micros,
    PaymentId,
    ReasonCode,
    ReceiptId,
    ReceiptKind,
    ServiceId,
    TerminalId,
    TerminalReference,
    TerminalTrace,
    VisitId,
    new_id,
    to_micros,
)
from queue_server.eventlog.aggregate import PendingAppend, append
from queue_server.eventlog.payload import Payload
from queue_server.eventlog.port import StreamMovedError
from queue_server.framework.problems import BodyInvalidError, NotPermittedError
from queue_server.framework.refusals import refuses
from queue_server.framework.request_context import RequestContext
from queue_server.payments import store
from queue_server.payments.decide import ReportedAttempt, report
from queue_server.payments.errors import PaymentDiffersError, PaymentUnknownError
from queue_server.payments.events import DiscrepancyFound, JournalRowReported, PaymentInitiated, ReceiptStored
from queue_server.payments.evolve import evolve
from queue_server.payments.model import Payment
from queue_server.payments.search_marks import card_ends
from queue_server.payments.store import PAYMENTS
from queue_server.payments.visit_links import discrepancy, is_news, notify_visit
from queue_server.people.api.people import new_row
from queue_server.queue import commands as c
from queue_server.queue.state import Visit
from queue_server.vault.model import PeopleRules, RowKind
from queue_server.vault.store import Vault


@refuses(PaymentUnknownError, PaymentDiffersError)
async def report_payment(ask: RequestContext) -> m.ReportAnswer:
    """Take what is new of a device's journal, and say up to which row all of it is kept here."""
    wanted = ask.body(m.PaymentReport)
    told = _report_of(ask, wanted)
    ident = told.began.payment
    await centre_of(ask).writer.catch_up()
    payment = await ask.server.log.take_turn(PAYMENTS.stream(ident), lambda: _accept(ask, told, wanted.receipts))
    if payment is None:
        return m.ReportAnswer(ident, 0)
    if payment.charged_at is not None:
        # Else no visit was ever told of it, and none has to be.
        await notify_visit(ask, payment.visit, (payment,))
    return m.ReportAnswer(ident, len(payment.rows))


async def _accept(ask: RequestContext, told: ReportedAttempt, receipts: tuple[m.ReceiptText, ...]) -> Payment | None:
    """Decide once on what was told, and store it in the same transaction, or in that of the visit's event about it.

    Raises:
        LogConflictError, StreamMovedError: somebody else was first; decide anew.
    """
    at, command, actor = ask.server.clock(), ask.command, ask.actor

    def store_where_alone(connection: Connection) -> tuple[PendingAppend[Payment], Visit | None]:
        draft = PAYMENTS.draft(
            connection,
            told.began.payment,
            lambda before: _decide(ask, connection, before, told, at),
            at=at,
            command=command,
            actor=actor,
        )
        visit = _visit_with_news(ask, draft)
        if visit is None:
            _store(ask, connection, draft, receipts)
        return draft, visit

    draft, visit = await ask.server.log.write(store_where_alone)
    after = draft.after
    if visit is None or after is None:
        return after

    def store_with_the_visit(connection: Connection) -> None:
        try:
            _store(ask, connection, draft, receipts)
        except LogConflictError as error:
            # The writer of the centre would try the same again.
            raise StreamMovedError from error

    # The visit may be over for today meanwhile: the money is written down all the same.
    with suppress(RefusedError):
        answer = await execute(ask, c.NameSettlement(visit.id, after.id, after.settles), store_with_the_visit)
        if answer.events and not answer.repeated:
            return after
    # Where it went with the event of the visit meanwhile, the stream is further, and the next try finds it there.
    await ask.server.log.write(lambda connection: _store(ask, connection, draft, receipts))
    return after


def _visit_with_news(ask: RequestContext, draft: PendingAppend[Payment]) -> Visit | None:
    """Find the visit of today that has to be told of what was decided."""
    if not draft.bodies or draft.after is None:
        return None
    visit = centre_of(ask).writer.state.visits.get(draft.after.visit)
    return visit if visit is not None and is_news(visit, draft.after) else None


def _store(
    ask: RequestContext, connection: Connection, draft: PendingAppend[Payment], receipts: tuple[m.ReceiptText, ...]
) -> None:
    append(connection, draft)
    _store_receipts(ask, connection, draft, receipts)


def _store_receipts(
    ask: RequestContext, connection: Connection, draft: PendingAppend[Payment], receipts: tuple[m.ReceiptText, ...]
) -> None:
    """Put the receipts that are new into the vault."""
    lines = {receipt.number: tuple(map(masked, receipt.lines)) for receipt in receipts}
    days = ask.server.settings[PeopleRules].receipt_days
    for body in draft.bodies:
        if isinstance(body, ReceiptStored):
            visit = store.known(draft.after, centre_of(ask).id).visit
            text = msgspec.json.encode(lines[body.number]).decode()
            ask.server[Vault].put(connection, new_row(ask, body.receipt, RowKind.RECEIPT, text, days, visit))
            for end in card_ends(lines[body.number]):
                # By it an auditor finds the payment of a card; it lasts as long as the receipt that shows it.
                ask.server[Vault].put(connection, new_row(ask, new_id(), RowKind.CARD_END, end, days, visit))


def _decide(
    ask: RequestContext, connection: Connection, before: Payment | None, told: ReportedAttempt, at: Micros
) -> tuple[Payload, ...]:
    """Take what is new, and name once where what was charged is not what was owed."""
    new = report(before, told)
    after = _after(before, new, at)
    if after is None or after.discrepancy is not None or not after.retained or (before is not None and before.retained):
        return new
    why = discrepancy(ask, connection, after)
    return new if why is None else (*new, DiscrepancyFound(after.id, why))


def _after(before: Payment | None, new: tuple[Payload, ...], at: Micros) -> Payment | None:
    after, seq = before, 0 if before is None else before.seq
    for number, body in enumerate(new, start=seq + 1):
        after = evolve(after, body, number, at)
    return after


def _report_of(ask: RequestContext, wanted: m.PaymentReport) -> ReportedAttempt:
    """Read a report.

    Raises:
        NotPermittedError: it comes from no device.
        BodyInvalidError: nothing is paid in this currency.
    """
    device = known(ask.identity).device
    if device is None:
        raise NotPermittedError
    if digits_of(wanted.currency) is None:
        raise BodyInvalidError("Expected a currency of ISO 4217 - at `$.currency`")
    ident = PaymentId(wanted.id)
    people = tuple(Headcount(BandId(one.band), one.count) for one in wanted.people) or (Headcount(ANYONE, 1),)
    return ReportedAttempt(
        began=PaymentInitiated(
            payment=ident,
            centre=centre_of(ask).id,
            device=device.id,
            visit=VisitId(wanted.visit),
            services=tuple(map(ServiceId, wanted.services)),
            amount=wanted.amount,
            currency=CurrencyCode(wanted.currency),
            driver=DriverScheme(wanted.driver),
            terminal=TerminalId(masked(wanted.terminal)),
            attended=wanted.attended,
            can_refund=wanted.can_refund,
            items=of_party(map(ServiceId, wanted.services), centre_of(ask).settings.tariff.counted(people)),
            governments=centre_of(ask).settings.governments(map(ServiceId, wanted.services)),
        ),
        rows=tuple(
            JournalRowReported(
                payment=ident,
                row=row.row,
                state=row.state,
                recorded_at=to_micros(row.at),
                reference=TerminalReference(masked(row.reference)),
                trace=TerminalTrace(masked(row.trace)),
                reason=ReasonCode(row.reason),
            )
            for row in wanted.rows
        ),
        receipts=tuple(
            ReceiptStored(ident, receipt.number, ReceiptKind(receipt.kind), ReceiptId(new_id()))
            for receipt in wanted.receipts
        ),
    )
